"""Near-duplicates: all of them, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.labelling.duplicates import near_duplicates

WORDS = ("border", "guard", "river", "closed", "talks", "open", "ship", "never", "tonight", "will")


def test_a_changed_word_is_near_and_another_sentence_is_not() -> None:
    texts = [
        "The harbour of Istria Bay will stay closed to the ferries until the buoys have been counted.",
        "Our bakers ask for cheaper flour.",
        "The harbour of Istria Bay will stay closed to the ferries until the boats have been counted.",
    ]
    ((left, right, cosine),) = near_duplicates(texts, 0.8)
    assert (left, right) == (0, 2)
    assert 0.8 <= cosine < 1


def test_equal_texts_have_a_cosine_of_one() -> None:
    ((left, right, cosine),) = near_duplicates(["same words", "other things", "same words"], 0.99)
    assert (left, right) == (0, 2)
    assert cosine == pytest.approx(1)


@pytest.mark.parametrize("texts", [[], ["alone"], ["", " "], ["", "alone", "\n"]])
def test_nothing_to_compare(texts: list[str]) -> None:
    assert near_duplicates(texts, 0.5) == []


def test_positions_count_blank_texts() -> None:
    assert [pair[:2] for pair in near_duplicates(["", "twice told", " ", "twice told"], 0.9)] == [(1, 3)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=2, max_size=25),
    st.floats(0.05, 0.95),
)
def test_the_quick_search_finds_what_comparing_all_pairs_finds(texts: list[str], similarity: float) -> None:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit_transform(texts)
    cosines = (vectors @ vectors.T).toarray()
    found = {(left, right): cosine for left, right, cosine in near_duplicates(texts, similarity)}
    for left in range(len(texts)):
        for right in range(left + 1, len(texts)):
            if abs(cosines[left, right] - similarity) > 1e-6:  # on the border rounding may decide
                assert ((left, right) in found) == (cosines[left, right] > similarity)
    assert all(np.isclose(cosine, cosines[pair], atol=1e-9) for pair, cosine in found.items())
