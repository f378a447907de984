#!/usr/bin/env python3
"""Draw and write 1,000,000 people in 537 blocks, beside numpy doing the same: assign.py NUDGE FOLDER

numpy shuffles each block's seats (randomizr's method) and writes a CSV; nudge also checks the list for doubles,
keeps the draw in its ledger and hashes everything. Medians of three runs in one go; ratios, not promises.
"""
import csv
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import time

import numpy

PEOPLE, BLOCKS, RUNS = 1_000_000, 537, 3
nudge, folder = sys.argv[1], sys.argv[2]


def trial(method):
    return f"""nudge: 1
trial: bench
title: bench
arms:
  - {{id: control, control: true}}
  - {{id: social}}
unit: id
assignment: {method}
outcomes:
  - {{id: visited, role: primary, kind: binary, column: visited}}
"""


def frame(path):
    generator = numpy.random.default_rng(1)
    blocks = generator.integers(0, BLOCKS, PEOPLE)
    with open(path, "w") as file:
        file.write("id,area\n")
        file.writelines(f"P{i:07d},area{b}\n" for i, b in enumerate(blocks))


def by_nudge(method):
    shutil.rmtree(f"{folder}/t", ignore_errors=True)
    os.makedirs(f"{folder}/t")
    with open(f"{folder}/t/trial.yml", "w") as file:
        file.write(trial(method))
    subprocess.run([nudge, "lock", f"{folder}/t"], check=True, stdout=subprocess.DEVNULL)
    start = time.perf_counter()
    subprocess.run([nudge, "assign", f"{folder}/t", "--frame", f"{folder}/frame.csv"], check=True,
                   stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def read():
    with open(f"{folder}/frame.csv") as file:
        rows = list(csv.reader(file))[1:]
    return [r[0] for r in rows], numpy.array([r[1] for r in rows])


def write(ids, blocks, arms):
    with open(f"{folder}/numpy.csv", "w", newline="") as file:
        csv.writer(file).writerows(zip(ids, blocks, numpy.where(arms == 1, "social", "control")))


def by_numpy():
    start = time.perf_counter()
    ids, blocks = read()
    generator = numpy.random.default_rng(7)
    arms = numpy.empty(len(ids), dtype=numpy.int8)
    _, inverse = numpy.unique(blocks, return_inverse=True)
    order = numpy.argsort(inverse, kind="stable")
    for members in numpy.split(order, numpy.cumsum(numpy.bincount(inverse))[:-1]):
        seats = numpy.arange(len(members)) % 2
        arms[members] = generator.permutation(seats)
    write(ids, blocks, arms)
    return time.perf_counter() - start


def by_hashlib():
    start = time.perf_counter()
    ids, blocks = read()
    salt = b"nudge-hash-1bench"
    arms = numpy.array([hashlib.sha256(salt + i.encode()).digest()[0] & 1 for i in ids])
    write(ids, blocks, arms)
    return time.perf_counter() - start


os.makedirs(folder, exist_ok=True)
frame(f"{folder}/frame.csv")
print(f"## Drawing (`benchmarks/assign.py`)\n\n{PEOPLE:,} people, {BLOCKS} blocks, medians of {RUNS}: numpy shuffles each block's seats and "
      "writes a CSV; nudge also looks for doubles, keeps the draw in its ledger and hashes everything.\n")
print("| draw | nudge (s) | peer | peer (s) | ratio |\n|---|---:|---|---:|---:|")
for name, method, peer, rival in [
    ("blocked draw", "{method: blocked, blocks: [area]}", by_numpy, "numpy"),
    ("hashed arms", "{method: hashed}", by_hashlib, "hashlib"),
]:
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(by_nudge(method))
        theirs.append(peer())
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"| {name} | {a:.1f} | {rival} | {b:.1f} | {b / a:.2f} |")
