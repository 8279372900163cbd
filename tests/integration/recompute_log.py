"""The plain parts of the rules (schema/rules.md): tree, draws, deals, sums of rows, decimals.

Part of recompute.py; standard library only.
"""

import hashlib


def sha(*parts):
    h = hashlib.sha256()
    for part in parts:
        h.update(part)
    return h.digest()


def u8(n):
    return n.to_bytes(1, "big")


def u32(n):
    return n.to_bytes(4, "big")


def u64(n):
    return n.to_bytes(8, "big")


def lp(x):
    if isinstance(x, str):
        x = x.encode()
    return u32(len(x)) + x


def listed(encoded):
    return u32(len(encoded)) + b"".join(encoded)


class Tree:
    """RFC 6962, as a stack of (height, hash): equal heights are joined."""

    def __init__(self):
        self.stack = []
        self.size = 0

    def append(self, entry):
        height, node = 0, sha(b"\0", entry)
        while self.stack and self.stack[-1][0] == height:
            node = sha(b"\1", self.stack.pop()[1], node)
            height += 1
        self.stack.append((height, node))
        self.size += 1

    def root(self):
        if not self.stack:
            return sha()
        node = self.stack[-1][1]
        for _, left in reversed(self.stack[:-1]):
            node = sha(b"\1", left, node)
        return node


class Draw:
    def __init__(self, root, activity, purpose, n):
        self.seed = sha(b"plenum/draw/v1\0", root, lp(activity), lp(purpose), u32(n))
        self.numbers = self._numbers()

    def _numbers(self):
        block = 0
        while True:
            h = sha(self.seed, u64(block))
            for at in range(0, 32, 8):
                yield int.from_bytes(h[at:at + 8], "big")
            block += 1

    def below(self, n):
        most = 2**64 - 2**64 % n
        while True:
            x = next(self.numbers)
            if x < most:
                return x % n

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]


def deal(draw, cards, scores, people, newcomers, barred):
    """{card: person}. cards and people in log order; scores(card); barred(person, card)."""
    cards, people = list(cards), list(people)
    draw.shuffle(cards)
    cards.sort(key=scores)
    draw.shuffle(people)
    people.sort(key=lambda person: person in newcomers)
    holder, hand = {}, {}

    def place(card, among, visited):
        for person in among:
            if person not in hand and not barred(person, card):
                hand[person], holder[card] = card, person
                return True
        for person in among:
            if person not in hand or person in visited or barred(person, card):
                continue
            visited.add(person)
            if place(hand[person], among, visited):
                hand[person], holder[card] = card, person
                return True
        return False

    first = [person for person in people if person not in newcomers]
    for among in (first, people):
        for card in cards:
            if card not in holder and len(hand) < len(among):
                place(card, among, set())
    return holder


class RowSum:
    """The state as rows, and the sum of their hashes."""

    def __init__(self):
        self.rows = {}
        self.sum = 0

    @staticmethod
    def _hash(key, value):
        return int.from_bytes(sha(b"\x10", lp(key), lp(value)), "big")

    def put(self, key, value):
        """An empty value: the row is absent."""
        old = self.rows.pop(key, b"")
        if old:
            self.sum -= self._hash(key, old)
        if value:
            self.rows[key] = value
            self.sum += self._hash(key, value)

    def digest(self, rules, entries):
        total = (self.sum % 2**256).to_bytes(32, "big")
        return sha(b"plenum/state/v1\0", u32(rules), u64(entries), total)


def decimal(numerator, denominator, digits):
    """Half up, away from zero, with exactly that many digits."""
    scaled = abs(numerator) * 10**digits
    rounded = (2 * scaled + denominator) // (2 * denominator)
    whole, part = divmod(rounded, 10**digits)
    sign = "-" if numerator < 0 and rounded else ""
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def ranks(keys):
    """Competition ranks of keys that are sorted already."""
    result = []
    for i, key in enumerate(keys):
        result.append(result[-1] if i and keys[i - 1] == key else i + 1)
    return result
