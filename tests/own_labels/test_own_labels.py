"""The two models on somebody's own labels: `stance train`."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.errors import StanceError
from pipeline.models import load_model
from pipeline.own_labels.labelled_texts import LabelledTexts, divided, named_labels, read_labelled_texts
from pipeline.own_labels.training import measured, train_and_measure
from pipeline.params import MODEL_NAMES, ModelName, Params
from pipeline.prediction.predictor import load_predictor

TEXTS = {
    "praise": "The council thanked the people of {} for their patience.",
    "blame": "The minister blamed the mayor of {} for the flood.",
    "appeal": "The governor asked the people of {} to save water.",
}
PLACES = ("Arvenia", "Bresk", "Corlund", "Dovar", "Estmark", "Falun", "Gorath", "Hallenby", "Istria", "Jorvale")


def written(path: Path, places: tuple[str, ...] = PLACES) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["sentence", "act"])
        rows.writerows([text.format(place), name] for place in places for name, text in TEXTS.items())
    return path


@pytest.fixture(params=MODEL_NAMES)
def name(request: pytest.FixtureRequest) -> ModelName:
    return request.param  # type: ignore[no-any-return]


def test_both_models_learn_own_labels(name: ModelName, small_params: Params, tmp_path: Path) -> None:
    data = read_labelled_texts(written(tmp_path / "own.csv"), text="sentence", label="act")
    test = read_labelled_texts(
        written(tmp_path / "test.csv", ("Korvik", "Lund")), text="sentence", label="act", labels=data.labels
    )
    result = train_and_measure(data, test, name, small_params, out=tmp_path / "model")
    assert result.macro_f1 == 1
    assert (result.measured, result.learned + result.chosen_on) == (6, 30)
    assert list(result.per_label) == ["appeal", "blame", "praise"]
    model = load_model(tmp_path / "model")
    assert model.labels == ("appeal", "blame", "praise")
    rows = model.probabilities([TEXTS["blame"].format("Marn"), TEXTS["praise"].format("Marn")])
    assert rows.shape == (2, 3)
    assert rows.argmax(axis=1).tolist() == [1, 2]


def test_without_a_test_file_a_fifth_is_measured_on(small_params: Params, tmp_path: Path) -> None:
    data = read_labelled_texts(written(tmp_path / "own.csv"), text="sentence", label="act")
    result = train_and_measure(data, None, "baseline", small_params)
    assert result.measured == 6
    assert json.loads(json.dumps(result.as_dict()))["macro_f1"] == result.macro_f1
    assert "| blame |" in result.as_markdown()


def test_a_model_of_own_labels_does_not_pass_for_one_of_stances(small_params: Params, tmp_path: Path) -> None:
    data = read_labelled_texts(written(tmp_path / "own.csv"), text="sentence", label="act")
    train_and_measure(data, None, "baseline", small_params, out=tmp_path / "model")
    with pytest.raises(StanceError, match="appeal, blame, praise apart, not stances"):
        load_predictor(tmp_path / "model")


@given(some.lists(some.tuples(some.text(min_size=1, max_size=3), some.integers(0, 1)), min_size=5), some.integers(0, 9))
def test_no_text_is_on_both_sides_and_none_is_lost(examples: list[tuple[str, int]], seed: int) -> None:
    padded = [*examples, *((f"text {number}", number % 2) for number in range(20))]
    larger, smaller = divided(LabelledTexts(Path("own.csv"), ("no", "yes"), tuple(padded)), 0.2, seed=seed)
    assert not {text for text, _ in larger} & {text for text, _ in smaller}
    assert Counter(larger) + Counter(smaller) == Counter(padded)
    assert {number for _, number in smaller} == {0, 1}


def test_a_rare_label_is_named() -> None:
    texts = LabelledTexts(Path("own.csv"), ("no", "yes"), tuple((f"text {n}", int(n == 0)) for n in range(20)))
    with pytest.raises(StanceError, match="'yes' has 1 texts"):
        divided(texts, 0.2, seed=1)


@pytest.mark.parametrize("names", ["", "one", "one,", "one, one"])
def test_labels_must_be_two_and_different(names: str) -> None:
    with pytest.raises(StanceError, match="two or more different labels"):
        named_labels(names)


def test_an_unknown_or_empty_label_is_named_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "own.csv")
    with pytest.raises(StanceError, match=r"own\.csv, line 2: unknown label 'praise'; the labels are blame, appeal"):
        read_labelled_texts(path, text="sentence", label="act", labels=named_labels("blame, appeal"))
    path.write_text("sentence,act\nSomething was said.,\n", encoding="utf-8")
    with pytest.raises(StanceError, match=r"own\.csv, line 2: 'act' is empty"):
        read_labelled_texts(path, text="sentence", label="act")
    with pytest.raises(StanceError, match="there is no column 'label', only 'sentence', 'act'"):
        read_labelled_texts(path, text="sentence")


def test_the_interval_holds_the_figure(small_params: Params) -> None:
    gold = np.array([0, 1, 2] * 20)
    answers = np.where(np.arange(60) % 4 == 0, 0, gold)
    result = measured("baseline", ("a", "b", "c"), gold.tolist(), answers, small_params, learned=1, chosen_on=1)
    assert 0 < result.interval[0] < result.macro_f1 < result.interval[1] < 1
