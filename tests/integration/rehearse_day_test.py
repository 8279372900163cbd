"""The built-in day at full speed, with its record, and a small one with its time limits: the published
results of every activity."""

import csv
import io
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from plenum import PROGRAM, Server, run
from rehearse_kit import (PUBLISHED_ACTIVITIES, PUBLISHED_DOTS, PUBLISHED_TOPICS, Rehearsal,
                          command)

AFTER_THE_DAY = pathlib.Path(__file__).parents[2] / "gateway/library/figures/september.json"


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

        self.all_activities(said)

    def all_activities(self, said):
        activity = {row["activity"]: row for row in said["activities"]}
        self.assertEqual(list(activity), PUBLISHED_ACTIVITIES)
        self.assertIn("15 of 15 chosen", activity["areas"]["line"])
        cafe, space = activity["cafe"], activity["open-space"]
        self.assertEqual((cafe["tables"], cafe["topics"], len(cafe["rounds"]), cafe["notes"]),
                         (20, 20, 3, 20))
        self.assertEqual((space["tables"], space["topics"], space["notes"]), (19, 14, 19))
        for row in cafe["rounds"] + space["rounds"]:
            self.assertGreater(row["seated"], 140)
            self.assertEqual(row["without_place"], 0)
        self.assertEqual(activity["sentences"]["notes"], 20)
        self.assertEqual(activity["topics"]["items"], 14)
        self.assertEqual(activity["gallery"]["items"], 19)
        for name in ("hopes", "commitments", "review"):
            self.assertGreater(activity[name]["contributions"], 140, name)
        self.assertGreater(activity["panel"]["votes"], activity["panel"]["items"])
        words = activity["one-word"]["words"]
        self.assertGreater(words[0]["count"], 10)
        spellings = [word["word"].casefold().split() for word in words]
        self.assertNotIn(["team", "work"], spellings, "merged")
        self.assertIn(["inspiring"], spellings, "that merge was taken back")

    def test_the_summary_for_people(self):
        done = subprocess.run(command(self.server, "--speed", 0, "--attendees", 120, "--seed", 9),
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for text in [*PUBLISHED_DOTS, *PUBLISHED_TOPICS, "3.33", "4.00", "p50", "p99", "seen",
                     "lost 0, duplicated 0, mismatches 0"]:
            self.assertIn(text, done.stdout)
        self.assertIn("ideas: scoring, round 5", done.stderr)
        self.assertIn("cafe: seated, round 3", done.stderr)
        lines = [line.split()[0] for line in done.stdout.splitlines() if line]
        for activity in PUBLISHED_ACTIVITIES:
            self.assertEqual(lines.count(activity), 1, activity)

    def test_a_quick_day_with_time_limits(self):
        said, lines = Rehearsal(self.server, "--attendees", 30, speed=150).finish(self)
        self.assertEqual(said["confidence"], {"start": 3.33, "end": 4.00})
        specs = [json.loads(line)["data"]["spec"] for line in lines
                 if '"org.plenum.activity.added.v1"' in line]
        self.assertEqual({spec["time"]["vote_ms"] for spec in specs if "vote_ms" in spec["time"]},
                         {3000, 4000})

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


class Record(unittest.TestCase):
    """What `plenum report` writes of the day that a demo leaves behind."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="plenum-test-")
        cls.addClassCleanup(cls.folder.cleanup)
        done = subprocess.run(
            [PROGRAM, "demo", "--once", "--listen", "127.0.0.1:0", "--json", "--seed", "6"],
            capture_output=True, text=True, timeout=300, check=False,
            env={**os.environ, "TMPDIR": cls.folder.name})
        assert done.returncode == 0, done.stdout + done.stderr
        cls.day = json.loads(done.stdout)
        # It says with which command the record is written; so that is what is done.
        said = re.search(r"plenum (report --data \S+ --room \d+) -o day.html", done.stderr)
        cls.record = {}
        for kind in ("html", "csv", "json"):
            out = pathlib.Path(cls.folder.name) / f"day.{kind}"
            written = run(*said.group(1).split(), "-o", out, "--figures", AFTER_THE_DAY)
            assert (written.returncode, written.stderr) == (0, ""), written.stderr
            cls.record[kind] = out.read_text(encoding="utf-8")
        cls.facts = list(csv.DictReader(io.StringIO(cls.record["csv"])))

    def measured(self, activity, measure):
        return [row["value"] for row in self.facts
                if (row["activity"], row["measure"]) == (activity, measure)]

    def test_every_activity_is_in_it_in_the_order_of_the_day(self):
        record = json.loads(self.record["json"])
        self.assertEqual([row["activity"] for row in record["activities"]], PUBLISHED_ACTIVITIES)
        places = []
        for row in record["activities"]:
            self.assertNotIn("hidden", row, row["activity"])
            title = row["title"]["text"]
            places.append(self.record["html"].index(f">{title}<".replace("'", "&#39;")))
        self.assertEqual(places, sorted(places))

    def test_its_figures_are_those_of_the_rehearsal(self):
        for row in self.day["activities"]:
            answered = self.measured(row["activity"], "answered")
            self.assertEqual(len(answered), 1, row)
        for name, mean in self.day["means"].items():
            self.assertEqual(self.measured(name, "mean"), [mean["mean"]])
        self.assertEqual(self.measured("gallery", "score")[:7], PUBLISHED_DOTS)
        activity = {row["activity"]: row for row in self.day["activities"]}
        votes = [int(value) for value in self.measured("panel", "votes")]
        self.assertEqual(sum(votes), activity["panel"]["votes"])
        counts = [int(value) for value in self.measured("one-word", "count")]
        self.assertEqual(counts, [word["count"] for word in activity["one-word"]["words"]])

    def test_figures_from_elsewhere_are_in_it_with_their_source(self):
        for value in ("560", "342", "724,552", "1.54 million", "91.38"):
            self.assertIn(f">{value}<", self.record["html"])
            self.assertIn(value, [row["value"] for row in self.facts
                                  if row["measure"] == "elsewhere"])
        self.assertIn("The counting service that the organisers used", self.record["html"])

    def test_what_people_wrote_is_in_it(self):
        texts = self.record["html"]
        for text in (*PUBLISHED_TOPICS, "Urgent mental health summit for children and young people",
                     "A leadership charter, owned by staff and public", "Pre-term birth care bundle"):
            self.assertIn(text, texts)
        notes = json.loads(self.record["json"])
        by_name = {row["activity"]: row for row in notes["activities"]}
        for name, tables in (("sentences", 20), ("cafe", 20), ("open-space", 19)):
            self.assertGreaterEqual(json.dumps(by_name[name]).count('"title"'), tables, name)
        self.assertIn("merged", {each["what"] for each in notes["interventions"]})


if __name__ == "__main__":
    unittest.main(verbosity=2)
