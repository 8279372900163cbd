"""What each event does, but for 25/10 (schema/rules.md, sections 3 to 5 and 8).

Part of recompute.py; standard library only.
"""

from recompute_state import OVER, SHUT, Activity, Said, refuse


class Rules:
    # --- the room ---
    def on_room_created(self):
        if self.index != 0:
            refuse("room-exists")
        if self.data["rules"] != 1:
            refuse("unknown-rules")
        self.created, self.rules = True, self.data["rules"]
        self.title, self.languages = self.data["title"], self.data["languages"]
        self.expected = self.data["expected_people"]
        self.dirty.add(("R",))

    def on_activity_added(self):
        spec, before = self.data["spec"], self.data.get("before")
        if spec["id"] in self.activities:
            refuse("activity-exists")
        if len(self.order) >= 200:
            refuse("too-many-items")
        if before and before not in self.order:
            refuse("unknown-activity")
        self.order.insert(self.order.index(before) if before else len(self.order), spec["id"])
        self.activities[spec["id"]] = Activity(spec, self.index)
        self.dirty |= {("O",), ("S", spec["id"])}
        self.dirty |= {("I", spec["id"], n) for n in range(len(spec.get("items", [])))}

    def on_doors_set(self):
        self.locked, self.expected = self.data["locked"], self.data["expected_people"]
        self.dirty.add(("R",))

    def on_participant_joined(self):
        if self.event["series"] != "room":
            refuse("wrong-series")
        person = self.event["person"]
        if person in self.joined:
            raise Said("duplicate", ref=self.joined[person])
        if self.locked:
            refuse("doors-locked")
        self.joined[person] = self.index
        self.dirty.add(("J", person))

    def on_link_revoked(self):
        if self.data["token"] in self.revoked:
            raise Said("ignored")
        self.revoked.add(self.data["token"])
        self.dirty.add(("K", self.data["token"]))

    def on_links_revoked(self):
        self.epoch += 1
        self.dirty.add(("R",))

    # --- phases ---
    def step_exists(self, to):
        act, spec = self.act, self.act.spec
        ballot, dealt = "ballot" in spec, "deal" in spec
        ends = {"closing", "closed"}
        voting = {"voting"} if ballot and not dealt else set()
        return to in {
            "waiting": voting | ({"collecting"} if "collect" in spec else set()),
            "collecting": voting | ({"swapping"} if dealt else set()) |
                          (set() if ballot else ends),
            "voting": ends,
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
        if to == "swapping":
            self.check_deal(target["round"])
        self.enter(target)
        self.current = act.id
        self.dirty.add(("R",))

    def enter(self, target):
        act, before, to = self.act, self.act.phase, target["phase"]
        again = before in ("closed", "revealed") and to == act.closed_from
        if before == "waiting":
            self.forget()
            act.begin(self.index)
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
        if to == "closed":
            act.closed, self.due = self.index, act.id
        self.set_deadline()

    def forget(self):
        act, name = self.act, self.act.id
        count = max(len(act.items), len(act.spec.get("items", [])))
        self.dirty |= {("I", name, n) for n in range(count)}
        for kind, keys in (("B", act.ballots), ("C", act.contributed), ("L", act.late),
                           ("P", act.people), ("D", act.scores)):
            self.dirty |= {(kind, name, key) for key in keys}

    def set_deadline(self):
        act, limits = self.act, self.act.spec["time"]
        names = {"collecting": "collect_ms", "voting": "vote_ms", "swapping": "swap_ms",
                 "scoring": "score_ms", "closing": "grace_ms"}
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
        self.dirty.add(("A", act.id))

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
        if act.phase in ("voting", "closing"):
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
        if person in act.ballots:
            last = act.ballots[person]
            self.check_seq(last["seq"], last["id"], last["index"])
        if ballot["kind"] != act.spec.get("ballot", {}).get("kind"):
            refuse("wrong-ballot")
        if act.phase in OVER:
            self.come_late()
        if act.phase == "collecting":
            refuse("not-open")
        getattr(self, "check_" + ballot["kind"])(ballot, act.spec["ballot"])
        act.ballots[person] = {"seq": self.event["seq"], "id": self.event["id"],
                               "index": self.index, "ballot": ballot,
                               "keyed": self.event["actorrole"] == "keyer"}
        self.dirty.add(("B", act.id, person))
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

    def check_dots(self, ballot, spec):
        named = set()
        for one in ballot["dots"]:
            if one["item"] not in self.act.items:
                refuse("unknown-item")
            if one["item"] in named:
                refuse("duplicate-choice")
            named.add(one["item"])
            if one["dots"] > spec["cap"]:
                refuse("over-cap")
        if sum(one["dots"] for one in ballot["dots"]) > spec["budget"]:
            refuse("over-budget")

    def may_contribute(self):
        role, person = self.event["actorrole"], self.event["person"]
        staff = not person and role in ("presenter", "producer")
        someone = person and role in ("attendee", "table-host", "presenter", "producer", "keyer")
        return {"everyone": someone, "table-hosts": staff or (someone and role != "attendee"),
                "staff": staff}[self.act.spec["collect"]["who"]]

    def on_item_added(self):
        act, event, person = self.act, self.event, self.event["person"]
        if "collect" not in act.spec:
            refuse("not-open")
        if not self.may_contribute():
            refuse("not-permitted")
        self.check_generation()
        if event["id"] in act.items:
            item = act.items[event["id"]]
            if item["author"] != person:
                refuse("not-permitted")
            raise Said("duplicate", ref=item["index"])
        judged = "ballot" in act.spec
        if act.phase != "collecting" and (judged or act.phase != "closing"):
            if "deal" in act.spec and act.phase != "waiting":
                refuse("deck-frozen")
            if judged:
                raise Said("late")
            self.come_late()
        number = self.data.get("number", 0) if act.paper else 0
        if act.paper and not number:
            refuse("no-number")
        if act.paper and number in {item["number"] for item in act.items.values()}:
            refuse("number-taken")
        if person:
            if act.contributed.get(person, 0) >= act.spec["collect"]["each"]:
                refuse("too-many-items")
            act.contributed[person] = act.contributed.get(person, 0) + 1
            self.dirty.add(("C", act.id, person))
        self.dirty.add(("I", act.id, len(act.items)))
        act.items[event["id"]] = {"sheet": False, "index": self.index, "author": person,
                                  "event": event["id"], "text": self.data["text"],
                                  "number": number, "merged": ""}
        if "deal" in act.spec and person:
            self.here()

    # --- merging ---
    def check_merging(self):
        act = self.act
        if act.phase == "sealed":
            refuse("sealed")
        if act.spec.get("ballot", {}).get("kind", "dots") != "dots":
            refuse("wrong-ballot")
        if act.phase == "waiting":
            refuse("not-open")

    def set_merged(self, names, into):
        act = self.act
        for name in names:
            act.items[name]["merged"] = into
            self.dirty.add(("I", act.id, list(act.items).index(name)))
        if act.phase in ("closed", "revealed"):
            self.due = act.id

    def on_items_merged(self):
        self.check_merging()
        items, into, names = self.act.items, self.data["into"], self.data["from"]
        if into not in items:
            refuse("unknown-item")
        if items[into]["merged"]:
            refuse("item-merged")
        for name in names:
            if name not in items:
                refuse("unknown-item")
            if name == into:
                refuse("merge-loop")
            if items[name]["merged"] not in ("", into):
                refuse("item-merged")
        if all(items[name]["merged"] == into for name in names):
            raise Said("ignored")
        self.set_merged(names, into)

    def on_items_unmerged(self):
        self.check_merging()
        items, into = self.act.items, self.data["into"]
        if into not in items:
            refuse("unknown-item")
        names = [name for name, item in items.items() if item["merged"] == into]
        if not names:
            refuse("nothing-merged")
        self.set_merged(names, "")

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
