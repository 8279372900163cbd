"""What organisers get from the server: a check of their run sheet, and the link of their page."""

import json
import os
import pty
import re
import signal
import subprocess
import tempfile
import unittest
import urllib.request

from plenum import PROGRAM, Server, run
from ports import free_port

DAY = run("library", "staff-town-hall").stdout


def told(text):
    """What `plenum check --json` says of it."""
    return json.loads(run("check", "-", "--json", input=text).stdout)


class CheckTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.server.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()

    def check(self, text, token=None):
        return self.server.request("POST", "/api/v1/check", text.encode(),
                                   token or self.server.organiser)

    def test_it_says_what_the_command_says(self):
        sheet = json.loads(DAY)
        sheet["activities"][0]["title"].pop("cy")
        no_welsh = json.dumps(sheet, ensure_ascii=False, indent=1)
        broken = DAY.replace('"kind": "choice",', '"kind" "choice",', 1)
        wrong = DAY.replace('"kind": "choice"', '"kind": "chioce"', 1)
        for text in (DAY, no_welsh, broken, wrong, "", "[]"):
            status, answer = self.check(text)
            self.assertEqual((status, answer), (200, told(text)))
        self.assertEqual(len(told(no_welsh)["warnings"]), 1)
        line = DAY[:DAY.index('"kind": "choice"')].count("\n") + 1
        for text in (broken, wrong):
            self.assertEqual([p["line"] for p in told(text)["problems"]], [line])

    def test_it_is_for_organisers_and_makes_nothing(self):
        room = self.server.create_room(json.loads(DAY))
        for token in ("v1.a.b.c", room.tokens["producer"], room.join_token()):
            self.assertEqual(self.check(DAY, token)[0], 401)
        self.assertEqual(self.server.request("POST", "/api/v1/check", DAY.encode())[0], 401)
        self.assertEqual(self.server.request("GET", "/api/v1/check")[0], 405)
        self.assertEqual(self.check(" " * 600_000)[0], 413)
        before = self.folded()
        self.assertGreater(before, 0)
        self.assertEqual(self.check(DAY)[0], 200)
        self.assertEqual(self.folded(), before)

    def folded(self):
        metrics = self.server.request("GET", "/metrics")[1].decode()
        return int(re.search(r"^plenum_folded_events (\d+)", metrics, re.MULTILINE)[1])


class LinkTest(unittest.TestCase):
    """A token belongs on the organiser's screen, and not into the journal of a service."""

    def serve(self, folder, **options):
        listen = f"127.0.0.1:{free_port()}"
        process = subprocess.Popen([PROGRAM, "serve", "--data", folder, "--listen", listen],
                                   stderr=subprocess.DEVNULL, **options)
        self.addCleanup(process.kill)
        return process, f"http://{listen}/start"

    def stop(self, process, page):
        """Once it answers: before that nobody has begun to listen for the signal."""
        urllib.request.urlopen(page, timeout=30).close()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)

    def test_on_a_terminal_the_link_is_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            screen, theirs = pty.openpty()
            process, page = self.serve(folder, stdout=theirs)
            shown = b""
            while b"plenum copy" not in shown:
                shown += os.read(screen, 4096)
            with open(f"{folder}/organiser.token", encoding="ascii") as file:
                self.assertIn(f"{page}#t={file.read().strip()}".encode(), shown)
            self.stop(process, page)

    def test_elsewhere_it_is_only_said_where_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            process, page = self.serve(folder, stdout=subprocess.PIPE)
            shown = b""
            while b"plenum copy" not in shown:
                shown += process.stdout.readline()
            self.assertIn(page.encode(), shown)
            self.assertNotIn(b"v1.", shown)
            self.stop(process, page)
            process.stdout.close()


if __name__ == "__main__":
    unittest.main()
