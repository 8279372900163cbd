"""What must hold after a fault, from what the clients have seen and what is written: nine
invariants.

Independent of plenum: the fold is recompute.py of tests/integration (written from schema/rules.md
alone), the tallies are counted once more by recount.py, the topic is read by kcat."""

import collections
import dataclasses
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

import recompute  # noqa: E402
import recount  # noqa: E402

EFFECT = ("counted", "accepted", "confirmed", "disputed")
# What comes over the WebSocket; everything else is said by nodes, or over HTTP when somebody joins.
BY_CLIENTS = {"ballot.cast", "item.added", "item.withdrawn", "item.moderated", "item.marked",
              "item.erased", "card.passed", "presence.here", "table.visited", "table.hosted",
              "tables.set", "activity.advanced", "activity.restarted", "activity.extended",
              "activity.skipped", "items.merged", "items.unmerged", "result.seen-early"}
MOST_SENTENCES = 20


@dataclasses.dataclass
class Evidence:
    history: list  # lines of `rehearse --history`
    exports: list  # by node: the room's entries, as bytes
    records: list  # the room's entries in the topic, or None with the built-in log
    samples: dict  # by node: the states that it claimed while it ran, in that order
    states: list   # by node: the state that it claims at the end
    said: dict     # what the rehearsal printed
    recovery: float  # seconds until the last who waited had an answer
    bound: float


