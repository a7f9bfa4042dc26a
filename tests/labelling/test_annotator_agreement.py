"""Kappa and alpha on examples that are worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.agreement import cohen_kappa, krippendorff_alpha
from pipeline.labelling.dawid_skene import MISSING

A, B, NONE = 0, 1, MISSING


def test_kappa_by_hand() -> None:
    # They agree on 3 of 4: 0.75. By chance: 0.5 * 0.25 (both A) + 0.5 * 0.75 (both B) = 0.5. (0.75 - 0.5) / 0.5 = 0.5.
    first, second = np.array([A, A, B, B, A]), np.array([A, B, B, B, NONE])
    assert cohen_kappa(first, second, 2) == pytest.approx(0.5)


def test_alpha_by_hand() -> None:
    # Four statements, three annotators; the last statement has one vote and pairs with nothing.
    # Coincidences: AA +2 (first), AB +1 and BA +1 (second), BB +3 (third: 6 ordered pairs of weight 1/2).
    # So A is given 3 times and B 4 times among 7 pairable votes; observed disagreement 2, expected 2 * 3 * 4 = 24:
    # alpha = 1 - (7 - 1) * 2 / 24 = 0.5.
    votes = np.array([[A, A, NONE], [A, B, NONE], [B, B, B], [A, NONE, NONE]])
    assert krippendorff_alpha(votes, 5) == pytest.approx(0.5)


def test_alpha_of_systematic_disagreement_is_below_chance() -> None:
    # AB +2 and BA +2; A and B 2 times each: alpha = 1 - 3 * 4 / 8 = -0.5.
    assert krippendorff_alpha(np.array([[A, B], [B, A]]), 2) == pytest.approx(-0.5)


@pytest.mark.parametrize("votes", [[[A, NONE], [NONE, B]], [[A, A], [A, A]], [[NONE, NONE]]])
def test_undefined_agreement_is_none(votes: list[list[int]]) -> None:
    table = np.array(votes)
    assert krippendorff_alpha(table, 5) is None
    assert cohen_kappa(table[:, 0], table[:, 1], 5) is None


@given(st.lists(st.lists(st.integers(-1, 3), min_size=3, max_size=3), min_size=2))
def test_alpha_is_at_most_one_and_one_only_where_all_agree(rows: list[list[int]]) -> None:
    votes = np.array(rows)
    alpha = krippendorff_alpha(votes, 4)
    if alpha is not None:
        agree = all(len({vote for vote in row if vote != MISSING}) <= 1 for row in rows)
        assert alpha == pytest.approx(1) if agree else alpha < 1
        assert alpha == pytest.approx(krippendorff_alpha(votes[:, ::-1], 4))
