#!/usr/bin/env python3
"""Recounts every figure of a day from an export alone, in the plainest way (schema/rules.md,
sections 4 to 9), without looking at how the program does it.

    recount.py EXPORT.ndjson [REHEARSAL.json]

Prints one object, and compares it with the results in the export, and with what `rehearse --json`
said. Ends with 1 if anything differs. It takes a score's word for which card was in hand: deals are
recomputed by recompute.py. Words are counted as contributions: their texts are not in an export."""

import json
import sys

import recount_results as results
from recount_items import Item, Items
from recount_tables import Tables

SHUT = ("waiting", "closed", "revealed", "sealed")
STAFF = ("presenter", "producer", "moderator")


class Activity:
    def __init__(self, spec):
        self.spec = spec
        self.stage = {"generation": 0, "phase": "waiting", "round": 0}
        self.before = None  # the stage before this one
        self.armed_at = None
        self.recorded = None  # the totals of the newest result in the log
        self.wrong = []
        self.begin([])

    @property
    def kind(self):
        return self.spec.get("ballot", {}).get("kind")

    def begin(self, carried):
        self.ballots = {}  # (person, round or item) -> (seq, ballot)
        self.items = Items()
        self.items.bring(self.spec.get("items", []), carried)
        self.tables = Tables(self.spec, self.items.values()) if "seats" in self.spec else None
        self.bell = 0

    def enter(self, phase, index, round=0, carried=()):
        if self.stage["phase"] == "waiting":
            self.begin(carried)
            self.stage["generation"] += 1
        if phase == "scoring" and self.stage["phase"] == "swapping":
            self.bell = round
        if self.stage["phase"] == "seated":
            self.tables.end_round()
        self.before, self.stage = self.stage, {**self.stage, "phase": phase, "round": round}
        self.armed_at = index

    def advance(self, data, index, carried):
        to = data["to"]
        if self.stage["round"] > self.spec.get("deal", {}).get("rounds", 20) and (
                data["seen"] == self.before):
            self.stage = self.before  # that make-up round had nobody left to deal to
        stage = self.stage
        if data["seen"] != stage:
            return
        if to == "swapping":
            authors = {card.author for card in self.items.values()}
            if stage["round"] == 0 and len(authors) < 6:
                return
            self.enter(to, index, stage["round"] + 1)
        elif to == "scoring":
            self.enter(to, index, stage["round"] or self.bell)
        elif to == "seated":
            again = stage["phase"] == "closed"
            self.enter(to, index, self.tables.round if again else stage["round"] + 1, carried)
            if not again:
                self.tables.open_round(self.stage["round"], index)
        elif stage["phase"] != "collecting" or self.may_end_collecting(to):
            self.enter(to, index, carried=carried)

    def may_end_collecting(self, to):
        return to == "voting" or (not self.tables and self.kind in (None, "upvote"))

    def timer(self, data, generation, index):
        stage = self.stage
        if (data["armed_at"], generation) != (self.armed_at, stage["generation"]):
            return
        if stage["phase"] == "closing" or (stage["phase"] == "voting" and not self.tables):
            self.enter("closed", index)
        elif stage["phase"] == "swapping":
            self.enter("scoring", index, stage["round"])
        else:
            self.armed_at = None

    # --- ballots ---

    def is_item(self, item):
        return item in self.items and not self.items[item].table

    def are_items(self, named):
        return len(set(named)) == len(named) and all(map(self.is_item, named))

    def is_score(self, ballot, person):
        spec, card = self.spec["ballot"], self.items.get(ballot["card"])
        return (spec["low"] <= ballot["score"] <= spec["high"] and ballot["round"] == self.bell
                and card is not None and card.author != person
                and all(ballot["card"] != other["card"] for (who, round), (_, other)
                        in self.ballots.items() if who == person and round != self.bell))

    def is_valid(self, ballot, person):
        spec, kind = self.spec["ballot"], ballot["kind"]
        if kind == "score":
            return self.is_score(ballot, person)
        if kind == "scale":
            return spec["low"] <= ballot["value"] <= spec["high"]
        if kind == "dots":
            dots = [one["dots"] for one in ballot["dots"]]
            return (self.are_items([one["item"] for one in ballot["dots"]])
                    and sum(dots) <= spec["budget"] and max(dots, default=0) <= spec["cap"])
        if kind == "upvote":
            return self.is_item(ballot["item"])
        if kind == "rank":
            return self.are_items(ballot["items"]) and len(ballot["items"]) <= spec["top"]
        if kind == "ratings":
            return (self.are_items([one["item"] for one in ballot["ratings"]])
                    and all(spec["low"] <= one["value"] <= spec["high"]
                            for one in ballot["ratings"]))
        options, chosen = {option["id"] for option in spec["options"]}, ballot["options"]
        return (set(chosen) <= options and len(set(chosen)) == len(chosen)
                and spec["min"] <= len(chosen) <= spec["max"])

    def is_open(self):
        if "deal" in self.spec:
            return self.stage["phase"] in ("scoring", "swapping", "closing")
        return self.stage["phase"] in ("voting", "closing") or (
            self.kind == "upvote" and self.stage["phase"] == "collecting")

    def cast(self, event):
        ballot, person = event["data"]["ballot"], event["person"]
        key = (person, ballot["item"] if ballot["kind"] == "upvote" else ballot.get("round", 0))
        last = self.ballots.get(key, (0, None))[0]
        if (event["generation"] == self.stage["generation"] and event["seq"] > last
                and self.is_open() and self.is_valid(ballot, person)):
            self.ballots[key] = (event["seq"], ballot)
            if self.tables:
                self.tables.appear(person)

    # --- items ---

    def may_add(self, event):
        """Whether this contribution comes in time, from somebody who may, and is not one too many;
        then the table whose note it is (0: it is none)."""
        phase, person = self.stage["phase"], event.get("person")
        collect = self.spec["collect"]
        if event["generation"] != self.stage["generation"] or event["id"] in self.items:
            return None
        if self.tables:
            return self.table_of_note(event)
        open_in = ("collecting",) if self.kind else ("collecting", "closing")
        if phase not in open_in or (collect["who"] == "staff") != (person is None):
            return None
        mine = sum(1 for item in self.items.values() if person and item.author == person)
        return 0 if mine < collect["each"] else None

    def table_of_note(self, event):
        phase, person, collect = self.stage["phase"], event.get("person"), self.spec["collect"]
        tables, table = self.tables, event["data"].get("table", 0)
        if phase not in ("seated", "closing") + (("closed", "revealed") if not person else ()):
            return None
        if person and collect["who"] == "table-hosts":
            own = next((at for at, host in tables.hosts.items() if host == person), None)
            if own is None or table not in (0, own):
                return None
            table = own
        table = table or tables.at(person, tables.round)
        there = sum(item.table == table and item.round == tables.round
                    for item in self.items.values())
        return table if table in tables.capacity and there < collect["each"] else None

    def add(self, event):
        table, person = self.may_add(event), event.get("person")
        if table is None:
            return
        waits = person and self.spec["collect"].get("moderation") == "approve-first"
        self.items[event["id"]] = Item(
            event["id"], event["data"].get("number", 0), person, "pending" if waits else "shown",
            table=table, round=self.tables.round if table else 0, contributed=True)
        if self.tables:
            self.tables.appear(person)

    def withdraw(self, event):
        if "deal" not in self.spec or self.stage["phase"] == "collecting":
            self.items.withdraw(event["data"], event["person"])

    def carried(self, top):
        """What another activity takes from here, in its order."""
        if self.kind and not self.tables:
            rows = self.totals()["items"]
            return [self.items[row["id"]] for row in rows if not top or 1 <= row["rank"] <= top]
        return [item for item in self.items.values() if item.state == "shown"
                and self.items.root(item) is item and bool(item.table) == bool(self.tables)]

    # --- results ---

    def totals(self):
        spec = self.spec.get("ballot", {})
        cast = [ballot for _, ballot in self.ballots.values()]
        if "deal" in self.spec:
            return results.deck(self.spec["deal"], self.items, cast)
        if self.kind == "choice":
            return results.choice(spec, cast)
        if self.kind == "scale":
            if {"collect", "carry", "items"} & set(self.spec):
                return results.ratings(spec, self.items, cast)
            return results.scale(spec, cast)
        if self.kind == "dots":
            return results.dots(self.items, cast)
        if self.kind == "upvote":
            return results.upvote(self.items, {key: ballot for key, (_, ballot)
                                               in self.ballots.items()})
        if self.kind == "rank":
            return results.rank(spec, self.items, cast)
        return results.contributions(self.items)


