#!/usr/bin/env python3
"""The checker finds nothing in a day without faults, and each lie in evidence that was forged."""

import copy
import json
import pathlib
import tempfile
import unittest

from check import Evidence, Verdict, read_history, recovery
from world import Rehearsal, Sampler, World, exported, state_of


def effective(lines):
    """The position of a ballot that counted, in the history."""
    return next(i for i, line in enumerate(lines) if line.get("fate") == "ok"
                and line["command"]["type"] == "ballot.cast"
                and line["outcome"]["code"] == "counted")


class Check(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="plenum-check-") as name:
            folder = pathlib.Path(name)
            with World(folder, brokers=0, nodes=1) as world:
                (folder / "day").mkdir()
                rehearsal = Rehearsal(world, folder / "day", attendees=12, seed=1)
                sampler = Sampler(world, rehearsal.room, rehearsal.token)
                said, samples = rehearsal.finish(120), sampler.finish()
                entries = exported(world.nodes[0], rehearsal)
                state = state_of(world.nodes[0], rehearsal.room, rehearsal.token)
                cls.honest = Evidence(
                    history=read_history(rehearsal.history), exports=[entries, list(entries)],
                    records=list(entries), samples={0: samples[0], 1: []}, states=[state, state],
                    said=said, recovery=0.5, bound=10)

    def setUp(self):
        self.evidence = copy.deepcopy(self.honest)

    def broken(self):
        return set(Verdict(self.evidence).broken.values())

    def entry_of(self, line):
        return next(i for i, entry in enumerate(self.evidence.exports[0])
                    if json.loads(entry)["id"] == line["command"]["id"])

    def everywhere(self, change):
        for entries in (*self.evidence.exports, self.evidence.records):
            change(entries)

    def test_an_honest_day(self):
        verdict = Verdict(self.evidence)
        self.assertEqual(dict(verdict.broken), {})
        self.assertEqual((verdict.lost, verdict.duplicated), (0, 0))
        self.assertGreater(verdict.votes, 30)
        self.assertGreater(len(self.evidence.samples[0]), 3)

    def test_1_a_vote_is_lost(self):
        line = self.evidence.history[effective(self.evidence.history)]
        place = self.entry_of(line)
        self.everywhere(lambda entries: entries.pop(place))
        verdict = Verdict(self.evidence)
        self.assertEqual(verdict.lost, 1)
        self.assertIn(1, verdict.broken.values())

    def test_1_nodes_and_topic_differ(self):
        self.evidence.exports[1].pop()
        self.assertIn(1, self.broken())
        self.setUp()
        self.evidence.records.append(self.evidence.records[-1])
        self.assertIn(1, self.broken())

    def test_2_nobody_sent_it(self):
        del self.evidence.history[effective(self.evidence.history)]
        self.assertEqual(self.broken(), {2})

    def test_2_it_was_refused(self):
        line = self.evidence.history[effective(self.evidence.history)]
        line.update(fate="failed", refused="not-permitted")
        self.assertEqual(self.broken(), {2})

    def test_3_a_result_is_another(self):
        def change(entries):
            place = next(i for i, entry in enumerate(entries) if b"result.recorded" in entry
                         and json.loads(entry)["data"]["totals"]["kind"] == "scale")
            event = json.loads(entries[place])
            event["data"]["totals"]["people"] += 1
            entries[place] = json.dumps(event).encode()
        self.everywhere(change)
        self.assertIn(3, self.broken())

    def test_4_a_node_claims_another_state(self):
        sample = self.evidence.samples[0][len(self.evidence.samples[0]) // 2]
        sample["state"] = sample["state"][::-1]
        self.assertEqual(self.broken(), {4})

    def test_4_a_node_lags_for_ever(self):
        self.evidence.states[1] = dict(self.evidence.samples[0][-1], index=3)
        self.assertIn(4, self.broken())

    def test_5_a_node_goes_back(self):
        self.evidence.samples[0] = self.evidence.samples[0][::-1]
        self.assertEqual(self.broken(), {5})

    def test_5_a_node_is_ahead_of_the_log(self):
        self.evidence.samples[0][-1]["index"] = len(self.evidence.exports[0]) + 1
        self.assertEqual(self.broken(), {5})

    def test_7_a_screen_goes_back(self):
        shown = next(line["shown"] for line in self.evidence.history if "shown" in line)
        shown[1][1], shown[2][1] = shown[2][1] + 1, shown[1][1]
        self.assertEqual(self.broken(), {7})

    def test_8_no_answer(self):
        line = self.evidence.history[effective(self.evidence.history)]
        line["fate"] = "unknown"
        self.assertEqual(self.broken(), {8})

    def test_8_too_slow(self):
        self.evidence.recovery = 11
        self.assertEqual(self.broken(), {8})

    def test_recovery_is_from_the_end_of_the_fault(self):
        history = [{"steady_ms": 100_000}, {"sent_ms": 900, "recorded_ms": 4000},
                   {"sent_ms": 5000, "recorded_ms": 9000}]
        self.assertAlmostEqual(recovery(history, [(101, 103, 103)]), 1.1)
        self.assertAlmostEqual(recovery(history, [(100.5, 104, 104), (105, 108.5, 108.5)]), 1.5)
        self.assertAlmostEqual(recovery(history, [(101, 101, 107)]), 5.0)
        self.assertEqual(recovery(history, [(109.5, 110, 110)]), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
