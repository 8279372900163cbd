"""Results from the ballots and scores that count (schema/rules.md, section 9).

Part of recompute.py; standard library only.
"""

import json
from fractions import Fraction

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


def _ranked_rows(activity, names, key, members):
    """Rows by key, highest first; among ties in log order."""
    order = sorted(names, key=lambda name: -key(name))
    rows = []
    for name, rank in zip(order, ranks([key(name) for name in order])):
        row = {"id": name, **members(name), "rank": rank}
        if names[name]:
            row["merged"] = names[name]
        rows.append(row)
    return rows


def _dots(activity):
    names, roots = activity.rows()
    dots, people, everybody = {}, {}, set()
    for person, ballot in activity.ballots.items():
        for one in ballot["ballot"]["dots"]:
            root = roots[one["item"]]
            dots[root] = dots.get(root, 0) + one["dots"]
            if one["dots"]:
                people.setdefault(root, set()).add(person)
                everybody.add(person)
    rows = _ranked_rows(activity, names, lambda n: dots.get(n, 0),
                        lambda n: {"dots": dots.get(n, 0), "people": len(people.get(n, ()))})
    return {"kind": "dots", "people": len(everybody), "dots": sum(dots.values())}, rows


def _upvote(activity):
    names, roots = activity.rows()
    voters, everybody = {}, set()
    for (item, person), vote in activity.upvotes.items():
        if vote["up"]:
            voters.setdefault(roots[item], set()).add(person)
            everybody.add(person)
    votes = {name: len(voters.get(name, ())) for name in names}
    rows = _ranked_rows(activity, names, votes.get, lambda n: {"votes": votes[n]})
    return {"kind": "upvote", "people": len(everybody)}, rows


def _rank(activity):
    names, roots = activity.rows()
    top, places = activity.spec["ballot"]["top"], {}
    ballots = [b["items"] for b in activity.cast() if b["items"]]
    for ballot in ballots:
        best = {}
        for place, item in enumerate(ballot):
            best.setdefault(roots[item], place)
        for item, place in best.items():
            places.setdefault(item, []).append(place)

    def points(name):
        return sum(top - place for place in places.get(name, ()))

    def members(name):
        own = places.get(name, [])
        return {"points": points(name), "people": len(own), "firsts": own.count(0)}

    head = {"kind": "rank", "people": len(ballots), "top": top}
    return head, _ranked_rows(activity, names, points, members)


def _ratings(activity):
    spec, given = activity.spec["ballot"], {}
    sheets = [b["ratings"] for b in activity.cast() if b["ratings"]]
    for sheet in sheets:
        for one in sheet:
            given.setdefault(one["item"], []).append(one["value"])
    names = list(activity.rows()[0])
    rated = sorted((n for n in names if n in given),
                   key=lambda n: Fraction(-sum(given[n]), len(given[n])))
    places = ranks([Fraction(sum(given[n]), len(given[n])) for n in rated])
    rows = []
    for name, rank in [*zip(rated, places), *((n, 0) for n in names if n not in given)]:
        values = given.get(name, [])
        row = {"id": name, "people": len(values), "sum": sum(values)}
        if values:
            row["mean"] = decimal(sum(values), len(values), 2)
        row["counts"] = [values.count(v) for v in range(spec["low"], spec["high"] + 1)]
        rows.append({**row, "rank": rank})
    return {"kind": "ratings", "people": len(sheets)}, rows


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
    scorers = {s["person"] for card in activity.cards() for s in activity.scores.get(card, [])}
    head = {"kind": "deck", "cards": len(cards), "complete": sum(c[0]["complete"] for c in cards),
            "scorers": len(scorers), "rounds": rounds}
    return head, rows


RANKING = {"dots": _dots, "upvote": _upvote, "rank": _rank, "ratings": _ratings}


def _ranking(activity):
    return _deck(activity) if "deal" in activity.spec else RANKING[activity.kind](activity)


def ranked(activity):
    """The items that a result ranks, in its order, each with its rank; none if it ranks none."""
    if "deal" not in activity.spec and activity.kind not in RANKING:
        return []
    return [(row["id"], row["rank"]) for row in _ranking(activity)[1]]


def totals(activity):
    """Canonical JSON, as in the event."""
    if "deal" in activity.spec or activity.kind in RANKING:
        return _with_rows(*_ranking(activity))
    if activity.kind is None:
        added = sum(not item["sheet"] and not item["origin"] and
                    item["state"] in ("shown", "pending") and item["author"] not in activity.held
                    for item in activity.items.values())
        return compact({"kind": "items", "people": len(activity.contributed), "items": added})
    return {"choice": _choice, "scale": _scale}[activity.kind](activity)
