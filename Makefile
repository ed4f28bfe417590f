# `make run` starts the dashboard, `make test` tests all of it. Both prepare what they need, once, in this folder.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8050
export HOST PORT

# The first Python on the PATH that is new enough; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
NPM_QUIET := --ignore-scripts --no-audit --no-fund --loglevel=error
ASSETS := $(shell find layouts/assets -type f -not -path '*/vendor/*' 2>/dev/null)
LAYOUTS := $(shell find layouts -name '*.py' 2>/dev/null) $(wildcard layouts/assets/*.js)

# Stamps: a step runs again only when what it read has changed.
RUNTIME := $(VENV)/.stamp-runtime
DEVELOPMENT := $(VENV)/.stamp-development
NODE := node_modules/.package-lock.json
VENDOR := layouts/assets/vendor/cairo.css
FRONT_END := build/.stamp-front-end
SPARK := .spark/.stamp

.PHONY: bench bench-history bench-warehouse spark faults help setup run test fuzz attack attack-doors check audit fix lock mutants demo-sheet screenshots clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(RUNTIME) $(FRONT_END) ## get everything that running needs

run: setup ## start the dashboard with the demo roster (HOST=127.0.0.1 PORT=8050)
	@exec $(BIN)/python app.py

test: $(DEVELOPMENT) $(FRONT_END) $(SPARK) ## everything, a real browser included; a process per core, a file of tests in one
	@CHROMIUM=$$($(BIN)/python -m tools.browser); export CHROMIUM; \
	  exec $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

fuzz: $(DEVELOPMENT) ## random cells of every kind through the reading side; nothing may raise, nothing may be lost
	@exec env PYTHONPATH=.:tests $(BIN)/python tests/fuzz_reading.py

bench: $(DEVELOPMENT) $(FRONT_END) ## measure beside a plain Dash page and a static one (ARGS="--rows 135,10000,400000 --minutes 10")
	@CHROMIUM=$$($(BIN)/python -m tools.browser); export CHROMIUM; exec $(BIN)/python -m benchmarks $(ARGS)

bench-history: $(RUNTIME) ## measure history of 400,000 rows and taking over after kill -9 (tables on standard output)
	@$(BIN)/python -m benchmarks.history
	@$(BIN)/python -m benchmarks.takeover

bench-warehouse: $(DEVELOPMENT) ## measure: 20 million women in DuckDB counted and filtered (a table on standard output)
	@exec $(BIN)/python -W ignore -m benchmarks.warehouse

spark: $(SPARK) ## get what the test on Apache Spark needs: Java, and PySpark in .spark/ (450 MB, once)

faults: $(DEVELOPMENT) ## kill -9 a writer 500 times on each store, at random points; nothing recorded may be lost
	@exec env FAULTS=500 $(BIN)/python -m pytest -s tests/connectors/store/test_faults.py -k no_kill --timeout 0

attack-doors: $(DEVELOPMENT) $(FRONT_END) ## 10,000 spoiled requests to each of the two apps over HTTP; none may break the server
	@exec env PYTHONPATH=.:tests $(BIN)/python tests/fuzz_doors.py $(ARGS)

check: $(DEVELOPMENT) ## lint, formatting, types, known faults of what is installed; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@exec $(BIN)/python -m tools.audit --unless-unreachable

audit: $(DEVELOPMENT) ## known faults of what is installed; fails too where the service that knows them cannot be reached
	@exec $(BIN)/python -m tools.audit

fix: $(DEVELOPMENT) ## format, and mend what can be mended mechanically
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(DEVELOPMENT) ## resolve the pinned files again; keeps pins that still fit (delete a file to renew it)
	@for name in requirements requirements-warehouse requirements-dev requirements-node requirements-spark; do \
	  case $$name in *-dev|*-warehouse) constraint="--constraint requirements.txt";; *) constraint="";; esac; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links $$constraint $$name.in --output-file $$name.txt; \
	  wc -l $$name.txt; done
	@$(call with_npm,npm install --package-lock-only --omit-lockfile-registry-resolved $(NPM_QUIET))
	@wc -l package-lock.json

attack: $(RUNTIME) ## release random small programmes week after week and attack what was released (ARGS="--programmes 50")
	@exec $(BIN)/python -m tools.attack $(ARGS)

mutants: $(DEVELOPMENT) ## change the counting code in small ways and see whether the tests notice (ARGS="--each 32 --minutes 25")
	@exec $(BIN)/python -m tools.mutants $(ARGS)

demo-sheet: $(RUNTIME) ## write the demo roster as demo-sheet.xlsx, to upload to Google Sheets
	@$(BIN)/flask --app app demo-sheet demo-sheet.xlsx

screenshots: $(DEVELOPMENT) $(FRONT_END) ## photograph the demo in three languages for the README
	@CHROMIUM=$$($(BIN)/python -m tools.browser); export CHROMIUM; exec $(BIN)/python -m tools.screenshots

clean: ## remove everything that was made here, except data/
	rm -rf $(VENV) .node .spark node_modules build artefacts layouts/assets/vendor demo-sheet.xlsx \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed and was not found. Install it, or run: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than Python 3.11. Install a newer one, or run: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making the environment in $(VENV)"
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Installing Python packages"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo "Installing Python packages for checks and tests"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(SPARK): requirements-spark.txt tools/spark.py | $(DEVELOPMENT)
	@$(BIN)/python -m tools.spark
	@echo "Installing PySpark into .spark/"
	@$(BIN)/python -m venv .spark
	@.spark/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-spark.txt
	@touch $@

# Run a command with Node.js 18 or newer: the machine's own, else one from the Python package registry in .node/.
define with_npm
if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; } >/dev/null 2>&1; then \
  if ! [ -x .node/bin/npm ]; then echo "No Node.js here: installing one into .node/"; \
    $(BIN)/python -m venv .node; \
    .node/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-node.txt; fi; \
  export PATH="$(CURDIR)/.node/bin:$$PATH"; fi; \
$(1)
endef

$(NODE): package.json package-lock.json | $(BIN)/python
	@echo "Getting the front-end packages"
	@$(call with_npm,npm ci $(NPM_QUIET))
	@touch $@

# The layouts too: of Bootstrap those rules are kept whose names stand in them.
$(VENDOR): tools/front_end.py tools/fonts.py tools/bundle.mjs $(LAYOUTS) $(NODE) $(RUNTIME)
	@$(call with_npm,$(BIN)/python -m tools.front_end)
	@touch $@

$(FRONT_END): tools/precompress.py $(VENDOR) $(ASSETS)
	@$(BIN)/python -m tools.precompress
	@touch $@
