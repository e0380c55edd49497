# make demo   shows the program at work        make test   passes the tests
# Both do all the set-up by themselves: Python 3.11 or newer, git and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-full lint long golden clean

demo: $(READY)
	$(BIN)/ppid-audit demo

test: $(READY) lint
	$(BIN)/python -m pytest -n auto -m "not full"

test-full: $(READY)
	$(BIN)/python -m pytest -m full

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

golden: $(READY)
	$(BIN)/python -m tests.golden.renew

clean:
	rm -rf $(VENV)

# Debian's python3 may come without ensurepip: then pip is borrowed from the system.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ppid-audit needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || ($(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(VENV) install -q pip)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $(READY)
