"""The figures of recount.py: from ballots and items that stand to the totals (schema/rules.md,
section 9)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SCORES_FOR_A_RANK = 3


def half_up(numerator, denominator, digits):
    return str((Decimal(numerator) / Decimal(denominator)).quantize(
        Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def ranked(rows, worth):
    """Competition ranks; what is worth None comes last, with rank 0."""
    rows = ([row for row in rows if worth(row) is not None]
            + [row for row in rows if worth(row) is None])
    judged = [row for row in rows if worth(row) is not None]
    judged.sort(key=worth, reverse=True)  # stable: ties stay in log order
    rows[:len(judged)] = judged
    for place, row in enumerate(rows):
        if worth(row) is None:
            row["rank"] = 0
        elif place > 0 and worth(rows[place - 1]) == worth(row):
            row["rank"] = rows[place - 1]["rank"]
        else:
            row["rank"] = place + 1
    return rows


def choice(spec, cast):
    counts = {option["id"]: 0 for option in spec["options"]}
    for ballot in cast:
        for option in ballot["options"]:
            counts[option] += 1
    return {"kind": "choice", "people": len(cast),
            "options": [{"id": option, "count": count} for option, count in counts.items()]}


def scale(spec, cast):
    values = [ballot["value"] for ballot in cast]
    result = {"kind": "scale", "people": len(values), "sum": sum(values),
              "counts": [values.count(value) for value in range(spec["low"], spec["high"] + 1)]}
    if values:
        result["mean"] = half_up(sum(values), len(values), 2)
    return result


class Rows:
    """A row for each item that stands, and which row each item counts for."""

    def __init__(self, items, members):
        self.rows, self._row_of = [], {}
        for item in items.values():
            if item.state == "shown" and not item.table and items.root(item) is item:
                row = {"id": item.id, **{name: 0 for name in members}}
                self._row_of[item.id] = row
                self.rows.append(row)
        for item in items.values():
            root = items.root(item)
            if root is not item and root.id in self._row_of:
                self._row_of[item.id] = self._row_of[root.id]
                self._row_of[root.id].setdefault("merged", []).append(item.id)

    def of(self, item):
        return self._row_of.get(item)


def dots(items, cast):
    rows = Rows(items, ("dots", "people"))
    for ballot in cast:
        placed = [one for one in ballot["dots"] if one["dots"] > 0]
        touched = {}
        for one in placed:
            if (row := rows.of(one["item"])) is not None:
                row["dots"] += one["dots"]
                touched[row["id"]] = row
        for row in touched.values():
            row["people"] += 1
    return {"kind": "dots",
            "people": sum(any(one["dots"] for one in ballot["dots"]) for ballot in cast),
            "dots": sum(one["dots"] for ballot in cast for one in ballot["dots"]),
            "items": ranked(rows.rows, lambda row: row["dots"])}


def upvote(items, ballots):
    """`ballots`: (person, item) -> ballot."""
    rows = Rows(items, ("votes",))
    votes, people = {}, set()
    for (person, item), ballot in ballots.items():
        if ballot["up"]:
            people.add(person)
            if (row := rows.of(item)) is not None:
                votes.setdefault(row["id"], set()).add(person)
    for row in rows.rows:
        row["votes"] = len(votes.get(row["id"], ()))
    return {"kind": "upvote", "people": len(people),
            "items": ranked(rows.rows, lambda row: row["votes"])}


def rank(spec, items, cast):
    rows = Rows(items, ("points", "people", "firsts"))
    for ballot in cast:
        best = {}
        for place, item in enumerate(ballot["items"]):
            if (row := rows.of(item)) is not None:
                best.setdefault(row["id"], (place, row))
        for place, row in best.values():
            row["points"] += spec["top"] - place
            row["people"] += 1
            row["firsts"] += place == 0
    return {"kind": "rank", "people": sum(bool(ballot["items"]) for ballot in cast),
            "top": spec["top"], "items": ranked(rows.rows, lambda row: row["points"])}


def ratings(spec, items, cast):
    rows = Rows(items, ("people", "sum"))
    for row in rows.rows:
        given = [one["value"] for ballot in cast for one in ballot["ratings"]
                 if rows.of(one["item"]) is row]
        row.update(people=len(given), sum=sum(given), counts=[
            given.count(value) for value in range(spec["low"], spec["high"] + 1)])
        if given:
            row["mean"] = half_up(sum(given), len(given), 2)
    return {"kind": "ratings", "people": sum(bool(ballot["ratings"]) for ballot in cast),
            "items": ranked(rows.rows, lambda row: Fraction(row["sum"], row["people"])
                            if row["people"] else None)}


def deck(spec, items, cast):
    rounds = spec["rounds"]
    rows = []
    for card in items.values():
        if card.state != "shown":
            continue
        scores = [ballot["score"] for ballot in cast if ballot["card"] == card.id]
        full = len(scores) >= rounds or not scores
        total = str(sum(scores)) if full else half_up(sum(scores) * rounds, len(scores), 1)
        rows.append({"id": card.id, "total": total, "scores": len(scores), "sum": sum(scores)})
    least = min(SCORES_FOR_A_RANK, rounds)
    return {"kind": "deck", "cards": len(rows), "items": ranked(
        rows, lambda row: Decimal(row["total"]) if row["scores"] >= least else None)}


def contributions(items):
    there = [item for item in items.values() if item.contributed]
    return {"kind": "items", "people": len({item.author for item in there if item.author}),
            "items": sum(item.state in ("shown", "pending") for item in there)}
