"""What the tests of `plenum rehearse` share."""

import json
import pathlib
import subprocess
import tempfile

import recount
from plenum import PROGRAM

PUBLISHED_DOTS = ["73", "69*", "65", "56*", "51", "51", "50"]
PUBLISHED_TOPICS = [
    "Shifting our focus from treatment to prevention",
    "The role and contribution of the voluntary sector",
    "Collaborative leadership",
    "Keeping effective ways of working from the pandemic",
    "Keeping people well at home in a safe environment",
    "Can we collectively improve the care market?",
    "Working across organisational boundaries to influence improvement",
    "How to ensure a collective response to impact wider determinants of health",
]

PUBLISHED_ACTIVITIES = [
    "hopes", "areas", "confidence-start", "picture-experience", "picture-hope", "sentences", "panel",
    "ideas", "cafe", "topics", "open-space", "gallery", "commitments", "confidence-end", "one-word",
    "review"]


def command(server, *arguments, url=None, token=None):
    return [PROGRAM, "rehearse", "--url", url or server.url, "--token", token or server.organiser,
            *map(str, arguments)]


def recounted(export, rehearsal):
    """The differences that a count of the export alone finds."""
    activities = recount.fold(pathlib.Path(export).read_text(encoding="utf-8").splitlines())
    return list(recount.check(activities, rehearsal))


class Rehearsal:
    """`plenum rehearse --json` as a child process; its export is kept until `finish`."""

    def __init__(self, server, *arguments, speed=0):
        self._folder = tempfile.TemporaryDirectory(prefix="plenum-test-")
        self.export = pathlib.Path(self._folder.name) / "export.ndjson"
        self.process = subprocess.Popen(
            command(server, "--speed", speed, "--json", "--export", self.export, *arguments),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def running(self):
        return self.process.poll() is None

    def finish(self, test, timeout=300):
        """Checks that all is well; the object that it printed, and the exported lines."""
        try:
            out, err = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
            test.fail(f"the rehearsal did not end: {err[-2000:]}")
        err = err or ""  # a test reads it by itself
        test.assertNotEqual(out, "", err[-2000:])
        said = json.loads(out)
        test.assertEqual((said["lost"], said["duplicated"], said["mismatches"]), (0, 0, 0), said)
        test.assertEqual(said["differences"], [], said)
        test.assertEqual(self.process.returncode, 0, err[-2000:])
        test.assertEqual(recounted(self.export, said), [])
        lines = self.export.read_text(encoding="utf-8").splitlines()
        test.assertEqual(len(lines), said["events"])
        self._folder.cleanup()
        return said, lines
