# What people and CI do with this repository. Needs python3 (3.11 or newer) with venv, and make.
#
#   make run     serve the five demonstration cities on this machine (PORT=8421 takes another port)
#   make test    all tests but the long ones, those in real Chromium included (at most 15 minutes on two cores)
#   make browser of these, those in Chromium alone
#   make check   lint, the long tests, and an installation from the built archives (at most 30 minutes)
#   make databases  of these, the tests on Debian's PostgreSQL, and through its PgBouncer
#   make corpora reproduce public BPMN models and traces; CORPORA=FOLDER says where they are
#   make tck     run the public DMN Technology Compatibility Kit; TCK=FOLDER says where it is
#   make lint    style, types and import contracts
#   make bundle  put everything into build/bundle that a machine without a network needs to run Alur
#   make soak    work, kill and check for SECONDS=1800, or as long as one likes
#   make bench   measure, and print JSON
#   make lock    write the locks anew from pyproject.toml (UPGRADE=1 takes newer versions)

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
           $(if $(UPGRADE),--upgrade)

CITIES   := $(patsubst %/pyproject.toml,%,$(wildcard plugins/cities/*/pyproject.toml))
FRONTEND := $(shell find webapp/frontend webapp/static \( -name node_modules -o -name dist \) -prune -o -print 2>/dev/null)
SMOKE    := build/smoke
BUNDLE   := build/bundle
MINING   := build/mining
CORPORA  ?= ../shared/corpora
TCK      ?= ../shared/corpora/dmn-tck
# The newest that Debian installed.
POSTGRESQL := $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))

# A bundle that somebody deleted is made again, although nothing in the sources is newer.
ifeq ($(wildcard webapp/static/dist/.stamp),)
.PHONY: $(VENV)/.alur
endif

# Many an image forbids Python to keep what it has compiled. A test run starts hundreds of processes, and each would
# compile a thousand modules anew, which takes longer than most of what it is started for.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test browser check lint mypy pyright imports long databases soak corpora tck smoke bundle bench lock
.DELETE_ON_ERROR:

run: $(VENV)/.runtime $(VENV)/.alur
	@exec $(BIN)/alur serve --demo $(if $(PORT),--port $(PORT))

# Three processes for two cores: whoever waits for a browser, a disk or another process leaves his core to the third.
test: $(VENV)/.dev $(VENV)/.alur
	$(BIN)/pytest -n 3 --dist loadfile -m "not long and not corpora"

browser: $(VENV)/.dev $(VENV)/.alur
	$(BIN)/pytest -n 2 --dist loadfile -m "browser and not long"

check: lint long databases smoke

lint: $(VENV)/.dev $(VENV)/.alur
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory --jobs 2 --output-sync mypy pyright imports

# Beside one another: each of them uses one core.
mypy:
	$(BIN)/mypy
pyright:
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --pythonpath $(BIN)/python
imports:
	$(BIN)/lint-imports

soak: $(VENV)/.dev $(VENV)/.alur
	$(BIN)/python -m tests.faults.soak $(or $(SECONDS),1800)

long: $(VENV)/.dev $(VENV)/.alur $(MINING)/.ready bundle
	$(BIN)/pytest -n 2 --dist loadfile -m long

# All other tests run on the newest PostgreSQL, which a wheel brings. A city has Debian's, perhaps behind a pooler: the
# engine and the faults run there, then the faults, a whole quarter and every page through PgBouncer.
databases: $(VENV)/.dev $(VENV)/.alur
	@test -n "$(POSTGRESQL)" || { echo "Debian's PostgreSQL is missing: apt install postgresql"; exit 1; }
	@test -x /usr/sbin/pgbouncer || { echo "Debian's PgBouncer is missing: apt install pgbouncer"; exit 1; }
	ALUR_TEST_POSTGRESQL_BIN=$(POSTGRESQL) \
	  $(BIN)/pytest -n 2 --dist loadfile -m "postgresql and not long" tests/unit/engine tests/faults
	ALUR_TEST_POSTGRESQL_BIN=$(POSTGRESQL) ALUR_TEST_POSTGRESQL_POOLER=transaction \
	  $(BIN)/pytest -n 2 --dist loadfile -m "postgresql and not long" tests/faults tests/functional/test_postgresql.py \
	  tests/functional/test_web_and_worker.py

# Public models and traces that are not part of this repository; without the folder this fails and says so.
corpora: $(VENV)/.dev $(VENV)/.alur
	CORPORA=$(abspath $(CORPORA)) $(BIN)/pytest -n 2 -m corpora tests/corpora

# The kit is not part of this repository either. Java functions, which level 3 calls, are left out on purpose.
tck: $(VENV)/.dev $(VENV)/.alur
	$(BIN)/python -m tests.tck $(TCK)

# The archives alone, in an empty environment, with one city beside them: what an installation gets.
smoke: $(UV)
	rm -rf $(SMOKE)
	$(UV) build --quiet --build-constraints requirements-build.lock --out-dir $(SMOKE)/dist .
	$(UV) build --quiet --build-constraints requirements-build.lock --out-dir $(SMOKE)/dist --wheel plugins/cities/tebingtinggi
	$(PYTHON) -m venv --without-pip $(SMOKE)/venv
	$(UV) pip install --quiet --python $(SMOKE)/venv/bin/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(SMOKE)/venv/bin/python --no-deps $(SMOKE)/dist/*.whl
	$(SMOKE)/venv/bin/python -P tests/smoke_install.py

# Everything a machine without a network needs to run Alur: docs/operate.md begins with it. What the registry has as
# source only is built here; so the hashes are of this bundle's own.
bundle: $(UV)
	rm -rf $(BUNDLE)
	$(UV) build --quiet --build-constraints requirements-build.lock --wheel --out-dir $(BUNDLE)/wheels .
	for city in $(CITIES); do \
	  $(UV) build --quiet --build-constraints requirements-build.lock --wheel --out-dir $(BUNDLE)/cities $$city || exit 1; done
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --require-hashes --no-deps \
	  -r requirements.lock --wheel-dir $(BUNDLE)/wheels
	cp -r docs/operate.md docs/examples/deploy $(BUNDLE)
	cd $(BUNDLE) && rm -f */.gitignore && sha256sum wheels/* cities/* deploy/* operate.md > SHA256SUMS

bench: $(VENV)/.dev $(VENV)/.alur
	@$(BIN)/python -m tests.bench

# pm4py, which reads our logs in a test, is under the AGPL: a tool in an environment of its own, never a part of Alur.
$(MINING)/.ready: $(UV) requirements-mining.lock
	@$(UV) venv --quiet --clear $(MINING)
	@$(UV) pip install --quiet --python $(MINING)/bin/python --require-hashes -r requirements-mining.lock
	@touch $@

lock: $(UV)
	$(COMPILE) --group pyproject.toml:mining --output-file requirements-mining.lock
	$(COMPILE) --group pyproject.toml:build --output-file requirements-build.lock
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --extra bench --constraints requirements.lock --output-file requirements-dev.lock

# uv comes as a wheel, with its hashes, from the registry that pip uses; nothing is fetched from elsewhere.
$(UV): requirements-build.lock
	@command -v $(PYTHON) >/dev/null || \
	  { echo "Alur needs Python 3.11 or newer: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Alur needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Say which: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing, and Debian ships it apart: apt install python3-venv"; exit 1; }
	@echo "Making $(VENV), the environment of this folder (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/# via/p' requirements-build.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@touch $(UV)

$(VENV)/.runtime: requirements.lock $(UV)
	@echo "Installing the Python packages of requirements.lock ..."
	@$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

# Holds everything of requirements.lock in the same versions, so tests run on what is served.
$(VENV)/.dev: requirements-dev.lock $(UV)
	@echo "Installing the Python packages of requirements-dev.lock ..."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

# Alur and its cities in place; hatch_build.py makes the front end's files on the way.
$(VENV)/.alur: pyproject.toml hatch_build.py $(FRONTEND) $(CITIES:=/pyproject.toml) $(UV)
	@echo "Building the front end, then installing Alur and its cities ..."
	@$(INSTALL) --no-deps --build-constraints requirements-build.lock -e . $(foreach city,$(CITIES),-e ./$(city))
	@touch $@
