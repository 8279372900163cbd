"""The server as a process: killed and restarted, stopped gracefully, and started badly."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from plenum import PROGRAM, Closed, Server, new_id, run
from sheets import CHOICE, SCALE, sheet

GOING_AWAY = 1001


def vote(client, value, seq=1, id=None):
    return client.send("ballot.cast", id, activity="scale", generation=1, seq=seq,
                       ballot={"kind": "scale", "value": value})


def catches_sigterm(process):
    """Whether it has a handler of its own, as the kernel sees it."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) & 1 << (signal.SIGTERM - 1))


class LifeTest(unittest.TestCase):
    def setUp(self):
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def test_what_was_answered_survives_kill_9(self):
        room = self.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        voters = [(room.attendee(), new_id()) for _ in range(20)]
        for number, (voter, id) in enumerate(voters):
            vote(voter, 1 + number % 5, id=id)
        for voter, id in voters[:10]:
            voter.wait(lambda: voter.answers.get(id))
        self.server.kill()
        self.server.start()
        for number, (voter, id) in enumerate(voters):
            again = room.attendee(voter.token)
            vote(again, 1 + number % 5, id=id)
            self.assertIn(again.final(id)["outcome"], ("counted", "duplicate"))
            if number < 10:
                self.assertEqual(again.final(id)["outcome"], "duplicate", "it had been answered")
            again.close()
        presenter = room.staff("presenter")
        view = presenter.view("console", lambda d: d["activities"][0]["turnout"]["answered"] == 20)
        self.assertEqual(view["room"]["joined"], 20)

    def test_a_restart_gives_the_same_digest(self):
        room = self.server.create_room(sheet(SCALE, CHOICE))
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        for value in (1, 2, 5):
            voter = room.attendee()
            voter.final(vote(voter, value))
            voter.close()
        before = room.state()
        self.server.kill()
        self.server.start()
        self.assertEqual(room.state(), before)
        self.assertEqual(self.server.stop(), 0)
        shutil.rmtree(self.server.data / "read-models")
        self.server.start()
        self.assertEqual(room.state(), before, "also when it is folded from nothing")

    def test_a_graceful_stop(self):
        room = self.server.create_room(sheet(SCALE))
        presenter = room.staff("presenter")
        presenter.advance("scale", "voting")
        voters = [room.attendee() for _ in range(10)]
        ids = [(voter, vote(voter, 4)) for voter in voters]
        stopped = []
        stopping = threading.Thread(target=lambda: stopped.append(self.server.stop()))
        stopping.start()
        answered = 0
        for voter, id in ids:
            code = voter_end(voter)
            self.assertEqual(code, GOING_AWAY)
            kinds = [m["type"] for m in voter.answers.get(id, [])]
            answered += "recorded" in kinds or "outcome" in kinds
        stopping.join()
        self.assertEqual(stopped, [0])
        self.server.start()
        counted = room.staff("presenter").view("console")["activities"][0]["turnout"]["answered"]
        self.assertGreaterEqual(counted, answered)

    def test_a_stop_while_it_starts(self):
        for delay in range(0, 201, 20):
            server = Server()
            self.addCleanup(server.__exit__)
            with open(str(server.data) + ".log", "ab") as log:
                process = server.launch(log)
                try:
                    time.sleep(delay / 1000)
                    begun, caught = server.data.exists(), catches_sigterm(process)
                    self.assertTrue(caught or not begun, "it opened its folder, and cannot be stopped")
                    process.send_signal(signal.SIGTERM)
                    code = process.wait(60)
                finally:
                    process.kill()
            wanted = (0,) if caught else (0, -signal.SIGTERM)
            self.assertIn(code, wanted, f"after {delay} ms: {server.output()}")
            server.start()
            room = server.create_room(sheet(SCALE))
            self.assertEqual(server.stop(), 0)
            checked = run("fsck", "--data", server.data)
            self.assertEqual(checked.returncode, 0, f"after {delay} ms: {checked.stderr}")
            self.assertTrue(room.code)

    def test_health(self):
        self.assertEqual(self.server.request("GET", "/livez"), (200, b"ok\n"))
        self.assertEqual(self.server.request("GET", "/readyz"), (200, {"ready": True, "lag": 0}))
        status, text = self.server.request("GET", "/metrics")
        self.assertEqual(status, 200)
        for name in (b"plenum_connections 0", b"plenum_recorded_seconds_bucket",
                     b'plenum_outcomes_total{outcome="counted"}', b"plenum_fold_lag_events 0"):
            self.assertIn(name, text)

    def test_pages(self):
        for path in ("/", "/r/123456", "/d/123456", "/f/123456"):
            status, body = self.server.request("GET", path)
            self.assertEqual(status, 200)
            self.assertIn(b"<!doctype html>", body.lower())
        connection = socket.create_connection(("127.0.0.1", self.server.port))
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        head = connection.makefile("rb").read()
        self.assertTrue(head.endswith(b"\r\n\r\n"))
        etag = next(line.split(b": ")[1].decode() for line in head.split(b"\r\n")
                    if line.startswith(b"ETag"))
        self.assertEqual(self.server.request("GET", "/", headers={"If-None-Match": etag})[0], 304)
        for path in ("/assets/../main.cc", "/assets/..%2fmain.cc", "/assets/", "/assets/none.js",
                     "/etc/passwd", "//", "/r/a/b"):
            self.assertEqual(self.server.request("GET", path)[0], 404, path)
        self.assertEqual(self.server.request("POST", "/")[0], 405)


