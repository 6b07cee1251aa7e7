# Two commands are enough: `make run` uses Segment Studio, `make test` checks it.
# What they need goes into .venv on the first call and is left alone on the next.

PORT ?= 8501
HOST ?= localhost
PYTHON ?=
PYTEST_WORKERS ?= 2

# OpenMP threads that wait by spinning make small fits a hundred times slower on busy cores.
OMP_WAIT_POLICY ?= PASSIVE
export OMP_WAIT_POLICY

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test lint unit coverage e2e sample pictures bench test-spark format

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo "  Choices: PORT=8501 HOST=localhost (run), PYTHON=python3.12 (first call), PYTEST_WORKERS=2 (test)"

run: $(VENV)/.runtime ## start the app on this machine (PORT=…, HOST=…)
	@$(PY) scripts/announce.py $(HOST) $(PORT)
	@exec $(PY) -m streamlit run app.py --server.address $(HOST) --server.port $(PORT)

test: lint unit e2e ## everything that must hold: lint, unit, e2e

lint: $(VENV)/.dev ## style, types and borders
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo

unit: $(VENV)/.dev ## tests without a browser
	@sh scripts/postgres.sh
	@sh scripts/office.sh
	$(PY) -m pytest -n $(PYTEST_WORKERS) --dist loadfile

coverage: $(VENV)/.dev ## the same, measuring which branches of the library they reach (95 %)
	@sh scripts/postgres.sh
	@sh scripts/office.sh
	$(PY) -m pytest -n $(PYTEST_WORKERS) --dist loadfile --cov --cov-report=term --cov-fail-under=95

e2e: $(VENV)/.browser ## tests in a real browser
	$(PY) -m pytest tests/e2e -m e2e -n $(PYTEST_WORKERS) --dist loadfile

sample: $(VENV)/.runtime ## make the example tables again, from their seed
	$(PY) -m sample_data.make

pictures: $(VENV)/.browser ## pictures of every page into docs/screenshots/
	$(PY) -m pytest -m e2e -p no:randomly tests/e2e/pictures.py

bench: $(VENV)/.bench ## speed and memory as ratios, measured in one run
	$(PY) -m benchmarks

test-spark: $(VENV)/.dev .venv-spark/.spark ## the assignment's SQL in Spark, in an environment of its own (needs Java 17)
	$(PY) -m pytest tests/assigning/test_spark.py -p no:randomly

format: $(VENV)/.dev ## put the code into its one form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# The stamps: each is newer than what it installed, so the second call costs nothing.

$(PY):
	@sh scripts/venv.sh $(VENV) $(PYTHON)

$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing what the app needs into $(VENV) (once; a few minutes)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-postgres.txt requirements.txt | $(PY)
	@echo "Installing what the checks need into $(VENV) (once; a few minutes)"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.dev
	@echo "Installing what the benchmarks compare with into $(VENV) (once)"
	@$(PIP) -r requirements-bench.txt
	@touch $@

.venv-spark/.spark: requirements-spark.txt | $(PY)
	@echo "Installing Spark into .venv-spark (once; 400 MB)"
	@sh scripts/venv.sh .venv-spark $(PYTHON)
	@.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.txt
	@touch $@

$(VENV)/.browser: scripts/browser.sh $(VENV)/.dev
	@sh scripts/browser.sh $(PY)
	@touch $@
