#!/usr/bin/env python3
"""Re-draws, covariates, clusters and times beside scipy, estimatr and survival: kernels.py NUDGE FOLDER [RUNS]

Trials are made once, seeded: 10,000 people with a binary outcome (10,000 studentised re-draws), and a million rows with three covariates,
in clusters, or with a time to an event. Every tool answers as a whole process, side by side, several times. A kernel alone is what the
tool's own clock says: `timings.estimate` of result.json (every effect, check and table of the report after the file was read),
perf_counter around scipy.stats.permutation_test, system.time around R's function. Medians, ratios to nudge and peak memory are a Markdown
table. Who has not answered after LIMIT seconds is stopped, and not asked again: estimatr's CR2 takes the cube of a cluster's size.
"""
import json
import os
import sys

from measure import median, timed

NUDGE, FOLDER = sys.argv[1], os.path.abspath(sys.argv[2])
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
PEOPLE, ROWS, DRAWS = 10_000, 1_000_000, 10_000
CLUSTERS = (20_000, 1_000)
LIMIT = 180

TRIAL = """nudge: 1
trial: bench
title: bench
arms:
  - {{id: control, control: true}}
  - {{id: letter}}
unit: row
assignment: {{{assignment}}}
outcomes:
  - {{id: y, role: primary, {outcome}}}
{analysis}data: {{file: {data}}}
"""
COMPLETE = "method: complete, column: arm"
TRIALS = {
    "redraws": (COMPLETE, "kind: binary", f"analysis: {{inference: [randomization], draws: {DRAWS}}}\n"),
    "times": (COMPLETE, "kind: time_to_event, event: placed, horizon: 180", ""),
    "covariates": (COMPLETE, "kind: continuous, estimator: {lin: {covariates: [x1, x2, x3]}}", ""),
} | {f"clusters-{count}": ("method: clustered, column: arm, clusters: cluster", "kind: continuous", "") for count in CLUSTERS}


def path(name):
    return f"{FOLDER}/kernels-{name}"


