"""The two models on somebody's own labels: `stance train`."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests_support import run_command

from pipeline.errors import StanceError
from pipeline.models import load_model
from pipeline.own_labels.dividing import divided
from pipeline.own_labels.labelled_texts import LabelledTexts, named_labels, read_labelled_texts
from pipeline.own_labels.measured import measured
from pipeline.own_labels.training import train_and_measure
from pipeline.params import MODEL_NAMES, ModelName, Params
from pipeline.prediction.predictor import load_predictor
from pipeline.stance import STANCES

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
def test_no_text_is_on_two_sides_and_none_is_lost(examples: list[tuple[str, int]], seed: int) -> None:
    padded = [*examples, *((f"text {number}", number % 2) for number in range(20))]
    parts = divided(LabelledTexts(Path("own.csv"), ("no", "yes"), tuple(padded)), None, 0.2, seed=seed)
    keys = [{" ".join(text.split()).casefold() for text, _ in part} for part in parts]
    assert not keys[0] & keys[1] | keys[0] & keys[2] | keys[1] & keys[2]
    assert sum(map(Counter, parts), Counter()) == Counter(padded)
    assert all({number for _, number in part} == {0, 1} for part in parts)


@pytest.mark.parametrize(("labels", "texts"), [(10, 5), (10, 7), (3, 6)])
def test_many_small_labels_stand_in_every_part(labels: int, texts: int) -> None:
    names = tuple(f"label {number}" for number in range(labels))
    examples = tuple((f"text {n} of {label}", label) for label in range(labels) for n in range(texts))
    for part in divided(LabelledTexts(Path("own.csv"), names, examples), None, 0.15, seed=1):
        assert {number for _, number in part} == set(range(labels))


def test_what_is_measured_on_is_not_learned() -> None:
    examples = tuple((f"text {number}", number % 2) for number in range(40))
    test = LabelledTexts(Path("test.csv"), ("no", "yes"), (("Text  1", 1), ("text 2", 0)))
    learn, choose, measure = divided(LabelledTexts(Path("own.csv"), ("no", "yes"), examples), test, 0.2, seed=1)
    assert measure == test.examples
    assert {text for text, _ in (*learn, *choose)} == {text for text, _ in examples} - {"text 1", "text 2"}


def test_a_rare_label_is_named() -> None:
    texts = LabelledTexts(Path("own.csv"), ("no", "yes"), tuple((f"text {n}", int(n == 0)) for n in range(20)))
    with pytest.raises(StanceError, match="'yes' has 1 different texts"):
        divided(texts, None, 0.2, seed=1)
    with pytest.raises(StanceError, match=r"'no' has 0 different texts that are not in the test \(20 are\)"):
        divided(texts, texts, 0.2, seed=1)


@pytest.mark.parametrize("names", ["", "one", "one,", "one, one", "one, One"])
def test_labels_must_be_two_and_different(names: str) -> None:
    with pytest.raises(StanceError, match=r"two or more different labels|are alike"):
        named_labels(names)


def test_the_five_stances_keep_their_own_order() -> None:
    assert named_labels("warning, other, threat, denial, de-escalation") == STANCES


def test_an_unknown_or_empty_label_is_named_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "own.csv")
    with pytest.raises(StanceError, match=r"own\.csv, line 2: unknown label 'praise'; the labels are blame, appeal"):
        read_labelled_texts(path, text="sentence", label="act", labels=named_labels("blame, appeal"))
    path.write_text("sentence,act\nSomething was said.,\n", encoding="utf-8")
    with pytest.raises(StanceError, match=r"own\.csv, line 2: 'act' is empty"):
        read_labelled_texts(path, text="sentence", label="act")


def test_the_interval_holds_the_figure(small_params: Params) -> None:
    gold = np.array([0, 1, 2] * 20)
    answers = np.where(np.arange(60) % 4 == 0, 0, gold)
    result = measured(
        "baseline", ("a", "b", "c"), gold.tolist(), answers, small_params.evaluate, seed=1, learned=1, chosen_on=1
    )
    assert 0 < result.interval[0] < result.macro_f1 < result.interval[1] < 1


def test_a_label_that_the_test_lacks_does_not_count(small_params: Params) -> None:
    result = measured(
        "baseline",
        ("a", "b", "c"),
        [0, 1] * 9,
        np.array([0, 1] * 9),
        small_params.evaluate,
        seed=1,
        learned=1,
        chosen_on=1,
    )
    assert (result.macro_f1, result.interval) == (1, (1, 1))


def test_the_command_reports_and_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    data = str(written(tmp_path / "own.csv"))
    start = ["train", "--data", data, "--column", "sentence", "--model", "baseline"]
    code, shown, _ = run_command([*start, "--label", "act", "--format", "json"], monkeypatch, capsys)
    assert code == 0
    assert set(json.loads(shown)["per_label"]) == set(TEXTS)
    for arguments, complaint in (
        ([*start], "there is no column 'label', only 'sentence', 'act'; name it with --label"),
        ([*start, "--label", "act", "--out", str(tmp_path)], "exists"),
        ([*start, "--label", "act", "--format", "csv"], "--format table or json"),
        ([*start[:-1], "tranformer", "--label", "act"], "There is no model 'tranformer'"),
    ):
        code, _, said = run_command(arguments, monkeypatch, capsys)
        assert code == 1
        assert complaint in said
