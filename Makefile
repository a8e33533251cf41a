# The project's chores. `make demo` is the first look; `make test` is everything that is checked.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
TEST_BIN := build/venv/bin
INSTALL := pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Reference data and gold records lie beside a checkout where they are; the tests that need them skip elsewhere.
ifndef DETENTE_SHARED
DETENTE_SHARED := $(wildcard $(abspath ../shared))
endif
export DETENTE_SHARED

.PHONY: help demo test lint unit chromium coverage bench constraints clean

help:
	@echo "make demo         install into .venv and take the first look"
	@echo "make test         lint, types, imports, then every test on the built wheel"
	@echo "make lint         ruff, mypy and the order of the packages"
	@echo "make unit         every test on the source as it stands, e.g. make unit ARGS='tests/ledger -x'"
	@echo "make coverage     what the last 'make test' did not reach, line by line"
	@echo "make bench        speed and accuracy (benchmarks/)"
	@echo "make constraints  pin the versions that .venv holds now"
	@echo "make clean        remove what the others made"

demo: .venv/made
	$(BIN)/detente demo

test: lint chromium $(TEST_BIN)/made
	rm -rf dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist . > build/wheel.log 2>&1 || { cat build/wheel.log; exit 1; }
	$(TEST_BIN)/$(INSTALL) --force-reinstall --no-deps dist/*.whl
	DETENTE_WHEEL="$$(realpath dist/*.whl)" $(TEST_BIN)/python -m coverage run -m pytest -p no:cacheprovider
	@$(TEST_BIN)/python -m coverage report --format=total | sed "1s/.*/coverage: & % ('make coverage' shows the rest)/"

lint: .venv/made-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/made-dev
	$(BIN)/python -m pytest $(ARGS)

chromium:
	@if command -v chromium > /dev/null; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		echo "installing Chromium for the browser tests"; mkdir -p build; export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } \
			> build/chromium.log 2>&1 < /dev/null \
			|| { tail -3 build/chromium.log; echo "Chromium could not be installed: the browser tests are skipped"; }; \
	else echo "Chromium is not installed: the browser tests are skipped"; fi

coverage:
	$(TEST_BIN)/python -m coverage report --show-missing --skip-covered --sort=cover

bench: .venv/made-dev
	@for script in benchmarks/*.py; do [ -e "$$script" ] || { echo "no benchmark yet"; break; }; \
		echo "== $$script"; $(BIN)/python "$$script"; done

constraints: .venv/made-dev
	{ head -1 constraints.txt; $(BIN)/pip freeze --exclude-editable --exclude detente | grep -v '^#' | sort -f; } > build/constraints
	mv build/constraints constraints.txt

clean:
	rm -rf build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f .venv/made .venv/made-dev

# ---------------------------------------------------------------- environments
# A mark in each says that it holds what pyproject.toml and constraints.txt ask for.

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/made: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/$(INSTALL) --editable .
	touch $@

.venv/made-dev: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/$(INSTALL) --editable '.[dev]'
	touch $@ .venv/made

# The tests run on the wheel, in an environment that never saw src/: a file that the wheel lacks is found here.
$(TEST_BIN)/made: pyproject.toml constraints.txt | .venv/bin/python
	rm -rf build/venv
	$(BIN)/python -m venv build/venv
	$(TEST_BIN)/$(INSTALL) '.[test]'
	touch $@
