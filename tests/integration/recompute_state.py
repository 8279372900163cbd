"""An activity as it stands, and how an outcome is said.

Part of recompute.py; standard library only.
"""


OVER = ("waiting", "closed", "revealed", "sealed")
SHUT = ("closed", "revealed", "sealed")


class Said(Exception):
    """An outcome, decided."""

    def __init__(self, code, reason="none", ref=0):
        super().__init__(code, reason)
        self.code, self.reason, self.ref = code, reason, ref


def refuse(reason):
    raise Said("refused", reason)


def new_item(index, **members):
    return {"sheet": False, "index": index, "author": None, "event": "00" * 16, "text": "00" * 32,
            "number": 0, "merged": "", "state": "shown", "mark": "none", "table": 0, "round": 0,
            "from": "", "origin": "", "earlier": [], **members}


class Activity:
    def __init__(self, spec, index):
        self.added = index
        self.change(spec)
        self.generation, self.phase, self.round = 0, "waiting", 0
        self.deadline, self.skipped, self.told = (0, 0), False, 0
        self.former = {}  # contributions of former generations: their texts, and if they are gone
        self.log = {"deals": [], "passes": [], "bells": []}
        self.begin(0)

    def change(self, spec):
        self.spec, self.id = spec, spec["id"]
        self.series = spec.get("series") or self.id
        self.paper = spec.get("deal", {}).get("deck") == "paper"
        self.kind = spec.get("ballot", {}).get("kind")
        has_items = "collect" in spec or "carry" in spec or spec.get("items")
        if self.kind == "scale" and "deal" not in spec and has_items:
            self.kind = "ratings"

    def begin(self, index):
        """What a new generation starts with."""
        self.opened, self.closed, self.closed_from = index, 0, "waiting"
        self.ballots, self.contributed, self.late, self.looks = {}, {}, {}, 0
        self.people, self.scores, self.bell = {}, {}, 0
        self.upvotes, self.held = {}, set()
        # Tables by number; people by their first appearance; the request for a plan.
        self.tables, self.seated, self.seat_round, self.asked = {}, {}, 0, (0, 0)
        self.items = {}
        for item in self.spec.get("items", []):
            self.items[item["id"]] = new_item(self.added, sheet=True, number=item.get("number", 0))

    def keep_former(self):
        """Before the items of a generation go: their texts. Returns whose are kept."""
        kept = [name for name, item in self.items.items() if int(item["event"], 16)]
        for name in kept:
            item, former = self.items[name], self.former.setdefault(name, {"texts": []})
            texts = [*item["earlier"], item["event"]]
            former["texts"] += [text for text in texts if text not in former["texts"]]
            former["erased"] = item["state"] == "erased"
        return kept

    def shows(self, name):
        item = self.items[name]
        return item["state"] == "shown" and item["author"] not in self.held

    def judged(self, name):
        return name in self.items and not self.items[name]["round"]

    def stands_for(self):
        """For each item the last of its chain of merges that is shown; else itself."""
        roots = {}

        def root(name):
            if name not in roots:
                into = self.items[name]["merged"]
                end = root(into) if into else name
                roots[name] = end if self.shows(end) else name
            return roots[name]

        for name in self.items:
            root(name)
        return roots

    def rows(self):
        """The items that have a row in a result, each with those that count for it."""
        roots = self.stands_for()
        rows = {name: [] for name in self.items
                if roots[name] == name and self.judged(name) and self.shows(name)}
        for name, root in roots.items():
            if root != name and root in rows:
                rows[root].append(name)
        return rows, roots

    def stage(self):
        return {"generation": self.generation, "phase": self.phase, "round": self.round}

    def cast(self):
        return [ballot["ballot"] for ballot in self.ballots.values()]

    def cards(self):
        """That can be dealt."""
        return [name for name, item in self.items.items() if item["author"] and self.shows(name)]

    def full(self, card):
        return len(self.scores.get(card, [])) >= self.spec["deal"]["rounds"]

    def scored(self, person, card):
        return any(s["person"] == person for s in self.scores.get(card, []))

    def barred(self, person, card):
        return (self.items[card]["author"] == person or self.scored(person, card) or
                (person in self.people and self.people[person]["to_score"] == card))

    def present(self):
        return [p for p, state in self.people.items() if state["present"]]

    def score_in(self, person, round_):
        for card, scores in self.scores.items():
            for score in scores:
                if score["person"] == person and score["round"] == round_:
                    return card, score
        return None, None

    def hands(self):
        return {p: s["hand"] for p, s in self.people.items() if s["hand"]}
