"""The built-in day at full speed, and a small one with its time limits: the published results."""

import json
import subprocess
import tempfile
import unittest

from plenum import Server
from rehearse_kit import PUBLISHED_DOTS, PUBLISHED_TOPICS, Rehearsal, command


class Day(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.server.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_the_day_of_180_people(self):
        said, _ = Rehearsal(self.server, "--attendees", 180, "--seed", 4).finish(self)
        self.assertEqual(said["attendees"], 180)
        self.assertEqual(said["confidence"], {"start": 3.33, "end": 4.00})
        self.assertEqual([row["score"] for row in said["dotmocracy"]], PUBLISHED_DOTS)
        self.assertEqual([row["title"] for row in said["topics"]], PUBLISHED_TOPICS)
        self.assertEqual([row["score"] for row in said["topics"]],
                         [str(25 - place) for place in range(8)])
        for count in ("sent", "recorded", "counted", "superseded", "late", "refused", "reconnects"):
            self.assertGreater(said[count], 0, count)
        # Each ballot ends as exactly one of these.
        self.assertEqual(said["sent"], said["counted"] + said["superseded"] + said["late"]
                         + said["refused"])
        for stage in ("recorded", "counted", "seen"):
            latency = said["latency_ms"][stage]
            self.assertLess(0, latency["p50"])
            self.assertLessEqual(latency["p50"], latency["p99"])
            self.assertLessEqual(latency["p99"], latency["max"])

    def test_the_summary_for_people(self):
        done = subprocess.run(command(self.server, "--speed", 0, "--attendees", 120, "--seed", 9),
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for text in [*PUBLISHED_DOTS, *PUBLISHED_TOPICS, "3.33", "4.00", "p50", "p99", "seen",
                     "lost 0, duplicated 0, mismatches 0"]:
            self.assertIn(text, done.stdout)
        self.assertIn("ideas: scoring, round 5", done.stderr)

    def test_a_quick_day_with_time_limits(self):
        said, lines = Rehearsal(self.server, "--attendees", 30, speed=150).finish(self)
        self.assertEqual(said["confidence"], {"start": 3.33, "end": 4.00})
        specs = [json.loads(line)["data"]["spec"] for line in lines
                 if '"org.plenum.activity.added.v1"' in line]
        self.assertEqual({spec["time"]["vote_ms"] for spec in specs if "vote_ms" in spec["time"]},
                         {3000})

    def test_a_day_of_ones_own(self):
        sheet = {"title": "Two questions", "languages": ["en"], "activities": [
            {"id": "first", "title": "One", "ballot": {"kind": "scale", "low": 0, "high": 10}},
            {"id": "second", "title": "Two", "reveal": "live", "ballot": {
                "kind": "choice", "min": 0, "max": 2, "options": [
                    {"id": "a", "title": "A"}, {"id": "b", "title": "B"},
                    {"id": "c", "title": "C"}]}}]}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(sheet, file)
            file.flush()
            Rehearsal(self.server, "--day", file.name, "--attendees", 50).finish(self)

    def test_what_cannot_be_run_is_said_in_one_sentence(self):
        for arguments, sentence in [
                (command(self.server, "--attendees", 5), "six people"),
                (command(self.server, "--day", "/no/such/file.json"), "cannot be read"),
                (command(self.server, url="http://127.0.0.1:9"), "127.0.0.1"),
                (command(self.server, token="v1.k.e30.AAAA"), "made no room")]:
            done = subprocess.run(arguments, capture_output=True, text=True, timeout=60,
                                  check=False)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertEqual(done.stdout, "")
            self.assertIn(sentence, done.stderr)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_a_burst(self):
        done = subprocess.run(command(self.server, "--burst", 100, "--within-ms", 500, "--json"),
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        said = json.loads(done.stdout)
        self.assertEqual((said["sent"], said["counted"], said["mismatches"]), (100, 100, 0))
        self.assertLess(0, said["latency_ms"]["seen"]["p99"])

    def test_idle_connections(self):
        done = subprocess.run(command(self.server, "--idle", 200, "--hold-ms", 500, "--json"),
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(json.loads(done.stdout), {"idle": 200, "open": 200, "reconnects": 0})


if __name__ == "__main__":
    unittest.main(verbosity=2)
