"""Engines answer as torch does, start without it, and are taken only where an export is of that very model."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.engines.choosing import Engine, open_model
from pipeline.engines.exported_model import Batch, ExportedModel
from pipeline.engines.onnx_model import OnnxModel
from pipeline.engines.openvino_model import OpenVinoModel
from pipeline.errors import StanceError
from pipeline.models import load_model
from pipeline.models.baseline import BaselineModel
from pipeline.models.manifest import read_manifest
from pipeline.models.transformer import TransformerModel
from pipeline.stages.export import run

HEAVY = {"openvino", "torch", "transformers", "mlflow", "pandas", "sklearn", "datasets", "scipy", "pyarrow"}


@pytest.fixture(scope="session")
def exported(transformer_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "onnx"
    run(transformer_folder, folder)
    return folder


ENGINES = {OnnxModel: 1e-4, OpenVinoModel: 0.05}  # how far from torch: the second may multiply in bf16


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(min_size=1, max_size=300).filter(str.strip), max_size=8))
@pytest.mark.parametrize("kind", ENGINES)
def test_every_engine_gives_the_probabilities_of_torch(
    transformer_folder: Path, exported: Path, kind: type[ExportedModel], texts: list[str]
):
    torch_rows = load_model(transformer_folder).probabilities(texts)
    rows = kind.load(exported, threads=2).probabilities(texts)
    assert rows.shape == torch_rows.shape
    np.testing.assert_allclose(rows, torch_rows, atol=ENGINES[kind])


NEIGHBOURS = ["We deny it.", "Stay calm " * 40, "They will pay a price, and soon.", "word " * 5000, "No.", "Stay calm."]


def test_a_row_does_not_depend_on_its_neighbours(exported: Path):
    model = OnnxModel.load(exported, threads=1)
    together = model.probabilities(NEIGHBOURS)
    np.testing.assert_allclose(np.vstack([model.probabilities([text]) for text in NEIGHBOURS]), together, atol=1e-5)
    np.testing.assert_allclose(model.probabilities(NEIGHBOURS[::-1])[::-1], together, atol=1e-5)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(3 * len(NEIGHBOURS))), cut=st.integers(1, 3 * len(NEIGHBOURS) - 1))
def test_openvino_answers_alike_to_the_last_bit_however_texts_are_ordered_and_cut(
    exported: Path, order: list[int], cut: int
):
    model = OpenVinoModel.load(exported, threads=2)
    texts = [f"{text} {number}" for number in range(3) for text in NEIGHBOURS]
    shuffled = [texts[place] for place in order]
    found = np.vstack([model.probabilities(shuffled[:cut]), model.probabilities(shuffled[cut:])])
    np.testing.assert_array_equal(found, model.probabilities(texts)[order])


def test_openvino_answers_several_threads_at_once(exported: Path):
    model = OpenVinoModel.load(exported, threads=2)
    texts = [" ".join(["calm"] * (number % 60 + 1)) + f" {number}" for number in range(400)]  # far more than wait
    alone = model.probabilities(texts)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(model.probabilities, [texts] * 4):
            np.testing.assert_array_equal(found, alone)


@pytest.mark.parametrize("kind", ENGINES)
def test_no_text_is_wider_than_the_encoder_knows_positions(
    exported: Path, kind: type[ExportedModel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = shutil.copytree(exported, tmp_path / "odd")
    manifest = read_manifest(folder)
    replace(manifest, params={**manifest.params, "longest_tokens": 13}).write(folder)
    widths, scored = [], kind.scored

    def seen(model: ExportedModel, batches: Iterator[Batch]):
        batches = list(batches)
        widths.extend(batch.input_ids.shape[1] for batch in batches)
        return scored(model, iter(batches))

    monkeypatch.setattr(kind, "scored", seen)
    kind.load(folder, threads=1).probabilities(["calm " * 50, "No."])
    assert widths == [13, 8]


def test_openvino_reports_nothing_to_its_makers(exported: Path):
    code = (
        "import sys, threading; from pathlib import Path; from pipeline.engines.openvino_model import OpenVinoModel\n"
        f"OpenVinoModel.load(Path({str(exported)!r})).probabilities(['We will answer.'])\n"
        "reporters = [name for name, module in sys.modules.items() if 'openvino_telemetry' in name and module]\n"
        "print(reporters, [thread.name for thread in threading.enumerate()])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] ['MainThread']"


def test_an_export_is_taken_only_for_the_model_that_it_was_made_from(
    transformer_folder: Path, exported: Path, tmp_path
):
    assert isinstance(open_model(transformer_folder, exported, few_texts=True), OnnxModel)
    assert isinstance(open_model(transformer_folder, exported), OpenVinoModel)
    assert isinstance(open_model(transformer_folder, exported, Engine.ONNX), OnnxModel)
    assert isinstance(open_model(transformer_folder, exported, Engine.OPENVINO, few_texts=True), OpenVinoModel)
    assert isinstance(open_model(transformer_folder, exported, Engine.TORCH), TransformerModel)
    assert isinstance(open_model(exported, tmp_path / "none", few_texts=True), OnnxModel)
    other = shutil.copytree(exported, tmp_path / "other")
    manifest = (other / "manifest.json").read_text(encoding="utf-8")
    fingerprint = load_manifest_fingerprint(other)
    (other / "manifest.json").write_text(manifest.replace(fingerprint, "0" * 64), encoding="utf-8")
    assert isinstance(open_model(transformer_folder, other), TransformerModel)
    for engine in (Engine.ONNX, Engine.OPENVINO):
        with pytest.raises(StanceError, match="has not been exported"):
            open_model(transformer_folder, other, engine)
    with pytest.raises(StanceError, match="torch cannot run"):
        open_model(exported, exported, Engine.TORCH)


def load_manifest_fingerprint(folder: Path) -> str:
    from pipeline.models.manifest import read_manifest

    return read_manifest(folder).fingerprint


def test_a_baseline_is_run_by_its_own_library_whatever_is_asked(baseline_folder: Path, tmp_path: Path):
    for engine in Engine:
        assert isinstance(open_model(baseline_folder, tmp_path / "none", engine), BaselineModel)
    with pytest.raises(StanceError, match="export a transformer"):
        run(baseline_folder, tmp_path / "onnx")


def test_without_an_engine_the_next_one_answers(
    transformer_folder: Path, exported: Path, monkeypatch: pytest.MonkeyPatch
):
    from importlib import util

    found = util.find_spec
    missing: set[str] = {"openvino"}
    monkeypatch.setattr(util, "find_spec", lambda name: None if name in missing else found(name))
    assert isinstance(open_model(exported, exported), OnnxModel)
    with pytest.raises(StanceError, match="openvino is not installed"):
        open_model(exported, exported, Engine.OPENVINO)
    missing = {"onnxruntime"}
    assert isinstance(open_model(exported, exported, few_texts=True), OpenVinoModel)
    missing = {"onnxruntime", "openvino"}
    assert isinstance(open_model(transformer_folder, exported), TransformerModel)
    with pytest.raises(StanceError, match="onnxruntime is not installed"):
        open_model(exported, exported)


@pytest.mark.parametrize("kind", ENGINES)
def test_a_damaged_export_is_named(exported: Path, kind: type[ExportedModel], tmp_path: Path):
    broken = shutil.copytree(exported, tmp_path / "broken")
    (broken / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(StanceError, match=r"broken cannot be loaded .* run `make`"):
        kind.load(broken)


def test_answering_one_quote_imports_nothing_heavy(exported: Path):
    code = (
        "import sys; from pipeline.cli import main; sys.argv = ['stance', 'predict', 'We will answer.', '--model', "
        f"{str(exported)!r}]\ntry: main()\nexcept SystemExit: pass\n"
        "print('loaded', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer, loaded = done.stdout.splitlines()
    assert '"stance"' in answer
    assert not HEAVY & set(loaded.split())
