"""ONNX Runtime answers as torch does, starts without it, and is taken only where it was made from that very model."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.engines.choosing import Engine, open_model
from pipeline.engines.onnx_model import OnnxModel
from pipeline.errors import StanceError
from pipeline.models import load_model
from pipeline.models.baseline import BaselineModel
from pipeline.models.transformer import TransformerModel
from pipeline.stages.export import run

HEAVY = {"torch", "transformers", "mlflow", "pandas", "sklearn", "datasets", "scipy", "pyarrow"}


@pytest.fixture(scope="session")
def exported(transformer_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "onnx"
    run(transformer_folder, folder)
    return folder


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(min_size=1, max_size=300).filter(str.strip), max_size=8))
def test_both_engines_give_the_same_probabilities(transformer_folder: Path, exported: Path, texts: list[str]):
    torch_rows = load_model(transformer_folder).probabilities(texts)
    onnx_rows = OnnxModel.load(exported, threads=1).probabilities(texts)
    assert onnx_rows.shape == torch_rows.shape
    np.testing.assert_allclose(onnx_rows, torch_rows, atol=1e-4)


def test_a_row_does_not_depend_on_its_neighbours(exported: Path):
    model = OnnxModel.load(exported, threads=1)
    texts = ["We deny it.", "Stay calm " * 40, "They will pay a price, and soon.", "word " * 5000]
    together = model.probabilities(texts)
    np.testing.assert_allclose(np.vstack([model.probabilities([text]) for text in texts]), together, atol=1e-5)
    np.testing.assert_allclose(model.probabilities(texts[::-1])[::-1], together, atol=1e-5)


def test_an_export_is_taken_only_for_the_model_that_it_was_made_from(
    transformer_folder: Path, exported: Path, tmp_path
):
    assert isinstance(open_model(transformer_folder, exported), OnnxModel)
    assert isinstance(open_model(transformer_folder, exported, Engine.TORCH), TransformerModel)
    assert isinstance(open_model(exported, tmp_path / "none"), OnnxModel)
    other = shutil.copytree(exported, tmp_path / "other")
    manifest = (other / "manifest.json").read_text(encoding="utf-8")
    fingerprint = load_manifest_fingerprint(other)
    (other / "manifest.json").write_text(manifest.replace(fingerprint, "0" * 64), encoding="utf-8")
    assert isinstance(open_model(transformer_folder, other), TransformerModel)
    with pytest.raises(StanceError, match="has not been exported"):
        open_model(transformer_folder, other, Engine.ONNX)
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


def test_a_damaged_export_is_named(exported: Path, tmp_path: Path):
    broken = shutil.copytree(exported, tmp_path / "broken")
    (broken / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(StanceError, match=r"broken cannot be loaded .* run `make`"):
        OnnxModel.load(broken)


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
