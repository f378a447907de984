#!/usr/bin/env python3
"""Push sums down to Spark beside pyspark: spark.py NUDGE FOLDER [ROWS [RUNS]]

NUDGE is built with --traits Spark; the server's address is in NUDGE_TEST_SPARK (`.ci/with-spark` starts one). Run it with the
Python of an environment that has pyspark[connect]. Spark makes the table once, seeded, as parquet in FOLDER. Then, in turns:

- nudge analyze, the whole process: columns, sums, estimates, tests and report;
- the GROUP BY of the same by pyspark, counts, means and variances, from the query to its rows (its start and imports are not counted);
- the query that `nudge sql` prints for warehouses without an adapter, by pyspark: two readings.

Medians and ratios to the GROUP BY are printed as a Markdown table.
"""
import os
import shutil
import statistics
import subprocess
import sys
import time
import warnings

warnings.simplefilter("ignore")

NUDGE, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROWS = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000_000
RUNS = int(sys.argv[4]) if len(sys.argv) > 4 else 5
ADDRESS = os.environ["NUDGE_TEST_SPARK"]
TABLE = f"nudge_bench_{ROWS}"
DATA = f"{FOLDER}/spark-{ROWS}"

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
  - {{id: days, role: secondary, kind: continuous}}
data: {{file: "{ADDRESS}", table: {TABLE}}}
"""

ROWS_SQL = f"""
SELECT arm, int(rand(2) < 0.05 + 0.002 * place) AS clicked, int(rand(3) < 0.01 + 0.0005 * place) AS placed,
       round(80 + 20 * randn(4) - 0.5 * place, 1) AS days
FROM (SELECT place, element_at(array('control', 'easy', 'social', 'timely'), place + 1) AS arm
      FROM (SELECT int(floor(rand(1) * 4)) AS place FROM range(0, {ROWS}, 1, 16)))
"""

BY_HAND = f"""
SELECT arm, count(*) AS n, avg(clicked), var_samp(clicked), avg(placed), var_samp(placed), avg(days), var_samp(days)
FROM {TABLE} GROUP BY arm
"""


BASE = "`GROUP BY` by pyspark: counts, means, variances"


def connect():
    from pyspark.sql.connect.session import SparkSession

    token = os.environ.get("SPARK_CONNECT_TOKEN", "")
    # pyspark sends a token without TLS only where the machine is called localhost.
    address = ADDRESS.replace("//127.0.0.1:", "//localhost:")
    return SparkSession.builder.remote(address + (f"/;token={token}" if token else "")).getOrCreate()


def make_rows(spark):
    if not os.path.exists(f"{DATA}/_SUCCESS"):
        need, free = 16 * ROWS, shutil.disk_usage(FOLDER).free
        if free < 2 * need:
            sys.exit(f"{free >> 30} GiB free in {FOLDER}; {ROWS} rows want {need >> 30} and as much again")
        spark.sql(ROWS_SQL).write.mode("overwrite").parquet(DATA)
    spark.sql(f"CREATE TABLE IF NOT EXISTS {TABLE} USING parquet LOCATION '{DATA}'")


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    os.makedirs(f"{FOLDER}/spark-trial", exist_ok=True)
    trial = f"{FOLDER}/spark-trial/trial.yml"
    with open(trial, "w") as file:
        file.write(TRIAL)
    spark = connect()
    make_rows(spark)
    query = subprocess.run([NUDGE, "sql", trial, "--dialect", "spark"], check=True, capture_output=True, text=True).stdout
    contestants = {
        "`nudge analyze`, whole process": lambda: subprocess.run([NUDGE, "analyze", trial, "--format", "brief"], check=True, capture_output=True),
        BASE: lambda: spark.sql(BY_HAND).collect(),
        "the query of `nudge sql`, by pyspark": lambda: spark.sql(query).collect(),
    }
    seconds = {name: [] for name in contestants}
    for run in range(RUNS + 1):
        # The order turns, and the first round only warms the server up.
        names = list(contestants)[run % 3:] + list(contestants)[:run % 3]
        for name in names:
            taken = timed(contestants[name])
            if run:
                seconds[name].append(taken)
    base = statistics.median(seconds[BASE])
    print(f"\n{ROWS:,} rows, {os.cpu_count()} cores, {RUNS} runs in turns, Spark {spark.version}\n")
    print("| | median s | least | most | ratio |\n|---|---:|---:|---:|---:|")
    for name, values in seconds.items():
        middle = statistics.median(values)
        print(f"| {name} | {middle:.2f} | {min(values):.2f} | {max(values):.2f} | {middle / base:.2f} |")


main()
