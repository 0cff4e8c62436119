# Two commands: `make run` checks the documents, `make test` runs the tests. Both set up .venv first.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
GROWTH ?= 10000
CORPUS ?=
CHANGED ?= 20000
SEED ?= 1
EVAL ?=
ARGS ?=
# More than two cores need: tests of browsers, servers and killed processes wait a third of their time.
WORKERS ?= 4
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: fit install run test test-long test-container lint bench evaluate serve lock clean browser docs site

install: $(STAMP)

# The stamp makes a second install cost nothing; a changed lock file or pyproject.toml makes it old.
$(STAMP): requirements.lock pyproject.toml
	@python=; for p in python3.13 python3.12 python3.11 python3 python; do \
	  if $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
	  then python=$$p; break; fi; done; \
	if [ -z "$$python" ]; then echo "claimcheck needs Python 3.11, 3.12 or 3.13 with venv; none was found" >&2; exit 2; fi; \
	echo "Setting up $(VENV) with $$($$python --version)" >&2; \
	[ -x $(BIN)/python ] || $$python -m venv $(VENV)
	@echo "1 of 2: $$(grep -c '^[a-z].*==' requirements.lock) distributions of requirements.lock, by hash: a minute or two" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@echo "2 of 2: claimcheck itself" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src/claimcheck
	@touch $@

run: install
	@$(BIN)/python flows/check_documents.py $(ARGS)

test: install browser
	@echo "1 of 3: ruff, the style of the code" >&2
	@$(BIN)/ruff check .
	@echo "2 of 3: mypy, its types" >&2
	@$(BIN)/mypy
	@echo "3 of 3: pytest, some minutes; a dot is a test" >&2
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

# What takes minutes and changes seldom: time against length of text, the known attacks.
test-long: install browser
	@$(BIN)/pytest -m long -n $(WORKERS) --dist worksteal

# The container's steps in an empty environment, and what stands in it then.
test-container: install
	@$(BIN)/pytest tests/long_install.py

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# The report is tested in a real browser: one that is there, else the system's package, else Playwright's.
browser: install
	@$(BIN)/python tests/browser.py >/dev/null 2>&1 || { \
	  echo "Installing Chromium for the browser tests" >&2; \
	  root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	  { command -v apt-get >/dev/null && $$root apt-get update -qq && \
	    $$root apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	  || $(BIN)/playwright install chromium; }

# The hourly check and the nightly re-check, from one process; needs a server that PREFECT_API_URL names.
serve: install
	@$(BIN)/python flows/deploy.py

# Writes docs/benchmarks.md: on the letter, on the files of CORPUS, and on up to GROWTH short documents.
bench: install
	@$(BIN)/python -m tests.benchmarks --documents $(GROWTH) $(CORPUS)

# Writes docs/accuracy.md: own cases, CHANGED sentences changed by SEED with words drawn from documents/ and the
# files of CORPUS, and the sets of EVAL: a folder with DIR/*/cases.jsonl, each with its package/ beside it.
evaluate: install
	@$(BIN)/python -m tests.evaluate --changed $(CHANGED) --seed $(SEED) $(if $(EVAL),--eval $(EVAL)) $(CORPUS)

# The weights of levels, learned from the fields of tests/ordinary: writes src/claimcheck/data/evidence.toml. With
# LEFT_OUT=1 each field is judged by weights of the others first, and the figures stand at the head of the file.
fit: install
	@$(BIN)/python -m tests.fit $(if $(LEFT_OUT),--left-out --write src/claimcheck/data/evidence.toml)

# The pages on the lexicons, from the data files; `make site` builds all of docs/ into site/, to be served as it is.
docs: install
	@$(BIN)/python -m claimcheck.lexicon docs/lexicons

site: docs
	@$(BIN)/zensical build --strict

# Pins and hashes for Python 3.11 to 3.13, without addresses; needs uv. The second file is what a container or a
# server needs: the same pins without the tools of development. PINS= keeps the pins that need not change.
PINS ?= --upgrade
LOCK = uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	$(LOCK) --extra dev $(PINS) --output-file requirements.lock
	$(LOCK) --extra build --constraint requirements.lock --output-file requirements-run.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
