#!/usr/bin/env python3
"""How nudge's time and memory grow: scale.py NUDGE FOLDER

Reads the file that scan.py made, and its beginnings; prints a Markdown table for each of rows, outcomes, cohorts, cells of blocks
clusters and units that must be kept. Medians of three runs of the whole process; memory without the pages of the mapped file.
"""
import os
import sys

sys.argv = [sys.argv[0], sys.argv[1], sys.argv[2]]
import scan
from measure import median, timed

BINARY = "  - {{id: {0}, role: secondary, kind: binary}}\n"
PLAIN = "  - {id: days, role: secondary, kind: continuous}\n"
LIN = "  - {id: days, role: primary, kind: continuous, estimator: {lin: {covariates: [baseline]}}}\n"
CLICKED = "  - {id: clicked, role: primary, kind: binary}\n"


def trial(rows, outcomes=CLICKED, cohorts=0, method="{method: complete, column: arm}", more=""):
    groups = "".join(
        f"  - {{id: g{g}, where: {{municipality: {{from: {10_000 + g}, to: {10_000 + g}}}}}}}\n" for g in range(cohorts))
    return f"""nudge: 1
trial: scale
title: scale
arms: [{{id: control, control: true}}, {{id: easy}}, {{id: social}}, {{id: timely}}]
unit: row
{"cohorts:" if cohorts else ""}
{groups}assignment: {method}
outcomes:
{outcomes}{more}data: {{file: {os.path.abspath(scan.first_rows(rows))}}}
"""


def measure(title, cases):
    print(f"\n| {title} | seconds | own memory (MB) |\n|---|---:|---:|")
    for name, text in cases:
        command = [scan.NUDGE, "analyze", scan.trial("scale", text), "--format", "json"]
        runs = [timed(command) for _ in range(3)]
        seconds, memory = median(run[0] for run in runs), median(run[1] for run in runs)
        print(f"| {name} | {seconds:.3f} | {memory:,.0f} |", flush=True)


def main():
    if not os.path.exists(scan.DATA):
        scan.make_rows()
    million = 1_000_000
    sizes = [10_000, 100_000, million, 5 * million, 20 * million]
    measure("rows (one binary outcome)", [(f"{n:,}", trial(n)) for n in sizes])
    measure("rows (Lin, one covariate)", [(f"{n:,}", trial(n, LIN)) for n in sizes])
    measure("outcomes, 5,000,000 rows", [
        ("clicked", trial(5 * million)),
        ("and placed", trial(5 * million, CLICKED + BINARY.format("placed"))),
        ("and days", trial(5 * million, CLICKED + BINARY.format("placed") + PLAIN)),
    ])
    measure("cohorts, 5,000,000 rows", [(str(n), trial(5 * million, cohorts=n)) for n in [0, 10, 50, 170]])
    measure("blocks, 5,000,000 rows", [
        ("3 (age band)", trial(5 * million, method="{method: blocked, blocks: [age_band], column: arm}")),
        ("179 (municipality)", trial(5 * million, method="{method: blocked, blocks: [municipality], column: arm}")),
        ("537 (both)", trial(5 * million, method="{method: blocked, blocks: [municipality, age_band], column: arm}")),
    ])
    measure("clusters, and units that are kept, 1,000,000 rows", [
        ("clusters that arms share: 179", trial(million, method="{method: clustered, clusters: municipality, column: arm}")),
        ("one median", trial(million, "  - {id: days, role: primary, kind: quantile, quantile: 0.5}\n")),
    ])


if __name__ == "__main__":
    main()
