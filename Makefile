# Needs Python 3.11 or newer with its venv module, and make. Everything else is
# installed into .venv from the lock, every file checked against its hash.

SHELL := /bin/sh
PYTHON ?= $(shell sh tools/find_python.sh)
BIN := .venv/bin
TESTS ?= tests
# the tests that need neither a database nor a program of their own
RULES := $(addprefix tests/,architecture domain exchange gost guidance rendering spreadsheet)
CATALOGUE := sed_tui/locale/ru/LC_MESSAGES/sed_tui
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: help demo test test-remote check lint bench endurance fuzz bundle screenshots reference lock install clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: install ## an example office in a scratch directory: letters, assignments, who is late
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tools/demo.sh

install: .venv/.run $(CATALOGUE).mo ## sedctl and sed-tui in .venv

test: lint ## everything: style, types, import rules, translations, all tests on both databases
	@sh tools/gost_engine.sh
	$(BIN)/python -m pytest -q -n auto $(TESTS)

test-remote: .venv/.dev $(CATALOGUE).mo ## command line, interface and handlers through a server; ENGINE=postgresql beneath it
	$(BIN)/python -m pytest -q -n auto --remote --served-engine=$(or $(ENGINE),sqlite) \
		$(if $(filter-out tests,$(TESTS)),$(TESTS),tests/cli tests/tui tests/handlers tests/gateway)

check: lint ## the short mode, under two minutes; TESTS=tests/handlers/test_journals.py adds what you work on
	$(BIN)/python -m pytest -q -n auto -m "not slow" --sqlite $(RULES) $(filter-out tests,$(TESTS))

lint: .venv/.dev $(CATALOGUE).mo ## style, types, import rules, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/catalogue.py missing

bench: .venv/.dev $(CATALOGUE).mo ## ours against the raw limit; minutes, on a quiet machine
	$(BIN)/python -m benchmarks

endurance: .venv/.dev $(CATALOGUE).mo ## ten minutes of load while workers, clients and PostgreSQL are killed
	$(BIN)/python -m benchmarks.endurance --report docs/explanation/endurance.md $(ENDURANCE)

escape: .venv/.dev $(CATALOGUE).mo ## every identifier of an organization in every route, asked by another; its report
	ESCAPE_REPORT=docs/explanation/escape.md $(BIN)/python -m pytest -q -n 0 tests/server/test_escape.py

fuzz: .venv/.dev .venv/fuzz/.made $(CATALOGUE).mo ## requests made out of the OpenAPI description, five minutes on PostgreSQL; its report
	$(BIN)/python -m benchmarks.fuzz --report docs/explanation/fuzz.md $(FUZZ)

bundle: .venv/.run $(CATALOGUE).mo ## an archive that installs without a network
	$(BIN)/python tools/bundle.py

screenshots: .venv/.dev $(CATALOGUE).mo ## pictures of the running interface for docs/
	$(BIN)/python tools/screenshots.py

reference: .venv/.dev $(CATALOGUE).mo ## docs/reference from the program itself
	$(BIN)/python tools/reference.py

lock: ## resolve the dependencies anew (wants uv) and export the hashed files
	UV="$(or $(UV),uv)" sh tools/lock.sh

clean: ## remove what make made
	rm -rf .venv .cache build dist bundle *.egg-info
	find sed_tui commands widgets tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(CATALOGUE).mo

.venv/bin/python:
	@sh tools/make_venv.sh "$(PYTHON)"

.venv/.run: .venv/bin/python requirements/run.txt requirements/build.txt pyproject.toml build_catalogue.py
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q sed_tui commands widgets
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	$(PIP) install --quiet --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# apart: what asks from outside shares nothing with what it asks
.venv/fuzz/.made: .venv/bin/python requirements/fuzz.txt
	$(BIN)/python -m venv .venv/fuzz
	.venv/fuzz/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/fuzz.txt
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po .venv/.run
	$(BIN)/python tools/catalogue.py compile
