# make run   starts the dashboard; make check   is for the daily loop, make test   the whole gate.
# Both set up .venv on their own; PYTHON=python3.12 chooses the interpreter.

SHELL := bash
.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?=
PORT ?= 8501
DATA ?=
LOCK := uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: run check test format lock screenshots bench wheel clean help

run: $(VENV)/.run  ## start the dashboard on http://localhost:8501 (PORT=…, DATA=folder)
	@inteso-dash run --single-user --port $(PORT) $(if $(DATA),--data "$(DATA)")

check: $(VENV)/.test  ## the daily loop: format, lint, types, imports, quick tests
	@scripts/gate --quick

test: $(VENV)/.test  ## the whole gate: format, lint, types, imports, doctests, tests, browser
	@scripts/gate

format: $(VENV)/.test  ## put the code into form
	@ruff format . && ruff check --fix .

lock:  ## write the pinned requirements anew (needs uv)
	$(LOCK) pyproject.toml --group build -o requirements.txt
	$(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

screenshots: $(VENV)/.test  ## one picture per page, light and dark, desktop and phone
	@python -m scripts.screenshots

bench: $(VENV)/.test  ## measure and write the table of docs/performance.md
	@python -m benchmarks.run

wheel: $(VENV)/.run  ## build dist/*.whl, data included
	@python -m pip wheel -qq --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean:  ## remove the environment and everything generated
	@rm -rf $(VENV) dist build screenshots .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*##  *\(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

$(VENV)/.run: requirements.txt pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" scripts/setup $(VENV) requirements.txt
	@touch $@

$(VENV)/.test: requirements-dev.txt pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" scripts/setup $(VENV) requirements-dev.txt
	@touch $(VENV)/.run $@
