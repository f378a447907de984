# make demo   run the flagship trial and write its report
# make test   every test
# make test-adapters   the tests beside PostgreSQL and DuckDB, which it installs
# make programmes   the trials of the programmes, one line each
#
# Both need only the Swift toolchain on a Debian machine: what is missing is installed first.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo programmes test test-adapters build lint format references release bench setup clean

# Warnings are errors in our own targets (Package.swift reads this).
export NUDGE_STRICT := 1
PACKAGES := libgsl-dev libsqlite3-dev libxlsxwriter-dev zlib1g-dev pkg-config libxml2
OUT ?= demo-report
PEERS := .build/bench/peers
ADAPTERS := .build/adapters

setup:
	@./.ci/install-packages $(PACKAGES)

release: setup
	swift build -c release --product nudge

build: setup
	@./.ci/install-packages python3 python3-jsonschema glpk-utils libreoffice-calc-nogui xlsx2csv chromium fonts-noto-cjk \
		jupyter-nbconvert python3-ipykernel python3-pandas python3-matplotlib
	swift build --build-tests

demo: release
	@bin="$$(swift build -c release --show-bin-path)/nudge"; \
	"$$bin" analyze experiments/hokkaido-jobcafe --out "$(OUT)" --force --format brief && \
	echo && echo "報告書 / report: $(OUT)/report.html"

# Every programme's trial, one line each; their reports are beside the demo's.
programmes: release
	@bin="$$(swift build -c release --show-bin-path)/nudge"; \
	for trial in experiments/*/trial.yml; do \
	  grep -q 'simulated: true' "$$trial" || continue; \
	  name="$$(basename "$$(dirname "$$trial")")"; \
	  "$$bin" analyze "experiments/$$name" --out "$(OUT)/$$name" --force --lang ja --format markdown > "$(OUT).md" || exit 1; \
	  echo "$$name: $$(awk '/^## 結論$$/ { seen = 1; next } seen && NF { gsub(/\*/, ""); print; exit }' "$(OUT).md")"; \
	  grep -q '^rollout:' "$$trial" || continue; \
	  "$$bin" rollout "experiments/$$name" --out "$(OUT)/$$name/rollout" --force --lang ja > /dev/null || exit 1; \
	  echo "$$name: 市町村ごとの見込み / by municipality: $(OUT)/$$name/rollout/rollout.html"; \
	done; rm -f "$(OUT).md"; \
	echo "報告書 / reports: $(OUT)/*/report.html"

test: build lint
	swift test

# Beside a PostgreSQL server and with DuckDB and sqlglot from PyPI; nothing of it is needed for the rest.
test-adapters: setup
	@./.ci/install-packages libpq-dev postgresql postgresql-client openssl python3 python3-venv
	@test -e "$(ADAPTERS)/complete" || { /usr/bin/python3 -m venv "$(ADAPTERS)" && \
	  "$(ADAPTERS)/bin/pip" install --quiet duckdb sqlglot && touch "$(ADAPTERS)/complete"; }
	NUDGE_TEST_PYTHON="$(CURDIR)/$(ADAPTERS)/bin/python" ./.ci/with-postgres \
	  swift test --traits Postgres --filter AdapterTests

# Side by side with the peers in one run; prints ratios. The peers live in a folder of their own.
bench: release
	@./.ci/install-packages python3 python3-numpy python3-venv r-base-core r-cran-estimatr
	@test -e "$(PEERS)/complete-2" || { /usr/bin/python3 -m venv "$(PEERS)" && \
	  "$(PEERS)/bin/pip" install --quiet duckdb polars tea-tasting "ibis-framework[duckdb]" scipy && \
	  touch "$(PEERS)/complete-2"; }
	@bin="$$(swift build -c release --show-bin-path)/nudge"; \
	/usr/bin/python3 benchmarks/assign.py "$$bin" .build/bench && \
	"$(PEERS)/bin/python" benchmarks/scan.py "$$bin" .build/bench && \
	"$(PEERS)/bin/python" benchmarks/kernels.py "$$bin" .build/bench

# What needs a server: Spark (Java 17, pip). A scratch path of its own, because the trait brings gRPC.
.PHONY: test-adapters test-spark
test-adapters: test-spark
test-spark: setup
	@./.ci/install-packages openjdk-17-jre-headless python3-venv
	swift build --build-tests --traits Spark --scratch-path .build-adapters
	./.ci/with-spark .build-adapters/spark swift test --skip-build --traits Spark --scratch-path .build-adapters --filter SparkSourceTests

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
