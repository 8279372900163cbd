"""Results from the ballots and scores that count (schema/rules.md, section 8).

Part of recompute.py; standard library only.
"""

import json

from recompute_log import decimal, ranks, sha

ROWS_BYTES = 24_000


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _with_rows(head, rows):
    texts = [compact(row) for row in rows]
    size, fit = 1, 0
    for text in texts:
        size += len(text.encode()) + 1  # a comma or the closing bracket
        if size > ROWS_BYTES:
            break
        fit += 1
    head = compact(head)[:-1] + ',"items":[' + ",".join(texts[:fit]) + "]"
    if fit < len(rows):
        digest = sha(("[" + ",".join(texts) + "]").encode()).hex()
        head += f',"left_out":{len(rows) - fit},"digest":"{digest}"'
    return head + "}"


def _choice(activity):
    ballots = [b["options"] for b in activity.cast()]
    options = [{"id": o["id"], "count": sum(o["id"] in b for b in ballots)}
               for o in activity.spec["ballot"]["options"]]
    return compact({"kind": "choice", "people": len(ballots), "options": options})


def _scale(activity):
    spec = activity.spec["ballot"]
    values = sorted(b["value"] for b in activity.cast())
    totals = {"kind": "scale", "people": len(values), "sum": sum(values)}
    if values:
        middle = values[(len(values) - 1) // 2] + values[len(values) // 2]
        totals["mean"] = decimal(sum(values), len(values), 2)
        totals["median"] = decimal(middle, 2, 1)
    totals["counts"] = [values.count(v) for v in range(spec["low"], spec["high"] + 1)]
    return compact(totals)


def _dots(activity):
    def stands_for(item):
        while activity.items[item]["merged"]:
            item = activity.items[item]["merged"]
        return item

    dots = {item: 0 for item in activity.items if stands_for(item) == item}
    people = {item: set() for item in dots}
    merged = {item: [] for item in dots}
    for item in activity.items:
        if stands_for(item) != item:
            merged[stands_for(item)].append(item)
    for person, ballot in activity.ballots.items():
        for one in ballot["ballot"]["dots"]:
            dots[stands_for(one["item"])] += one["dots"]
            people[stands_for(one["item"])].add(person)
    order = sorted(dots, key=lambda item: -dots[item])
    rows = []
    for item, rank in zip(order, ranks([dots[item] for item in order])):
        row = {"id": item, "dots": dots[item], "people": len(people[item]), "rank": rank}
        if merged[item]:
            row["merged"] = merged[item]
        rows.append(row)
    everybody = set().union(*people.values()) if people else set()
    return _with_rows({"kind": "dots", "people": len(everybody), "dots": sum(dots.values())}, rows)


def _card(activity, card, rounds):
    scores = [s["score"] for s in activity.scores.get(card, [])]
    complete = len(scores) >= rounds
    exact = complete or not scores
    total = str(sum(scores)) if exact else decimal(sum(scores) * rounds, len(scores), 1)
    tenths = sum(scores) * 10 if exact else int(total.replace(".", ""))
    row = {"id": card}
    if activity.items[card]["number"]:
        row["number"] = activity.items[card]["number"]
    row.update(total=total, scores=len(scores), sum=sum(scores), complete=complete)
    return row, tenths, complete or len(scores) >= 3


def _deck(activity):
    rounds = activity.spec["deal"]["rounds"]
    cards = [_card(activity, card, rounds) for card in activity.cards()]
    ranked = sorted((c for c in cards if c[2]), key=lambda c: -c[1])
    rows = []
    for (row, _, _), rank in zip(ranked, ranks([c[1] for c in ranked])):
        rows.append({**row, "rank": rank})
    rows += [{**row, "rank": 0} for row, _, is_ranked in cards if not is_ranked]
    scorers = {s["person"] for scores in activity.scores.values() for s in scores}
    head = {"kind": "deck", "cards": len(cards), "complete": sum(c[0]["complete"] for c in cards),
            "scorers": len(scorers), "rounds": rounds}
    return _with_rows(head, rows)


def totals(activity):
    """Canonical JSON, as in the event."""
    if "deal" in activity.spec:
        return _deck(activity)
    kind = activity.spec.get("ballot", {}).get("kind")
    if kind is None:
        added = sum(not item["sheet"] for item in activity.items.values())
        return compact({"kind": "items", "people": len(activity.contributed), "items": added})
    return {"choice": _choice, "scale": _scale, "dots": _dots}[kind](activity)
