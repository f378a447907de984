# python3 bayes_extreme.py    writes bayes_extreme.csv beside itself
#
# P(p1 > p2) for shapes up to a million, where double precision is not enough for a reference: 40 digits
# of mpmath, by Gil-Pelaez's inversion. The logit T of a Beta(a, b) variable has the characteristic
# function Gamma(a + iw) Gamma(b - iw) / (Gamma(a) Gamma(b)); P(T1 > T2) = 1/2 + (1/pi) times the integral
# over w > 0 of Im(phi1(w) phi2(-w))/w.
import os
from mpmath import mp, mpf, mpc, exp, pi, quad, loggamma, inf, sqrt
mp.dps = 40
os.chdir(os.path.dirname(os.path.abspath(__file__)))

def better(a1, b1, a2, b2):
    def phi(w, a, b):
        return exp(loggamma(mpc(a, w)) + loggamma(mpc(b, -w)) - loggamma(a) - loggamma(b))
    def f(w):
        return (phi(w, a1, b1) * phi(-w, a2, b2)).imag / w
    scale = 1 / sqrt(1 / a1 + 1 / b1 + 1 / a2 + 1 / b2)
    cuts = [scale * k for k in (0, 1, 2, 4, 6, 9, 13, 18, 25, 40)]
    return mpf(1) / 2 + quad(f, cuts) / pi

h = mpf(1) / 2
cases = {"none": (0, 10**6, 0, 10**6), "one": (1, 10**6, 0, 10**6), "few": (5, 10**6, 2, 10**6),
         "close": (50200, 10**6, 50000, 10**6), "half": (500300, 10**6, 500000, 10**6),
         "all": (10**6 - 3, 10**6, 10**6 - 1, 10**6), "pilot": (3, 5, 1, 4), "mixed": (2, 5, 400000, 10**6)}
with open("bayes_extreme.csv", "w") as out:
    out.write("case,x1,n1,x2,n2,better\n")
    for name, (x1, n1, x2, n2) in cases.items():
        p = better(x1 + h, n1 - x1 + h, x2 + h, n2 - x2 + h)
        out.write("%s,%d,%d,%d,%d,%s\n" % (name, x1, n1, x2, n2, mp.nstr(p, 18)))
