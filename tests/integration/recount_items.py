"""Items for recount.py: which there are, who wrote them, what became of them (schema/rules.md,
section 5)."""

import dataclasses


@dataclasses.dataclass
class Item:
    id: str
    number: int = 0
    author: str | None = None
    state: str = "shown"
    merged_into: str | None = None
    table: int = 0
    round: int = 0
    contributed: bool = False


class Items(dict):
    """By id, in log order."""

    def root(self, item):
        """What it counts for: the last that is shown of those into which it went."""
        root = item
        while item.merged_into:
            item = self[item.merged_into]
            if item.state == "shown":
                root = item
        return root

    def bring(self, sheet, carried):
        for each in sheet:
            self[each["id"]] = Item(each["id"], each.get("number", 0))
        for each in carried:
            if each.id not in self:
                number = each.table or each.number
                taken = any(one.number == number for one in self.values())
                self[each.id] = Item(each.id, 0 if taken else number)

    def moderate(self, data):
        item = self.get(data["item"])
        if item and item.state not in ("erased", "withdrawn"):
            item.state = "shown" if data["show"] else "hidden"

    def withdraw(self, data, person):
        item = self.get(data["item"])
        if item and item.author == person and item.state != "erased":
            item.state = "withdrawn"

    def merge(self, data):
        """Both sides must stand by themselves."""
        into, named = self.get(data["into"]), [self.get(item) for item in data["from"]]
        if into is None or into.merged_into or into.state != "shown" or None in named:
            return
        if any(item is into or item.merged_into not in (None, into.id) for item in named):
            return
        for item in named:
            item.merged_into = into.id

    def unmerge(self, data):
        for item in self.values():
            if item.merged_into == data["into"]:
                item.merged_into = None
