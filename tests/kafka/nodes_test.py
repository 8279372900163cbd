#!/usr/bin/env python3
"""More than one node on one log, on a real Kafka: attendees of one room see the same on each, a
time limit ends once, one is killed and comes back, new ones catch up."""

import json
import pathlib
import subprocess
import sys
import unittest

from cluster import Cluster
from nodes_kit import Display, Log, elsewhere, until

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from plenum import PROGRAM, new_id, run  # noqa: E402: the client kit of the other folder
from sheets import SCALE, sheet  # noqa: E402

TIMED = {**SCALE, "id": "timed", "time": {"vote_ms": 1200, "grace_ms": 200}}
WRITE = {"id": "write", "title": "Ideas",
         "collect": {"who": "everyone", "each": 2, "max_graphemes": 300},
         "ballot": {"kind": "dots", "budget": 5, "cap": 5}, "time": {"grace_ms": 200}}


def setUpModule():
    global cluster
    cluster = unittest.enterModuleContext(Cluster(brokers=1))


def vote(client, value, activity="scale", id=None, seq=1):
    return client.send("ballot.cast", id, activity=activity, generation=1, seq=seq,
                       ballot={"kind": "scale", "value": value})


def counts(data):
    return data["now"]["result"]["counts"]


class TwoNodes(unittest.TestCase):
    def setUp(self):
        self.log = self.enterContext(Log(cluster, self._testMethodName.replace("_", "-")))
        self.a, self.b = self.log.node("a"), self.log.node("b")
        self.here = self.a.create_room(sheet(SCALE, TIMED, WRITE))
        self.there = elsewhere(self.here, self.b)

    def agreed(self):
        """Both know of the other and found nothing that differs."""
        for node in (self.a, self.b):
            until(lambda: node.metrics()["peers"] == 1, "the other node to be heard")
            until(lambda: node.metrics()["peer_digests_compared"] > 0, "a digest to be compared")
            self.assertEqual(node.metrics()["peer_digests_differing"], 0)
            status, said = node.ready()
            self.assertEqual(status, 200, said)
            self.assertTrue(said["ready"])
            self.assertEqual(said["peers"], 1)
            self.assertGreater(said["digests_compared"], 0)
            self.assertEqual(said["digests_differing"], 0)
        return self.log.agree(self.here, self.a, self.b)

    def test_one_room_on_two_nodes(self):
        presenter = self.here.staff("presenter")
        displays = [Display(room) for room in (self.here, self.there)]
        people = [room.attendee() for room in (self.here, self.there) * 3]
        presenter.advance("scale", "voting")
        for value, person in zip((1, 2, 2, 5, 5, 5), people):
            person.view("stage", lambda d: d.get("now", {}).get("phase") == "voting")
            self.assertEqual(person.final(vote(person, value))["outcome"], "counted")
        presenter.advance("scale", "closed")
        presenter.advance("scale", "revealed")
        for client in (*displays, *people):
            shown = client.view("stage", lambda d: d.get("now", {}).get("result"))
            self.assertEqual(counts(shown), [1, 2, 0, 0, 3])
            self.assertEqual(shown["now"]["turnout"], {"answered": 6, "of": 6})
        self.same_view_at_the_same_version(displays)
        self.text_is_seen_elsewhere(presenter, displays, people)
        presenter.advance("write", "closed")
        presenter.advance("write", "revealed")
        self.agreed()
        self.assertEqual(self.here.export(), self.there.export())

    def same_view_at_the_same_version(self, displays):
        """Which versions are sent is a matter of time; what a version shows is not."""
        version = self.log.agree(self.here, self.a, self.b)["index"]
        shown = [display.at(version) for display in displays]
        self.assertEqual(shown[0], shown[1])
        self.assertTrue(shown[0]["now"]["result"])
        first, second = (display.shown for display in displays)
        for common in set(first) & set(second):
            self.assertEqual(first[common], second[common])

    def text_is_seen_elsewhere(self, presenter, displays, people):
        presenter.advance("write", "collecting")
        text = "Bees on the roof of the town hall"
        people[0].view("stage", lambda d: d["now"]["activity"] == "write")
        self.assertEqual(people[0].ask("item.add", activity="write", generation=1,
                                       text=text)["outcome"], "accepted")
        moved = self.there.attendee(people[0].token)  # the same person, on the other node
        mine = moved.view("person", lambda d: d.get("contributions"))["contributions"]
        self.assertEqual([item["text"] for item in mine], [text])
        presenter.advance("write", "voting")
        for display in displays:
            items = display.view("stage", lambda d: d["now"].get("items"))["now"]["items"]
            self.assertIn(text, json.dumps(items))

    def test_a_time_limit_ends_once(self):
        presenter = self.there.staff("presenter")
        people = [room.attendee() for room in (self.here, self.there)]
        presenter.advance("timed", "voting")
        for person in people:
            person.view("stage", lambda d: d.get("now", {}).get("phase") == "voting")
            self.assertEqual(person.final(vote(person, 4, "timed"))["outcome"], "counted")
        for person in people:
            person.view("stage", lambda d: d["now"]["phase"] == "closed")
        presenter.view("console", lambda d: d["activities"][1]["phase"] == "closed")
        presenter.advance("timed", "revealed")
        for person in people:
            shown = person.view("stage", lambda d: d["now"].get("result"))
            self.assertEqual(counts(shown), [0, 0, 0, 2, 0])
        self.agreed()
        self.ended_once(self.there.export())

    def ended_once(self, events):
        """By a fold that is not ours: of all that the nodes said, one of each kind is what counts."""
        lines = "".join(json.dumps(event, separators=(",", ":")) + "\n" for event in events)
        done = subprocess.run([sys.executable, "-B", "recompute.py", "-", "--each", "--check"],
                              cwd=HERE.parent / "integration", input=lines, text=True,
                              capture_output=True, timeout=60, check=True)
        outcomes = [outcome for outcome, *_ in json.loads(done.stdout)["each"]]
        for kind, good in (("timer.fired", "accepted"), ("result.recorded", "confirmed")):
            fates = [outcome for event, outcome in zip(events, outcomes)
                     if event["type"] == f"org.plenum.{kind}.v1"]
            print(f"{kind}: {fates}", file=sys.stderr)  # one or both nodes said it
            self.assertEqual(fates.count(good), 1, fates)
            self.assertLessEqual(set(fates), {good, "duplicate", "ignored"})

    def test_kill_9_of_a_node(self):
        presenter = self.here.staff("presenter")
        presenter.advance("scale", "voting")
        here = [(self.here.attendee(), new_id()) for _ in range(4)]
        there = [(self.there.attendee(), new_id()) for _ in range(8)]
        for person, id in (*here, *there):
            person.view("stage", lambda d: d.get("now", {}).get("phase") == "voting")
            vote(person, 4, id=id)
        for person, id in (*here, *there[:4]):
            person.wait(lambda: person.answers.get(id))
        self.b.kill()
        for person, id in there:
            person.close()
            again = self.here.attendee(person.token)
            # "counted" is what became of the first one, where this node has not read so far.
            self.assertIn(again.final(vote(again, 4, id=id))["outcome"], ("duplicate", "counted"))
        self.is_where_it_was_said_to_be((*here, *there))
        console = presenter.view("console", lambda d: d["activities"][0]["turnout"]["answered"] == 12)
        self.assertEqual(console["room"]["joined"], 12)
        self.b.start()
        back = [self.there.attendee(person.token) for person, _ in there[:2]]
        presenter.advance("scale", "closed")
        presenter.advance("scale", "revealed")
        for client in back:
            self.assertEqual(counts(client.view("stage", lambda d: d["now"].get("result"))),
                             [0, 0, 0, 12, 0])
        expected = self.agreed()
        self.assertEqual(self.b.stop(), 0)
        checked = run("fsck", *self.log.of_node("b"), "--json")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        report = json.loads(checked.stdout)
        self.assertTrue(report["agrees"])
        self.assertEqual(report["rooms"], [{"kept": expected, "rebuilt": expected}])

    def is_where_it_was_said_to_be(self, people):
        """What a client was told to be recorded stands in the topic, at the offset it was told."""
        ids = {offset: json.loads(value)["id"] for offset, value in self.log.records(self.here)}
        told = [(answer["offset"], id) for person, id in people
                for answer in person.answers.get(id, []) if answer["type"] == "recorded"]
        self.assertTrue(told)
        for offset, id in told:
            self.assertEqual(ids[offset], id)


