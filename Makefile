# Everything made here stays in .venv/ and build/; `make clean` removes both.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
DOCS   := README.md $(wildcard docs/*.md)
MAP    := build/rolegraph-map.html
DATA   ?= ../shared/data
BUILDS := esco:seed-mapping onet:onet bls:. observed_moves:title-graph
FUZZ   ?= 20
FUZZ_SECONDS ?= 1800
SPREAD := --numprocesses=auto --dist=worksteal
COG    := $(BIN)/python -m cogapp --verbosity=1 -I tools

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test quick check format-check lint types floors docs-check docs format data bench fuzz fuzz-input faults sizes screenshots browser servers clean

help:  ## list these targets
	@echo "make TARGET   (PYTHON=$(PYTHON), the environment is in $(VENV))"
	@sed -n 's/^\([a-z-]*\):.*  ## /  \1  /p' $(MAKEFILE_LIST) | awk '{name = $$1; $$1 = ""; printf "  %-14s%s\n", name, $$0}'

# --- the two commands ------------------------------------------------------------------------------

demo: $(VENV)/.package  ## install, ask for the way from product developer to CEO, draw the map
	@echo '$$ rolegraph path "product developer" CEO'
	@$(BIN)/rolegraph path "product developer" CEO --format table
	@mkdir -p $(dir $(MAP))
	@$(BIN)/rolegraph view "product developer" CEO -o $(MAP) >/dev/null
	@echo
	@echo "The map of this route is in $(CURDIR)/$(MAP): open it in a browser."

test: check browser servers  ## install what the tests need, run every check, then every test
	@$(BIN)/python -m pytest $(SPREAD)

# --- checks, each defined once ---------------------------------------------------------------------

check: format-check lint types floors docs-check  ## run the five checks below

format-check: $(VENV)/.tools  ## is the code formatted?
	@echo "check: format"
	@$(BIN)/ruff format --quiet --diff .

lint: $(VENV)/.tools  ## does ruff object?
	@echo "check: lint"
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.tools  ## does mypy --strict object?
	@echo "check: types"
	@$(BIN)/mypy --no-error-summary

floors: $(VENV)/.tools  ## do imports only go down? (the contract stands in pyproject.toml)
	@echo "check: floors"
	@report=$$($(BIN)/lint-imports --no-cache) || { echo "$$report"; exit 1; }

docs-check: $(VENV)/.tools  ## do README and docs/ show what the commands print today?
	@echo "check: docs"
	@$(COG) --check --diff $(DOCS)

# --- while working ---------------------------------------------------------------------------------

quick: $(VENV)/.tools  ## run only the fast tests
	@$(BIN)/python -m pytest $(SPREAD) -m "not slow"

format: $(VENV)/.tools  ## format the code and mend what ruff can
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

docs: $(VENV)/.tools  ## write today's output into README, docs/ and notebooks/
	@$(COG) -r $(DOCS)
	@$(BIN)/python tools/run_notebooks.py

data: $(VENV)/.made  ## write ontology/data anew from the official files in DATA (see ontology/build/*.py --help)
	@for script in $(BUILDS); do \
	  $(BIN)/python ontology/build/$${script%%:*}.py $(DATA)/$${script#*:} --out ontology/data || exit 1; \
	done

bench: $(VENV)/.bench browser  ## time whole commands, searches beside networkx and igraph, pages beside stock pyvis; check derived moves
	@$(BIN)/python benchmarks/cold_start.py
	@$(BIN)/python benchmarks/routes.py --data $(DATA)/title-graph
	@$(BIN)/python benchmarks/imports.py --data $(DATA) --runs 3
	@$(BIN)/python benchmarks/queries.py --data $(DATA)
	@$(BIN)/python benchmarks/page.py
	@$(BIN)/python benchmarks/derive.py --data $(DATA)

fuzz-input: $(VENV)/.tools  ## try broken, deep and long input of every kind, FUZZ_SECONDS (1800) each
	@$(BIN)/python tools/fuzz.py --seconds $(FUZZ_SECONDS) $(if $(FUZZ_SEED),--seed $(FUZZ_SEED))

fuzz: fuzz-input  ## the same, then every property on examples of its own, FUZZ (20) times as many as the tests
	@ROLEGRAPH_FUZZ=$(FUZZ) $(BIN)/python -m pytest $(SPREAD) $$(grep -l '@given' tests/test_*.py)

faults: $(VENV)/.tools  ## kill each way to write at every step and many moments, fill disks, damage stores
	@ROLEGRAPH_FUZZ=2 $(BIN)/python -m pytest --numprocesses=0 -s tests/test_faults.py tests/test_bad_corpus.py

sizes: $(VENV)/.tools  ## list modules and functions over the house sizes
	@$(BIN)/python tools/house_sizes.py

screenshots: browser  ## take the pictures of the page in docs/images anew
	@$(BIN)/python tools/screenshot.py --all docs/images

clean:  ## remove .venv/, build/ and caches
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment; a stamp file tells what it already holds -------------------------------------

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "rolegraph needs Python 3.11 or later as $(PYTHON); name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make environments; on Debian: apt install python3-venv" >&2; exit 1; }
	@echo "set-up: $(VENV), by $(PYTHON)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.package: $(VENV)/.made pyproject.toml
	@echo "set-up: rolegraph and what it depends on"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.made pyproject.toml
	@echo "set-up: rolegraph and the tools of its tests (a minute or two)"
	@$(PIP) install --editable ".[dev]"
	@touch $(VENV)/.package $@

$(VENV)/.bench: $(VENV)/.made pyproject.toml
	@echo "set-up: rolegraph and what the benchmarks compare it with"
	@$(PIP) install --editable ".[bench]"
	@touch $(VENV)/.package $@

servers: $(VENV)/.tools
	@$(BIN)/python tools/find_virtuoso.py --install

browser: $(VENV)/.tools
	@$(BIN)/python tools/find_browser.py --install
	@$(BIN)/python tools/find_axe.py --install || true
