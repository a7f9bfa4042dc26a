# `make` sets everything up and does the main job; `make test` sets everything up and runs the tests.

VENV ?= .venv
PYTHON ?= python3
STANCE_PORT ?= 5000

export PATH := $(abspath $(VENV))/bin:$(PATH)
export VIRTUAL_ENV := $(abspath $(VENV))
# uv does not read pip's find-links; whoever keeps wheels on disk keeps them for both.
export UV_FIND_LINKS ?= $(or $(PIP_FIND_LINKS),$(shell $(PYTHON) -m pip config get global.find-links 2>/dev/null))
export UV_PYTHON_DOWNLOADS := never
# After the set-up nothing asks the network for anything.
export HF_HUB_OFFLINE ?= 1
export HF_HUB_DISABLE_TELEMETRY := 1
export MLFLOW_DISABLE_TELEMETRY := true
export DVC_NO_ANALYTICS := 1
# The UI needs none of the seven job workers that MLflow would start for it, about 240 MB each.
export MLFLOW_SERVER_ENABLE_JOB_EXECUTION := false
export TOKENIZERS_PARALLELISM := false

INSTALLED := $(VENV)/.installed
WITH_SPARK := $(VENV)/.installed-spark

.PHONY: all test test-slow accept bench encoder lint ui doctor clean

all: $(INSTALLED)
	dvc repro
	stance track
	@stance article seeds/sanctions_wire.txt --format table
	@cat reports/comparison/comparison.md

$(INSTALLED): pyproject.toml constraints.txt
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(VENV)/bin/uv pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

$(WITH_SPARK): $(INSTALLED)
	$(VENV)/bin/uv pip install --quiet --constraint constraints.txt --editable '.[dev,spark]'
	touch $@

test: $(INSTALLED)
	ruff check . && ruff format --check . && mypy
	pytest -n 2 --dist loadgroup -m "not slow and not trained"

# The whole flow, the eight cases of tracking, each on a real DVC repository, and Spark: minutes, so CI runs them.
test-slow: $(WITH_SPARK)
	pytest -n 2 --dist loadgroup -m slow

# What the codebook asks of the trained models; after `make`.
accept: $(INSTALLED)
	pytest -m trained

# What an answer costs, engines side by side; after `make`, on a machine that does nothing else.
bench: $(INSTALLED)
	python benchmarks/inference.py --out reports/benchmarks.md
	python benchmarks/training.py --out reports/benchmarks-training.md
	python benchmarks/alternatives.py --out reports/benchmarks-alternatives.md

# The encoder that fine-tuning starts from, adapted to an archive of your own; the one that ships is made the same way.
encoder: $(INSTALLED)
	@test -n "$(TEXT)" || { echo "Say which texts to learn from: make encoder TEXT=my_statements.jsonl" >&2; exit 2; }
	python -m pipeline run adapt "$(TEXT)" --standoff data/standoff --out models/encoder

lint: $(INSTALLED)
	ruff check --fix . && ruff format . && mypy

ui: $(INSTALLED)
	stance track
	mlflow ui --backend-store-uri $(or $(MLFLOW_TRACKING_URI),sqlite:///$(CURDIR)/mlflow.db) --host 127.0.0.1 --port $(STANCE_PORT)

doctor: $(INSTALLED)
	stance doctor

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
