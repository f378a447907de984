# make demo   run the flagship trial and write its report
# make test   every test
# make test-adapters   the tests beside PostgreSQL, DuckDB and Spark, which it installs
# make programmes   the trials of the programmes, one line each
#
# Both need only the Swift toolchain on a Debian machine: what is missing is installed first.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo programmes test test-adapters build lint format references release bench bench-spark setup clean

# Warnings are errors in our own targets (Package.swift reads this).
export NUDGE_STRICT := 1
PACKAGES := libgsl-dev libsqlite3-dev libxlsxwriter-dev zlib1g-dev pkg-config libxml2
OUT ?= demo-report
PEERS := .build/bench/peers
ADAPTERS := .build/adapters
# Swift's own libraries inside the program: it starts in half the time, and runs where no Swift is.
STATIC := --static-swift-stdlib
RELEASED := .build/release/nudge

setup:
	@./.ci/install-packages $(PACKAGES)

release: setup
	swift build -c release --product nudge $(STATIC)

build: setup
	@./.ci/install-packages python3 python3-jsonschema glpk-utils libreoffice-calc-nogui xlsx2csv chromium fonts-noto-cjk \
		jupyter-nbconvert python3-ipykernel python3-pandas python3-matplotlib
	swift build --build-tests

demo: release
	@"$(RELEASED)" analyze experiments/hokkaido-jobcafe --out "$(OUT)" --force --format brief && \
	echo && echo "報告書 / report: $(OUT)/report.html"

# Every programme's trial, one line each; their reports are beside the demo's.
programmes: release
	@for trial in experiments/*/trial.yml; do \
	  grep -q 'simulated: true' "$$trial" || continue; \
	  name="$$(basename "$$(dirname "$$trial")")"; \
	  "$(RELEASED)" analyze "experiments/$$name" --out "$(OUT)/$$name" --force --lang ja --format markdown > "$(OUT).md" || exit 1; \
	  echo "$$name: $$(awk '/^## 結論$$/ { seen = 1; next } seen && NF { gsub(/\*/, ""); print; exit }' "$(OUT).md")"; \
	  grep -q '^rollout:' "$$trial" || continue; \
	  "$(RELEASED)" rollout "experiments/$$name" --out "$(OUT)/$$name/rollout" --force --lang ja > /dev/null || exit 1; \
	  echo "$$name: 市町村ごとの見込み / by municipality: $(OUT)/$$name/rollout/rollout.html"; \
	done; rm -f "$(OUT).md"; \
	echo "報告書 / reports: $(OUT)/*/report.html"

test: build lint
	swift test

# Beside real engines: PostgreSQL, DuckDB and sqlglot, Spark (Java 17). Nothing of it is needed for the rest, and what is built with these
# traits is built again without them.
test-adapters: setup
	@./.ci/install-packages libpq-dev postgresql postgresql-client openssl python3 python3-venv openjdk-17-jre-headless
	@test -e "$(ADAPTERS)/complete" || { /usr/bin/python3 -m venv "$(ADAPTERS)" && \
	  "$(ADAPTERS)/bin/pip" install --quiet duckdb sqlglot && touch "$(ADAPTERS)/complete"; }
	swift build --build-tests --traits Postgres,Spark
	NUDGE_TEST_PYTHON="$(CURDIR)/$(ADAPTERS)/bin/python" ./.ci/with-postgres \
	  swift test --skip-build --traits Postgres,Spark --filter AdapterTests
	./.ci/with-spark "$(ADAPTERS)/spark" swift test --skip-build --traits Postgres,Spark --filter SparkSourceTests

# Side by side with the peers in one run; shows the ratios and writes docs/benchmarks.md. The peers live in a folder of their own.
bench: release
	@./.ci/install-packages python3 python3-venv r-base-core r-cran-estimatr r-cran-survival
	@test -e "$(PEERS)/complete-2" || { /usr/bin/python3 -m venv "$(PEERS)" && \
	  "$(PEERS)/bin/pip" install --quiet duckdb polars tea-tasting "ibis-framework[duckdb]" scipy && \
	  touch "$(PEERS)/complete-2"; }
	@"$(PEERS)/bin/python" benchmarks/bench.py "$(RELEASED)" .build/bench docs/benchmarks.md

# A hundred million rows in Spark, by nudge and by pyspark; ROWS=10000000 for fewer.
bench-spark: setup
	@./.ci/install-packages python3 python3-venv openjdk-17-jre-headless
	swift build -c release --product nudge $(STATIC) --traits Spark --scratch-path .build/with-spark
	@test -e "$(ADAPTERS)/spark/connect" || { ./.ci/with-spark "$(ADAPTERS)/spark" true && \
	  "$(ADAPTERS)/spark/python/bin/pip" install --quiet "pyspark[connect]==4.3.*" && touch "$(ADAPTERS)/spark/connect"; }
	@./.ci/with-spark "$(ADAPTERS)/spark" "$(ADAPTERS)/spark/python/bin/python" benchmarks/spark.py \
	  .build/with-spark/release/nudge .build/bench $(ROWS)

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

format:
	swift format --in-place --recursive Sources Tests Package.swift

# Recompute with R what the end-to-end tests expect (needs r-base-core and r-cran-jsonlite).
references:
	@./.ci/install-packages r-base-core r-cran-jsonlite
	@for script in experiments/*/expected.R experiments/published/*/expected.R; do echo "$$script"; Rscript "$$script"; done

clean:
	rm -rf .build "$(OUT)"
