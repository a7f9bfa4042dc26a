"""The rule of the champion, and the sentence that explains it."""

import pytest

from pipeline.comparison import choose_champion, compare_models
from pipeline.params import CompareParams


@pytest.fixture
def choose(sample, compare_config):
    def make(first_share, second_share, **changes):
        config = CompareParams(**{**compare_config.model_dump(), **changes})
        comparison = compare_models(
            {
                "test": (sample(200, first_share, seed=1), sample(200, second_share, seed=2)),
                "challenge": (sample(200, 0.9, seed=3), sample(200, 0.1, seed=4)),
            },
            incumbent="baseline",
            challenger="transformer",
            config=config,
            seed=5,
        )
        return comparison.sets["test"].differences, choose_champion(comparison, config)

    return make


def test_a_clearly_better_challenger_wins_whatever_the_other_sets_say(choose):
    differences, choice = choose(0.5, 0.8)
    assert choice.champion == "transformer"
    assert f"its macro-F1 is {differences['macro_f1'].value:.3f} higher on test (p = 0.005" in choice.reason


def test_a_lead_that_may_be_chance_leaves_the_smaller_model(choose):
    differences, choice = choose(0.70, 0.75)
    assert differences["macro_f1"].value > 0
    assert differences["macro_f1"].p_value > 0.05
    assert choice.champion == "baseline"
    assert "may be chance" in choice.reason


def test_the_significance_of_the_parameters_decides(choose):
    differences, strict = choose(0.70, 0.75)
    p_value = differences["macro_f1"].p_value
    _, at_the_limit = choose(0.70, 0.75, significance=p_value)
    _, just_below = choose(0.70, 0.75, significance=p_value - 1e-6)
    assert (strict.champion, at_the_limit.champion, just_below.champion) == ("baseline", "transformer", "baseline")


def test_a_worse_challenger_loses_even_when_that_is_significant(choose):
    differences, choice = choose(0.8, 0.5)
    assert differences["macro_f1"].p_value < 0.05
    assert choice.champion == "baseline"
    assert "is not better on test" in choice.reason


@pytest.mark.parametrize(("metric", "title"), [("macro_f1", "macro-F1"), ("accuracy", "accuracy"), ("mcc", "MCC")])
def test_the_metric_of_the_parameters_is_named(choose, metric, title):
    _, choice = choose(0.5, 0.8, metric=metric)
    assert f"its {title} is" in choice.reason
    assert choice.reason.count(".") - choice.reason.count("0.") == 1  # one sentence
