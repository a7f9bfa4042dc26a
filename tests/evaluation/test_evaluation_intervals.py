"""The bootstrap over groups: reproducible, honest in width, and with whole groups drawn."""

import numpy as np
import pytest

from pipeline.evaluation import evaluate_labelled
from pipeline.evaluation.bootstrap import group_weights
from pipeline.params import EvaluateParams
from pipeline.stance import STANCES, Stance


def right_or_wrong(right):
    """Gold labels that are all `threat`, answered rightly where asked and with `denial` elsewhere."""
    return [Stance.THREAT] * len(right), np.where(np.array(right)[:, np.newaxis], np.eye(5)[0], np.eye(5)[1])


def accuracy(right, groups, config, seed=1):
    gold, probabilities = right_or_wrong(right)
    return evaluate_labelled(gold, probabilities, groups=groups, config=config, seed=seed).headlines["accuracy"]


def test_same_seed_same_report_and_another_seed_another(planted, config):
    gold, probabilities = planted(150, 0.7)
    first, again, other = (evaluate_labelled(gold, probabilities, config=config, seed=seed) for seed in (3, 3, 4))
    assert first.as_dict() == again.as_dict()
    assert first.headlines["macro_f1"].low != other.headlines["macro_f1"].low
    assert first.headlines["macro_f1"].value == other.headlines["macro_f1"].value


def test_every_headline_lies_inside_its_interval(planted, config):
    gold, probabilities = planted(300, 0.7)
    report = evaluate_labelled(gold, probabilities, config=config, seed=1)
    assert set(report.headlines) == {"macro_f1", "accuracy", "mcc", "log_loss", "brier", "ece"}
    for name in set(report.headlines) - {"ece"}:  # which a bootstrap is known to inflate
        figure = report.headlines[name]
        assert figure.low < figure.value < figure.high, name


def test_higher_confidence_wider_interval(planted, config):
    gold, probabilities = planted(200, 0.7)
    narrow, wide = (
        evaluate_labelled(
            gold, probabilities, config=config.model_copy(update={"confidence": level}), seed=1
        ).headlines["macro_f1"]
        for level in (0.5, 0.99)
    )
    assert wide.low < narrow.low
    assert narrow.high < wide.high


def test_a_single_group_has_no_spread(config):
    figure = accuracy([True, True, False, False], ["one"] * 4, config)
    assert (figure.low, figure.value, figure.high) == (0.5, 0.5, 0.5)


def test_statements_of_one_group_move_together(config):
    right = [True] * 100 + [False] * 100
    together = accuracy(right, ["good"] * 100 + ["bad"] * 100, config)
    assert (together.low, together.high) == (0, 1)  # both draws from one of the two groups
    apart = accuracy(right, None, config)
    assert apart.low > 0.4
    assert apart.high < 0.6


def test_a_statement_without_a_group_is_its_own(config):
    right = [True, False] * 50
    assert accuracy(right, [None] * 100, config) == accuracy(right, [str(number) for number in range(100)], config)


def test_group_names_and_their_order_do_not_matter(planted, config):
    gold, probabilities = planted(60, 0.6)
    first = [f"group-{number % 20}" for number in range(60)]
    second = [f"other-{99 - number % 20}" for number in range(60)]
    assert evaluate_labelled(gold, probabilities, groups=first, config=config, seed=1) == evaluate_labelled(
        gold, probabilities, groups=second, config=config, seed=1
    )


def test_resamples_draw_as_many_groups_as_there_are():
    weights = np.concatenate(list(group_weights(37, 250, seed=5)))
    assert weights.shape == (250, 37)
    assert (weights.sum(axis=1) == 37).all()
    assert weights.mean() == 1
    assert weights.std() == pytest.approx(1, abs=0.1)  # counts of draws are nearly Poisson


def test_many_groups_are_drawn_in_parts():
    parts = list(group_weights(1_500_000, 4, seed=5))
    assert [len(part) for part in parts] == [2, 2]
    assert all((part.sum(axis=1) == 1_500_000).all() for part in parts)


def test_intervals_cover_the_truth_only_when_groups_are_known():
    """Groups of five that are right or wrong as one: the interval over groups covers, the one over statements not."""
    config = EvaluateParams(resamples=200, confidence=0.9, calibration_bins=10)
    truth, trials = 0.7, 80
    random = np.random.default_rng(11)
    groups = [str(number // 5) for number in range(300)]
    covered = {"by group": 0, "by statement": 0}
    for trial in range(trials):
        right = np.repeat(random.random(60) < truth, 5)
        for name, given in (("by group", groups), ("by statement", None)):
            figure = accuracy(right, given, config, seed=trial)
            covered[name] += figure.low <= truth <= figure.high
    assert 0.82 <= covered["by group"] / trials <= 0.97
    assert covered["by statement"] / trials < 0.7


def test_a_stance_that_a_resample_lost_does_not_count_as_a_failure(config):
    """Perfect answers stay perfect in every resample, also in those without the one rare denial."""
    gold = [Stance.DENIAL] + [Stance.OTHER] * 20
    probabilities = np.eye(5)[[STANCES.index(label) for label in gold]]
    figure = evaluate_labelled(gold, probabilities, config=config, seed=1).headlines["macro_f1"]
    assert (figure.low, figure.value, figure.high) == (1, 1, 1)
