"""Golden vectors for the draws, from a second implementation written from the documentation.

    python3 draws.py > draws.json

Plain integers, no library: Philox4x32-10 (Salmon et al. 2011), Lemire's bounded integers, Fisher-Yates
from the last place down, Cox's controlled rounding.
"""
import json
from fractions import Fraction

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & MASK, (p >> 32) ^ c[3] ^ k[1], p & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


class Generator:
    def __init__(self, seed, stream=0):
        self.values = self.sequence(seed, stream)

    @staticmethod
    def sequence(seed, stream):
        block = 0
        while True:
            w = philox(
                [block & MASK, block >> 32, stream & MASK, stream >> 32], [seed & MASK, seed >> 32])
            yield w[0] | w[1] << 32
            yield w[2] | w[3] << 32
            block += 1

    def next(self):
        return next(self.values)

    def below(self, n):
        if n <= 1:
            return 0
        while True:
            product = self.next() * n
            if product % 2**64 >= 2**64 % n:
                return product >> 64

    def double(self):
        return (self.next() >> 11) / 2**53

    def permute(self, items):
        for place in range(len(items) - 1, 0, -1):
            other = self.below(place + 1)
            items[place], items[other] = items[other], items[place]


def seats(sizes, shares, g):
    """Cox's rounding in exact fractions: all rows in one table, unlike the program's open rows."""
    whole = sum(shares)
    table = [[Fraction(n * s, whole) % 1 for s in shares] for n in sizes]
    table.append([-sum(row[i] for row in table) % 1 for i in range(len(shares))])
    columns = range(len(shares))

    def search(path, rows, newest):
        here = path[-1][1]
        for r in range(newest):
            if r in rows or table[r][here].denominator == 1:
                continue
            rows.add(r)
            for c in columns:
                if c == here or table[r][c].denominator == 1:
                    continue
                longer = path + [(r, here), (r, c)]
                if table[newest][c].denominator != 1:
                    return longer + [(newest, c)]
                found = search(longer, rows, newest)
                if found:
                    return found
        return None

    for newest in range(len(table)):
        while True:
            cycle = None
            for c in columns:
                if cycle is None and table[newest][c].denominator != 1:
                    cycle = search([(newest, c)], set(), newest)
            if cycle is None:
                break
            sign = [1 if i % 2 == 0 else -1 for i in range(len(cycle))]
            entry = [table[r][c] for r, c in cycle]
            up = min(1 - e if s > 0 else e for e, s in zip(entry, sign))
            down = min(e if s > 0 else 1 - e for e, s in zip(entry, sign))
            step = up if g.below(int((up + down) * whole)) < down * whole else -down
            for (r, c), s in zip(cycle, sign):
                table[r][c] += s * step
    return [[n * s // whole + int(row[i]) for i, s in enumerate(shares)]
            for n, row in zip(sizes, table)]


def grouped(groups, shares, g):
    order = list(range(len(shares)))
    g.permute(order)
    counts = seats([len(group) for group in groups], [shares[a] for a in order], g)
    arms = [None] * sum(map(len, groups))
    for group, row in zip(groups, counts):
        dealt = [arm for arm, n in zip(order, row) for _ in range(n)]
        g.permute(dealt)
        for unit, arm in zip(group, dealt):
            arms[unit] = arm
    return arms


def by_key(keys):
    groups = {}
    for i, key in enumerate(keys):
        groups.setdefault(key, []).append(i)
    return list(groups.values())


def simple(n, shares, g):
    arms = []
    for _ in range(n):
        u, arm = g.below(sum(shares)), 0
        while u >= sum(shares[:arm + 1]):
            arm += 1
        arms.append(arm)
    return arms


def clustered(keys, shares, g, blocks=None):
    clusters = by_key(keys)
    if blocks is None:
        drawn = grouped([list(range(len(clusters)))], shares, g)
    else:
        drawn = grouped(by_key([blocks[c[0]] for c in clusters]), shares, g)
    arms = [None] * len(keys)
    for members, arm in zip(clusters, drawn):
        for unit in members:
            arms[unit] = arm
    return arms


SEED = 20210601
blocks = [["north", "south", "east", "west"][i * i % 11 % 4] for i in range(23)]
clusters = [f"c{i * i * i % 17 % 9}" for i in range(23)]
nested = ["ab"[int(c[1:]) % 2] for c in clusters]


def permuted_blocks(keys, shares, multiples, g):
    left, arms = {}, []
    for key in keys:
        if not left.get(key):
            k = multiples[g.below(len(multiples))]
            left[key] = [arm for arm, share in enumerate(shares) for _ in range(k * share)]
            g.permute(left[key])
        arms.append(left[key].pop())
    return arms


def stream(method, seed, index, *arguments):
    g = Generator(seed, index)
    return [method(g, *arguments) for _ in range(8)]


g = Generator(SEED, 3)
permuted = list(range(12))
g.permute(permuted)

print(json.dumps({
    "bits": [str(v) for v in stream(Generator.next, SEED, 0)],
    "bits_stream": [str(v) for v in stream(Generator.next, 2**64 - 1, 2**63 + 5)],
    "integers": stream(Generator.below, SEED, 1, 6),
    "large_integers": stream(Generator.below, SEED, 1, 2**62 + 1),
    "doubles": stream(Generator.double, SEED, 2),
    "permutation": permuted,
    "blocks": blocks, "clusters": clusters, "nested": nested,
    "simple_1_2_3": simple(23, [1, 2, 3], Generator(SEED)),
    "complete_1_1": grouped([list(range(23))], [1, 1], Generator(SEED)),
    "complete_3_2_2": grouped([list(range(23))], [3, 2, 2], Generator(SEED)),
    "blocked_1_1_1": grouped(by_key(blocks), [1, 1, 1], Generator(SEED)),
    "blocked_5_3_2_1": grouped(by_key(blocks), [5, 3, 2, 1], Generator(SEED)),
    "clustered_1_1": clustered(clusters, [1, 1], Generator(SEED)),
    "clustered_blocked_2_1": clustered(clusters, [2, 1], Generator(SEED), nested),
    "permuted_blocks_2_1": permuted_blocks(blocks, [2, 1], [1, 2, 3], Generator(SEED)),
}, indent=1))
