#!/usr/bin/env python3
"""Analyse rows of a CSV file beside the tools that analysts have: scan.py NUDGE FOLDER [ROWS [RUNS]]

The file (id, municipality, age band, arm of four, baseline, clicked, placed, days) is made once, seeded. Every tool answers what it can
of the same questions as a whole process, side by side, several times; medians, ratios to nudge and peak memory are printed as a
Markdown table. The floor is `wc -l` and `cat`.
"""
import os
import sys

from measure import median, timed

NUDGE, FOLDER = sys.argv[1], sys.argv[2]
ROWS = int(sys.argv[3]) if len(sys.argv) > 3 else 20_000_000
RUNS = int(sys.argv[4]) if len(sys.argv) > 4 else 3
DATA = f"{FOLDER}/rows-{ROWS}.csv"

TRIAL = f"""nudge: 1
trial: bench
title: bench
arms:
  - {{id: control, control: true}}
  - {{id: easy}}
  - {{id: social}}
  - {{id: timely}}
unit: row
assignment: {{method: complete, column: arm}}
outcomes:
  - {{id: clicked, role: primary, kind: binary}}
  - {{id: placed, role: secondary, kind: binary}}
  - {{id: days, role: secondary, kind: continuous, estimator: {{lin: {{covariates: [baseline]}}}}}}
data: {{file: {os.path.abspath(DATA)}}}
"""


def make_rows():
    """Polars writes it; who reads it is another question."""
    import numpy
    import polars

    generator = numpy.random.default_rng(20260701)
    step = min(ROWS, 2_000_000)
    with open(DATA + ".part", "wb") as file:
        for start in range(0, ROWS, step):
            n = min(step, ROWS - start)
            arm = generator.integers(0, 4, n)
            baseline = generator.normal(50, 10, n).round(2)
            polars.DataFrame({
                "id": numpy.arange(start, start + n),
                "municipality": generator.integers(10_000, 10_179, n),
                "age_band": numpy.array(["35-39", "40-44", "45-49"])[generator.integers(0, 3, n)],
                "arm": numpy.array(["control", "easy", "social", "timely"])[arm],
                "baseline": baseline,
                "clicked": (generator.random(n) < 0.05 + 0.002 * arm).astype("int8"),
                "placed": (generator.random(n) < 0.01 + 0.0005 * arm).astype("int8"),
                "days": (0.4 * baseline + generator.normal(60, 20, n) - 0.5 * arm).round(1),
            }).write_csv(file, include_header=start == 0)
    os.rename(DATA + ".part", DATA)


DUCKDB = f"""
import duckdb
duckdb.execute("SET threads TO 2")
print(duckdb.sql('''SELECT arm, count(*), sum(clicked), sum(placed), avg(days), var_samp(days), avg(baseline), var_samp(baseline),
covar_samp(days, baseline) FROM read_csv('{DATA}') GROUP BY arm''').fetchall())
"""
POLARS = f"""
import polars as pl
print(pl.scan_csv("{DATA}").group_by("arm").agg(pl.len(), pl.sum("clicked", "placed"), pl.mean("days", "baseline"),
pl.col("days", "baseline").var().name.suffix("_var"), pl.cov("days", "baseline").alias("cov")).collect())
"""
TEA_TASTING = f"""
import ibis
import tea_tasting as tt
table = ibis.duckdb.connect().read_csv("{DATA}")
print(tt.Experiment(clicked=tt.Mean("clicked"), placed=tt.Mean("placed"), days=tt.Mean("days", "baseline"), srm=tt.SampleRatio(),
).analyze(table.rename(variant="arm"), "control", all_variants=True))
"""


def cohorts(data):
    """Three outcomes, three arms against the control, 33 groups of municipalities and everyone: 306 effects."""
    groups = "".join(
        f"  - {{id: g{g}, where: {{municipality: {{from: {10_000 + 5 * g}, to: {10_004 + 5 * g}}}}}}}\n" for g in range(33))
    plain = "{id: days, role: secondary, kind: continuous}"
    adjusted = "{id: days, role: secondary, kind: continuous, estimator: {lin: {covariates: [baseline]}}}"
    return (TRIAL.replace(adjusted, plain).replace("unit: row", "cohorts:\n" + groups + "unit: row")
            .replace(os.path.abspath(DATA), os.path.abspath(data)))


def first_rows(count):
    """The beginning of the data as a file of its own."""
    path = f"{FOLDER}/first-{count}.csv"
    if not os.path.exists(path):
        with open(DATA, "rb") as source, open(path + ".part", "wb") as file:
            for _ in range(count + 1):
                file.write(source.readline())
        os.rename(path + ".part", path)
    return path


def trial(name, text):
    path = f"{FOLDER}/{name}.yml"
    with open(path, "w") as file:
        file.write(text)
    return path


def main():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(DATA):
        make_rows()
    python = sys.executable
    tools = {
        "`nudge analyze` (effects, intervals, tests, checks, SHA-256)":
            [NUDGE, "analyze", trial("bench", TRIAL), "--format", "json"],
        "DuckDB, bare `GROUP BY`, two threads": [python, "-c", DUCKDB],
        "polars, bare `group_by`": [python, "-c", POLARS],
        "tea-tasting on DuckDB (three metrics, all variants)": [python, "-c", TEA_TASTING],
        "`wc -l`": ["wc", "-l", DATA],
        "`cat`": ["cat", DATA],
    }
    found = {name: [] for name in tools}
    for _ in range(RUNS):
        for name, command in tools.items():
            found[name].append(timed(command))
    size = os.path.getsize(DATA) / 1e9
    print(f"## Reading rows (`benchmarks/scan.py`)\n\n{ROWS:,} rows × 8 columns, {size:.2f} GB, three outcomes, one with a covariate "
          f"(Lin, HC2, Bell–McCaffrey), four arms; whole processes, medians of {RUNS}, warm cache.\n")
    print("| tool | seconds | ratio to nudge | peak memory, mapped files apart (MB) |\n|---|---:|---:|---:|")
    own = median(run[0] for run in found[next(iter(tools))])
    for name, runs in found.items():
        seconds, memory = median(run[0] for run in runs), median(run[1] for run in runs)
        print(f"| {name} | {seconds:.2f} | {seconds / own:.2f} | {memory:,.0f} |")

    half, small = ROWS // 2, min(445, ROWS)
    alone = {
        f"306 effects: outcome × arm × cohort, {half:,} rows":
            [NUDGE, "analyze", trial("cohorts", cohorts(first_rows(half))), "--format", "json"],
        f"the same trial as above, {small} rows":
            [NUDGE, "analyze", trial("small", TRIAL.replace(os.path.abspath(DATA), os.path.abspath(first_rows(small)))),
             "--format", "json"],
        "`nudge --version`": [NUDGE, "--version"],
    }
    print("\n| nudge alone | seconds | peak memory (MB) |\n|---|---:|---:|")
    for name, command in alone.items():
        runs = [timed(command) for _ in range(max(RUNS, 11))]
        print(f"| {name} | {median(run[0] for run in runs):.3f} | {median(run[1] for run in runs):,.0f} |")


if __name__ == "__main__":
    main()
