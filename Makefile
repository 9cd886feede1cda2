# Everything needed is make and Python >= 3.11 with venv and pip. `make demo` tries it, `make test` checks it.
# Another interpreter: make PYTHON=/path/to/python3.12 …

.DEFAULT_GOAL := demo
.PHONY: demo test lint format lock bench chaos simulate lives mutants clean

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=
KILLS ?= 1000
SEED ?= 1
YEARS ?= 10
LIVES ?= 300

demo: $(VENV)/runtime.stamp
	$(BIN)/guongsang demo $(ARGS)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks $(ARGS)

# The bot killed for longer while people nominate: the usual tests kill it 200 times on each database.
chaos: $(VENV)/dev.stamp
	GUONGSANG_KILLS=$(KILLS) $(BIN)/python -m pytest -n 0 -v tests/simulation $(ARGS)

# Whole years in virtual time, each its own seed: what had to be delivered, and what became of it.
simulate: $(VENV)/dev.stamp
	$(BIN)/python -m tests.simulation.simulate --seed $(SEED) --years $(YEARS) $(ARGS)

# More lives of an office in which people of every role do anything: the usual tests live thirty.
lives: $(VENV)/dev.stamp
	GUONGSANG_LIVES=$(LIVES) $(BIN)/python -m pytest -n 2 -k forbidden tests/operations/test_life_machine.py $(ARGS)

# The core broken on purpose, one change at a time: each time the simulated year has to notice.
mutants: $(VENV)/dev.stamp
	$(BIN)/python -m tests.simulation.mutants $(ARGS)

# New versions: make lock ARGS=--upgrade
COMPILE = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)
BUILD_TOOLS = $(BIN)/python -c 'import tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'

lock: $(VENV)/dev.stamp
	$(BUILD_TOOLS) | $(COMPILE) pyproject.toml - --output-file requirements.txt
	$(BUILD_TOOLS) | $(COMPILE) pyproject.toml - --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The locks hold the build tools too, so the project itself is installed without asking anybody.
INSTALL = $(PIP) install --no-deps --no-index --no-build-isolation --editable .

$(VENV)/runtime.stamp: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements.txt
	$(INSTALL)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	$(INSTALL)
	@touch $@

$(BIN)/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Gương Sáng needs Python 3.11 or newer. If you have one, name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || \
		{ echo "Python's venv or pip is missing (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
