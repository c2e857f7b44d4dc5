# Everything a person or CI runs. `make setup` needs Python 3.11+ and the package registry.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: setup demo test check eval bench docs lock format browser clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sayso needs Python 3.11 or newer: make PYTHON=python3.11 setup")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

demo: setup ## read the sample pile and write its report
	$(BIN)/sayso demo demo

test: setup ## the fast tests, without a browser
	$(BIN)/python -m pytest -n auto -m "not browser"

browser: setup ## the pages in a real browser (needs a Chromium on the PATH)
	$(BIN)/python -m pytest -m browser

check: setup ## format, lint, types, import contracts, tests, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.make --check
	$(BIN)/python -m pytest -n auto

eval: setup ## every quality we claim against its floor
	$(BIN)/python -m eval

bench: setup ## CPU and memory, beside the peers, in one run
	$(BIN)/python -m bench

docs: setup ## the generated parts of the docs
	$(BIN)/python -m docs.make

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin what pyproject.toml asks for, with hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv demo build dist
