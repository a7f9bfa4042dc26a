import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.calibration import calibrated, fit_temperature


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
