"""Golden draws for units that arrive one by one, and P(best arm): python arrivals.py > arrivals.json (needs numpy).

The generator is draws.py's, a second implementation written from the documentation."""
import contextlib
import io
import json
from math import comb

import numpy

with contextlib.redirect_stdout(io.StringIO()):
    from draws import SEED, Generator

factors = [["mf"[i * i % 3 % 2], ["30s", "40s", "50s"][i * i * i % 7 % 3]] for i in range(60)]


def minimized(factors, shares, coin, g):
    counts, arms = [{} for _ in factors[0]], []
    for levels in factors:
        imbalance = []
        for arm in range(len(shares)):
            total = 0
            for place, level in enumerate(levels):
                n = list(counts[place].get(level, [0] * len(shares)))
                n[arm] += 1
                loads = [a / s for a, s in zip(n, shares)]
                total += max(loads) - min(loads)
            imbalance.append(total)
        best = [abs(i - min(imbalance)) < 1e-9 for i in imbalance]
        good = sum(s for s, b in zip(shares, best) if b)
        bad = sum(shares) - good
        p = [s / sum(shares) if bad == 0 else coin * s / good if b else (1 - coin) * s / bad
             for s, b in zip(shares, best)]
        u, arm = g.double(), 0
        while u >= p[arm]:
            u -= p[arm]
            arm += 1
        for place, level in enumerate(levels):
            counts[place].setdefault(level, [0] * len(shares))[arm] += 1
        arms.append(arm)
    return arms


def biased_coin(strata, coin, g):
    lead, arms = {}, []
    for s in strata:
        d = lead.get(s, 0)
        p = coin if d > 0 else 1 - coin if d < 0 else 0.5
        arm = 0 if g.double() < p else 1
        lead[s] = d + (1 if arm else -1)
        arms.append(arm)
    return arms


def second_better(a1, b1, a2, b2):
    """P(B2 > B1) for whole numbers, a sum of beta functions (Evan Miller's form, exact)."""
    from fractions import Fraction
    def beta(a, b):
        return Fraction(1, a * comb(a + b - 1, a))
    return float(sum(beta(a1 + i, b1 + b2) / ((b2 + i) * beta(1 + i, b2) * beta(a1, b1)) for i in range(a2)))


def best_of(posteriors):
    x, w = numpy.polynomial.legendre.leggauss(400)
    x, w = (x + 1) / 2, w / 2
    grid = numpy.linspace(0, 1, 200001)
    from numpy import log, exp
    cdfs, pdfs = [], []
    for a, b in posteriors:
        with numpy.errstate(divide="ignore", invalid="ignore"):
            f = exp((a - 1) * log(grid) + (b - 1) * log(1 - grid))
        f[~numpy.isfinite(f)] = 0
        c = numpy.concatenate([[0], numpy.cumsum((f[1:] + f[:-1]) / 2)])
        pdfs.append(f / c[-1])
        cdfs.append(c / c[-1])
    out = []
    for k in range(len(posteriors)):
        f = pdfs[k].copy()
        for j in range(len(posteriors)):
            if j != k:
                f = f * cdfs[j]
        out.append(float(((f[1:] + f[:-1]) / 2).sum()))
    return out


two = [((12, 88), (20, 80)), ((3, 497), (6, 494)), ((0, 0), (0, 0)), ((50, 50), (50, 50)), ((0, 20), (9, 11))]
three = [[(10, 90), (15, 85), (14, 86)], [(100, 900), (120, 880), (90, 910)]]
print(json.dumps({
    "factors": factors,
    "minimized_1_1": minimized(factors, [1, 1], 0.8, Generator(SEED)),
    "minimized_2_1_1": minimized(factors, [2, 1, 1], 0.9, Generator(SEED)),
    "biased_coin": biased_coin([f[0] for f in factors], 2 / 3, Generator(SEED)),
    "second_better": [{"first": a, "second": b, "p": second_better(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1)} for a, b in two],
    "best": [{"counts": c, "p": best_of([(s + 1, f + 1) for s, f in c])} for c in three],
}))
