"""Names and numbers that MLflow takes."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.models.manifest import Manifest
from pipeline.stance import STANCES
from pipeline.tracking.figures import history_metrics, run_metrics, run_params


def manifest(**changes):
    fields = {
        "kind": "baseline",
        "labels": tuple(map(str, STANCES)),
        "seed": 7,
        "params": {},
        "inputs": {},
        "code": "",
        "temperature": 1.0,
        "metrics": {},
        "history": (),
    }
    return Manifest(**{**fields, **changes})


def test_params_are_flat_text():
    params = {"epochs": 3, "rates": [0.1, 1.0], "name": "bundled", "head": {"size": 5}, "sum": None}
    assert run_params(manifest(params=params)) == {
        "kind": "baseline",
        "seed": "7",
        "epochs": "3",
        "rates": "[0.1, 1.0]",
        "name": "bundled",
        "head.size": "5",
        "sum": "null",
    }


def test_an_estimate_gives_three_figures_and_other_numbers_their_path():
    report = {
        "statements": 40,
        "confidence": 0.95,
        "headlines": {"macro_f1": {"value": 0.5, "low": 0.4, "high": 0.6}},
        "lenient": None,
        "confusion": {"threat": {"denial": 3}},
        "slices": {"length": {"50+ words": {"macro_f1": 0.3, "accuracy": 0.2}}},
    }
    assert run_metrics(manifest(metrics={"validation_macro_f1": 0.6}), {"test": report}) == {
        "validation_macro_f1": 0.6,
        "temperature": 1.0,
        "test/statements": 40,
        "test/macro_f1": 0.5,
        "test/macro_f1_low": 0.4,
        "test/macro_f1_high": 0.6,
        "test/slices/length/50 or more words": 0.3,
    }


def test_history_is_told_by_epoch_without_what_is_undefined():
    rows = ({"epoch": 1.0, "loss": 0.9}, {"epoch": 2.0, "loss": math.nan, "note": "early"}, {"epoch": 3.0, "loss": 0.4})
    several = [{"run": 2.0, "epoch": 1.0, "loss": 0.9}]
    assert list(history_metrics(manifest(history=several))) == [("history/run_2/loss", 0.9, 1)]
    assert list(history_metrics(manifest(history=rows))) == [("history/loss", 0.9, 1), ("history/loss", 0.4, 3)]


@given(st.dictionaries(st.text(min_size=1), st.dictionaries(st.text(min_size=1), st.floats())))
@example({"test": {"slices": 0.5}})
def test_every_metric_has_a_name_and_a_value_that_mlflow_takes(tree):
    for name, value in run_metrics(manifest(), tree).items():
        assert re.fullmatch(r"[\w.\- /]+", name, flags=re.ASCII)
        assert math.isfinite(value)


@pytest.mark.parametrize("flag", [True, False])
def test_a_truth_value_is_no_number(flag):
    assert "test/sure" not in run_metrics(manifest(), {"test": {"sure": flag}})
