PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CURRENT := $(VENV)/.current

.PHONY: run test install lock bench

run: install
	@$(BIN)/python app.py serve

test: install
	@$(BIN)/ruff format --check --quiet . || { echo "not formatted: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
	@$(BIN)/python -m pytest -n auto

# Tenday against an empty Bolt app and a bare bot: bench/README.md. OPTIONS=--quick for a look.
bench: install
	@$(BIN)/python -m bench $(OPTIONS)

install: $(CURRENT)

$(CURRENT): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Tenday needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(CURRENT)

# Writes requirements.lock anew from pyproject.toml; needs uv (pip install uv).
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements.lock
