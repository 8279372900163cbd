"""The state as rows (schema/rules.md, section 10).

Part of recompute.py; standard library only.
"""

from recompute_log import listed, lp, u8, u32, u64
from recompute_totals import compact

PHASES = ["waiting", "collecting", "voting", "swapping", "scoring", "seated", "closing", "closed",
          "revealed", "sealed"]
OUTCOMES = ["counted", "accepted", "superseded", "duplicate", "stale", "late", "ignored", "refused",
            "malformed", "confirmed", "disputed"]
REASONS = """none no-room room-exists wrong-room unknown-rules not-permitted revoked doors-locked
unknown-activity activity-exists wrong-series no-person not-open changed-meanwhile no-such-step
too-few-people nobody-left sealed no-deadline wrong-ballot unknown-option too-many-choices
too-few-choices duplicate-choice out-of-scale unknown-item over-budget over-cap item-merged merge-loop
nothing-merged too-many-items deck-frozen number-taken no-number not-your-card own-card already-scored
card-taken wrong-round no-card no-partner not-a-deck not-ready already-opened item-hidden
not-your-item text-erased no-seats unknown-table table-hosted not-the-host bad-plan
unknown-version code-needed moved""".split()
ROLES = ["attendee", "table-host", "display", "presenter", "moderator", "keyer", "producer",
         "auditor", "node"]
STATES = ["shown", "pending", "hidden", "withdrawn", "erased"]
MARKS = ["none", "live", "answered"]
REDACTIONS = ["none", "personal", "hurtful", "confidential", "asked", "other"]


def of_id(text):
    return bytes.fromhex(text)


def maybe(person):
    return u8(1) + of_id(person) if person else u8(0)


def texts(by_language):
    return listed([lp(k) + lp(v) for k, v in by_language.items()])


