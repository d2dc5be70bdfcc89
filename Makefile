# Every target does its own set-up: on a fresh machine that has Python 3.11 or 3.12 with pip, `make demo` is the first
# command and needs no other.

# Interpreters to try, in this order.
PYTHON ?= python3 python3.12 python3.11
# What the targets need from the machine itself, by the names in tools/system_packages.sh: Pango sets the text of PDFs, and
# the tests of the web application open its pages in Chromium and keep its users in PostgreSQL too.
SYSTEM_PACKAGES ?= pango
test test-all mutate: SYSTEM_PACKAGES += chromium postgresql

RUN = .venv/bin
PYTEST = $(RUN)/python -m pytest
LOCK = env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
	$(RUN)/uv pip compile pyproject.toml --no-config --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links

.PHONY: help demo test test-all test-spark mutate check fix docs bench lock setup system-packages

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup system-packages ## make a council up, run the whole pipeline, show what comes out
	$(RUN)/earlyhelp demo

test: setup system-packages ## run the tests
	$(PYTEST)

test-all: setup system-packages ## run the tests, the suites of minutes included
	$(PYTEST) -m "long or not long"

mutate: setup system-packages ## change one thing in the code at a time, and see whether a test notices: an hour or two
	$(RUN)/python tools/mutate.py $(TARGETS)

check: setup ## format, lint, types, layers, generated pages: every check, all failures
	@tools/check.sh

fix: setup ## mend what can be mended by itself: format, lint, generated pages
	$(RUN)/ruff check --fix
	$(RUN)/ruff format
	$(RUN)/python tools/generate_docs.py

docs: setup ## write the generated pages again
	$(RUN)/python tools/generate_docs.py

bench: setup .venv-bench/ready ## run every script in bench/ beside its peers
	-@tools/system_packages.sh matchit lme4  # peers in R: bench/evaluate.py goes on without them, and says so
	@tools/bench.sh

# The peers have an environment of their own, so that ours is measured as a council has it.
.venv-bench/ready: requirements-bench.lock
	$(RUN)/uv venv --quiet --clear --python $(RUN)/python .venv-bench
	$(RUN)/uv pip install --quiet --python .venv-bench/bin/python --compile-bytecode --only-binary :all: \
		--require-hashes -r $<
	@touch $@

# A plugin of dash, which comes with Splink's charts, is refused by the runner: it tests no page of ours.
test-spark: setup .venv-spark/ready ## run the tests that need Spark, which take minutes
	.venv-spark/bin/python -m pytest -p no:dash -n0 -m "long or not long" tests/spark

# Spark and its Java are large, and only the nation needs them. Spark comes as source alone, and is not compiled.
.venv-spark/ready: requirements.lock
	$(RUN)/uv venv --quiet --clear --python $(RUN)/python .venv-spark
	$(RUN)/uv pip install --quiet --python .venv-spark/bin/python --compile-bytecode --only-binary :all: --no-binary pyspark \
		--require-hashes -r $<
	$(RUN)/uv pip install --quiet --python .venv-spark/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

lock: setup ## write the locks again; `make lock UPGRADE=--upgrade` takes newer versions
	$(LOCK) $(UPGRADE) --all-extras --output-file requirements.lock
	$(LOCK) --extra dev --extra documents --extra pdf --extra web --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) --extra bench --constraint requirements.lock --output-file requirements-bench.lock

setup: ## create .venv from requirements-dev.lock; nothing when it is current
	@PYTHON="$(PYTHON)" tools/set_up.sh

system-packages:
	@tools/system_packages.sh $(SYSTEM_PACKAGES)