class NewNodes(unittest.TestCase):
    """Those that come later, to a log that is already long."""

    def setUp(self):
        self.log = self.enterContext(Log(cluster, "new-nodes"))
        self.first = self.log.node("first")
        self.room = self.first.create_room(sheet(SCALE))
        presenter = self.room.staff("presenter")
        presenter.advance("scale", "voting")
        people = [self.room.attendee() for _ in range(40)]
        for seq in range(1, 51):
            for person in people:
                vote(person, 1 + seq % 5, seq=seq)
        for person in people:
            person.wait(lambda: len(person.answers) == 50)
        presenter.advance("scale", "closed")
        presenter.advance("scale", "revealed")
        self.log.repeat(self.room, 10)

    def test_they_catch_up(self):
        until(lambda: self.first.metrics()["fold_lag_events"] == 0, "all to be folded")
        self.expected = self.first.state(self.room)
        self.assertGreater(self.expected["index"], 20_000)
        self.from_nothing()
        self.from_a_checkpoint()

    def from_nothing(self):
        for attempt in range(5):  # it may be ready before it is asked
            node = self.log.node(f"second-{attempt}", launch=True)
            status, said = until(lambda: (answer := node.ready())[0] and answer, "an answer")
            if status == 503:
                break
            node.kill()
        self.assertRegex(said["text"], "^The server is reading its log, and has [0-9]+ entries to "
                         "go; it will be ready soon[.]$")
        node.wait_ready()
        self.assertEqual(node.state(self.room), self.expected)
        self.assertGreater(node.metrics()["folded_events"], 20_000)

    def from_a_checkpoint(self):
        models = self.log.folder / "third" / "read-models"
        models.parent.mkdir()
        done = run("project", *self.log.of_node("standby"), "--until-end", "--checkpoint", models,
                   "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        last = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(last["lag"], 0)
        self.assertGreater(last["folded"], 20_000)
        node = self.log.node("third")
        self.assertEqual(node.state(self.room), self.expected)
        self.assertEqual(node.metrics()["folded_events"], 0)
        # It goes on from there, as the others do.
        late = elsewhere(self.room, node).attendee()
        late.view("stage", lambda d: d["room"]["joined"] == 41)
        until(lambda: self.first.state(self.room) != self.expected, "the late one on the first")
        after = self.log.agree(self.room, self.first, node)
        self.assertEqual(after["index"], self.expected["index"] + 1)


if __name__ == "__main__":
    print(PROGRAM)
    unittest.main(verbosity=2)
