"""The model as MLflow opens it: a table or a list of texts in, one row of figures a text out."""

import pandas as pd
import pytest

from pipeline.models import load_model
from pipeline.stance import STANCES
from pipeline.tracking.packaging import EXAMPLE
from pipeline.tracking.store import opened, store_of

COLUMNS = ["stance", "confidence", *map(str, STANCES)]
TEXTS = ["If they move closer, we will strike.", "The two sides discussed trade."]


@pytest.fixture(scope="module")
def served(tracked):
    with opened(store_of(tracked.folder)):
        import mlflow

        return mlflow.pyfunc.load_model("models:/statement-stance@baseline")


@pytest.mark.parametrize("texts", [TEXTS, pd.DataFrame({"text": TEXTS}), pd.DataFrame({"text": TEXTS, "id": [1, 2]})])
def test_it_answers_like_the_model_folder(served, tracked, texts):
    answers = served.predict(texts)
    assert list(answers.columns) == COLUMNS
    model = load_model(tracked.folder / "models" / "baseline")
    assert answers[COLUMNS[2:]].to_numpy() == pytest.approx(model.probabilities(TEXTS))
    assert list(answers["stance"]) == ["threat", "other"]
    assert list(answers["confidence"]) == pytest.approx(list(answers[COLUMNS[2:]].max(axis=1)))


def test_it_says_what_goes_in_and_out(served):
    assert [str(one) for one in served.metadata.get_output_schema().input_names()] == COLUMNS
    assert served.input_example["text"].tolist() == [EXAMPLE]


def test_it_refuses_a_table_whose_first_column_is_another(served):
    with pytest.raises(Exception, match="first column must be 'text', got 'speaker'"):
        served.predict(pd.DataFrame({"speaker": ["A minister"], "text": ["We agree."]}))


def test_it_carries_the_package_that_opens_it(served, tracked):
    (version,) = tracked.client.search_model_versions(f"tags.fingerprint = '{tracked.fingerprint('baseline')}'")
    model = tracked.client.get_logged_model(version.source.removeprefix("models:/"))
    names = {file.path for file in tracked.client.list_logged_model_artifacts(model.model_id, "code/pipeline")}
    assert "code/pipeline/models" in names
