#!/usr/bin/env python3
"""Recomputes a room from its exported events alone, by schema/rules.md.

    recompute.py EXPORT.ndjson [--check] [--each]

Prints one JSON object: root, state digest, and for each activity its stage, its totals, who was dealt
what, who passed to whom, and the hands at each bell. With --check it compares every recorded result
with its own (index, totals, state digest), and exits 1 if one differs. With --each it also prints the
outcome and the state digest after every entry. Standard library only; shares no code with plenum.
"""

import argparse
import datetime
import json
import sys

from recompute_log import Draw, RowSum, Tree
from recompute_deck import Deck
from recompute_items import Items
from recompute_rows import Rows
from recompute_rules import Rules
from recompute_seats import Seats
from recompute_sheet import Sheet
from recompute_state import Said, refuse
from recompute_totals import compact, totals

PERMITTED = {"attendee": {"vote"}, "table-host": {"vote"}, "display": set(),
             "moderator": {"merge", "moderate"}, "keyer": {"key"}, "auditor": set(),
             "node": {"system"},
             "presenter": {"vote", "run", "merge", "look", "sheet", "doors", "moderate", "record"},
             "producer": {"vote", "run", "merge", "look", "sheet", "doors", "links", "key",
                          "moderate", "erase", "record"}}
# The staff's, of no person.
NEEDED_STAFF = {
    "room.created": {"sheet", "system"}, "activity.added": {"sheet", "system"},
    "activity.changed": {"sheet"}, "activity.moved": {"run"}, "activity.skipped": {"run"},
    "control.taken": {"run"}, "screens.blanked": {"moderate", "run"}, "doors.set": {"doors"},
    "link.made": {"links"}, "link.revoked": {"links"}, "links.revoked": {"links"}, "activity.advanced": {"run"},
    "activity.restarted": {"run"}, "activity.extended": {"run"}, "result.told": {"run"},
    "item.reworded": {"moderate", "run"}, "item.moderated": {"moderate"},
    "author.held": {"moderate"}, "item.erased": {"erase"}, "item.marked": {"moderate", "run"},
    "items.merged": {"merge"}, "items.unmerged": {"merge"}, "tables.set": {"run"},
    "organiser.heard": {"moderate", "run"}, "record.redacted": {"moderate", "record"},
    "record.approved": {"record"}, "record.published": {"record"}, "result.seen-early": {"look"}}
NEEDED = {**NEEDED_STAFF,
          "participant.joined": {"vote"}, "card.passed": {"vote"}, "presence.here": {"vote"},
          "ballot.cast": {"vote", "key"}, "item.added": {"vote", "key", "run", "sheet"},
          "item.withdrawn": {"vote"}, "table.visited": {"vote"}, "table.hosted": {"vote", "run"},
          "group.told": {"vote"}, "organiser.told": {"vote"}, "seats.planned": {"system"},
          "timer.fired": {"system"}, "presence.away": {"system"}, "result.recorded": {"system"}}
WITH_PERSON = {"participant.joined", "ballot.cast", "card.passed", "presence.here",
               "presence.away", "item.withdrawn", "table.visited", "group.told", "organiser.told"}
WITH_OR_WITHOUT = {"item.added", "table.hosted"}
OF_ROOM = {"room.created", "activity.added", "control.taken", "screens.blanked", "doors.set",
           "participant.joined", "link.made", "link.revoked", "links.revoked", "organiser.told",
           "organiser.heard", "record.approved", "record.published"}


