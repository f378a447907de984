"""Reference values for the unconditional exact test, by brute force and without the Swift code's ideas.

Every table is enumerated and ordered by its own statistic; the supremum over the nuisance parameter is
a dense grid of the middle rate with golden-section steps; limits are bisections. One-sided p-values at
no effect are checked against scipy.stats.barnard_exact. Writes exact_two_by_two.csv:
scale, x1, n1, x2, n2, p, lower, upper (level 0.95).

    python3 exact_two_by_two.py
"""
import csv
import functools
import math

import numpy as np
from scipy import optimize, stats

Q = stats.norm.isf(0.025)


def pooled_z(x1, n1, x2, n2):
    p = (x1 + x2) / (n1 + n2)
    if p in (0, 1):
        return 0.0
    return (x1 / n1 - x2 / n2) / math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2))


# A scale: estimate, the pair of rates for a value and a share s in (0, 1), search range of its
# coordinate, and the map from coordinate to value.
class Difference:
    name, low, high = "difference", -1.0, 1.0
    span = (-1 + 1e-12, 1 - 1e-12)

    @staticmethod
    def estimate(x1, n1, x2, n2):
        return x1 / n1 - x2 / n2

    @staticmethod
    def value(c):
        return c

    @staticmethod
    def pair(d, s):
        p2 = np.maximum(0, -d) + s * (1 - abs(d))
        return p2 + d, p2


class Ratio:
    name, low, high = "ratio", 0.0, math.inf
    span = (-30, 30)

    @staticmethod
    def estimate(x1, n1, x2, n2):
        if x2 == 0:
            return math.inf if x1 else math.nan
        return x1 * n2 / (x2 * n1)

    value = staticmethod(math.exp)

    @staticmethod
    def pair(r, s):
        p2 = s * min(1, 1 / r)
        return r * p2, p2


class Odds:
    name, low, high = "odds", 0.0, math.inf
    span = (-30, 30)

    @staticmethod
    def estimate(x1, n1, x2, n2):
        a, b = x1 * (n2 - x2), x2 * (n1 - x1)
        if b == 0:
            return math.inf if a else math.nan
        return a / b

    value = staticmethod(math.exp)

    @staticmethod
    def pair(w, s):
        o = s / (1 - s)
        a, b = o * math.sqrt(w), o / math.sqrt(w)
        return a / (1 + a), b / (1 + b)


def shares(scale, value):
    """A dense grid, even in arcsin of the square root, and in both rates' own angles for odds."""
    s = np.sin(np.linspace(0, math.pi / 2, 4001)) ** 2
    if scale is not Odds:
        return s
    s = s[1:-1]
    o = s / (1 - s)
    both = np.concatenate([o * math.sqrt(value), o / math.sqrt(value)])
    return np.sort(both / (1 + both))


def log_likelihood(x1, n1, x2, n2, p1, p2):
    def term(k, p):
        return 0 if k == 0 else k * np.log(np.maximum(p, 1e-300))
    return term(x1, p1) + term(n1 - x1, 1 - p1) + term(x2, p2) + term(n2 - x2, 1 - p2)


@functools.lru_cache(maxsize=None)
def score(scale, x1, n1, x2, n2, value):
    """The signed score statistic with the restricted rates found by a numerical maximisation."""
    estimate = scale.estimate(x1, n1, x2, n2)
    if math.isnan(estimate) or estimate == value:
        return 0.0
    grid = np.concatenate([[1e-13], shares(scale, value)[20:-20:20], [1 - 1e-13]])
    heights = log_likelihood(x1, n1, x2, n2, *scale.pair(value, grid))
    i = int(np.argmax(heights))
    a, b = grid[max(i - 1, 0)], grid[min(i + 1, len(grid) - 1)]

    def slope(s, h=1e-7):
        # d log L / d s by the chain rule, with the pair's derivative taken numerically where linear.
        p1, p2 = scale.pair(value, s)
        if scale is Odds:
            d1, d2 = p1 * (1 - p1), p2 * (1 - p2)
        elif scale is Ratio:
            d1, d2 = value, 1.0
        else:
            d1, d2 = 1.0, 1.0

        def t(k, p):
            return 0 if k == 0 else k / p
        return (t(x1, p1) - t(n1 - x1, 1 - p1)) * d1 + (t(x2, p2) - t(n2 - x2, 1 - p2)) * d2

    if slope(a) * slope(b) < 0:
        s = optimize.brentq(slope, a, b, xtol=1e-16, rtol=1e-15)
    else:
        s = a if slope(a) < 0 else b
        s = 0.0 if s < 1e-12 else (1.0 if s > 1 - 1e-12 else s)
        if scale is Odds:
            s = min(max(s, 1e-300), 1 - 1e-16)
    p1, p2 = scale.pair(value, s)

    def part(x, n, p):
        if x == 0:
            return n * p / (1 - p)
        if x == n:
            return n * (1 - p) / p
        return (x - n * p) ** 2 / (n * p * (1 - p))
    total = part(x1, n1, p1) + part(x2, n2, p2)
    return math.copysign(math.sqrt(total * (n1 + n2 - 1) / (n1 + n2)), estimate - value)


def lower_score_limit(scale, x1, n1, x2, n2):
    estimate = scale.estimate(x1, n1, x2, n2)
    a, b = scale.span
    top = estimate if scale is Difference else math.log(estimate) if estimate < math.inf else b
    return scale.value(optimize.bisect(
        lambda c: score(scale, x1, n1, x2, n2, scale.value(c)) - Q, a, min(top, b), xtol=1e-13))