class Verdict:
    def __init__(self, evidence):
        self._evidence = evidence
        self.broken = collections.OrderedDict()  # sentence -> number of the invariant
        self.lost = self.duplicated = 0
        self._commands = [line for line in evidence.history if "command" in line]
        self._by_id = {line["command"]["id"]: line for line in self._commands}
        self.votes = sum(line["fate"] == "ok" and line["command"]["type"] == "ballot.cast"
                         for line in self._commands)
        self._entries = evidence.exports[0]
        self._events = [json.loads(entry) for entry in self._entries]
        self._fold()
        for check in (self._acknowledged, self._nothing_else, self._once, self._digests,
                      self._positions, self._order, self._screens, self._answers, self._budgets):
            check()

    def _says(self, invariant, sentence):
        if len(self.broken) < MOST_SENTENCES:
            self.broken[sentence] = invariant

    def _fold(self):
        """From nothing, entry by entry: outcomes, and what a node must claim at each position."""
        room = recompute.Room()
        self._outcomes, self._states, self._roots = [], [None], [None]
        for entry in self._entries:
            self._outcomes.append(room.fold(entry).code)
            self._states.append(room.state())
            self._roots.append(room.tree.root().hex())
        self._room = room

    def _acknowledged(self):
        """1. Every acknowledged id is in the log, and in every node's state."""
        for number, export in enumerate(self._evidence.exports):
            if export != self._entries:
                self._says(1, f"node {number + 1} exports another log than node 1")
        if self._evidence.records is not None and self._evidence.records != self._entries:
            self._says(1, "the topic holds other entries of the room than the nodes export")
        there = {event["id"] for event in self._events}
        for line in self._commands:
            if line["fate"] == "ok" and line["command"]["id"] not in there:
                self.lost += 1
                self._says(1, f"{line['command']['id']} was acknowledged and is not in the log")

    def _nothing_else(self):
        """2. Nothing appears that was never sent; a definite failure never appears."""
        for event in self._events:
            kind = event["type"].removeprefix("org.plenum.").removesuffix(".v1")
            line = self._by_id.get(event["id"])
            if kind in BY_CLIENTS and event["actorrole"] != "node":
                if line is None or line["fate"] == "unsent":
                    self._says(2, f"{kind} {event['id']} is in the log, and nobody sent it")
            if line is not None and line["fate"] == "failed":
                self._says(2, f"{event['id']} was refused ({line['refused']}), and is in the log")

    def _once(self):
        """3. Each id has at most one effect; the tally is that of the distinct log."""
        effects = collections.Counter()
        kinds = {}
        for event, outcome in zip(self._events, self._outcomes):
            kinds[event["id"]] = event["type"]
            effects[event["id"]] += outcome in EFFECT
            if outcome == "disputed":
                self._says(3, f"{event['activity']}: the result in the log is disputed")
        for name, number in effects.items():
            if number > 1:
                self.duplicated += number - 1
                self._says(3, f"{kinds[name]} {name} took effect {number} times")
        mine = recount.fold([entry.decode() for entry in self._entries])
        for name, activity in mine.items():
            totals = activity.totals()
            if totals is not None and activity.recorded is not None:
                for difference in recount.differences(name, totals, activity.recorded):
                    self._says(3, difference)
        if len(effects) < len(self._events):  # there are copies in the log
            distinct = recount.fold(self._without_copies())
            for name, activity in mine.items():
                if activity.totals() != distinct[name].totals():
                    self._says(3, f"{name}: copies in the log change the tally")

    def _without_copies(self):
        """Timers name the index of what armed them, plans that of what asked for them: another one
        then."""
        new, lines, seen = {}, [], set()
        for index, event in enumerate(self._events):
            if event["id"] in seen:
                continue
            seen.add(event["id"])
            new[index] = len(lines)
            for name in ("armed_at", "index"):
                named = event["data"].get(name)
                if named is not None:
                    event = {**event, "data": {**event["data"], name: new.get(named, -1)}}
            lines.append(json.dumps(event))
        return lines

    def _digests(self):
        """4. Equal position, equal digest: on all nodes, at every moment, from nothing too."""
        claims = [(number, state) for number, states in self._evidence.samples.items()
                   for state in states]
        claims += list(enumerate(self._evidence.states))
        for number, state in claims:
            at = state["index"]
            if at == 0 or at >= len(self._states):
                continue
            if (state["state"], state["root"]) != (self._states[at], self._roots[at]):
                self._says(4, f"node {number + 1} is not at {at} what a fold from nothing is")
        for number, state in enumerate(self._evidence.states):
            if state["index"] != len(self._entries):
                self._says(4, f"node {number + 1} ends at {state['index']} of {len(self._entries)}")

    def _positions(self):
        """5. The applied position only grows, and never passes the durable end."""
        for number, states in self._evidence.samples.items():
            positions = [state["index"] for state in states]
            if positions != sorted(positions):
                self._says(5, f"node {number + 1} went back")
            if positions and positions[-1] > len(self._entries):
                self._says(5, f"node {number + 1} had folded more than there is")

    def _order(self):
        """6. One person's order is kept within an activity, by sequence."""
        last = {}
        for event, outcome in zip(self._events, self._outcomes):
            if outcome == "counted" and event.get("person"):
                ballot = event["data"]["ballot"]
                about = (event["person"], event["activity"], event["generation"],
                         ballot["item"] if ballot["kind"] == "upvote" else ballot.get("round"))
                if event["seq"] <= last.get(about, 0):
                    self._says(6, f"ballot {event['id']} counts after a later one")
                last[about] = event["seq"]

    def _screens(self):
        """7. A screen's version never goes backwards, across reconnects too."""
        for line in self._evidence.history:
            times = [ms for _, ms in line.get("shown", [])]  # by version
            if times != sorted(times):
                self._says(7, f"display {line['display']} went back")

    def _answers(self):
        """8. Every request got an answer, and all converged within a bound."""
        for line in self._commands:
            if line["fate"] in ("unknown", "unsent") or "answered_ms" not in line:
                self._says(8, f"{line['command']['id']} never got its answer")
        for line in self._evidence.history:
            if "contradiction" in line:
                self._says(8, line["contradiction"])
        if self._evidence.recovery > self._evidence.bound:
            self._says(8, f"it took {self._evidence.recovery:.0f} s until all had their answers")
        for what in self._evidence.said["differences"]:
            self._says(8, f"the rehearsal: {what}")
        self.lost = max(self.lost, self._evidence.said["lost"])
        self.duplicated = max(self.duplicated, self._evidence.said["duplicated"])

    def _budgets(self):
        """9. Budgets hold, and no card is in two hands."""
        for name, activity in self._room.activities.items():
            spec = activity.spec
            if spec.get("ballot", {}).get("kind") == "dots":
                for event, outcome in zip(self._events, self._outcomes):
                    if outcome == "counted" and event.get("activity") == name:
                        placed = sum(one["dots"] for one in event["data"]["ballot"]["dots"])
                        if placed > spec["ballot"]["budget"]:
                            self._says(9, f"ballot {event['id']} has {placed} dots")
            if "deal" in spec:
                self._hands(name, activity.log)

    def _hands(self, name, log):
        for what in ("deals", "bells"):
            for moment in log[what]:
                held = list(moment["hands"].values())
                if len(held) != len(set(held)):
                    self._says(9, f"{name}: a card is in two hands in round {moment['round']}")


def read_history(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def recovery(history, waits):
    """How long it took at most until votes were acknowledged again, in seconds: the longest that
    anybody waited who asked while a fault was there, and the longest time in which nobody had an
    answer, both without the outages themselves. `waits` has (began, ended, finished) on the
    monotonic clock: an outage is from began to ended; who asks after `finished` is not meant."""
    start = history[0]["steady_ms"] / 1000
    times = [(start + line["sent_ms"] / 1000, start + line["recorded_ms"] / 1000)
             for line in history if "recorded_ms" in line and "sent_ms" in line]
    answers = sorted(recorded for _, recorded in times)
    times += zip(answers, answers[1:])

    def waited(since, until):
        away = sum(max(0, min(ended, until) - max(began, since)) for began, ended, _ in waits)
        return until - since - away
    return max((waited(sent, recorded) for sent, recorded in times for began, _, finished in waits
                if sent <= finished and recorded >= began), default=0.0)