class Rows:
    def write_rows(self):
        for name in self.dirty:
            key, value = self.row(*name)
            self.rows.put(key, value)
        self.dirty.clear()

    def row(self, kind, *names):
        if kind == "R":
            who = self.privacy
            value = (u32(self.rules) + texts(self.title) + listed([lp(x) for x in self.languages]) +
                     u32(self.expected) + u8(self.locked) + u32(self.epoch) + lp(self.current) +
                     listed([lp(g["id"]) + texts(g["title"]) for g in self.groups]) +
                     lp(who.get("controller", "")) + lp(who.get("contact", "")) +
                     u32(who.get("retention_days", 0)) + u8(self.blank) + of_id(self.control) +
                     u8(ROLES.index(self.control_role)) + u8(self.by_codes))
            return b"R", value if self.created else b""
        if kind == "O":
            return b"O", listed([lp(x) for x in self.order]) if self.order else b""
        if kind == "K":
            return b"K" + bytes.fromhex(names[0]), u8(1)
        if kind == "J":
            return b"J" + bytes.fromhex(names[0]), u64(self.joined[names[0]])
        if kind == "Y":
            link = self.links[names[0]]
            return b"Y" + of_id(names[0]), (u64(link["index"]) + u8(ROLES.index(link["role"])) +
                                            of_id(link["id"]) + of_id(link["text"]))
        if kind == "Z":
            return b"Z" + of_id(names[0]), listed([of_id(x) for x in self.devices[names[0]]])
        if kind == "E":
            index, said = self.staff[names[0]]
            value = u64(index) + u8(OUTCOMES.index(said.code)) + u8(REASONS.index(said.reason))
            return b"E" + bytes.fromhex(names[0]), value
        if kind == "G":
            told = self.told[names]
            value = (u64(told["index"]) + of_id(told["id"]) + of_id(told["text"]) +
                     listed([of_id(x) for x in told["earlier"]]))
            return b"G" + lp(names[0]) + of_id(names[1]), value
        if kind == "W":
            word = self.words[names[0]]
            value = (u64(word["index"]) + of_id(names[0]) + of_id(word["text"]) +
                     of_id(word["person"]) + u8(word["heard"]))
            return b"W" + of_id(names[0]), value
        if kind == "X":
            index, reason = self.redacted[names]
            value = u64(index) + u8(REDACTIONS.index(reason)) if reason != "none" else b""
            return b"X" + lp(names[0]) + lp(names[1]), value
        if kind == "V":
            return b"V" + u32(names[0]), self.row_V(self.versions[names[0] - 1])
        act = self.activities[names[0]]
        key = kind.encode() + lp(act.id)
        if kind in "BCHLPQ":
            key += of_id(names[1])
        elif kind in "IN":
            key += u32(names[1])
        elif kind in "DF":
            key += lp(names[1])
        elif kind == "U":
            key += lp(names[1]) + of_id(names[2])
        return key, getattr(self, "row_" + kind)(act, *names[1:])

    def row_V(self, version):
        documents = [lp(d["language"]) + of_id(d["digest"]) + listed([of_id(x) for x in d["pieces"]])
                     for d in version["documents"]]
        return (u64(version["index"]) + of_id(version["id"]) + u64(version["entries"]) +
                listed(documents) + maybe(version.get("figures")) + u64(version["published"]))

    def row_F(self, act, name):
        former = act.former[name]
        return listed([of_id(x) for x in former["texts"]]) + u8(former["erased"])

    def row_S(self, act):
        return compact(act.spec).encode()

    def row_A(self, act):
        at, armed = act.deadline
        return (u32(act.generation) + u8(PHASES.index(act.phase)) + u32(act.round) +
                u8(PHASES.index(act.closed_from)) + u64(act.opened) + u64(act.closed) +
                at.to_bytes(8, "big", signed=True) + u64(armed) + u32(act.looks) + u32(act.bell) +
                u8(act.skipped) + u32(act.seat_round) + u64(act.asked[0]) + u32(act.asked[1])
                if act.generation or act.skipped else b"")

    def row_t(self, act):
        return u32(act.told) if act.told else b""

    def row_I(self, act, position):
        if position >= len(act.items):
            return b""
        name, item = list(act.items.items())[position]
        return (lp(name) + u64(item["index"]) + maybe(item["author"]) + of_id(item["event"]) +
                of_id(item["text"]) + u32(item["number"]) + lp(item["merged"]) +
                u8(STATES.index(item["state"])) + u8(MARKS.index(item["mark"])) +
                u32(item["table"]) + u32(item["round"]) + lp(item["from"]) + lp(item["origin"]) +
                listed([of_id(x) for x in item["earlier"]]))

    def row_B(self, act, person):
        if person not in act.ballots:
            return b""
        last = act.ballots[person]
        ballot, kind = last["ballot"], last["ballot"]["kind"]
        value = {"choice": lambda: u8(0) + listed([lp(o) for o in ballot["options"]]),
                 "scale": lambda: u8(1) + ballot["value"].to_bytes(4, "big", signed=True),
                 "dots": lambda: u8(2) + listed([lp(d["item"]) + u32(d["dots"])
                                                 for d in ballot["dots"]]),
                 "rank": lambda: u8(3) + listed([lp(i) for i in ballot["items"]]),
                 "ratings": lambda: u8(4) + listed([lp(r["item"]) +
                                                    r["value"].to_bytes(4, "big", signed=True)
                                                    for r in ballot["ratings"]])}[kind]()
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

    def row_U(self, act, item, person):
        vote = act.upvotes.get((item, person))
        return (u32(vote["seq"]) + of_id(vote["id"]) + u64(vote["index"]) + u8(vote["up"]) +
                u8(vote["keyed"])) if vote else b""

    def row_H(self, act, person):
        return u8(1) if person in act.held else b""

    def row_N(self, act, number):
        table = act.tables.get(number)
        return (u32(number) + u32(table["capacity"]) + lp(table["topic"]) +
                maybe(table["host"])) if table else b""

    def row_Q(self, act, person):
        seat = act.seated.get(person)
        if not seat:
            return b""
        return (u64(seat["first"]) + listed([n.to_bytes(2, "big") for n in seat["planned"]]) +
                listed([u32(v["round"]) + u32(v["table"]) + u64(v["index"]) + of_id(v["id"])
                        for v in seat["visits"]]) +
                listed([of_id(id_) + u64(index) for id_, index in seat["hosted"].items()]))
