"""Optimal pairs by networkx and by brute force: python matching.py > matching.json (needs networkx, numpy).

Points are whole numbers, so that costs are the same everywhere; costs are squared distances."""
import itertools
import json

import networkx
import numpy


def brute(cost, left):
    if not left:
        return 0
    first, rest = left[0], left[1:]
    return min(cost[first][b] + brute(cost, [x for x in rest if x != b]) for b in rest)


def total(cost):
    graph = networkx.Graph()
    n = len(cost)
    for a, b in itertools.combinations(range(n), 2):
        graph.add_edge(a, b, weight=int(cost[a][b]))
    return int(sum(cost[a][b] for a, b in networkx.min_weight_matching(graph)))


generator = numpy.random.default_rng(20210601)
cases = []
for n, dimensions, largest in [
    (2, 1, 9), (4, 1, 9), (6, 2, 3), (8, 2, 5), (8, 3, 1), (10, 2, 4), (12, 1, 20), (14, 2, 100),
    (16, 3, 10), (20, 2, 6), (24, 4, 50), (30, 2, 1000), (40, 2, 12), (50, 3, 5), (60, 2, 10000),
]:
    points = generator.integers(0, largest + 1, size=(n, dimensions))
    cost = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    best = total(cost)
    if n <= 10:
        assert best == brute(cost.tolist(), list(range(n)))
    cases.append({"points": points.tolist(), "total": best})
# Costs that are no distances make more blossoms.
for n in [6, 8, 10, 12, 16, 20, 30, 40]:
    raw = generator.integers(0, 8, size=(n, n))
    cost = numpy.triu(raw, 1)
    cost = cost + cost.T
    best = total(cost)
    if n <= 10:
        assert best == brute(cost.tolist(), list(range(n)))
    cases.append({"costs": cost.tolist(), "total": best})
print(json.dumps(cases))
