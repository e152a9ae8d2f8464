# Fairlot's commands. Two matter: `make demo` shows the product, `make test` proves it. Each sets up what it needs by itself.

.DEFAULT_GOAL := help
.PHONY: help demo test check format docs bench soak lock clean set-up-check set-up-demo set-up-test
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

BIN := .venv/bin
CODE := $(wildcard src tests tools benchmarks)

# `make demo ARGS="--port 8001"` hands options on to the command.
ARGS ?=

help:  ## Say what each command does.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: set-up-demo  ## Set up and show the product with example orders and a market; needs nothing but Python and make.
	@$(BIN)/fairlot demo $(ARGS)

test: set-up-test check  ## Check the code and run every test, the browser's included: what CI runs.
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: set-up-check  ## Check format, lint, types, imports and the house rules: the fast part of `make test`.
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "Run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy $(CODE)
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python -m pytest -q -n 0 -p no:randomly tests/tidy

format: set-up-check  ## Format the code and mend what lint can mend by itself.
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format $(CODE)

docs: set-up-check  ## Write the generated documents anew; `make test` compares them.
	@$(BIN)/python -m tests.generated

bench: set-up-demo  ## Measure speed: a table, and JSON beside it.
	@$(BIN)/python -m benchmarks $(ARGS)

soak: set-up-test  ## Run the long trials in full; hours; the dated result goes to docs/soak.
	@$(BIN)/python -m tests.soak $(ARGS)

lock: set-up-check  ## Resolve pyproject.toml and requirements/development.in anew into requirements/lock.txt.
	@$(BIN)/python tools/lock.py $(ARGS)

clean:  ## Remove the environment and the tools' caches; never data (var/).
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up is one script, quick when nothing changed; parallel targets wait for each other inside it.
set-up-check set-up-demo set-up-test:
	@python=$$(sh tools/find_python.sh) && exec "$$python" tools/set_up.py $(@:set-up-%=%)