def voter_end(client):
    while True:
        try:
            client.take(15)
        except Closed as closed:
            return closed.code


class BadStarts(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="plenum-test-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def refused(self, data, *flags):
        """Starts a server that must not start: its one sentence."""
        if "--listen" not in flags:
            flags = ("--listen", "127.0.0.1:0", *flags)
        ended = run("serve", "--data", data, *flags, timeout=30)
        self.assertNotEqual(ended.returncode, 0)
        lines = [line for line in ended.stderr.splitlines() if line.startswith("plenum: ")]
        self.assertEqual(len(lines), 1, ended.stderr)
        self.assertTrue(lines[0].rstrip().endswith("."), lines[0])
        return lines[0]

    def make_data(self):
        with Server(self.folder / "data") as server:
            server.create_room(sheet(CHOICE))
            self.assertEqual(server.stop(), 0)
        return self.folder / "data"

    def test_a_port_that_is_taken(self):
        with Server(self.folder / "one") as server:
            said = self.refused(self.folder / "two", "--listen", f"127.0.0.1:{server.port}")
            self.assertIn(f"127.0.0.1:{server.port}", said)

    def test_a_folder_that_is_in_use(self):
        with Server(self.folder / "data") as server:
            self.assertIn("in use", self.refused(self.folder / "data"))
            self.assertEqual(server.request("GET", "/readyz")[0], 200)

    def test_a_folder_that_cannot_be_made(self):
        (self.folder / "file").write_text("mine")
        self.refused(self.folder / "file")
        self.refused(self.folder / "file" / "data")
        self.refused("/proc/plenum")
        self.assertEqual((self.folder / "file").read_text(), "mine")

    def test_a_folder_of_something_else(self):
        (self.folder / "photos").mkdir()
        (self.folder / "photos" / "a.jpg").write_text("mine")
        self.refused(self.folder / "photos")
        self.assertEqual(os.listdir(self.folder / "photos"), ["a.jpg"], "left as it was")

    def test_a_damaged_log(self):
        data = self.make_data()
        damaged = [path for path in (data / "log").iterdir() if path.suffix in (".log", ".sst")
                   and path.stat().st_size > 200]
        self.assertTrue(damaged)
        for path in damaged:
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 0xFF
            path.write_bytes(content)
        before = {path.name: path.read_bytes() for path in damaged}
        self.refused(data)
        for path in damaged:
            self.assertEqual(path.read_bytes(), before[path.name], "nothing was mended away")

    def test_parts_that_are_missing(self):
        for missing in ("log", "vault", "keys"):
            data = self.make_data()
            shutil.move(data / missing, self.folder / "kept")
            self.assertIn(str(data), self.refused(data))
            self.assertFalse((data / missing).exists(), "it must not be made anew")
            shutil.move(self.folder / "kept", data / missing)
            with Server(data):
                pass
            shutil.rmtree(data)

    def test_damaged_keys(self):
        data = self.make_data()
        for name in ("master.key", "token.keys"):
            kept = (data / "keys" / name).read_text()
            (data / "keys" / name).write_text("nonsense\n")
            self.assertIn(name, self.refused(data))
            (data / "keys" / name).write_text(kept)
        with Server(data):
            pass

    def test_read_models_of_another_log_are_set_aside(self):
        data = self.make_data()
        with Server(self.folder / "other") as other:
            other.create_room(sheet(CHOICE, SCALE))
        shutil.rmtree(data / "read-models")
        shutil.copytree(self.folder / "other" / "read-models", data / "read-models")
        with Server(data) as server:
            self.assertIn("set", server.output())
        self.assertTrue(any("aside" in name for name in os.listdir(data)), os.listdir(data))

    def test_wrong_settings(self):
        for flags in (["--listen", "nowhere"], ["--listen", "1.2.3.4.5:1"],
                      ["--listen", "127.0.0.1:99999"], ["--public-url", "plenum.example"],
                      ["--tls-cert", "/none"], ["--tls-cert", "/none", "--tls-key", "/none"],
                      ["--config", "/none"]):
            self.refused(self.folder / "data", *flags)


class Settings(unittest.TestCase):
    def test_flag_then_environment_then_file_then_default(self):
        with tempfile.TemporaryDirectory() as folder:
            config = pathlib.Path(folder, "plenum.conf")
            config.write_text('listen = "127.0.0.1:1003"\ndata = "from-file"\n'
                              'public-url = "http://file.example"\n')
            environment = dict(os.environ, PLENUM_LISTEN="127.0.0.1:1002", PLENUM_DATA="from-env",
                               PLENUM_CONFIG=str(config))
            shown = run("serve", "--print-config", "--listen", "127.0.0.1:1001", env=environment)
            self.assertEqual(shown.returncode, 0, shown.stderr)
            settings = dict(line.split(" = ") for line in shown.stdout.splitlines())
            self.assertEqual(settings["listen"], '"127.0.0.1:1001"')
            self.assertEqual(settings["data"], '"from-env"')
            self.assertEqual(settings["public-url"], '"http://file.example"')
            self.assertEqual(settings["tls-cert"], '""')
            config.write_text('lisen = "127.0.0.1:1003"\n')
            wrong = run("serve", "--print-config", env=environment)
            self.assertEqual(wrong.returncode, 2)
            self.assertIn("lisen", wrong.stderr)


class Tls(unittest.TestCase):
    def test_the_same_over_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            cert, key = f"{folder}/cert.pem", f"{folder}/key.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", cert,
                            "-days", "2", "-subj", "/CN=localhost",
                            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                           check=True, capture_output=True)
            with tempfile.TemporaryDirectory() as data, subprocess.Popen(
                    [PROGRAM, "serve", "--data", f"{data}/d", "--listen", "127.0.0.1:0",
                     "--tls-cert", cert, "--tls-key", key],
                    stdout=subprocess.PIPE, text=True) as process:
                try:
                    url = process.stdout.readline().split()[-1]
                    self.assertTrue(url.startswith("https://127.0.0.1:"), url)
                    sheet_file = pathlib.Path(folder, "sheet.json")
                    sheet_file.write_text(json.dumps(sheet(CHOICE)))
                    create = ("room", "create", sheet_file, "--url", url, "--token-file",
                              f"{data}/d/organiser.token", "--json")
                    untrusted = run(*create)
                    self.assertEqual(untrusted.returncode, 1)
                    self.assertIn("verif", untrusted.stderr)
                    for _ in range(50):
                        made = run(*create, env=dict(os.environ, PLENUM_CA=cert))
                        if made.returncode == 0:
                            break
                        time.sleep(0.1)
                    self.assertEqual(made.returncode, 0, made.stderr)
                    self.assertIn(url, json.loads(made.stdout)["links"]["display"])
                finally:
                    process.terminate()
                    process.wait(30)


if __name__ == "__main__":
    unittest.main()
