#!/usr/bin/env python3
"""The topics are readable as they are documented: votes over real WebSockets into a real Kafka,
and a tally by programs that are not ours equals the one on the stage."""

import json
import pathlib
import subprocess
import sys
import unittest

from cluster import Cluster

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from plenum import Server, run  # noqa: E402: the client kit of the other folder
from sheets import CHOICE, DOTS, SCALE, sheet  # noqa: E402

PREFIX = "plenum"
TOPIC = PREFIX + ".rooms"
FIRST = {"choice": ({"kind": "choice", "options": ["south"]}),
         "scale": ({"kind": "scale", "value": 1}),
         "dots": ({"kind": "dots", "dots": [{"item": "a", "dots": 4}, {"item": "b", "dots": 1}]})}
LAST = [
    ("areas", [{"kind": "choice", "options": [option]}
               for option in ("north", "north", "east", "north", "south")]),
    ("scale", [{"kind": "scale", "value": v} for v in (5, 3, 3, 4, 2)]),
    ("dots", [{"kind": "dots", "dots": [{"item": "a", "dots": a}, {"item": "c", "dots": c}]}
              for a, c in ((4, 1), (3, 2), (1, 1), (2, 3), (1, 4))]),
]


def shown(data):
    """The tally on the stage, in the form of read_topic.py."""
    result = data["now"]["result"]
    if result["kind"] == "choice":
        pairs = [(row["id"], row["count"]) for row in result["options"]]
    elif result["kind"] == "scale":
        pairs = [(str(value), number) for value, number in enumerate(result["counts"], start=1)]
    else:
        pairs = [(row["id"], row["dots"]) for row in result["items"]]
    return {name: number for name, number in sorted(pairs) if number}


class Tally(unittest.TestCase):
    def test_others_count_the_same(self):
        with Cluster(brokers=1) as cluster:
            flags = ["--kafka", cluster.bootstrap, "--kafka-prefix", PREFIX]
            made = run("topics", *flags, "--create", "--replication", 1)
            self.assertEqual(made.returncode, 0, made.stderr)
            with Server(flags=flags) as server:
                room = server.create_room(sheet(CHOICE, SCALE, DOTS))
                other = server.create_room(sheet(CHOICE))  # in the same topic, not to be counted
                self.vote(other, CHOICE["id"], LAST[0][1][:2])
                for activity, ballots in LAST:
                    expected = self.vote(room, activity, ballots)
                    with self.subTest(activity):
                        self.assertEqual(self.by_python(cluster, room.id, activity), expected)
                        self.assertEqual(self.by_kcat(cluster, room.id, activity), expected)
                self.records_are_as_documented(cluster, room)
                self.assertEqual(server.stop(), 0)

    def vote(self, room, activity, ballots):
        """Everybody votes, again with a ballot that counts instead, and too late; what is shown."""
        presenter = room.staff("presenter")
        people = [room.attendee() for _ in ballots]
        presenter.advance(activity, "voting")
        for person, ballot in zip(people, ballots):
            fields = {"activity": activity, "generation": 1}
            again = person.send("ballot.cast", seq=1, ballot=FIRST[ballot["kind"]], **fields)
            self.assertEqual(person.final(again)["outcome"], "counted")
            person.send("ballot.cast", id=again, seq=1, ballot=FIRST[ballot["kind"]], **fields)
            self.assertEqual(person.result_of("ballot.cast", seq=2, ballot=ballot, **fields),
                             "counted")
        presenter.advance(activity, "closed")
        for person, ballot in zip(people, ballots):
            self.assertEqual(person.ask("ballot.cast", seq=3, ballot=FIRST[ballot["kind"]],
                                        activity=activity, generation=1)["outcome"], "late")
        presenter.advance(activity, "revealed")
        stage = people[0].view("stage", lambda data: data["now"]["activity"] == activity
                               and data["now"].get("result"))
        for client in (presenter, *people):
            client.close()
        return shown(stage)

    def by_python(self, cluster, room, activity):
        return self.read_topic([cluster.bootstrap, TOPIC, room, activity])

    def by_kcat(self, cluster, room, activity):
        return self.read_topic(["-", "-", room, activity], input=self.kcat(cluster, "%k %s\n"))

    def read_topic(self, arguments, **options):
        done = subprocess.run([sys.executable, "-B", "read_topic.py", *arguments], cwd=HERE,
                              capture_output=True, text=True, timeout=60, check=True, **options)
        return json.loads(done.stdout)

    def kcat(self, cluster, form, topic=TOPIC):
        return subprocess.run(
            ["kcat", "-C", "-e", "-q", "-b", cluster.bootstrap, "-t", topic, "-f", form],
            capture_output=True, text=True, timeout=60, check=True).stdout

    def records_are_as_documented(self, cluster, room):
        lines = [line.split(" ", 4) for line in self.kcat(cluster, "%p %k %h %o %s\n").splitlines()]
        mine = [line for line in lines if line[1] == room.id]
        self.assertEqual(len({partition for partition, *_ in mine}), 1)
        partitions = max(int(partition) for partition, *_ in lines) + 1
        self.assertLessEqual(partitions, 8)
        self.assertEqual(int(mine[0][0]), int(room.id[:16], 16) % 8)
        for _, key, headers, _, value in lines:
            self.assertEqual(json.loads(value)["partitionkey"], key)
            self.assertEqual(headers, "content-type=application/cloudevents+json")
        # The log holds the very bytes that are exported and hashed.
        self.assertEqual([json.loads(value) for *_, value in mine], room.export())
        # No text of a card, no token and no key is in any of it.
        everything = "".join(value for *_, value in lines)
        for token in room.tokens.values():
            self.assertNotIn(token, everything)


if __name__ == "__main__":
    unittest.main(verbosity=2)
