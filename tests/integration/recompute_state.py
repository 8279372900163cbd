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


class Activity:
    def __init__(self, spec, index):
        self.spec, self.added = spec, index
        self.id = spec["id"]
        self.series = spec.get("series") or self.id
        self.paper = spec.get("deal", {}).get("deck") == "paper"
        self.generation, self.phase, self.round = 0, "waiting", 0
        self.deadline = (0, 0)
        self.log = {"deals": [], "passes": [], "bells": []}
        self.begin(0)

    def begin(self, index):
        """What a new generation starts with."""
        self.opened, self.closed, self.closed_from = index, 0, "waiting"
        self.ballots, self.contributed, self.late, self.looks = {}, {}, {}, 0
        self.people, self.scores, self.bell = {}, {}, 0
        self.items = {}
        for item in self.spec.get("items", []):
            self.items[item["id"]] = {"sheet": True, "index": self.added, "author": None,
                                      "event": "00" * 16, "text": "00" * 32,
                                      "number": item.get("number", 0), "merged": ""}

    def stage(self):
        return {"generation": self.generation, "phase": self.phase, "round": self.round}

    def cast(self):
        return [ballot["ballot"] for ballot in self.ballots.values()]

    def cards(self):
        return [name for name, item in self.items.items() if item["author"]]

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
