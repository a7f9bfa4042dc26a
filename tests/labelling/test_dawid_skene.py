"""The label model finds what was planted, and keeps to its priors where there is little to go by."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.labelling.dawid_skene import MISSING, LabelModel, fit_label_model

LABELS = 5
PLANTED = (0.95, 0.8, 0.6)


def fit(votes: np.ndarray, **changed: float) -> LabelModel:
    options = {"accuracy": 0.8, "strength": 5.0, "iterations": 500, "tolerance": 1e-7, **changed}
    return fit_label_model(votes, labels=LABELS, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def simulated() -> tuple[np.ndarray, np.ndarray]:
    """Truth (12000,) and votes (12000, 3) of annotators of the PLANTED accuracies, a fifth of the votes missing."""
    random = np.random.default_rng(7)
    truth = random.choice(LABELS, size=12000, p=[0.15, 0.15, 0.15, 0.15, 0.4])
    votes = np.empty((len(truth), len(PLANTED)), dtype=np.int64)
    for annotator, accuracy in enumerate(PLANTED):
        wrong = (truth + random.integers(1, LABELS, size=len(truth))) % LABELS
        votes[:, annotator] = np.where(random.random(len(truth)) < accuracy, truth, wrong)
    votes[random.random(votes.shape) < 0.2] = MISSING
    return truth, votes


def test_planted_accuracies_are_recovered(simulated: tuple[np.ndarray, np.ndarray]) -> None:
    model = fit(simulated[1])
    assert model.converged
    for annotator, accuracy in enumerate(PLANTED):
        assert np.diag(model.confusion[annotator]) == pytest.approx([accuracy] * LABELS, abs=0.05)
    assert model.prior == pytest.approx([0.15, 0.15, 0.15, 0.15, 0.4], abs=0.03)


def test_labels_are_better_than_the_majority(simulated: tuple[np.ndarray, np.ndarray]) -> None:
    truth, votes = simulated
    counts = (votes[:, :, None] == np.arange(LABELS)).sum(axis=1)
    majority = (counts.argmax(axis=1) == truth).mean()
    assert (fit(votes).posterior.argmax(axis=1) == truth).mean() > majority + 0.02


def test_confidence_means_what_it_says(simulated: tuple[np.ndarray, np.ndarray]) -> None:
    truth, votes = simulated
    posterior = fit(votes).posterior
    right = (posterior.argmax(axis=1) == truth).mean()
    assert posterior.max(axis=1).mean() == pytest.approx(right, abs=0.02)


def test_the_order_of_annotators_does_not_matter(simulated: tuple[np.ndarray, np.ndarray]) -> None:
    votes = simulated[1]
    there, back = fit(votes), fit(votes[:, ::-1])
    assert there.posterior == pytest.approx(back.posterior, abs=1e-9)
    assert there.confusion == pytest.approx(back.confusion[::-1], abs=1e-9)


def test_a_lone_annotator_keeps_the_reputation_of_the_prior() -> None:
    votes = np.arange(500).reshape(-1, 1) % LABELS
    model = fit(votes, accuracy=0.9, strength=50.0)
    assert model.posterior.argmax(axis=1).tolist() == votes[:, 0].tolist()
    assert np.diag(model.confusion[0]) == pytest.approx([0.9] * LABELS, abs=0.01)


def test_no_votes_at_all() -> None:
    model = fit(np.empty((0, 0), dtype=np.int64))
    assert model.posterior.shape == (0, LABELS)
    assert model.prior == pytest.approx([1 / LABELS] * LABELS)


@settings(max_examples=40, deadline=None)
@given(arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=st.integers(MISSING, LABELS - 1)))
def test_each_step_climbs_and_rows_are_probabilities(votes: np.ndarray) -> None:
    model = fit(votes, iterations=30)
    assert (np.diff(model.objective) >= -1e-8).all()
    assert model.posterior.sum(axis=1) == pytest.approx(np.ones(len(votes)))
    assert model.confusion.sum(axis=2) == pytest.approx(np.ones((votes.shape[1], LABELS)))
    assert model.prior.sum() == pytest.approx(1)
