# make install   everything the program needs; the command is then .venv/bin/vanban
# make demo      that, and samples/ converted to out/
# make test      that, and linters, types and tests
# make lint      linters and types alone
# make model     train dictionaries/ again: make model CORPUS=folder
# make rescorer  train the network of dictionaries/rescorer/ again, an hour: make rescorer CORPUS=folder
# make measure   what correction is worth on unseen text: make measure CORPUS=folder
# make samples   make the scans in samples/ again
# make bench     the benchmarks; make bench SHARED=folder also reads the real and the damaged pages there
.DEFAULT_GOAL := install
.PHONY: install demo test lint model rescorer measure samples bench clean system

# The first Python that is new enough.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
BIN := .venv/bin
INSTALLED := .venv/.installed
DEVELOPED := .venv/.developed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

install: system $(INSTALLED)

system:
	@test -n "$(PYTHON)" || { echo "vanban: Python 3.11 or newer is needed: apt-get install python3 python3-venv" >&2; exit 1; }
	@PYTHON=$(PYTHON) .ci/system-packages run

$(INSTALLED): pyproject.toml | system
	$(PYTHON) -m venv .venv
	$(PIP) install --upgrade pip
	$(PIP) install --editable .
	@touch $@

$(DEVELOPED): $(INSTALLED)
	@PYTHON=$(PYTHON) .ci/system-packages test
	$(PIP) install --group dev
	@touch $@

demo: install out/.converted
	@echo "Converted documents are in out/:" && ls out

out/.converted: $(wildcard samples/scans/*) $(INSTALLED)
	$(BIN)/vanban convert samples/scans --out out
	@touch $@

lint: $(DEVELOPED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: install $(DEVELOPED) lint
	$(BIN)/pytest --numprocesses 2

model: install
	@test -n "$(CORPUS)" || { echo "vanban: say where the texts are: make model CORPUS=folder" >&2; exit 1; }
	$(BIN)/vanban train "$(CORPUS)" --out dictionaries

# Without these, memory goes back to the system and comes again in each step: a third slower.
rescorer: export MALLOC_MMAP_THRESHOLD_ = 4000000000
rescorer: export MALLOC_TRIM_THRESHOLD_ = 16000000000
rescorer: install
	@test -n "$(CORPUS)" || { echo "vanban: say where the texts are: make rescorer CORPUS=folder" >&2; exit 1; }
	$(PIP) install --editable ".[train]"
	$(BIN)/vanban train "$(CORPUS)" --out dictionaries --rescorer

measure: $(DEVELOPED)
	@test -n "$(CORPUS)" || { echo "vanban: say where the texts are: make measure CORPUS=folder" >&2; exit 1; }
	$(BIN)/python -m tests.benchmarks.held_out "$(CORPUS)" out/held-out
	$(BIN)/python -m tests.benchmarks.correction out/held-out

samples: $(DEVELOPED)
	$(BIN)/python -m samples.make

bench: $(DEVELOPED)
	SHARED="$(SHARED)" $(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-columns=median,min,max -s
	$(BIN)/python -m tests.benchmarks.pages $(if $(SHARED),"$(SHARED)",. samples)

clean:
	rm -rf .venv out dist build
