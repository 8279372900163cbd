"""People at tables (schema/rules.md, section 7).

Part of recompute.py; standard library only.
"""

import base64

from recompute_state import OVER, SHUT, Said, refuse


def table_in(seat, round_):
    """Where somebody sits in a round: where they went last, else as planned; 0: unknown."""
    went = [visit["table"] for visit in seat["visits"] if visit["round"] == round_]
    planned = seat["planned"]
    return went[-1] if went else planned[round_ - 1] if 1 <= round_ <= len(planned) else 0


def been(seat, before):
    tables = {table_in(seat, round_) for round_ in range(1, before)}
    return (tables | {visit["table"] for visit in seat["visits"]}) - {0}


def unpack(text):
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return [int.from_bytes(raw[at:at + 2], "big") for at in range(0, len(raw), 2)]


class Seats:
    def set_up_tables(self):
        act, spec = self.act, self.act.spec["seats"]
        wanted = min(spec.get("tables", 0) or len(act.items), 500)

        def put(number, topic):
            act.tables[number] = {"capacity": spec["capacity"], "topic": topic, "host": None}

        def free():
            return next(n for n in range(1, 10_000) if n not in act.tables)

        for name, item in act.items.items():
            if 0 < item["number"] <= 9999 and len(act.tables) < wanted:
                put(item["number"], name)
        for name, item in act.items.items():
            if not item["number"] and len(act.tables) < wanted:
                put(free(), name)
        while len(act.tables) < wanted:
            put(free(), "")
        self.dirty |= {("N", act.id, number) for number in act.tables}

    def ask_for_plan(self, from_round):
        act, spec = self.act, self.act.spec["seats"]
        if spec["planned"] and act.seated and from_round <= spec["rounds"]:
            act.asked = (self.index, from_round)
            self.dirty.add(("A", act.id))

    def sit(self):
        act, person = self.act, self.event["person"]
        self.dirty.add(("Q", act.id, person))
        return act.seated.setdefault(person, {"first": self.index, "planned": [], "visits": [],
                                              "hosted": {}})

    def check_under_way(self):
        if "seats" not in self.act.spec:
            refuse("no-seats")
        self.check_generation()
        if self.act.phase in OVER:
            raise Said("late")

    def seat_here(self):
        self.check_under_way()
        if self.event["person"] in self.act.seated:
            raise Said("ignored")
        self.sit()

    def on_tables_set(self):
        self.check_under_way()
        act, tables = self.act, {}
        for one in self.data["tables"]:
            number, topic = one["number"], one.get("topic", "")
            if topic and not act.judged(topic):
                refuse("unknown-item")
            if number in tables:
                refuse("number-taken")
            host = act.tables[number]["host"] if number in act.tables else None
            tables[number] = {"capacity": one["capacity"], "topic": topic, "host": host}
        self.dirty |= {("N", act.id, number) for number in {*act.tables, *tables}}
        act.tables = tables
        if act.phase == "seated":
            self.ask_for_plan(act.asked[1] if act.asked[0] else act.seat_round + 1)

    def on_seats_planned(self):
        act, data = self.act, self.data
        if "seats" not in act.spec or self.event["generation"] != act.generation:
            raise Said("ignored")
        asked, from_round = act.asked
        if not asked or data["index"] != asked:
            raise Said("ignored")
        act.asked = (0, from_round)
        self.dirty.add(("A", act.id))
        rounds = [unpack(text) for text in data["rounds"]]
        if data["from_round"] != from_round or not self.plan_fits(rounds, from_round):
            refuse("bad-plan")
        for i, (person, seat) in enumerate(act.seated.items()):
            planned = (seat["planned"] + [0] * from_round)[:from_round - 1]
            if i < len(rounds[0]):
                seat["planned"] = planned + [tables[i] for tables in rounds]
            elif len(seat["planned"]) >= from_round:
                seat["planned"] = planned
            self.dirty.add(("Q", act.id, person))

    def plan_fits(self, rounds, from_round):
        act, people = self.act, len(rounds[0])
        if people > len(act.seated) or from_round + len(rounds) - 1 > act.spec["seats"]["rounds"]:
            return False
        for tables in rounds:
            taken = {}
            for table in tables:
                taken[table] = taken.get(table, 0) + 1
            if len(tables) != people or any(
                    table not in act.tables or count > act.tables[table]["capacity"]
                    for table, count in taken.items() if table):
                return False
        for i, (person, seat) in enumerate(list(act.seated.items())[:people]):
            tables = been(seat, from_round)
            for table in (tables_[i] for tables_ in rounds):
                if not table or act.tables[table]["host"] == person:
                    continue
                if table in tables:
                    return False
                tables.add(table)
        return True

    def on_table_visited(self):
        self.check_under_way()
        act, table = self.act, self.data["table"]
        if not act.seat_round:
            refuse("not-open")
        if table not in act.tables:
            refuse("unknown-table")
        seat = act.seated.get(self.event["person"])
        if seat:
            for visit in seat["visits"]:
                if visit["id"] == self.event["id"]:
                    raise Said("duplicate", ref=visit["index"])
            if table_in(seat, act.seat_round) == table:
                raise Said("ignored")
            if len(seat["visits"]) >= 200:
                refuse("too-many-items")
        self.sit()["visits"].append({"round": act.seat_round, "table": table, "index": self.index,
                                     "id": self.event["id"]})

    def on_table_hosted(self):
        self.check_under_way()
        act, person, id_ = self.act, self.event["person"], self.event["id"]
        hosted = act.seated[person]["hosted"] if person in act.seated else {}
        if id_ in hosted:
            raise Said("duplicate", ref=hosted[id_])
        if len(hosted) >= 200:
            refuse("too-many-items")
        table = act.tables.get(self.data["table"])
        if table is None:
            refuse("unknown-table")
        if not self.data["hosts"]:
            if not table["host"]:
                raise Said("ignored")
            if person and table["host"] != person:
                refuse("not-the-host")
            table["host"] = None
        else:
            if not person:
                refuse("not-permitted")
            if table["host"] == person:
                raise Said("ignored")
            if table["host"]:
                refuse("table-hosted")
            for number, other in act.tables.items():
                if other["host"] == person:
                    other["host"] = None
                    self.dirty.add(("N", act.id, number))
            table["host"] = person
        self.dirty.add(("N", act.id, self.data["table"]))
        if person:
            self.sit()["hosted"][id_] = self.index

    # --- notes ---
    def check_notes_open(self):
        phase, person = self.act.phase, self.event["person"]
        if phase in ("seated", "closing") or (not person and phase in ("closed", "revealed")):
            return
        if phase in ("collecting", "voting"):
            refuse("not-open")
        if person and phase in SHUT:
            self.come_late()
        raise Said("late")

    def table_of_note(self):
        table = self.named_or_own_table()
        act = self.act
        notes = [i for i in act.items.values() if i["table"] == table and
                 i["round"] == act.seat_round]
        if len(notes) >= act.spec["collect"]["each"]:
            refuse("too-many-items")
        return table

    def named_or_own_table(self):
        act, person, named = self.act, self.event["person"], self.data.get("table", 0)
        if named and named not in act.tables:
            refuse("unknown-table")
        if person and act.spec["collect"]["who"] == "table-hosts":
            own = next((n for n, t in act.tables.items() if t["host"] == person), 0)
            if not own or named not in (0, own):
                refuse("not-the-host")
            return own
        table = named
        if not named and person and person in act.seated:
            table = table_in(act.seated[person], act.seat_round)
        if table not in act.tables:
            refuse("unknown-table")
        return table
