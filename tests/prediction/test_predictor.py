"""Texts in, predictions out, in the same order; what is no text is refused by its position."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.models.manifest import read_manifest
from pipeline.prediction import Predictor, load_predictor
from pipeline.records import LabelledStatement, Prediction
from pipeline.stance import STANCES, Stance


@pytest.fixture(scope="module")
def predictor(model_folder: Path) -> Predictor:
    return load_predictor(model_folder, abstain_below=0.3)


def test_one_text_gives_one_prediction_and_a_list_gives_a_list(predictor: Predictor):
    one = predictor("We will strike Bresk.")
    assert isinstance(one, Prediction)
    assert predictor(["We will strike Bresk."]) == [one]
    assert predictor(iter(["We will strike Bresk."])) == [one]
    assert predictor([]) == []


def test_order_is_kept(predictor: Predictor, statements: list[LabelledStatement]):
    texts = [one.text for one in statements]
    assert [one.text for one in predictor(texts)] == texts
    assert [one.stance for one in predictor(texts)] == [one.label for one in statements]


@given(st.text(min_size=1).filter(str.strip))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_named_stance_is_the_most_likely_and_abstaining_is_by_confidence(predictor: Predictor, text: str):
    found = predictor(text)
    assert set(found.probabilities) == set(STANCES)
    assert found.confidence == max(found.probabilities.values())
    assert found.abstained == (found.confidence < 0.3)


def test_provenance_is_the_models_fingerprint(predictor: Predictor, model_folder: Path):
    found = predictor("Nothing new.")
    assert found.model == read_manifest(model_folder).fingerprint
    assert found.as_dict(provenance=True)["model"] == found.model
    assert "model" not in found.as_dict()


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ("", "Text 1 is empty"),
        (" \n", "Text 1 is empty"),
        (["fine", ""], "Text 2 is empty"),
        (["fine", None], "Text 2 must be a string; got NoneType"),
        (["fine", b"bytes"], "Text 2 must be a string; got bytes"),
        (b"bytes", "got bytes"),
        (7, "got int"),
        ({"text": "a"}, "got dict"),
    ],
)
def test_what_is_no_text_is_refused(predictor: Predictor, texts: object, complaint: str):
    with pytest.raises(StanceError, match=complaint):
        predictor(texts)  # type: ignore[call-overload]


def test_equal_probabilities_go_to_the_earlier_stance_of_the_codebook():
    import numpy as np

    class Undecided:
        def probabilities(self, texts):
            return np.full((len(texts), 5), 0.2)

        def save(self, folder):
            raise AssertionError

    assert Predictor(Undecided())("Hm.").stance is Stance.THREAT
