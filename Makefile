# make demo   shows the program at work        make test   passes the tests
# Both do all the set-up by themselves: Python 3.11 or newer, git and make are enough.
# Another Python than python3:  make demo PYTHON=python3.12
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-full long lint docs pictures man release bench clean

demo: $(READY)
	$(BIN)/ppid-audit demo

test: lint
	$(BIN)/python -m pytest -n auto -m "not full"

# Tests that need LibreOffice, Chromium or PostgreSQL on this machine. pytest ends with 5 when it found none.
test-full: $(READY)
	@$(BIN)/python -m pytest -m full; code=$$?; \
	if [ $$code -eq 5 ]; then echo "No test is marked full: nothing to do."; else exit $$code; fi

# Hours: scans killed at random instants and resumed, and the law on faults over many pairs of site and faults.
long: $(READY)
	$(BIN)/python -m tests.long.kill
	$(BIN)/python -m tests.long.disk
	$(BIN)/python -m tests.long.flips
	$(BIN)/python -m tests.long.nights
	$(BIN)/python -m tests.long.purity
	$(BIN)/python -m tests.long.second
	$(BIN)/python -m tests.long.fault_law
	$(BIN)/python -m tests.long.fuzz
	$(BIN)/python -m tests.long.fuzz_content
	$(BIN)/python -m tests.long.dead_hosts
	$(BIN)/python -m tests.long.bombs
	$(BIN)/python -m tests.long.contained
	$(BIN)/python -m tests.long.mutation

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

# Renews the samples of the program's output in README.md.
docs: $(READY)
	$(BIN)/python -m tests.renew_docs

# Renews docs/gambar; needs Chromium.
pictures: $(READY)
	$(BIN)/python -m tests.renew_pictures

# Renews the manual pages from the program's own help.
man: $(READY)
	$(BIN)/python -m tests.renew_man

# Tests everything, builds dist/, and tries the wheel in an empty environment. Publishes nothing.
release: test test-full
	$(BIN)/python -m tests.release

# Speed and memory, beside Scrapy and linkchecker (in an environment of their own) and wget, if it is there.
bench: $(READY) $(VENV)/bench/.ready
	$(BIN)/python -m bench

$(VENV)/bench/.ready: $(READY)
	$(BIN)/python -m venv --without-pip $(VENV)/bench
	$(BIN)/python -m pip --python $(VENV)/bench/bin/python install -q --disable-pip-version-check "scrapy>=2.13,<3" "linkchecker>=10.5,<11"
	@touch $@

clean:
	rm -rf $(VENV)

# Debian's python3 may come without ensurepip: then the system's pip puts pip into the new environment.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ppid-audit needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) with the versions of constraints.txt; this happens once."
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(PYTHON) -m venv $(VENV); \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	  $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(VENV)/bin/python install -q pip; \
	else echo "This Python has neither ensurepip nor pip; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; fi
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $(READY)
