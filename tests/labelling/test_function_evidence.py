"""Functions share one vote, are measured against annotators, and cannot outvote a careful one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.evidence import firing_profiles, held_down, posterior_with, shared_evidence

PRIOR = np.array([0.2, 0.2, 0.6])
PROFILES = np.array([[0.9, 0.05, 0.05], [0.9, 0.05, 0.05], [0.1, 0.8, 0.1]])


def test_one_firing_gives_the_profile_back() -> None:
    fires = np.array([[True, False, False], [False, False, True]])
    belief = posterior_with(np.repeat(PRIOR[None], 2, axis=0), shared_evidence(fires, PROFILES, PRIOR))
    assert belief == pytest.approx(PROFILES[[0, 2]])


def test_silence_adds_nothing() -> None:
    evidence = shared_evidence(np.zeros((1, 3), dtype=bool), PROFILES, PRIOR)
    assert posterior_with(PRIOR[None], evidence) == pytest.approx(PRIOR[None])


def test_two_functions_that_say_the_same_weigh_as_one() -> None:
    fires = np.array([[True, False, False], [True, True, False]])
    one, two = shared_evidence(fires, PROFILES, PRIOR)
    assert two == pytest.approx(one)


def test_a_profile_is_measured_where_annotators_read() -> None:
    truth = np.eye(3)[[0] * 80 + [2] * 20]
    fires = np.ones((100, 1), dtype=bool)
    profile = firing_profiles(fires, truth, np.array([0]), prior=PRIOR, accuracy=0.7, strength=1e-6)
    assert profile[0] == pytest.approx([0.8, 0.0, 0.2], abs=1e-4)


def test_a_function_that_never_fired_keeps_the_prior_belief() -> None:
    fires = np.zeros((4, 1), dtype=bool)
    profile = firing_profiles(fires, np.eye(3)[[0, 1, 2, 2]], np.array([0]), prior=PRIOR, accuracy=0.7, strength=50)
    assert profile[0] == pytest.approx([0.7, 0.3 * 0.25, 0.3 * 0.75])


@given(st.lists(st.lists(st.floats(-20, 20), min_size=5, max_size=5), min_size=1), st.floats(0.3, 0.95))
def test_evidence_that_is_held_down_moves_no_odds_beyond_one_voter(rows: list[list[float]], accuracy: float) -> None:
    evidence = np.array(rows)
    most = np.log(accuracy / ((1 - accuracy) / 4))
    assert (np.ptp(held_down(evidence, accuracy), axis=1) <= most + 1e-9).all()
    small = np.ptp(evidence, axis=1) <= most
    assert held_down(evidence, accuracy)[small] == pytest.approx(evidence[small])


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_careful_annotator_is_not_outvoted(given_label: int, wrong: int) -> None:
    careful = np.full((1, 5), 0.0125)
    careful[0, given_label] = 0.95
    shout = np.where(np.arange(5) == wrong, 50.0, 0.0)[None]
    assert posterior_with(careful, held_down(shout, 0.7)).argmax() == given_label


def test_functions_break_a_tie_between_annotators() -> None:
    torn = np.array([[0.48, 0.48, 0.04]])
    whisper = np.array([[0.0, 0.7, 0.0]])
    assert posterior_with(torn, held_down(whisper, 0.7)).argmax() == 1
