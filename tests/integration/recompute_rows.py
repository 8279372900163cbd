"""The state as rows (schema/rules.md, section 9).

Part of recompute.py; standard library only.
"""

from recompute_log import listed, lp, u8, u32, u64
from recompute_totals import compact

PHASES = ["waiting", "collecting", "voting", "swapping", "scoring", "closing", "closed", "revealed",
          "sealed"]
OUTCOMES = ["counted", "accepted", "superseded", "duplicate", "stale", "late", "ignored", "refused",
            "malformed", "confirmed", "disputed"]
REASONS = """none no-room room-exists wrong-room unknown-rules not-permitted revoked doors-locked
unknown-activity activity-exists wrong-series no-person not-open changed-meanwhile no-such-step
too-few-people nobody-left sealed no-deadline wrong-ballot unknown-option too-many-choices
too-few-choices duplicate-choice out-of-scale unknown-item over-budget over-cap item-merged merge-loop
nothing-merged too-many-items deck-frozen number-taken no-number not-your-card own-card already-scored
card-taken wrong-round no-card no-partner not-a-deck""".split()


class Rows:
    def write_rows(self):
        for name in self.dirty:
            key, value = self.row(*name)
            self.rows.put(key, value)
        self.dirty.clear()

    def row(self, kind, *names):
        if kind == "R":
            texts = listed([lp(k) + lp(v) for k, v in self.title.items()])
            value = (u32(self.rules) + texts + listed([lp(x) for x in self.languages]) +
                     u32(self.expected) + u8(self.locked) + u32(self.epoch) + lp(self.current))
            return b"R", value if self.created else b""
        if kind == "O":
            return b"O", listed([lp(x) for x in self.order]) if self.order else b""
        if kind == "K":
            return b"K" + bytes.fromhex(names[0]), u8(1)
        if kind == "J":
            return b"J" + bytes.fromhex(names[0]), u64(self.joined[names[0]])
        if kind == "E":
            index, said = self.staff[names[0]]
            value = u64(index) + u8(OUTCOMES.index(said.code)) + u8(REASONS.index(said.reason))
            return b"E" + bytes.fromhex(names[0]), value
        act = self.activities[names[0]]
        key = kind.encode() + lp(act.id)
        if kind in "BCLP":
            key += bytes.fromhex(names[1])
        elif kind == "I":
            key += u32(names[1])
        elif kind == "D":
            key += lp(names[1])
        return key, getattr(self, "row_" + kind)(act, *names[1:])

    def row_S(self, act):
        return compact(act.spec).encode()

    def row_A(self, act):
        at, armed = act.deadline
        return (u32(act.generation) + u8(PHASES.index(act.phase)) + u32(act.round) +
                u8(PHASES.index(act.closed_from)) + u64(act.opened) + u64(act.closed) +
                at.to_bytes(8, "big", signed=True) + u64(armed) + u32(act.looks) + u32(act.bell)
                if act.generation else b"")

    def row_I(self, act, position):
        if position >= len(act.items):
            return b""
        name, item = list(act.items.items())[position]
        author = u8(1) + bytes.fromhex(item["author"]) if item["author"] else u8(0)
        return (lp(name) + u64(item["index"]) + author + bytes.fromhex(item["event"]) +
                bytes.fromhex(item["text"]) + u32(item["number"]) + lp(item["merged"]))

    def row_B(self, act, person):
        if person not in act.ballots:
            return b""
        last = act.ballots[person]
        ballot, kind = last["ballot"], last["ballot"]["kind"]
        value = {"choice": lambda: u8(0) + listed([lp(o) for o in ballot["options"]]),
                 "scale": lambda: u8(1) + ballot["value"].to_bytes(4, "big", signed=True),
                 "dots": lambda: u8(2) + listed([lp(d["item"]) + u32(d["dots"])
                                                 for d in ballot["dots"]])}[kind]()
        return (u32(last["seq"]) + bytes.fromhex(last["id"]) + u64(last["index"]) +
                u8(last["keyed"]) + value)

    def row_C(self, act, person):
        return u32(act.contributed[person]) if person in act.contributed else b""

    def row_L(self, act, person):
        return u64(act.late[person]) if person in act.late else b""

    def row_P(self, act, person):
        if person not in act.people:
            return b""
        p = act.people[person]
        return (u64(p["first"]) + u8(p["present"]) + u64(p["here"]) +
                listed([bytes.fromhex(id) + u64(index) for id, index in p["heres"].items()]) +
                lp(p["hand"]) + lp(p["to_score"]) + u32(p["pass"][0]) + u32(p["pass"][1]) +
                bytes.fromhex(p["pass"][2]) + u64(p["pass"][3]))

    def row_D(self, act, card):
        scores = act.scores.get(card)
        return listed([bytes.fromhex(s["person"]) + u32(s["round"]) +
                       s["score"].to_bytes(4, "big", signed=True) + u32(s["seq"]) +
                       bytes.fromhex(s["id"]) + u64(s["index"])
                       for s in scores]) if scores else b""
