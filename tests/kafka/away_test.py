#!/usr/bin/env python3
"""The only broker goes away under a node: what clients are told, what is kept, and that all is
delivered once it is back."""

import pathlib
import sys
import time
import unittest

from cluster import Cluster
from nodes_kit import Log, until

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from plenum import PROGRAM, new_id  # noqa: E402: the client kit of the other folder
from sheets import SCALE, sheet  # noqa: E402

MOST_GROWTH = 64 << 20  # bytes, while a client hammers


def setUpModule():
    global cluster
    cluster = unittest.enterModuleContext(Cluster(brokers=1))


class Away(unittest.TestCase):
    def setUp(self):
        self.log = self.enterContext(Log(cluster, self._testMethodName.replace("_", "-")))
        self.node = self.log.node("node")
        self.room = self.node.create_room(sheet(SCALE))
        self.presenter = self.room.staff("presenter")
        self.presenter.advance("scale", "voting")
        self.people = [self.room.attendee() for _ in range(3)]
        for person in self.people:
            person.view("stage", lambda d: d.get("now", {}).get("phase") == "voting")

    def vote(self, person, value, id=None, seq=1):
        return person.send("ballot.cast", id, activity="scale", generation=1, seq=seq,
                           ballot={"kind": "scale", "value": value})

    def test_frozen(self):
        self.goes_away(lambda: cluster.pause(1), lambda: cluster.resume(1))

    def test_killed(self):
        self.goes_away(lambda: cluster.kill(1), lambda: cluster.start(1))

    def goes_away(self, leave, come_back):
        self.addCleanup(lambda: cluster.brokers[1].paused and cluster.resume(1))
        leave()
        kept = [(person, new_id()) for person in self.people]
        for person, id in kept:
            self.not_recorded_yet(person, id)
        status, said = self.node.ready()
        self.assertEqual(status, 503)
        self.assertRegex(said["text"], "^.*Kafka.*[.]$")
        self.memory_stays_bounded(kept)
        come_back()
        until(lambda: self.node.ready()[0] == 200, "the node to be ready again", 60)
        for person, id in kept:
            outcome = self.counted_in_the_end(person, id)
            self.assertIn(outcome, ("counted", "duplicate"))
        self.all_votes_count_once()

    def not_recorded_yet(self, person, id):
        began = time.monotonic()
        self.vote(person, 5, id)
        answer = person.final(id)
        self.assertLess(time.monotonic() - began, 3.0)
        self.assertEqual(answer["type"], "error")
        self.assertEqual(answer["code"], "not-recorded-yet")
        self.assertGreater(answer["retry_ms"], 0)

    def memory_stays_bounded(self, kept):
        """People press again and again, with the same ids, as fast as the node takes it."""
        before = self.node.memory()
        rounds = 300
        for person, id in kept:
            person.answers.pop(id)
            for _ in range(rounds):
                self.vote(person, 5, id)
        for person, id in kept:
            person.wait(lambda: len(person.answers.get(id, [])) == rounds, 30)
            said = {answer.get("code") for answer in person.answers[id]}
            self.assertLessEqual(said, {"not-recorded-yet", "busy"})
            self.assertIn("not-recorded-yet", said)
        grown = self.node.memory() - before
        self.assertLess(grown, MOST_GROWTH)
        self.assertLess(self.node.metrics()["log_pending_events"], 1000)

    def counted_in_the_end(self, person, id):
        """As a phone does: again with the same id, until there is an outcome."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            person.answers.pop(id, None)
            self.vote(person, 5, id)
            answer = person.final(id)
            if answer["type"] == "outcome":
                return answer["outcome"]
            person.drain(answer["retry_ms"] / 1000)
        raise AssertionError("no outcome")

    def all_votes_count_once(self):
        """On the very connections from before."""
        self.presenter.advance("scale", "closed")
        self.presenter.advance("scale", "revealed")
        for person in self.people:
            shown = person.view("stage", lambda d: d["now"].get("result"))
            self.assertEqual(shown["now"]["result"]["counts"], [0, 0, 0, 0, 3])
        ballots = [event["id"] for event in self.room.export()
                   if event["type"] == "org.plenum.ballot.cast.v1"]
        self.assertEqual(len(set(ballots)), 3)
        self.assertLess(len(ballots), 12, "what was refused did not get into the log later")


if __name__ == "__main__":
    print(PROGRAM)
    unittest.main(verbosity=2)
