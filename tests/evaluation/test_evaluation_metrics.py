"""The headline metrics against scikit-learn and against sums done by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    f1_score,
    log_loss,
    matthews_corrcoef,
    precision_recall_fscore_support,
)

from pipeline.evaluation import evaluate_labelled
from pipeline.params import EvaluateParams
from pipeline.stance import STANCES, Stance

CONFIG = EvaluateParams(resamples=100, confidence=0.95, calibration_bins=10)
THREAT, DENIAL, CALM, WARNING, OTHER = STANCES


def values(gold, probabilities, **further):
    report = evaluate_labelled(gold, probabilities, config=CONFIG, seed=1, **further)
    return {name: figure.value for name, figure in report.headlines.items()}


def certain(*answers):
    return np.eye(5)[[STANCES.index(answer) for answer in answers]]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60), st.integers(0, 2**16))
def test_headlines_equal_those_of_scikit_learn(pairs, seed):
    gold, answers = np.array(pairs).T
    probabilities = np.random.default_rng(seed).dirichlet(np.ones(5), size=len(gold))
    probabilities[np.arange(len(gold)), answers] += 1  # so that the answer is the most likely one
    probabilities /= 2
    found = values([STANCES[index] for index in gold], probabilities)
    assert found["macro_f1"] == pytest.approx(
        f1_score(gold, answers, average="macro", labels=np.unique(gold), zero_division=0)
    )
    assert found["accuracy"] == pytest.approx(accuracy_score(gold, answers))
    assert found["mcc"] == pytest.approx(matthews_corrcoef([*gold], [*answers]) if len({*gold, *answers}) > 1 else 0)
    assert found["log_loss"] == pytest.approx(log_loss(gold, probabilities, labels=range(5)))
    assert found["brier"] == pytest.approx(brier_score_loss(gold, probabilities, labels=range(5)))


def test_headlines_equal_sums_done_by_hand():
    gold = [THREAT, THREAT, DENIAL, OTHER]
    probabilities = [
        [0.7, 0.1, 0.1, 0.1, 0.0],  # right, confidence 0.7
        [0.1, 0.5, 0.2, 0.1, 0.1],  # a denial instead of a threat, confidence 0.5
        [0.1, 0.9, 0.0, 0.0, 0.0],  # right, confidence 0.9
        [0.1, 0.0, 0.0, 0.0, 0.9],  # right, confidence 0.9
    ]
    found = values(gold, probabilities)
    # threat: precision 1, recall 1/2; denial: precision 1/2, recall 1; other: 1
    assert found["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert found["accuracy"] == pytest.approx(3 / 4)
    # covariance 3 * 4 - (2 * 1 + 1 * 2 + 1 * 1); both variances 16 - (4 + 1 + 1)
    assert found["mcc"] == pytest.approx(7 / 10)
    assert found["log_loss"] == pytest.approx(-(np.log(0.7) + np.log(0.1) + 2 * np.log(0.9)) / 4)
    assert found["brier"] == pytest.approx((0.12 + (0.81 + 0.25 + 0.04 + 0.01 + 0.01) + 0.02 + 0.02) / 4)
    # bins: 0.7 right, 0.5 wrong, two at 0.9 right
    assert found["ece"] == pytest.approx((0.3 + 0.5 + 0.2) / 4)


def test_calibration_error_compares_bin_means_not_single_statements():
    # Four answers at 0.75, three of them right: perfectly calibrated although no single one is.
    probabilities = [[0.75, 0.25, 0, 0, 0]] * 4
    assert values([THREAT, THREAT, THREAT, DENIAL], probabilities)["ece"] == pytest.approx(0)


@pytest.mark.parametrize("confidence", [0.3, 0.5, 0.6, 0.8, 1.0])
def test_a_confidence_on_an_edge_belongs_to_the_lower_bin(confidence):
    # Guo et al.: the bins are (low, high]. The first is right and just below the edge, the second wrong and on it;
    # in one bin they cancel out in part, in two they would not.
    below = confidence - 0.02
    rest = (1 - np.array([below, confidence])) / 4
    probabilities = [[below, *[rest[0]] * 4], [confidence, *[rest[1]] * 4]]
    expected = abs((below + confidence) - 1) / 2
    assert values([THREAT, DENIAL], probabilities)["ece"] == pytest.approx(expected)


def test_a_stance_without_gold_labels_does_not_pull_macro_f1_down():
    gold = [THREAT, OTHER, OTHER]
    assert values(gold, certain(THREAT, OTHER, OTHER))["macro_f1"] == 1
    # A stray warning costs `other` its recall (F1 2/3), but `warning` is no class of this set.
    assert values(gold, certain(THREAT, OTHER, WARNING))["macro_f1"] == pytest.approx((1 + 2 / 3) / 2)


def test_mcc_is_zero_when_every_answer_is_the_same():
    assert values([THREAT, OTHER, DENIAL], certain(OTHER, OTHER, OTHER))["mcc"] == 0


def test_equal_probabilities_are_answered_in_the_codebook_order():
    assert values([WARNING], [[0, 0, 0, 0.5, 0.5]])["accuracy"] == 1
    assert values([OTHER], [[0, 0, 0, 0.5, 0.5]])["accuracy"] == 0


def test_a_probability_that_was_rounded_to_zero_costs_a_finite_loss():
    assert values([THREAT], certain(OTHER))["log_loss"] == pytest.approx(-np.log(5e-7))


def test_rows_that_miss_one_by_rounding_are_scaled():
    exact = values([THREAT, OTHER], [[0.5, 0.125, 0.125, 0.125, 0.125], [0.2] * 5])
    rounded = values([THREAT, OTHER], [[0.5, 0.125, 0.125, 0.125, 0.125], [0.2002] * 5])
    assert rounded == pytest.approx(exact)


def test_stances_equal_those_of_scikit_learn(planted):
    gold, probabilities = planted(200, 0.6)
    report = evaluate_labelled(gold, probabilities, config=CONFIG, seed=1)
    answers = [STANCES[index] for index in probabilities.argmax(axis=1)]
    expected = precision_recall_fscore_support(gold, answers, labels=list(STANCES), zero_division=0)
    for stance, precision, recall, f1, support in zip(STANCES, *expected, strict=True):
        score = report.per_stance[stance]
        assert (score.precision, score.recall, score.f1, score.support) == pytest.approx(
            (precision, recall, f1, support)
        )
    assert [sum(row) for row in report.confusion] == [gold.count(stance) for stance in STANCES]
    assert sum(report.confusion[index][index] for index in range(5)) == sum(
        label is answer for label, answer in zip(gold, answers, strict=True)
    )


class TestLenient:
    GOLD = (THREAT, THREAT, WARNING, OTHER)
    ANSWERS = (THREAT, WARNING, THREAT, DENIAL)

    def test_an_answer_among_the_second_labels_counts_as_the_gold_label(self):
        report = evaluate_labelled(
            list(self.GOLD),
            certain(*self.ANSWERS),
            second_labels=[(), (WARNING, OTHER), (DENIAL,), ()],
            config=CONFIG,
            seed=1,
        )
        # The second answer becomes `threat`; the third stays a threat: its second label is another.
        assert report.lenient["accuracy"].value == pytest.approx(2 / 4)
        assert report.headlines["accuracy"].value == pytest.approx(1 / 4)
        # threat: precision 2/3, recall 1 -> 4/5; warning and other: 0
        assert report.lenient["macro_f1"].value == pytest.approx((4 / 5) / 3)

    def test_supports_and_confusion_stay_strict(self):
        seconds = [(), (WARNING,), (), ()]
        lenient = evaluate_labelled(
            list(self.GOLD), certain(*self.ANSWERS), second_labels=seconds, config=CONFIG, seed=1
        )
        strict = evaluate_labelled(list(self.GOLD), certain(*self.ANSWERS), config=CONFIG, seed=1)
        assert lenient.confusion == strict.confusion
        assert lenient.per_stance == strict.per_stance
        assert lenient.headlines == strict.headlines

    def test_without_second_labels_there_are_no_lenient_figures(self):
        report = evaluate_labelled([THREAT], certain(THREAT), second_labels=[()], config=CONFIG, seed=1)
        assert report.lenient is None

    @settings(max_examples=50)
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40))
    def test_lenient_accuracy_is_never_lower(self, rows):
        report = evaluate_labelled(
            [STANCES[gold] for gold, _, _ in rows],
            certain(*(STANCES[answer] for _, answer, _ in rows)),
            second_labels=[{STANCES[second]} for _, _, second in rows],
            config=CONFIG,
            seed=1,
        )
        expected = np.mean([answer in (gold, second) for gold, answer, second in rows])
        assert report.lenient["accuracy"].value == pytest.approx(expected)
        assert report.lenient["accuracy"].value >= report.headlines["accuracy"].value


def test_second_stance_may_be_given_as_plain_strings():
    report = evaluate_labelled(["threat"], certain(Stance.WARNING), second_labels=[["warning"]], config=CONFIG, seed=1)
    assert report.lenient["accuracy"].value == 1
