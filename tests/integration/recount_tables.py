"""Tables for recount.py: who may write a note, who was sent where (schema/rules.md, section 7)."""

import base64


class Tables:
    def __init__(self, spec, items):
        self.seats = spec["seats"]
        self.round = 0
        self.roster = []   # people in the order in which they first appeared
        self.hosts = {}    # table -> person
        self.request = None
        self.moved = False  # somebody went elsewhere since the request
        self.planned = {}  # (person, round) -> table
        self.visits = {}   # (person, round) -> tables
        self.seen = set()  # ids of what has had its effect
        self.rounds = {}   # round -> (people seated, tables with people)
        self.wrong = []
        self._set_up(items)

    def _set_up(self, items):
        numbers = {item.number for item in items if item.number}
        free = (n for n in range(1, 10000) if n not in numbers)
        tables = self.seats.get("tables") or len(items)
        for item in items:
            if not item.number and len(numbers) < tables:
                numbers.add(next(free))
        while len(numbers) < tables:
            numbers.add(next(free))
        self.capacity = dict.fromkeys(numbers, self.seats["capacity"])

    def appear(self, person):
        if person and person not in self.roster:
            self.roster.append(person)

    def open_round(self, number, index):
        self.round = number
        if self.seats.get("planned", True) and self.roster:
            self.request, self.moved = index, False

    def set(self, tables, index):
        self.capacity = {table["number"]: table["capacity"] for table in tables}
        self.hosts = {table: host for table, host in self.hosts.items() if table in self.capacity}
        if self.round and self.seats.get("planned", True) and self.roster:
            self.request, self.moved = index, False

    def host(self, event):
        table, person = event["data"]["table"], event.get("person")
        if table not in self.capacity or event["id"] in self.seen:
            return
        if not event["data"]["hosts"]:
            if person in (None, self.hosts.get(table)) and self.hosts.pop(table, None):
                self.moved = True
                self.seen.add(event["id"])
        elif table not in self.hosts and person:
            self.hosts = {at: host for at, host in self.hosts.items() if host != person}
            self.hosts[table] = person
            self.moved = True
            self.seen.add(event["id"])
            self.appear(person)

    def at(self, person, number):
        visits = self.visits.get((person, number))
        return visits[-1] if visits else self.planned.get((person, number))

    def visit(self, event):
        table, person = event["data"]["table"], event["person"]
        if (not self.round or table not in self.capacity or event["id"] in self.seen
                or self.at(person, self.round) == table):
            return
        self.seen.add(event["id"])
        self.visits.setdefault((person, self.round), []).append(table)
        self.moved = True
        self.appear(person)

    def plan(self, data):
        if data["index"] != self.request:
            return  # said by another node, too
        self.request = None
        first = data["from_round"]
        rounds = [self._numbers(each) for each in data["rounds"]]
        been = {person: {self.at(person, number) for number in range(1, first)}
                | {table for (who, _), tables in self.visits.items() if who == person
                   for table in tables} for person in self.roster}
        planned = {key: table for key, table in self.planned.items() if key[1] < first}
        wrong = []
        for number, tables in enumerate(rounds, start=first):
            at = {}
            for person, table in zip(self.roster, tables):
                if not table:
                    continue
                if table in been[person] and self.hosts.get(table) != person:
                    wrong.append(f"table {table} twice, in round {number}")
                been[person].add(table)
                at[table] = at.get(table, 0) + 1
                planned[person, number] = table
            for table, people in at.items():
                if people > self.capacity.get(table, 0):
                    wrong.append(f"{people} people at table {table}, in round {number}")
        if wrong and self.moved:
            return  # overtaken by a visit, and refused: what was planned before holds
        self.planned = planned
        self.wrong += wrong

    @staticmethod
    def _numbers(text):
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return [int.from_bytes(raw[at:at + 2], "big") for at in range(0, len(raw), 2)]

    def end_round(self):
        if self.round:
            tables = [table for person in self.roster if (table := self.at(person, self.round))]
            self.rounds[self.round] = (len(tables), len(set(tables)))
