import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.calibration import calibrated, fit_temperature, shift_to_expected


def test_planted_temperature_is_found():
    random = np.random.default_rng(3)
    logits = random.normal(size=(20_000, 5)) * 2
    gold = np.array([random.choice(5, p=row) for row in calibrated(logits, 1.0)])
    assert abs(fit_temperature(logits * 3, gold) - 3) < 0.15


@given(st.floats(0.1, 10), st.integers(0, 1000))
def test_temperature_never_changes_the_answer(temperature: float, seed: int):
    logits = np.random.default_rng(seed).normal(size=(20, 5)) * 5
    assert (calibrated(logits, temperature).argmax(axis=1) == logits.argmax(axis=1)).all()


def test_huge_logits_stay_finite():
    rows = calibrated(np.array([[1e6, -1e6, 0, 0, 0]]), 0.05)
    assert np.isfinite(rows).all()
    assert rows.sum() == 1


@given(
    counts=st.lists(st.integers(1, 500), min_size=2, max_size=6),
    expected=st.floats(0.05, 0.95),
)
def test_a_shift_moves_the_shares_of_a_model_that_knows_no_more(counts: list[int], expected: float):
    """A model that answers every text with the shares of training answers with the expected ones after the shift."""
    shares = np.array(counts) / sum(counts)
    (answer,) = calibrated(np.log(shares)[None], 1.0, shift_to_expected(counts, expected))
    assert answer[-1] == pytest.approx(expected)
    rest = answer[:-1] / answer[:-1].sum()
    assert rest == pytest.approx(shares[:-1] / shares[:-1].sum())


def test_without_two_kinds_of_classes_nothing_is_shifted():
    assert shift_to_expected([3, 0], 0.7) == (0, 0)
    assert shift_to_expected([0, 3], 0.7) == (0, 0)
