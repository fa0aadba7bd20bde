# make run    set up, read the samples into output/, tell what was found and what is doubted
# make test   set up, check format, lint, types, and run the tests
# make lock   pin the dependencies anew
#
# Needs Python 3.11 or later and nothing else; everything is installed into .venv/.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
INPUT ?= fixtures/samples
OUTPUT ?= output

.PHONY: run test check lock clean

run: .venv/run.stamp
	$(BIN)/lkjip run $(INPUT) --output $(OUTPUT)

test: check
	$(BIN)/python -m pytest -rs $(PYTEST)

check: .venv/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

.venv/run.stamp: requirements.lock pyproject.toml | .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	@touch $@

.venv:
	@test -n "$(PYTHON)" || { echo "lkjip needs Python 3.11 or later: install it, or make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# One lock for every system and for Python 3.11 to 3.13; the second adds what the tests need.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-package lkjip

lock: | .venv
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) pyproject.toml --group build --output-file requirements.lock
	$(LOCK) pyproject.toml --extra ray --extra postgres --extra report --group build --group test \
		--constraint requirements.lock --output-file requirements-test.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
