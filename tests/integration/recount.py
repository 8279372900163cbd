#!/usr/bin/env python3
"""Recounts means, dots and 25/10 totals from an export alone, in the plainest way (schema/rules.md,
sections 4 to 8), without looking at how the program does it.

    recount.py EXPORT.ndjson [REHEARSAL.json]

Prints one object, and compares it with the results in the export, and with what `rehearse --json`
said. Ends with 1 if anything differs. It takes a score's word for which card was in hand: deals are
recomputed by recompute.py."""

import json
import sys
from decimal import ROUND_HALF_UP, Decimal

SHUT = ("waiting", "closed", "revealed", "sealed")


def half_up(numerator, denominator, digits):
    return str((Decimal(numerator) / Decimal(denominator)).quantize(
        Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


class Activity:
    def __init__(self, spec):
        self.spec = spec
        self.stage = {"generation": 0, "phase": "waiting", "round": 0}
        self.before = None  # the stage before this one
        self.armed_at = None
        self.recorded = None  # the totals of the newest result in the log
        self.begin()

    def begin(self):
        self.ballots = {}  # (person, round) -> (seq, ballot)
        self.cards = {}    # item -> author
        self.merged = {}   # item -> where it went
        self.bell = 0

    def enter(self, phase, index, round=0):
        if self.stage["phase"] == "waiting":
            self.begin()
            self.stage["generation"] += 1
        if phase == "scoring" and self.stage["phase"] == "swapping":
            self.bell = round
        self.before, self.stage = self.stage, {**self.stage, "phase": phase, "round": round}
        self.armed_at = index

    def advance(self, data, index):
        to = data["to"]
        if self.stage["round"] > self.spec.get("deal", {}).get("rounds", 0) and (
                data["seen"] == self.before):
            self.stage = self.before  # that make-up round had nobody left to deal to
        stage = self.stage
        if data["seen"] != stage:
            return
        if to == "swapping":
            if stage["round"] == 0 and len(set(self.cards.values())) < 6:
                return
            self.enter(to, index, stage["round"] + 1)
        elif to == "scoring":
            self.enter(to, index, stage["round"] or self.bell)
        elif not (stage["phase"] == "collecting" and to in SHUT and "ballot" in self.spec):
            self.enter(to, index)

    def timer(self, data, generation, index):
        stage = self.stage
        if (data["armed_at"], generation) != (self.armed_at, stage["generation"]):
            return
        if stage["phase"] in ("voting", "closing"):
            self.enter("closed", index)
        elif stage["phase"] == "swapping":
            self.enter("scoring", index, stage["round"])
        else:
            self.armed_at = None

    def is_valid(self, ballot, person):
        spec = self.spec["ballot"]
        if ballot["kind"] == "score":
            return (spec["low"] <= ballot["score"] <= spec["high"] and ballot["round"] == self.bell
                    and self.cards.get(ballot["card"], person) != person
                    and all(ballot["card"] != other["card"] for (who, round), (_, other)
                            in self.ballots.items() if who == person and round != self.bell))
        if ballot["kind"] == "scale":
            return spec["low"] <= ballot["value"] <= spec["high"]
        if ballot["kind"] == "dots":
            items = {item["id"] for item in self.spec.get("items", [])} | set(self.cards)
            named = [one["item"] for one in ballot["dots"]]
            dots = [one["dots"] for one in ballot["dots"]]
            return (set(named) <= items and len(set(named)) == len(named)
                    and sum(dots) <= spec["budget"] and max(dots, default=0) <= spec["cap"])
        options, chosen = {option["id"] for option in spec["options"]}, ballot["options"]
        return (set(chosen) <= options and len(set(chosen)) == len(chosen)
                and spec["min"] <= len(chosen) <= spec["max"])

    def cast(self, event):
        ballot = event["data"]["ballot"]
        key = (event["person"], ballot.get("round", 0))
        is_open = self.stage["phase"] in (
            ("scoring", "swapping", "closing") if "deal" in self.spec else ("voting", "closing"))
        last = self.ballots.get(key, (0, None))[0]
        if (event["generation"] == self.stage["generation"] and event["seq"] > last and is_open
                and self.is_valid(ballot, event["person"])):
            self.ballots[key] = (event["seq"], ballot)

    def add(self, event):
        mine = sum(1 for author in self.cards.values() if author == event.get("person"))
        if (event["generation"] == self.stage["generation"] and event["id"] not in self.cards
                and self.stage["phase"] == "collecting" and mine < self.spec["collect"]["each"]):
            self.cards[event["id"]] = event["person"]

    def merge(self, data):
        """Both sides must stand by themselves."""
        if data["into"] not in self.merged and self.stage["phase"] != "sealed":
            if not any(self.merged.get(item, data["into"]) != data["into"] or item == data["into"]
                       for item in data["from"]):
                self.merged.update(dict.fromkeys(data["from"], data["into"]))

    # --- results ---

    def ranked(self, rows, worth):
        rows.sort(key=worth, reverse=True)  # stable: ties stay in log order
        for place, row in enumerate(rows):
            tie = place > 0 and worth(rows[place - 1]) == worth(row)
            row["rank"] = rows[place - 1]["rank"] if tie else place + 1
        return rows

    def totals(self):
        if "deal" in self.spec:
            return self.deck()
        cast = [ballot for _, ballot in self.ballots.values()]
        kind = self.spec.get("ballot", {}).get("kind")
        if kind == "scale":
            return self.scale([ballot["value"] for ballot in cast])
        if kind == "dots":
            return self.dots(cast)
        return None

    def scale(self, values):
        low, high = self.spec["ballot"]["low"], self.spec["ballot"]["high"]
        result = {"kind": "scale", "people": len(values), "sum": sum(values),
                  "counts": [values.count(value) for value in range(low, high + 1)]}
        if values:
            result["mean"] = half_up(sum(values), len(values), 2)
        return result

    def dots(self, cast):
        def root(item):
            while item in self.merged:
                item = self.merged[item]
            return item
        items = [item["id"] for item in self.spec.get("items", [])] + list(self.cards)
        rows = {item: {"id": item, "dots": 0, "people": 0} for item in items if root(item) == item}
        for ballot in cast:
            placed = [one for one in ballot["dots"] if one["dots"] > 0]
            for one in placed:
                rows[root(one["item"])]["dots"] += one["dots"]
            for item in {root(one["item"]) for one in placed}:
                rows[item]["people"] += 1
        return {"kind": "dots",
                "people": sum(any(one["dots"] for one in ballot["dots"]) for ballot in cast),
                "items": self.ranked(list(rows.values()), lambda row: row["dots"])}

    def deck(self):
        rounds = self.spec["deal"]["rounds"]
        ranked, unranked = [], []
        for card in self.cards:
            scores = [ballot["score"] for _, ballot in self.ballots.values()
                      if ballot["card"] == card]
            full = len(scores) >= rounds or not scores
            total = str(sum(scores)) if full else half_up(sum(scores) * rounds, len(scores), 1)
            row = {"id": card, "total": total, "scores": len(scores), "sum": sum(scores)}
            (ranked if len(scores) >= min(3, rounds) else unranked).append(row)
        self.ranked(ranked, lambda row: Decimal(row["total"]))
        return {"kind": "deck", "cards": len(self.cards),
                "items": ranked + [{**row, "rank": 0} for row in unranked]}


def fold(lines):
    activities, staff = {}, set()
    for index, line in enumerate(lines):
        event = json.loads(line)
        kind = event["type"].removeprefix("org.plenum.").removesuffix(".v1")
        data, activity = event["data"], activities.get(event.get("activity"))
        if kind == "activity.added":
            activities.setdefault(data["spec"]["id"], Activity(data["spec"]))
        elif kind in ("activity.advanced", "activity.extended", "items.merged"):
            if event["id"] in staff:
                continue  # sent again after a reconnect
            staff.add(event["id"])
            if kind == "activity.advanced":
                activity.advance(data, index)
            elif kind == "items.merged":
                activity.merge(data)
            elif data["seen"] == activity.stage:
                activity.armed_at = index
        elif kind == "timer.fired":
            activity.timer(data, event["generation"], index)
        elif kind == "item.added":
            activity.add(event)
        elif kind == "ballot.cast":
            activity.cast(event)
        elif kind == "result.recorded":
            activity.recorded = data["totals"]
    return activities


def differences(name, ours, theirs):
    """Where what we counted is not in what they say."""
    for member, value in ours.items():
        if member != "items":
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


def said(rehearsal, results):
    """What the rehearsal printed, against the same count."""
    for activity, mean in rehearsal["means"].items():
        mine = results[activity]
        if [mean["mean"], mean["people"], mean["counts"]] != [
                mine.get("mean", ""), mine["people"], mine["counts"]]:
            yield f"rehearsal, {activity}: {mean}, counted {mine}"
    for member, kind, figure in (("dotmocracy", "dots", "dots"), ("topics", "deck", "total")):
        mine = next((result["items"] for result in results.values() if result["kind"] == kind), [])
        for row, counted in zip(rehearsal[member], mine):
            shown = row["score"].rstrip("*")
            if (row["item"], shown, row["rank"]) != (
                    counted["id"], str(counted[figure]), counted["rank"]):
                yield f"rehearsal, {member}: {row}, counted {counted}"


def main(export, rehearsal=None):
    with open(export, encoding="utf-8") as file:
        activities = fold(file)
    results = {name: totals for name, activity in activities.items()
               if (totals := activity.totals()) is not None}
    found = []
    for name, totals in results.items():
        recorded = activities[name].recorded
        found += differences(name, totals, recorded) if recorded else [f"{name}: no result"]
    if rehearsal:
        with open(rehearsal, encoding="utf-8") as file:
            found += said(json.load(file), results)
    print(json.dumps({"results": results, "differences": found}))
    for difference in found:
        print(difference, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        print(__doc__)
        sys.exit(0 if "--help" in sys.argv else 2)
    sys.exit(main(*sys.argv[1:]))
