"""One list of checks that both models must pass."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.jsonl import write_records
from pipeline.models import load_model
from pipeline.models.baseline import texts_and_cues
from pipeline.models.manifest import read_manifest
from pipeline.models.training import train_on_examples
from pipeline.params import Params
from pipeline.records import LabelledStatement
from pipeline.stages.train import run
from pipeline.stance import STANCES


def test_learns_what_can_be_learned(model_folder: Path, statements: list[LabelledStatement]):
    found = load_model(model_folder).probabilities([one.text for one in statements]).argmax(axis=1)
    assert [STANCES[index] for index in found] == [one.label for one in statements]


@given(texts=st.lists(st.text(min_size=1), max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_texts_give_distributions(model_folder: Path, texts: list[str]):
    rows = load_model(model_folder).probabilities(texts)
    assert rows.shape == (len(texts), len(STANCES))
    assert rows.dtype == np.float64
    assert (rows >= 0).all()
    assert np.allclose(rows.sum(axis=1), 1)


def test_order_and_company_do_not_change_an_answer(model_folder: Path, statements: list[LabelledStatement]):
    model = load_model(model_folder)
    texts = [one.text for one in statements] + ["No.", "a longer text " * 40]
    together = model.probabilities(texts)
    assert np.allclose(model.probabilities(texts[::-1])[::-1], together, atol=1e-5)
    assert np.allclose(np.vstack([model.probabilities([text]) for text in texts]), together, atol=1e-5)


def test_a_text_far_beyond_the_longest_is_cut_not_refused(model_folder: Path):
    assert load_model(model_folder).probabilities(["word " * 5000]).shape == (1, len(STANCES))


def test_training_again_gives_the_same_manifest_and_answers(
    model_folder: Path, statements: list[LabelledStatement], small_params: Params, tmp_path: Path
):
    name = read_manifest(model_folder).kind
    run(small_params.models, name, model_folder.parent / "splits", tmp_path / name, seed=1, threads=1)  # type: ignore[arg-type]
    assert (tmp_path / name / "manifest.json").read_bytes() == (model_folder / "manifest.json").read_bytes()
    texts = [one.text for one in statements]
    first, second = (load_model(folder).probabilities(texts) for folder in (model_folder, tmp_path / name))
    assert first.tobytes() == second.tobytes()


def test_manifest_tells_how_the_model_was_made(model_folder: Path):
    manifest = read_manifest(model_folder)
    assert manifest.labels == tuple(STANCES)
    assert set(manifest.inputs) == {"train", "validation"}
    assert len(manifest.fingerprint) == 64
    assert manifest.temperature > 0
    best = max(row["validation_macro_f1"] for row in manifest.history)
    assert manifest.metrics["validation_macro_f1"] == pytest.approx(best, abs=0.05)  # training may run in bfloat16


def test_another_seed_is_another_fingerprint(
    model_folder: Path, small_params: Params, tmp_path: Path, statements: list[LabelledStatement]
):
    name = read_manifest(model_folder).kind
    run(small_params.models, name, model_folder.parent / "splits", tmp_path / name, seed=2, threads=1)  # type: ignore[arg-type]
    assert read_manifest(tmp_path / name).fingerprint != read_manifest(model_folder).fingerprint


def test_no_pickle_in_the_folder(model_folder: Path):
    suffixes = {path.suffix for path in model_folder.rglob("*") if path.is_file()}
    assert suffixes <= {".json", ".safetensors", ".skops", ".txt"}


def test_a_damaged_folder_is_named(model_folder: Path, tmp_path: Path):
    broken = tmp_path / "broken"
    shutil.copytree(model_folder, broken)
    weights = next(path for path in broken.iterdir() if path.suffix in (".skops", ".safetensors"))
    weights.write_bytes(b"not a model")
    with pytest.raises(StanceError, match="cannot be loaded"):
        load_model(broken)


def test_an_unknown_kind_is_named(model_folder: Path, tmp_path: Path):
    other = tmp_path / "other"
    shutil.copytree(model_folder, other)
    manifest = json.loads((other / "manifest.json").read_text())
    (other / "manifest.json").write_text(json.dumps(manifest | {"kind": "oracle"}))
    with pytest.raises(StanceError, match="oracle"):
        load_model(other)


def test_one_stance_cannot_be_learned(
    model_folder: Path, statements: list[LabelledStatement], small_params: Params, tmp_path: Path
):
    name = read_manifest(model_folder).kind
    alike = [one for one in statements if one.label == STANCES[0]]
    write_records(tmp_path / "train.jsonl", alike)
    write_records(tmp_path / "validation.jsonl", alike)
    with pytest.raises(StanceError, match="two stances"):
        run(small_params.models, name, tmp_path, tmp_path / "out", seed=1, threads=1)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_a_model_that_answers_otherwise_has_another_fingerprint(model_folder: Path):
    manifest = read_manifest(model_folder)
    other = replace(manifest, answers="0" * 64).with_fingerprint()
    assert manifest.with_fingerprint().fingerprint == manifest.fingerprint != other.fingerprint


def test_texts_that_show_no_cue_can_be_learned_too(small_params: Params):
    texts = [(f"The cat sat on mat {number}.", 0) for number in range(9)]
    texts += [(f"A dog ran over hill {number}.", 1) for number in range(9)]
    trained = train_on_examples("baseline", small_params.models, texts, texts, labels=("cat", "dog"), seed=1, threads=1)
    assert trained.model.probabilities(["A dog ran over hill 3."]).argmax() == 1


def test_cues_tell_what_words_do_not(small_params: Params):
    plain = ["It is not so that they said no.", "They said so and it is no secret."]
    table = texts_and_cues([*plain, "The minister threatened to close the port."])
    assert table[2, 1] == "threatened_to"
    assert table[0, 0] == plain[0]