def make_data():
    """Polars writes them."""
    import numpy
    import polars

    generator = numpy.random.default_rng(20260901)
    names = numpy.array(["control", "letter"])

    def write(name, columns):
        file = path(name) + ".csv"
        if not os.path.exists(file):
            polars.DataFrame(columns).write_csv(file + ".part")
            os.rename(file + ".part", file)

    arm = generator.permutation(numpy.repeat([0, 1], PEOPLE // 2))
    write("redraws", {"id": numpy.arange(PEOPLE), "arm": names[arm], "y": (generator.random(PEOPLE) < 0.10 + 0.01 * arm).astype("int8")})
    arm = generator.integers(0, 2, ROWS)
    x = generator.normal(0, 1, (ROWS, 3)).round(4)
    y = (x @ [0.5, 0.3, 0.2] + 0.005 * arm + generator.normal(0, 1, ROWS)).round(4)
    write("covariates", {"id": numpy.arange(ROWS), "arm": names[arm], "y": y, "x1": x[:, 0], "x2": x[:, 1], "x3": x[:, 2]})
    wait = numpy.ceil(generator.exponential(120, ROWS) / (1 + 0.1 * arm)).astype("int64")
    write("times", {"id": numpy.arange(ROWS), "arm": names[arm], "y": wait.clip(max=180), "placed": (wait <= 180).astype("int8")})
    for count in CLUSTERS:
        cluster = generator.integers(0, count, ROWS)
        arm = generator.permutation(numpy.repeat([0, 1], count // 2))[cluster]
        y = (generator.normal(0, 0.3, count)[cluster] + 0.01 * arm + generator.normal(0, 1, ROWS)).round(4)
        write(f"clusters-{count}", {"id": numpy.arange(ROWS), "cluster": cluster, "arm": names[arm], "y": y})
    for name, (assignment, outcome, analysis) in TRIALS.items():
        with open(path(name) + ".yml", "w") as file:
            file.write(TRIAL.format(assignment=assignment, outcome=outcome, analysis=analysis, data=path(name) + ".csv"))


SCIPY = f"""
import time
import numpy, polars
from scipy.stats import permutation_test
table = polars.read_csv("{path('redraws')}.csv")
one, two = (table.filter(polars.col("arm") == arm)["y"].to_numpy().astype(float) for arm in ("letter", "control"))
def difference(a, b, axis):
    return a.mean(axis=axis) - b.mean(axis=axis)
def studentised(a, b, axis):
    return difference(a, b, axis) / numpy.sqrt(a.var(axis=axis, ddof=1) / a.shape[axis] + b.var(axis=axis, ddof=1) / b.shape[axis])
start = time.perf_counter()
found = permutation_test((one, two), STATISTIC, vectorized=True, n_resamples={DRAWS}, batch=500,
                         rng=numpy.random.default_rng(1))
print("kernel", time.perf_counter() - start)
print("answer", found.pvalue)
"""


LINEAR = 'coef(fit)[["arm"]], fit$std.error[["arm"]], fit$df[["arm"]]'
# Both of nudge's estimators; the answer is the restricted mean's, as in nudge's first row.
TIMES = """{
  cox <- coxph(Surv(y, placed) ~ arm, table)
  summary(survfit(Surv(y, placed) ~ arm, table), rmean = 180)$table[, c("rmean", "se(rmean)")]
}"""


def r_code(name, model, package="estimatr", answer=LINEAR):
    return f"""
suppressMessages(library({package}))
table <- read.csv("{path(name)}.csv")
table$arm <- as.integer(table$arm == "letter")
cat("kernel", system.time(fit <- {model})[["elapsed"]], "\\n")
cat("answer", {answer}, "\\n")
"""


def nudge(name):
    return [NUDGE, "analyze", path(name) + ".yml", "--format", "json"]


def peers():
    python = sys.executable
    clustered = "lm_robust(y ~ arm, data = table, clusters = cluster, se_type = \"CR2\")"
    questions = {
        f"{DRAWS:,} re-draws, {PEOPLE:,} people, binary": {
            "nudge analyze (studentised, interval inverted)": nudge("redraws"),
            "scipy permutation_test (difference)": [python, "-c", SCIPY.replace("STATISTIC", "difference")],
            "scipy permutation_test (studentised)": [python, "-c", SCIPY.replace("STATISTIC", "studentised")],
        },
        f"Lin, 3 covariates, HC2 (nudge: Bell–McCaffrey), {ROWS:,} rows": {
            "nudge analyze": nudge("covariates"),
            "estimatr lm_lin": ["Rscript", "-e", r_code("covariates", "lm_lin(y ~ arm, covariates = ~ x1 + x2 + x3, data = table)")],
        },
    }
    questions[f"Restricted means and Cox, times in days, {ROWS:,} rows"] = {
        "nudge analyze (and curves)": nudge("times"),
        "survival survfit, coxph": ["Rscript", "-e", r_code("times", TIMES, "survival", "diff(fit[, 1]), sqrt(sum(fit[, 2]^2))")],
    }
    for count in CLUSTERS:
        questions[f"CR2, Satterthwaite, {count:,} clusters, {ROWS:,} rows"] = {
            "nudge analyze": nudge(f"clusters-{count}"),
            "estimatr lm_robust": ["Rscript", "-e", r_code(f"clusters-{count}", clustered)],
        }
    return questions


def answer(command):
    """Seconds and megabytes of the whole process, seconds of the kernel, and what it found; None after LIMIT seconds."""
    run = timed(command, LIMIT)
    if run is None:
        return None
    seconds, memory, output = run
    if command[0] == NUDGE:
        result = json.loads(output)
        kernel = result["timings"]["estimate"]
        rows = [row for row in result["results"] if row.get("estimate") is not None]
        # Where the peer draws again, so does the row that is compared.
        rows = [row for row in rows if row["estimator"] == "randomization"] or rows
        found = [row[key] for row in rows[:1] for key in ("estimate", "std_error", "df", "p_value") if row.get(key) is not None]
    else:
        words = dict(line.split(maxsplit=1) for line in output.splitlines() if line.startswith(("kernel", "answer")))
        kernel, found = float(words["kernel"]), map(float, words["answer"].split())
    return seconds, memory, kernel, " ".join(f"{value:.6g}" for value in found)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    make_data()
    print(f"## Re-draws, covariates, clusters, times (`benchmarks/kernels.py`)\n\nMedians of {RUNS}. The kernel is `timings.estimate` of "
          "result.json and each peer's own clock; where nudge adds rows up while it reads them, its kernel has next to nothing left to "
          "do, and whole processes are what compares. The answers are estimate, standard error, degrees of freedom and p, as far as "
          f"each tool gives them. After {LIMIT} s a tool is stopped.\n")
    print("| question | tool | kernel (s) | ratio | whole process (s) | ratio | peak memory (MB) | answer |")
    print("|---|---|---:|---:|---:|---:|---:|---|")
    for question, tools in peers().items():
        found = {name: [] for name in tools}
        for _ in range(RUNS):
            for name, command in tools.items():
                if None not in found[name]:
                    found[name].append(answer(command))
        medians = {name: [median(run[k] for run in runs) for k in range(3)] for name, runs in found.items() if None not in runs}
        own = medians[next(iter(tools))]
        for name in tools:
            if name not in medians:
                print(f"| {question} | {name} | | | > {LIMIT} | > {LIMIT / own[0]:.0f} | | |", flush=True)
                continue
            seconds, memory, kernel = medians[name]
            print(f"| {question} | {name} | {kernel:.3f} | {kernel / own[2]:.1f} | {seconds:.2f} | {seconds / own[0]:.1f} | "
                  f"{memory:,.0f} | {found[name][0][3]} |", flush=True)


main()
