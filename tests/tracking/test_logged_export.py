"""A transformer that was exported is logged with its graph, and answers without torch and transformers."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from toy_project import track_one

import pipeline
from pipeline.engines.choosing import Engine
from pipeline.engines.exported_model import GRAPH, ExportedModel
from pipeline.models import load_model
from pipeline.models.manifest import read_manifest
from pipeline.models.transformer import TransformerModel
from pipeline.prediction.locate import project_predictor
from pipeline.tracking import model_folder_from_uri
from pipeline.tracking.subject import subject_of

SERVED = Path(pipeline.__file__).parent / "tracking" / "served_model.py"
URI = "models:/statement-stance@transformer"
TEXTS = ["We will strike Bresk if a single soldier crosses the river.", "It is a fabrication."]
WITHOUT_TORCH = """
import json, sys
sys.modules["torch"] = sys.modules["transformers"] = None  # importing them fails
import mlflow
answer = mlflow.pyfunc.load_model(sys.argv[1]).predict(json.loads(sys.argv[2]))
print(json.dumps(answer.to_dict("records")))
"""


def with_export(transformer: Path, folder: Path, **changes: str) -> Path:
    """Lay models down of which one looks exported: with a manifest, but no graph that could be opened."""
    shutil.copytree(transformer, folder / "models" / "transformer")
    exported = folder / "models" / "onnx"
    exported.mkdir()
    replace(read_manifest(transformer), **changes).write(exported)
    (exported / GRAPH).write_bytes(b"a graph")
    return folder / "models"


def package_of(folder: Path) -> Path:
    return model_folder_from_uri(URI, folder).parents[1]


def requirements_of(folder: Path) -> set[str]:
    lines = (package_of(folder) / "requirements.txt").read_text().splitlines()
    return {line.partition("==")[0] for line in lines}


def test_graph_and_weights_are_logged_side_by_side(exported_project):
    inside = package_of(exported_project) / "artifacts"
    logged = {path.relative_to(inside).as_posix() for path in inside.rglob("*")}
    assert {"onnx/model.onnx", "onnx/tokenizer.json", "transformer/model.safetensors"} <= logged
    assert len(track_one(exported_project / "models" / "transformer", exported_project).existing) == 1


def test_it_requires_neither_torch_nor_transformers(exported_project):
    names = requirements_of(exported_project)
    assert {"onnxruntime", "tokenizers"} <= names
    assert not {"torch", "transformers", "safetensors"} & names


def test_it_answers_without_torch_as_torch_does(exported_project, transformer_folder):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(package_of(exported_project)), json.dumps(TEXTS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout.splitlines()[-1])
    model = load_model(transformer_folder)
    wanted = model.probabilities(TEXTS)
    assert [[row[label] for label in model.labels] for row in rows] == [pytest.approx(row, abs=1e-4) for row in wanted]


def test_a_logged_model_is_opened_by_the_engine_that_was_asked_for(exported_project, tmp_path):
    (exported_project / "models" / "onnx").rename(tmp_path / "onnx")  # so that only the logged one is left
    try:
        assert isinstance(project_predictor(URI, exported_project).model, ExportedModel)
        assert isinstance(project_predictor(URI, exported_project, engine=Engine.TORCH).model, TransformerModel)
    finally:
        (tmp_path / "onnx").rename(exported_project / "models" / "onnx")


def test_the_export_of_another_model_is_not_logged(transformer_folder, tmp_path):
    models = with_export(transformer_folder, tmp_path, fingerprint="0" * 64)
    track_one(models / "transformer", tmp_path)
    assert not (package_of(tmp_path) / "artifacts" / "onnx").exists()
    assert {"torch", "transformers", "safetensors", "tokenizers"} <= requirements_of(tmp_path)
    assert "onnxruntime" not in requirements_of(tmp_path)


@pytest.mark.parametrize("served", [SERVED.read_bytes(), b"an earlier one"])
def test_the_package_of_an_earlier_commit_is_served_by_its_own_file(served, transformer_folder, tmp_path):
    models = with_export(transformer_folder, tmp_path)
    own = tmp_path / "pipeline" / "tracking" / SERVED.name
    own.parent.mkdir(parents=True)
    own.write_bytes(served)
    code = tmp_path / "pipeline"
    subject = subject_of(models / "transformer", evaluation=tmp_path, comparison=tmp_path, code=code)
    assert subject.served == own
    assert subject.exported == (models / "onnx" if served == SERVED.read_bytes() else None)