class Room:
    def __init__(self):
        self.activities, self._staff = {}, set()

    def carried_to(self, activity):
        carry = activity.spec.get("carry")
        if not carry or activity.stage["phase"] != "waiting":
            return []
        return self.activities[carry["from"]].carried(carry.get("top", 0))

    def erase(self, data):
        """A text that was carried on is gone everywhere: an item keeps its id."""
        for activity in self.activities.values():
            if (item := activity.items.get(data["item"])) is not None:
                item.state = "erased"

    def by_staff(self, kind, event, activity, index):
        data = event["data"]
        if event["id"] in self._staff:
            return  # sent again after a reconnect
        self._staff.add(event["id"])
        if kind == "activity.advanced":
            activity.advance(data, index, self.carried_to(activity))
        elif kind == "activity.extended":
            if data["seen"] == activity.stage and activity.armed_at is not None:
                activity.armed_at = index
        elif kind == "item.erased":
            self.erase(data)
        elif activity.stage["phase"] == "sealed":
            pass
        elif kind == "items.merged" and activity.stage["phase"] != "waiting":
            activity.items.merge(data)
        elif kind == "items.unmerged":
            activity.items.unmerge(data)
        elif kind == "item.moderated":
            activity.items.moderate(data)
        elif kind == "tables.set":
            activity.tables.set(data["tables"], index)

    def take(self, event, index):
        kind = event["type"].removeprefix("org.plenum.").removesuffix(".v1")
        data, activity = event["data"], self.activities.get(event.get("activity"))
        if kind == "activity.added":
            self.activities.setdefault(data["spec"]["id"], Activity(data["spec"]))
        elif event["actorrole"] in STAFF and kind.startswith(
                ("activity.", "items.", "item.erased", "item.moderated", "tables.")):
            if activity is not None:
                self.by_staff(kind, event, activity, index)
        elif kind == "timer.fired":
            activity.timer(data, event["generation"], index)
        elif kind == "item.added":
            activity.add(event)
        elif kind == "item.withdrawn":
            activity.withdraw(event)
        elif kind == "ballot.cast":
            activity.cast(event)
        elif kind == "result.recorded":
            activity.recorded = data["totals"]
        elif kind == "seats.planned":
            activity.tables.plan(data)
        elif activity is not None and activity.tables and activity.stage["phase"] not in SHUT:
            self.at_tables(kind, event, activity.tables)

    @staticmethod
    def at_tables(kind, event, tables):
        if kind == "presence.here":
            tables.appear(event["person"])
        elif kind == "table.visited":
            tables.visit(event)
        elif kind == "table.hosted":
            tables.host(event)


