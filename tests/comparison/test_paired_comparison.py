"""Two models on the same statements: differences, intervals, p-values and McNemar's test."""

import json
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparison import compare_models
from pipeline.comparison.mcnemar import mcnemar
from pipeline.errors import StanceError
from pipeline.evaluation import sample_of
from pipeline.stance import Stance


def compare(first, second, config, seed=1, name="test"):
    return compare_models(
        {name: (first, second)}, incumbent="baseline", challenger="transformer", config=config, seed=seed
    ).sets[name]


def right_where(flags, groups=None):
    """A sample of threats that are recognised where the flag is set and taken for denials elsewhere."""
    answers = np.where(np.array(flags)[:, np.newaxis], np.eye(5)[0], np.eye(5)[1])
    return sample_of([Stance.THREAT] * len(flags), answers, groups=groups)


def test_identical_models_do_not_differ(sample, compare_config):
    compared = compare(sample(200, 0.7, seed=1), sample(200, 0.7, seed=1), compare_config)
    for change in compared.differences.values():
        assert (change.value, change.low, change.high, change.p_value) == (0, 0, 0, 1)
    assert (compared.mcnemar.only_incumbent_right, compared.mcnemar.only_challenger_right) == (0, 0)
    assert compared.mcnemar.p_value == 1
    assert compared.figures["baseline"] == compared.figures["transformer"]


def test_a_planted_difference_is_found_and_has_its_sign(sample, compare_config):
    weak, strong = sample(400, 0.6, seed=1), sample(400, 0.8, seed=2)
    better, worse = compare(weak, strong, compare_config), compare(strong, weak, compare_config)
    for metric in ("macro_f1", "accuracy", "mcc"):
        change = better.differences[metric]
        assert 0 < change.low < change.value < change.high
        assert change.p_value <= 0.01
    assert better.differences["log_loss"].high < 0  # a loss: the stronger model's is smaller
    for metric, change in better.differences.items():
        mirrored = worse.differences[metric]
        assert (mirrored.value, mirrored.p_value) == pytest.approx((-change.value, change.p_value))
        assert (mirrored.low, mirrored.high) == pytest.approx((-change.high, -change.low))


def test_the_difference_is_the_difference_of_the_figures(sample, compare_config):
    compared = compare(sample(200, 0.6, seed=1), sample(200, 0.7, seed=2), compare_config)
    for metric, change in compared.differences.items():
        figures = [compared.figures[model][metric].value for model in ("transformer", "baseline")]
        assert change.value == pytest.approx(figures[0] - figures[1])


def test_both_models_are_resampled_alike(compare_config):
    """One model is right on exactly five statements more: paired, the difference is never negative."""
    flags = np.arange(200) % 2 == 0
    more = flags | (np.arange(200) < 10)
    compared = compare(right_where(flags), right_where(more), compare_config)
    assert compared.differences["accuracy"].value == pytest.approx(5 / 200)
    assert compared.differences["accuracy"].low > 0
    assert compared.differences["accuracy"].p_value < 0.05
    figures = [compared.figures[model]["accuracy"] for model in ("baseline", "transformer")]
    assert figures[1].low < figures[0].high  # although the two intervals overlap


def test_groups_are_drawn_as_one(compare_config):
    """Twenty statements more that are right are one piece of evidence when they are one group."""
    first, second = [False] * 200, [True] * 20 + [False] * 180
    alone = compare(right_where(first), right_where(second), compare_config)
    groups = ["siblings"] * 20 + [None] * 180
    together = compare(right_where(first, groups), right_where(second, groups), compare_config)
    assert alone.differences["accuracy"].p_value < 0.01
    assert together.differences["accuracy"].p_value > 0.3
    assert together.differences["accuracy"].low == 0


def test_p_values_under_no_difference_are_not_too_small(sample, compare_config):
    """Equally good models: at most about one comparison in ten may come out below 0.1."""
    small = []
    for trial in range(60):
        first, second = (sample(120, 0.7, seed=1000 + 2 * trial + model, gold_seed=trial) for model in (0, 1))
        small.append(compare(first, second, compare_config, seed=trial).differences["accuracy"].p_value < 0.1)
    assert 1 <= sum(small) <= 13


def test_a_significant_difference_goes_with_an_interval_that_excludes_zero(sample, compare_config):
    for seed in range(12):
        change = compare(
            sample(150, 0.65, seed=1), sample(150, 0.65 + seed / 80, seed=50 + seed), compare_config
        ).differences["macro_f1"]
        if not 0.04 < change.p_value < 0.06:  # the p-value is a step or two of a resample coarser
            assert (change.p_value <= 0.05) == (not change.low <= 0 <= change.high)


def test_equal_input_gives_equal_bytes(sample, compare_config):
    pairs = {"test": (sample(100, 0.6, seed=1), sample(100, 0.7, seed=2)), "challenge": (sample(50, 0.5, 3),) * 2}
    first, again = (
        compare_models(pairs, incumbent="baseline", challenger="transformer", config=compare_config, seed=4)
        for _ in range(2)
    )
    assert json.dumps(first.as_dict(), sort_keys=True) == json.dumps(again.as_dict(), sort_keys=True)
    assert first.deciding == "test"
    assert first.as_dict()["sets"]["challenge"]["differences"]["mcc"] == {
        "value": 0, "low": 0, "high": 0, "p_value": 1,
    }  # fmt: skip


class TestRefusals:
    def test_other_statements(self, sample, compare_config):
        with pytest.raises(StanceError, match="answered different statements of test"):
            compare(sample(50, 0.7, seed=1), sample(50, 0.7, seed=1, gold_seed=2), compare_config)

    def test_no_set(self, compare_config):
        with pytest.raises(StanceError, match="name at least one file"):
            compare_models({}, incumbent="baseline", challenger="transformer", config=compare_config, seed=1)


class TestMcNemar:
    def test_against_an_exact_binomial_done_by_hand(self):
        first = right_where([True] * 2 + [False] * 8 + [True] * 30 + [False] * 5)
        second = right_where([False] * 2 + [True] * 8 + [True] * 30 + [False] * 5)
        result = mcnemar(first, second)
        assert (result.only_incumbent_right, result.only_challenger_right) == (2, 8)
        # Two or fewer of ten fair tosses, and the mirrored tail: 2 * (1 + 10 + 45) / 1024
        assert result.p_value == pytest.approx(112 / 1024)

    @settings(max_examples=40)
    @given(st.integers(0, 60), st.integers(0, 60))
    def test_against_the_binomial_formula(self, only_first, only_second):
        first = right_where([True] * only_first + [False] * only_second + [True])
        second = right_where([False] * only_first + [True] * only_second + [True])
        count = only_first + only_second
        tail = sum(comb(count, k) for k in range(min(only_first, only_second) + 1)) / 2**count
        assert mcnemar(first, second).p_value == pytest.approx(min(1, 2 * tail))

    def test_statements_on_which_both_are_right_or_wrong_do_not_matter(self):
        few = mcnemar(right_where([True, True, True, False]), right_where([False, False, False, True]))
        flags = [True] * 100 + [False] * 100
        many = mcnemar(right_where([True, True, True, False, *flags]), right_where([False, False, False, True, *flags]))
        assert few == many
