#!/usr/bin/env python3
"""Every benchmark, one after the other, into one page: bench.py NUDGE FOLDER PAGE

Run it with the Python of the environment that has the peers. What the scripts print is shown as it comes, and is the page once all
have ended.
"""
import importlib.metadata
import os
import subprocess
import sys

NUDGE, FOLDER, PAGE = sys.argv[1:4]
PEERS = ["duckdb", "polars", "tea-tasting", "scipy", "numpy"]


def machine():
    with open("/proc/cpuinfo") as lines:
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
    with open("/proc/meminfo") as lines:
        memory = int(next(line for line in lines if line.startswith("MemTotal")).split()[1]) / 2**20
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB"


def versions():
    peers = [f"{name} {importlib.metadata.version(name)}" for name in PEERS]
    words = "cat(R.version.string, '; estimatr', format(packageVersion('estimatr')), '; survival', format(packageVersion('survival')))"
    return ", ".join(peers) + ", " + subprocess.run(["Rscript", "-e", words], check=True, capture_output=True, text=True).stdout


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    page = (f"# Benchmarks\n\n`make bench` writes this page: whole processes side by side in one run. Ratios are what counts; what bounds each "
            f"road, and what would lift it, stands in [scale.md](scale.md), Spark in [spark.md](spark.md).\n\nMachine: {machine()}. {versions()}.\n")
    for script in ["scan.py", "kernels.py", "assign.py"]:
        process = subprocess.Popen([sys.executable, "-u", f"{here}/{script}", NUDGE, FOLDER], stdout=subprocess.PIPE, text=True)
        section = ""
        for line in process.stdout:
            print(line, end="", flush=True)
            section += line
        print()
        if process.wait() != 0:
            sys.exit(f"{script} failed; {PAGE} is as it was")
        page += "\n" + section
    with open(PAGE + ".part", "w") as file:
        file.write(page)
    os.rename(PAGE + ".part", PAGE)


main()
