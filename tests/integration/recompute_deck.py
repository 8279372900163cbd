"""25/10 (schema/rules.md, section 6).

Part of recompute.py; standard library only.
"""

from recompute_log import deal
from recompute_state import OVER, Said, refuse

HERES = 200  # that one person may say in a generation


class Deck:
    def here(self):
        act, person = self.act, self.event["person"]
        state = act.people.setdefault(person, {
            "first": self.index, "present": True, "hand": "", "to_score": "",
            "pass": (0, 0, "00" * 16, 0), "heres": {}})
        state.update(present=True, here=self.index)
        self.dirty.add(("P", act.id, person))
        return state

    def check_deal(self, round_):
        act = self.act
        if round_ == 1 and len({act.items[card]["author"] for card in act.cards()}) < 6:
            refuse("too-few-people")
        if round_ > act.spec["deal"]["rounds"]:
            if not any(not act.barred(person, card) for card in act.cards()
                       if not act.full(card) for person in act.present()):
                refuse("nobody-left")

    def deal_round(self, round_):
        act = self.act
        if act.paper:
            return
        for person, state in act.people.items():
            state["hand"] = ""
            self.dirty.add(("P", act.id, person))
        makeup = round_ > act.spec["deal"]["rounds"]
        cards = [card for card in act.cards() if not makeup or not act.full(card)]
        newcomers = {person for person in act.present() if person not in act.contributed}
        holder = deal(self.draw("deal", round_), cards, lambda c: len(act.scores.get(c, [])),
                      act.present(), newcomers, act.barred)
        for card, person in holder.items():
            act.people[person]["hand"] = card
        act.log["deals"].append({"round": round_, "index": self.index, "hands": act.hands()})

    def bell(self, round_):
        act = self.act
        act.bell = round_
        for person, state in act.people.items():
            makeup = round_ > act.spec["deal"]["rounds"]
            if makeup and state["hand"] and act.full(state["hand"]):
                state["hand"] = ""
            state.update(to_score=state["hand"], present=False)
            self.dirty.add(("P", act.id, person))
        act.log["bells"].append({"round": round_, "index": self.index, "hands": act.hands()})

    def score(self, ballot):
        act, person, round_ = self.act, self.event["person"], ballot["round"]
        old_card, old = act.score_in(person, round_)
        if old:
            self.check_seq(old["seq"], old["id"], old["index"])
        if act.phase in OVER:
            self.come_late()
        if act.phase == "collecting":
            refuse("not-open")
        if not round_ or round_ != act.bell:
            refuse("wrong-round")
        self.check_scale({"value": ballot["score"]}, act.spec["ballot"])
        card = self.numbered_card(ballot) if act.paper else self.held_card(ballot)
        self.here()
        if old:
            act.scores[old_card].remove(old)
            self.dirty.add(("D", act.id, old_card))
        act.scores.setdefault(card, []).append({
            "person": person, "round": round_, "score": ballot["score"],
            "seq": self.event["seq"], "id": self.event["id"], "index": self.index})
        self.dirty.add(("D", act.id, card))
        raise Said("counted")

    def held_card(self, ballot):
        act, person, card = self.act, self.event["person"], ballot.get("card", "")
        if card not in act.items or not act.items[card]["author"]:
            refuse("unknown-item")
        if act.items[card]["author"] == person:
            refuse("own-card")
        to_score = act.people[person]["to_score"] if person in act.people else ""
        if to_score == card:
            return card
        if act.scored(person, card):
            refuse("already-scored")
        refuse("not-your-card" if to_score else "no-card")

    def numbered_card(self, ballot):
        act, person, number = self.act, self.event["person"], ballot.get("number", 0)
        if not number:
            refuse("no-number")
        card = next((c for c in act.items if act.items[c]["number"] == number), None)
        if card is None or not act.items[card]["author"]:
            refuse("unknown-item")
        if act.items[card]["author"] == person:
            refuse("own-card")
        for one in act.scores.get(card, []):
            if one["person"] == person:
                if one["round"] == ballot["round"]:
                    return card
                refuse("already-scored")
            if one["round"] == ballot["round"]:
                refuse("card-taken")
        if act.full(card):
            refuse("card-taken")
        return card

    def on_card_passed(self):
        act, person, round_ = self.act, self.event["person"], self.data["round"]
        if "deal" not in act.spec or act.paper:
            refuse("not-a-deck")
        self.check_generation()
        if person in act.people and act.people[person]["pass"][0] == round_:
            self.check_seq(*act.people[person]["pass"][1:])
        if act.phase in OVER:
            raise Said("late")
        if act.phase == "collecting":
            refuse("not-open")
        if act.phase != "swapping" or act.round != round_:
            refuse("wrong-round")
        if person not in act.people or not act.people[person]["hand"]:
            refuse("no-card")
        mine = self.here()
        mine["pass"] = (round_, self.event["seq"], self.event["id"], self.index)
        partner = self.partner(person)
        act.log["passes"].append({"round": round_, "index": self.index, "person": person,
                                  "partner": partner})
        if partner is None:
            refuse("no-partner")
        theirs = act.people[partner]
        mine["hand"], theirs["hand"] = theirs["hand"], mine["hand"]
        self.dirty.add(("P", act.id, partner))

    def partner(self, person):
        act = self.act
        hand = act.people[person]["hand"]
        others = [p for p in act.present() if p != person and act.people[p]["hand"]]
        draw = self.draw("pass", self.index)
        for _ in range(64 if others else 0):
            other = others[draw.below(len(others))]
            if not act.barred(person, act.people[other]["hand"]) and not act.barred(other, hand):
                return other
        return None

    def on_presence_here(self):
        act, person = self.act, self.event["person"]
        if "seats" in act.spec:
            return self.seat_here()
        if "deal" not in act.spec:
            refuse("not-a-deck")
        self.check_generation()
        state = act.people.get(person)
        if state and self.event["id"] in state["heres"]:
            raise Said("duplicate", ref=state["heres"][self.event["id"]])
        if state and len(state["heres"]) >= HERES:
            refuse("too-many-items")
        if act.phase not in ("collecting", "swapping", "scoring"):
            raise Said("ignored")
        self.here()["heres"][self.event["id"]] = self.index

    def on_presence_away(self):
        act, person = self.act, self.event["person"]
        if "deal" not in act.spec:
            refuse("not-a-deck")
        state = act.people.get(person)
        if (self.event["generation"] != act.generation or not state or not state["present"] or
                state["here"] != self.data["since"]):
            raise Said("ignored")
        state["present"] = False
        self.dirty.add(("P", act.id, person))