def fold(lines):
    room = Room()
    for index, line in enumerate(lines):
        room.take(json.loads(line), index)
    return room.activities


def differences(name, ours, theirs):
    """Where what we counted is not in what they say."""
    for member, value in ours.items():
        if member != "items" or isinstance(value, int):
            if theirs.get(member) != value:
                yield f"{name}: {member} is {theirs.get(member)!r}, counted {value!r}"
            continue
        rows = theirs["items"]
        if len(rows) + theirs.get("left_out", 0) != len(value):
            yield f"{name}: {len(rows)} rows, counted {len(value)}"
        for row, mine in zip(rows, value):
            shown = {key: row.get(key) for key in mine}
            if shown != mine:
                yield f"{name}: {shown}, counted {mine}"


def said_of(row, activity):
    """One activity of the rehearsal's, against the same count."""
    totals, name = activity.totals(), row["activity"]
    pairs = [("items", row["items"], len(activity.items))]
    if "people" in totals:
        pairs.append(("people", row["people"], totals["people"]))
    if "contributions" in row:
        pairs.append(("contributions", row["contributions"], totals["items"]))
    if "votes" in row:
        pairs.append(("votes", row["votes"], sum(one["votes"] for one in totals["items"])))
    if "rounds" in row:
        pairs += [("tables", row["tables"], len(activity.tables.capacity)),
                  ("rounds", {one["round"]: (one["seated"], one["tables"])
                              for one in row["rounds"]}, activity.tables.rounds),
                  ("notes", row["notes"], len({
                      item.table for item in activity.items.values() if item.table
                      and item.state == "shown"}))]
    for what, theirs, mine in pairs:
        if theirs != mine:
            yield f"rehearsal, {name}: {what} {theirs}, counted {mine}"


def said(rehearsal, activities):
    """What the rehearsal printed, against the same count."""
    results_of = {name: activity.totals() for name, activity in activities.items()}
    for activity, mean in rehearsal["means"].items():
        mine = results_of[activity]
        if [mean["mean"], mean["people"], mean["counts"]] != [
                mine.get("mean", ""), mine["people"], mine["counts"]]:
            yield f"rehearsal, {activity}: {mean}, counted {mine}"
    for row in rehearsal["activities"]:
        if "kind" in row:
            yield from said_of(row, activities[row["activity"]])
    for member, kind, figure in (("dotmocracy", "dots", "dots"), ("topics", "deck", "total")):
        mine = next((result["items"] for result in results_of.values()
                     if result["kind"] == kind), [])
        for row, counted in zip(rehearsal[member], mine):
            shown = row["score"].rstrip("*")
            if (row["item"], shown, row["rank"]) != (
                    counted["id"], str(counted[figure]), counted["rank"]):
                yield f"rehearsal, {member}: {row}, counted {counted}"


def check(activities, rehearsal=None):
    """All that differs: the results in the log, the plans, what the rehearsal said."""
    for name, activity in activities.items():
        if activity.stage["generation"] == 0:
            continue
        if activity.recorded is None:
            yield f"{name}: no result"
        else:
            yield from differences(name, activity.totals(), activity.recorded)
        if activity.tables:
            yield from (f"{name}: {wrong}" for wrong in activity.tables.wrong)
    if rehearsal:
        yield from said(rehearsal, activities)


def main(export, rehearsal=None):
    with open(export, encoding="utf-8") as file:
        activities = fold(file)
    if rehearsal:
        with open(rehearsal, encoding="utf-8") as file:
            rehearsal = json.load(file)
    found = list(check(activities, rehearsal))
    print(json.dumps({"results": {name: activity.totals() for name, activity
                                  in activities.items()}, "differences": found}))
    for difference in found:
        print(difference, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        print(__doc__)
        sys.exit(0 if "--help" in sys.argv else 2)
    sys.exit(main(*sys.argv[1:]))
