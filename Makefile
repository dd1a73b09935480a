# Every target sets itself up: Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CLIENTS := $(VENV)/conformance
AUDIT := $(VENV)/audit

.PHONY: help demo test coverage check format bench torture conformance audit clean
.DEFAULT_GOAL := help

$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Third Thursday needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once; about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

help:
	@echo "make demo   a community's whole month, here, without an account"
	@echo "make test   format, lint, types and every test"
	@echo "make coverage  every test again, with the lines that none of them reaches"
	@echo "make bench  requests, CPU and memory, counted"
	@echo "make torture  every campaign of faults and kills, about an hour; goes on where it was stopped"
	@echo "make conformance  clients that nobody here wrote, against the local workspace"
	@echo "make audit  known vulnerabilities of what we depend on, asked of PyPI over the network"

demo: $(VENV)/.ready
	@$(RUN) main.py demo

check: $(VENV)/.ready
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy

test: check
	@$(RUN) -m pytest

coverage: $(VENV)/.ready
	@$(RUN) -m pytest --cov

format: $(VENV)/.ready
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

bench: $(VENV)/.ready
	@$(RUN) -m benchmarks

torture: $(VENV)/.ready $(CLIENTS)/.ready
	@$(RUN) -m torture

$(CLIENTS)/.ready: conformance/requirements.txt
	@$(PYTHON) -m venv $(CLIENTS)
	@$(CLIENTS)/bin/python -m pip install --quiet --disable-pip-version-check -r conformance/requirements.txt
	@touch $@

conformance: $(VENV)/.ready $(CLIENTS)/.ready
	@$(RUN) -m conformance $(CLIENTS)/bin/python

$(AUDIT)/.ready:
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	@touch $@

# --strict: a package that could not be looked up must not pass as one without faults.
audit: $(AUDIT)/.ready
	@$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock
	@$(AUDIT)/bin/pip-audit --strict --disable-pip --no-deps --requirement conformance/requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