def z_matrix(n1, n2):
    return np.array([[pooled_z(a, n1, b, n2) for b in range(n2 + 1)] for a in range(n1 + 1)])


@functools.lru_cache
def rejecting(n1, n2):
    """The tables that reject no effect towards higher values at one-sided 0.025, exactly."""
    z = z_matrix(n1, n2)
    best = np.zeros(z.shape, dtype=bool)
    for t in sorted({round(v, 10) for v in z.ravel() if v > 1e-9}, reverse=True):
        region = z >= t - 1e-9
        if supremum(Difference, region, n1, n2, 0.0) >= 0.025:
            break
        best = region
    return best


def upper_region(scale, x1, n1, x2, n2):
    """The 0/1 matrix of the tables at least as high as the observed one, and whether no effect is
    rejected: rejecting tables first, in the order of their score limits, then the others likewise."""
    reject = rejecting(n1, n2)
    estimate = scale.estimate(x1, n1, x2, n2)
    if math.isnan(estimate) or estimate <= scale.low:
        return None, False
    high = bool(reject[x1, x2])
    none = 0.0 if scale is Difference else 1.0
    limit = lower_score_limit(scale, x1, n1, x2, n2)
    if high and limit <= none:
        inside = z_matrix(n1, n2) >= pooled_z(x1, n1, x2, n2) - 1e-9
    else:
        if not high:
            limit = min(limit, none)
        inside = np.array([[score(scale, a, n1, b, n2, limit) >= Q * (1 - 1e-8)
                            for b in range(n2 + 1)] for a in range(n1 + 1)])
        if not high:
            inside |= reject
    assert inside[x1, x2]
    # Barnard's convexity: one more event in the arm, or one fewer in the control, stays inside.
    assert not np.any(inside[:-1] & ~inside[1:]) and not np.any(inside[:, 1:] & ~inside[:, :-1])
    return inside, high


def probability(region, n1, n2, p1, p2):
    a = stats.binom.pmf(np.arange(n1 + 1)[:, None], n1, np.atleast_1d(p1)[None])
    b = stats.binom.pmf(np.arange(n2 + 1)[:, None], n2, np.atleast_1d(p2)[None])
    return np.einsum("ik,ij,jk->k", a, region.astype(float), b)


def supremum(scale, region, n1, n2, value):
    grid = shares(scale, value)
    heights = probability(region, n1, n2, *scale.pair(value, grid))
    best = heights.max()
    for i in np.argsort(heights)[-3:]:
        a, b = grid[max(i - 1, 0)], grid[min(i + 1, len(grid) - 1)]
        found = optimize.minimize_scalar(
            lambda s: -probability(region, n1, n2, *scale.pair(value, s))[0], bounds=(a, b),
            method="bounded", options={"xatol": 1e-12})
        best = max(best, -found.fun)
    return best


def lower_limit(scale, x1, n1, x2, n2):
    region, high = upper_region(scale, x1, n1, x2, n2)
    if region is None:
        return scale.low
    estimate = scale.estimate(x1, n1, x2, n2)
    none = 0.0 if scale is Difference else 1.0
    a, b = scale.span
    top = estimate if scale is Difference else math.log(estimate) if estimate < math.inf else b
    top = min(top, b)
    if supremum(scale, region, n1, n2, scale.value(top)) < 0.025:
        return estimate
    limit = scale.value(optimize.bisect(
        lambda c: supremum(scale, region, n1, n2, scale.value(c)) - 0.025, a, top, xtol=1e-12))
    assert not high or limit > none
    return limit if high or estimate <= none else min(limit, none)


def row(scale, x1, n1, x2, n2):
    p = 1.0
    t = pooled_z(x1, n1, x2, n2)
    if abs(t) > 1e-12:
        table = (x1, n1, x2, n2) if t > 0 else (x2, n2, x1, n1)
        region = z_matrix(table[1], table[3]) >= abs(t) - 1e-9
        one_sided = supremum(Difference, region, table[1], table[3], 0.0)
        matrix = [[table[0], table[2]], [table[1] - table[0], table[3] - table[2]]]
        reference = stats.barnard_exact(matrix, alternative="greater", pooled=True, n=512).pvalue
        # scipy keeps the best point of a coarser search, so it may only lie a little below.
        assert -1e-9 <= one_sided - reference < 2e-4 * reference, (one_sided, reference)
        p = min(1, 2 * one_sided)
    lower = lower_limit(scale, x1, n1, x2, n2)
    mirrored = lower_limit(scale, x2, n2, x1, n1)
    if scale is Difference:
        upper = -mirrored
    else:
        upper = math.inf if mirrored == 0 else 1 / mirrored
    return [scale.name, x1, n1, x2, n2, repr(float(p)), repr(float(lower)), repr(float(upper))]


TABLES = [(3, 5, 1, 6), (0, 10, 0, 20), (10, 10, 0, 10), (0, 6, 4, 6), (8, 20, 1, 20), (5, 7, 5, 7),
          (2, 3, 10, 40), (6, 7, 2, 7), (5, 56, 0, 29), (3, 30, 0, 30), (12, 12, 9, 15), (1, 4, 19, 21)]

with open("exact_two_by_two.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["scale", "x1", "n1", "x2", "n2", "p", "lower", "upper"])
    for table in TABLES:
        for scale in (Difference, Ratio, Odds):
            if math.isnan(scale.estimate(*table)):
                continue
            out.writerow(row(scale, *table))
            file.flush()
