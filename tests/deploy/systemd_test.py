"""deploy/systemd and the example settings: systemd reads the unit and says how exposed it is, and the
program reads the settings."""

import pathlib
import re
import tempfile
import unittest

from kit import DEPLOY, PROGRAM, must, run

UNIT = (DEPLOY / "systemd" / "plenum.service").read_text()
EXAMPLE = DEPLOY / "plenum.toml.example"
# For developing, and for one start that somebody has thought about.
NOT_FOR_SERVICES = {"pages", "serve-anyway"}


def with_program(folder, text=UNIT):
    """systemd wants to see the program: that which was built stands for the installed one."""
    path = pathlib.Path(folder) / "plenum.service"
    path.write_text(text.replace("/usr/local/bin/plenum", str(PROGRAM)))
    return path


def settings(text):
    return dict(re.findall(r'^([a-z-]+) = "(.*)"$', text, re.MULTILINE))


class UnitTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_systemd_takes_it_without_a_word(self):
        done = run("systemd-analyze", "verify", with_program(self.folder))
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_systemd_notices_a_misspelt_line(self):
        spoilt = UNIT.replace("ProtectSystem=strict", "ProtectSytem=strict")
        done = run("systemd-analyze", "verify", with_program(self.folder, spoilt))
        self.assertIn("ProtectSytem", done.stderr)

    def test_it_is_hardly_exposed(self):
        """0 is best, 10 worst; what is left is the network, without which it could not serve."""
        path = with_program(self.folder)
        must("systemd-analyze", "security", "--offline=true", "--threshold=15", path)
        loose = UNIT.replace("ProtectSystem=strict", "").replace("CapabilityBoundingSet=\n", "")
        done = run("systemd-analyze", "security", "--offline=true", "--threshold=15",
                   with_program(self.folder, loose))
        self.assertNotEqual(done.returncode, 0)

    def test_the_account_is_made(self):
        (name,) = re.findall(r"^User=(.*)$", UNIT, re.MULTILINE)
        accounts = (DEPLOY / "systemd" / "plenum.sysusers").read_text()
        self.assertRegex(accounts, rf"(?m)^u {name} - ")
        root = pathlib.Path(self.folder) / "root"
        (root / "etc").mkdir(parents=True)
        must("systemd-sysusers", f"--root={root}", "--inline", *[
            line for line in accounts.splitlines() if not line.startswith("#")])
        self.assertRegex((root / "etc" / "passwd").read_text(), rf"(?m)^{name}:")


class SettingsTest(unittest.TestCase):
    def read_by_the_program(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "plenum.toml"
            path.write_text(text)
            return settings(must(PROGRAM, "serve", "--config", path, "--print-config"))

    def test_the_program_takes_the_example(self):
        text = EXAMPLE.read_text()
        given = settings(text)
        self.assertTrue(given)
        self.assertLessEqual(given.items(), self.read_by_the_program(text).items())

    def test_it_takes_what_is_commented_out_too(self):
        text = re.sub(r'^# ([a-z-]+ = ")', r"\1", EXAMPLE.read_text(), flags=re.MULTILINE)
        self.assertLessEqual(settings(text).items(), self.read_by_the_program(text).items())

    def test_it_takes_the_example_of_security(self):
        """And so gets as far as asking a broker, of whom there is none."""
        with tempfile.TemporaryDirectory() as folder:
            authority, path = (pathlib.Path(folder) / name for name in ("ca.pem", "kafka.properties"))
            must("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                 "/CN=ca", "-keyout", pathlib.Path(folder) / "key.pem", "-out", authority)
            text = (DEPLOY / "kafka.properties.example").read_text()
            path.write_text(re.sub("(?m)^ssl.ca.location=.*$", f"ssl.ca.location={authority}", text))
            done = run(PROGRAM, "topics", "--kafka", "127.0.0.1:1", "--kafka-security", path)
        self.assertRegex(done.stderr, "127.0.0.1:1 does not answer .sasl_ssl:")

    def test_no_setting_is_missing(self):
        known = set(settings(must(PROGRAM, "serve", "--print-config")))
        named = set(re.findall(r'^(?:# )?([a-z-]+) = "', EXAMPLE.read_text(), re.MULTILINE))
        self.assertEqual(named, known - NOT_FOR_SERVICES, "plenum.toml.example names them all")

    def test_the_service_reads_it_from_where_the_guide_puts_it(self):
        (path,) = re.findall(r"--config (\S+)", UNIT)
        self.assertIn(path, (DEPLOY / "systemd" / "README.md").read_text())
        (state,) = re.findall(r"^StateDirectory=(.*)$", UNIT, re.MULTILINE)
        self.assertEqual(settings(EXAMPLE.read_text())["data"], f"/var/lib/{state}")


if __name__ == "__main__":
    unittest.main()
