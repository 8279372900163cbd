"""Phases, ballots and results (schema/rules.md, sections 4, 5 and 9).

Part of recompute.py; standard library only.
"""

from recompute_state import OVER, SHUT, Said, refuse


class Rules:
    # --- phases ---
    def step_exists(self, to):
        act, spec = self.act, self.act.spec
        ballot, dealt, upvote = "ballot" in spec, "deal" in spec, act.kind == "upvote"
        if "seats" in spec and act.phase in ("waiting", "collecting", "voting", "seated"):
            votes = {"voting"} if ballot else set()
            more = {"seated"} if act.round < spec["seats"]["rounds"] else set()
            return to in {"waiting": {"collecting", "seated"} | votes,
                          "collecting": {"seated"} | votes, "voting": {"seated"},
                          "seated": {"closing", "closed"} | more}[act.phase]
        ends = {"closing", "closed"}
        voting = {"voting"} if ballot and not dealt else set()
        return to in {
            "waiting": voting | ({"collecting"} if "collect" in spec else set()),
            "collecting": voting | ({"swapping"} if dealt else set()) |
                          (set() if ballot and not upvote else ends),
            "voting": ends | ({"collecting"} if upvote and "collect" in spec else set()),
            "swapping": {"scoring"},
            "scoring": ends | {"swapping"},
            "closing": {"closed"},
            "closed": {"revealed", act.closed_from},
            "revealed": {"sealed", act.closed_from}}[act.phase]

    def on_activity_advanced(self):
        act, seen, to = self.act, self.data["seen"], self.data["to"]
        target = {"generation": seen["generation"], "phase": to, "round": 0}
        if seen["phase"] == "waiting" and to != "waiting":
            target["generation"] += 1
        if to == "swapping":
            target["round"] = seen["round"] + 1
        if to == "seated":
            again = seen["phase"] in ("closed", "revealed") and act.generation
            target["round"] = act.seat_round if again else seen["round"] + 1
        if to == "scoring":
            target["round"] = seen["round"] if seen["phase"] == "swapping" else act.bell
        if seen != act.stage():
            if act.stage() == target:
                raise Said("ignored")
            refuse("changed-meanwhile")
        if act.phase == "sealed":
            refuse("sealed")
        if not self.step_exists(to):
            refuse("no-such-step")
        if act.phase == "waiting":
            self.check_carry()
        if to == "swapping":
            self.check_deal(target["round"])
        self.enter(target)
        self.current = act.id
        self.dirty.add(("R",))

    def enter(self, target):
        act, before, to = self.act, self.act.phase, target["phase"]
        self.tell(0)
        again = before in ("closed", "revealed") and to == act.closed_from
        if before == "waiting":
            self.forget()
            act.begin(self.index)
            act.skipped = False
            if "carry" in act.spec:
                self.carry_over()
            if "seats" in act.spec:
                self.set_up_tables()
        if again:
            self.dirty |= {("L", act.id, p) for p in act.late}
            act.late = {}
        if to == "swapping":
            self.deal_round(target["round"])
        if to == "scoring" and not again:
            self.bell(target["round"])
        if to in ("closing", "closed") and before != "closing":
            act.closed_from = before
        act.generation, act.phase, act.round = target["generation"], to, target["round"]
        if to == "seated" and not again:
            act.seat_round = act.round
            self.ask_for_plan(act.round)
        if to == "closed":
            act.closed = self.index
            self.due.add(act.id)
        self.set_deadline()

    def forget(self):
        act, name = self.act, self.act.id
        count = max(len(act.items), len(act.spec.get("items", [])))
        self.dirty |= {("I", name, n) for n in range(count)}
        for kind, keys in (("B", act.ballots), ("C", act.contributed), ("L", act.late),
                           ("P", act.people), ("D", act.scores), ("H", act.held),
                           ("N", act.tables), ("Q", act.seated)):
            self.dirty |= {(kind, name, key) for key in keys}
        self.dirty |= {("U", name, *key) for key in act.upvotes}
        self.dirty |= {("F", name, item) for item in act.keep_former()}

    def set_deadline(self):
        act, limits = self.act, self.act.spec["time"]
        names = {"collecting": "collect_ms", "voting": "vote_ms", "swapping": "swap_ms",
                 "scoring": "score_ms", "seated": "seat_ms", "closing": "grace_ms"}
        limit = limits.get(names.get(act.phase), 0)
        armed = limit or act.phase == "closing"
        act.deadline = (self.event["ms"] + limit, self.index) if armed else (0, 0)
        self.dirty.add(("A", act.id))

    def on_activity_restarted(self):
        act, seen = self.act, self.data["seen"]
        target = {"generation": seen["generation"], "phase": "waiting", "round": 0}
        if act.phase == "sealed":
            refuse("sealed")
        if act.stage() == target:
            raise Said("ignored")
        if seen != act.stage():
            refuse("changed-meanwhile")
        act.phase, act.round, act.deadline = "waiting", 0, (0, 0)
        self.tell(0)
        self.dirty.add(("A", act.id))

    def tell(self, down_to):
        if self.act.told != down_to:
            self.act.told = down_to
            self.dirty.add(("t", self.act.id))

    def on_result_told(self):
        act = self.act
        if self.data["seen"] != act.stage():
            refuse("changed-meanwhile")
        ranked = "deal" in act.spec or act.kind in ("dots", "upvote", "rank", "ratings")
        if act.phase != "closed" or not ranked:
            refuse("no-such-step")
        if act.told == self.data["down_to"]:
            raise Said("ignored")
        self.tell(self.data["down_to"])

    def on_activity_extended(self):
        act = self.act
        if self.data["seen"] != act.stage():
            refuse("changed-meanwhile")
        if not act.deadline[0]:
            refuse("no-deadline")
        act.deadline = (max(1, act.deadline[0] + self.data["by_ms"]), self.index)
        self.dirty.add(("A", act.id))

    def on_timer_fired(self):
        act = self.act
        at, armed = act.deadline
        if not at or armed != self.data["armed_at"] or self.event["generation"] != act.generation:
            raise Said("ignored")
        if act.phase == "closing" or (act.phase == "voting" and "seats" not in act.spec):
            self.enter({"generation": act.generation, "phase": "closed", "round": 0})
        elif act.phase == "swapping":
            self.enter({**act.stage(), "phase": "scoring"})
        else:
            act.deadline = (0, 0)
            self.dirty.add(("A", act.id))

    # --- ballots and contributions ---
    def check_generation(self):
        named, now = self.event["generation"], self.act.generation
        if now == 0 or named > now:
            refuse("not-open")
        if named < now:
            raise Said("late")

    def check_seq(self, seq, id_, index):
        if self.event["seq"] < seq:
            raise Said("superseded", ref=index)
        if self.event["seq"] == seq:
            raise Said("duplicate" if self.event["id"] == id_ else "stale", ref=index)

    def come_late(self):
        """An answer while nothing is open any more."""
        act, person = self.act, self.event["person"]
        if act.phase in SHUT and person and person not in act.late:
            act.late[person] = self.index
            self.dirty.add(("L", act.id, person))
        raise Said("late")

    def on_ballot_cast(self):
        act, ballot, person = self.act, self.data["ballot"], self.event["person"]
        self.check_generation()
        if (ballot["kind"] == "score") != ("deal" in act.spec):
            refuse("wrong-ballot")
        if ballot["kind"] == "score":
            self.score(ballot)
        if ballot["kind"] == "upvote":
            self.upvote(ballot)
        if person in act.ballots:
            last = act.ballots[person]
            self.check_seq(last["seq"], last["id"], last["index"])
        if ballot["kind"] != act.kind:
            refuse("wrong-ballot")
        self.check_voting()
        getattr(self, "check_" + ballot["kind"])(ballot, act.spec["ballot"])
        act.ballots[person] = {"seq": self.event["seq"], "id": self.event["id"],
                               "index": self.index, "ballot": ballot,
                               "keyed": self.event["actorrole"] == "keyer"}
        self.dirty.add(("B", act.id, person))
        if "seats" in act.spec:
            self.sit()
        raise Said("counted")

    def check_voting(self):
        if self.act.phase in OVER:
            self.come_late()
        open_still = self.act.phase == "closing" and self.act.closed_from != "seated"
        if self.act.phase != "voting" and not open_still:
            refuse("not-open")

    def upvote(self, ballot):
        act, person, item = self.act, self.event["person"], ballot["item"]
        if act.kind != "upvote":
            refuse("wrong-ballot")
        if not act.judged(item):
            refuse("unknown-item")
        last = act.upvotes.get((item, person))
        if last:
            self.check_seq(last["seq"], last["id"], last["index"])
        if act.phase != "collecting":
            self.check_voting()
        act.upvotes[item, person] = {"seq": self.event["seq"], "id": self.event["id"],
                                     "index": self.index, "up": ballot["up"],
                                     "keyed": self.event["actorrole"] == "keyer"}
        self.dirty.add(("U", act.id, item, person))
        if "seats" in act.spec:
            self.sit()
        raise Said("counted")

    def check_choice(self, ballot, spec):
        chosen = set()
        for option in ballot["options"]:
            if option not in {o["id"] for o in spec["options"]}:
                refuse("unknown-option")
            if option in chosen:
                refuse("duplicate-choice")
            chosen.add(option)
        if len(chosen) < spec["min"]:
            refuse("too-few-choices")
        if len(chosen) > spec["max"]:
            refuse("too-many-choices")

    def check_scale(self, ballot, spec):
        if not spec["low"] <= ballot["value"] <= spec["high"]:
            refuse("out-of-scale")

    def check_named(self, items):
        """Each in turn: the caller checks more of it before the next."""
        named = set()
        for item in items:
            if not self.act.judged(item):
                refuse("unknown-item")
            if item in named:
                refuse("duplicate-choice")
            named.add(item)
            yield

    def check_rank(self, ballot, spec):
        for _ in self.check_named(ballot["items"]):
            pass
        if len(ballot["items"]) > spec["top"]:
            refuse("too-many-choices")

    def check_ratings(self, ballot, spec):
        items = self.check_named(one["item"] for one in ballot["ratings"])
        for one, _ in zip(ballot["ratings"], items):
            self.check_scale(one, spec)

    def check_dots(self, ballot, spec):
        items = self.check_named(one["item"] for one in ballot["dots"])
        for one, _ in zip(ballot["dots"], items):
            if one["dots"] > spec["cap"]:
                refuse("over-cap")
        if sum(one["dots"] for one in ballot["dots"]) > spec["budget"]:
            refuse("over-budget")

    # --- results ---
    def on_result_seen_early(self):
        act = self.act
        if act.generation == 0:
            refuse("not-open")
        live = act.spec.get("reveal") == "live" and act.phase != "waiting"
        if act.phase in ("revealed", "sealed") or live:
            raise Said("ignored")
        act.looks += 1
        self.dirty.add(("A", act.id))

    def on_result_recorded(self):
        due = self.results.get((self.act.id, self.event["generation"]))
        if due is None or self.data["index"] < due["index"]:
            raise Said("ignored")
        if due["by"] is not None:
            raise Said("duplicate", ref=due["by"])
        due["by"] = self.index
        agrees = (self.data["rules"] == self.rules and self.data["index"] == due["index"] and
                  self.data["state"] == due["state"] and self.totals_text() == due["totals"])
        raise Said("confirmed" if agrees else "disputed")
