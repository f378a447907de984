"""Noncentral t tails to 30 digits by adaptive quadrature.

    python3 noncentral_t.py > noncentral_t.csv

P(T <= t) is the integral over s of Phi(t s - delta) times the density of s = sqrt(chi2/df).
"""
from mpmath import mp, mpf, quad, exp, log, loggamma, ncdf, sqrt

mp.dps = 30
print("df,ncp,t,lower,upper")
CASES = [(1, 0.5, 2), (2, 3, 40), (3, -1, 0), (3, 1, -1.5), (5, 2.5, 2), (10, 0, 2.2281388519649385),
         (10, 5, 3), (17.776474, 1.8, 1.86), (18, -4, -4.1), (30, 8, 4), (30, 2, 9), (200, 40, 41),
         (307.132, 2.67, 1.1), (4500, 1, 3.2), (64000, 5.3, 5.1), (1000000, -0.7, 1.3)]
for df, ncp, t in CASES:
    v, d, x = mpf(df), mpf(ncp), mpf(t)

    def density(s):
        return exp(log(2) + v / 2 * log(v / 2) - loggamma(v / 2) + (v - 1) * log(s) - v * s * s / 2)

    w = 1 / sqrt(2 * v)
    points = [max(mpf(0), 1 + k * w) for k in (-14, -8, -5, -3, -1, 0, 1, 3, 5, 8, 14)]
    points = sorted(set(points + [mpf(0)] if df < 100 else points))
    if x * d > 0 and points[0] < d / x < points[-1]:
        points = sorted(set(points + [d / x]))
    lower = quad(lambda s: ncdf(x * s - d) * density(s), points)
    upper = quad(lambda s: ncdf(d - x * s) * density(s), points)
    assert abs(lower + upper - 1) < mpf(10) ** -18, (df, ncp, t, lower + upper)
    print(",".join([repr(df), repr(ncp), repr(t), mp.nstr(lower, 17), mp.nstr(upper, 17)]))
