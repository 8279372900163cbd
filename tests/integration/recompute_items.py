"""Contributions, moderation, merging, and items that are carried over (schema/rules.md, section 5).

Part of recompute.py; standard library only.
"""

from recompute_state import SHUT, Said, new_item, refuse
from recompute_totals import ranked


class Items:
    # --- contributions ---
    def may_contribute(self):
        role, person = self.event["actorrole"], self.event["person"]
        staff = not person and role in ("presenter", "producer")
        someone = person and role in ("attendee", "table-host", "presenter", "producer", "keyer")
        seats = "seats" in self.act.spec
        return {"everyone": someone or (staff and seats),
                "table-hosts": staff or (someone and (seats or role != "attendee")),
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
        if "seats" in act.spec:
            self.check_notes_open()
            return self.add_item(0, self.table_of_note())
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
        if self.data.get("table"):
            refuse("unknown-table")
        if act.contributed.get(person, 0) >= act.spec["collect"]["each"]:
            refuse("too-many-items")
        self.add_item(number, 0)

    def add_item(self, number, table):
        act, event, person = self.act, self.event, self.event["person"]
        waits = person and act.spec["collect"].get("moderation") == "approve-first"
        if person:
            act.contributed[person] = act.contributed.get(person, 0) + 1
            self.dirty.add(("C", act.id, person))
        self.dirty.add(("I", act.id, len(act.items)))
        act.items[event["id"]] = new_item(
            self.index, author=person, event=event["id"], text=self.data["text"], number=number,
            state="pending" if waits else "shown", table=table,
            round=act.seat_round if "seats" in act.spec else 0)
        if "seats" in act.spec and person:
            self.sit()
        self.items_changed(act)
        if "deal" in act.spec and person:
            self.here()

    # --- merging ---
    def check_merging(self):
        act = self.act
        if act.phase == "sealed":
            refuse("sealed")
        if act.kind not in (None, "dots", "upvote", "rank"):
            refuse("wrong-ballot")
        if act.phase == "waiting":
            refuse("not-open")

    def set_merged(self, names, into):
        act = self.act
        for name in names:
            act.items[name]["merged"] = into
            self.dirty.add(("I", act.id, list(act.items).index(name)))
        self.items_changed(act)

    def on_items_merged(self):
        self.check_merging()
        items, into, names = self.act.items, self.data["into"], self.data["from"]
        if into not in items:
            refuse("unknown-item")
        if items[into]["merged"]:
            refuse("item-merged")
        if not self.act.shows(into):
            refuse("item-hidden")
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

    # --- moderation ---
    def items_changed(self, act):
        if act.phase in SHUT:
            self.due.add(act.id)

    def changed(self, act, name):
        self.dirty.add(("I", act.id, list(act.items).index(name)))
        self.items_changed(act)

    def to_change(self):
        act, name = self.act, self.data["item"]
        if act.phase == "sealed":
            refuse("sealed")
        if name not in act.items:
            refuse("unknown-item")
        if act.items[name]["state"] == "erased":
            refuse("text-erased")
        return act, name, act.items[name]

    def on_item_reworded(self):
        act, name, item = self.to_change()
        if int(item["event"], 16):
            item["earlier"].append(item["event"])
        item["event"], item["text"] = self.event["id"], self.data["text"]
        self.changed(act, name)

    def on_item_moderated(self):
        act, name, item = self.to_change()
        if item["state"] == "withdrawn":
            refuse("not-your-item")
        state = "shown" if self.data["show"] else "hidden"
        if item["state"] == state:
            raise Said("ignored")
        item["state"] = state
        self.changed(act, name)

    def on_author_held(self):
        act = self.act
        if act.phase == "sealed":
            refuse("sealed")
        author = act.items.get(self.data["item"], {}).get("author")
        if not author:
            refuse("unknown-item")
        if (author in act.held) == self.data["held"]:
            raise Said("ignored")
        act.held ^= {author}
        self.dirty.add(("H", act.id, author))
        self.items_changed(act)

    def on_item_withdrawn(self):
        act, name = self.act, self.data["item"]
        if act.phase == "sealed":
            refuse("sealed")
        if name not in act.items:
            refuse("unknown-item")
        item = act.items[name]
        if item["author"] != self.event["person"]:
            refuse("not-your-item")
        if "deal" in act.spec and act.phase != "collecting":
            refuse("deck-frozen")
        if item["state"] in ("withdrawn", "erased"):
            raise Said("ignored")
        item["state"] = "withdrawn"
        self.changed(act, name)

    def on_item_erased(self):
        act, name = self.act, self.data["item"]
        own = [self.texts_of(one) for one in (act.items.get(name), act.former.get(name)) if one]
        texts, before = set().union(*own), 0
        if not texts:
            refuse("unknown-item")
        if all(one["erased"] if "texts" in one else one["state"] == "erased"
               for one in (act.items.get(name), act.former.get(name))
               if one and self.texts_of(one)):
            raise Said("ignored")
        everything = [(each, other, one) for each in self.activities.values()
                      for items in (each.items, each.former) for other, one in items.items()]
        while before != len(texts):
            before = len(texts)
            for _, _, one in everything:
                if self.texts_of(one) & texts:
                    texts |= self.texts_of(one)
        for each, other, one in everything:
            if not self.texts_of(one) & texts:
                continue
            if "texts" in one:
                one["erased"] = True
                self.dirty.add(("F", each.id, other))
            elif one["state"] != "erased":
                one["state"] = "erased"
                self.changed(each, other)

    @staticmethod
    def texts_of(item):
        """Of an item, or of what is kept of one of a former generation."""
        return set(item.get("texts") or {item["event"], *item["earlier"]} - {"00" * 16})

    def on_item_marked(self):
        act, name, item = self.to_change()
        if item["mark"] == self.data["mark"]:
            raise Said("ignored")
        if self.data["mark"] == "live":
            for other, one in act.items.items():
                if one["mark"] == "live":
                    one["mark"] = "answered"
                    self.changed(act, other)
        item["mark"] = self.data["mark"]
        self.changed(act, name)

    # --- carried over ---
    def check_carry(self):
        carry = self.act.spec.get("carry")
        if not carry:
            return
        source = self.activities.get(carry["from"])
        if source is None:
            refuse("unknown-activity")
        if not source.generation or source.phase == "waiting":
            refuse("not-ready")
        if source.kind and "seats" not in source.spec:
            live = source.spec.get("reveal") == "live"
            if source.phase not in ("revealed", "sealed") and not (source.phase == "closed" and live):
                refuse("not-ready")

    def carry_over(self):
        act, carry = self.act, self.act.spec["carry"]
        source, top = self.activities[carry["from"]], carry.get("top", 0)
        if source.kind and "seats" not in source.spec:
            names = [name for name, rank in ranked(source) if not top or 0 < rank <= top]
        else:
            roots, seats = source.stands_for(), "seats" in source.spec
            names = [name for name, item in source.items.items() if roots[name] == name and
                     source.shows(name) and bool(item["round"]) == seats]
        numbers = {item["number"] for item in act.items.values()}
        for name in names:
            if name in act.items:
                continue
            item = source.items[name]
            number = item["table"] if item["round"] else item["number"]
            act.items[name] = new_item(
                self.index, event=item["event"], text=item["text"],
                number=0 if number in numbers else number, **{"from": source.id, "origin": name})
            numbers.add(number)
            self.dirty.add(("I", act.id, len(act.items) - 1))