def milliseconds(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round(moment.timestamp() * 1000)


class Room(Sheet, Rules, Items, Seats, Deck, Rows):
    def __init__(self):
        self.tree, self.rows = Tree(), RowSum()
        self.id, self.created, self.rules = None, False, 0
        self.title, self.languages, self.expected, self.locked, self.epoch = {}, [], 0, False, 0
        self.current, self.order, self.activities = "", [], {}
        self.revoked, self.joined, self.staff, self.results = set(), {}, {}, {}
        self.groups, self.privacy, self.blank, self.control = [], {}, False, "00" * 8
        self.by_codes, self.devices = False, {}
        self.links, self.control_role = {}, "attendee"
        self.told, self.words, self.redacted, self.versions = {}, {}, {}, []
        self.dirty, self.due, self.recorded = set(), set(), []

    # --- one entry ---
    def fold(self, entry):
        self.index = self.tree.size
        self.tree.append(entry)
        self.due = set()
        try:
            event = self.read(entry)
        except (ValueError, KeyError, TypeError):
            return Said("malformed")
        said = self.decide(event)
        self.write_rows()
        for name in self.due:
            activity = self.activities[name]
            self.results[name, activity.generation] = {
                "index": self.index, "totals": totals(activity), "state": self.state(), "by": None}
        return said

    def read(self, entry):
        event = json.loads(entry)
        event["kind"] = event["type"].removeprefix("org.plenum.").removesuffix(".v1")
        event["ms"] = milliseconds(event["time"])
        event["room"] = event["partitionkey"]
        for name, default in (("generation", 0), ("seq", 0), ("actorepoch", 0), ("actortoken", ""),
                              ("activity", ""), ("person", None), ("series", "")):
            event.setdefault(name, default)
        if event["kind"] not in NEEDED and event["kind"] not in ("room.claimed", "code.pointed"):
            raise ValueError(event["kind"])
        return event

    def decide(self, event):
        self.event, self.data = event, event["data"]
        if self.id is None and event["kind"] == "room.created":
            self.id = event["room"]
        if self.rules == 1 and event["kind"] == "result.told":  # came with rules 2
            return Said("malformed")
        try:
            if event["room"] != self.id:
                refuse("wrong-room")
            self.check_again()
            self.check_actor()
        except Said as said:
            return said
        try:
            self.act = self.check_activity()
            getattr(self, "on_" + event["kind"].replace(".", "_").replace("-", "_"))()
            said = Said("accepted")
        except Said as decided:
            said = decided
        if self.of_staff() and self.created:
            self.staff[event["id"]] = (self.index, said)
            self.dirty.add(("E", event["id"]))
        return said

    def check_again(self):
        if not self.created and self.event["kind"] != "room.created":
            refuse("no-room")
        if self.of_staff() and self.event["id"] in self.staff:
            index, said = self.staff[self.event["id"]]
            code = "duplicate" if said.code == "accepted" else said.code
            raise Said(code, said.reason, index)

    def of_staff(self):
        """Whether the event's id is remembered."""
        kind = self.event["kind"]
        return kind in NEEDED_STAFF or (kind == "table.hosted" and not self.event["person"])

    def check_actor(self):
        event, role = self.event, self.event["actorrole"]
        if not PERMITTED[role] & NEEDED.get(event["kind"], set()):
            refuse("not-permitted")
        if role not in ("attendee", "table-host", "node"):
            if event["actorepoch"] < self.epoch or event["actortoken"] in self.revoked:
                refuse("revoked")
        if event["kind"] in WITH_PERSON and not event["person"]:
            refuse("no-person")
        if event["person"] and event["kind"] not in WITH_PERSON | WITH_OR_WITHOUT:
            refuse("not-permitted")

    def check_activity(self):
        if self.event["kind"] in OF_ROOM:
            return None
        activity = self.activities.get(self.event["activity"])
        if activity is None:
            refuse("unknown-activity")
        if self.event["person"] and self.event["series"] != activity.series:
            refuse("wrong-series")
        return activity

    def state(self):
        return self.rows.digest(self.rules, self.tree.size).hex()

    def draw(self, purpose, n):
        return Draw(self.tree.root(), self.act.id, purpose, n)

    def totals_text(self):
        return compact(self.data["totals"])


def check(room, differences, said):
    """Compares a result that was recorded with what is due."""
    event = room.event
    due = room.results.get((event["activity"], event["generation"]))
    if said.code != "disputed":
        return
    data = event["data"]
    for name, own in (("index", due["index"]), ("state", due["state"]), ("rules", room.rules),
                      ("totals", json.loads(due["totals"]))):
        if data[name] != own:
            differences.append({"at": room.index, "activity": event["activity"], "what": name,
                                "recorded": data[name], "recomputed": own})


def report(room, each, differences):
    shown = {"room": room.id, "entries": room.tree.size, "root": room.tree.root().hex(),
             "state": room.state(), "activities": {}, "results": room.recorded,
             "differences": differences}
    for name in room.order:
        act = room.activities[name]
        shown["activities"][name] = {**act.stage(), "late": len(act.late),
                                     "totals": json.loads(totals(act))}
        if "deal" in act.spec:
            shown["activities"][name].update(act.log)
    if each is not None:
        shown["each"] = each
    return shown


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("export", help="the room's events, one a line; - for standard input")
    parser.add_argument("--check", action="store_true", help="exit 1 if a recorded result differs")
    parser.add_argument("--each", action="store_true", help="outcome and digest of every entry")
    args = parser.parse_args()
    with sys.stdin.buffer if args.export == "-" else open(args.export, "rb") as file:
        lines = file.read().split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    room, differences, each = Room(), [], [] if args.each else None
    for line in lines:
        said = room.fold(line)
        if said.code in ("confirmed", "disputed"):
            room.recorded.append({"index": room.index, "activity": room.event["activity"],
                                  "generation": room.event["generation"], "outcome": said.code})
            check(room, differences, said)
        if each is not None:
            each.append([said.code, said.reason, said.ref, room.state()])
    for (name, generation), due in room.results.items():
        if due["by"] is None:
            room.recorded.append({"activity": name, "generation": generation, "outcome": "due",
                                  "index": due["index"]})
    print(json.dumps(report(room, each, differences), ensure_ascii=False))
    if args.check and differences:
        for one in differences:
            print(f"entry {one['at']}: {one['activity']}: {one['what']} differs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
