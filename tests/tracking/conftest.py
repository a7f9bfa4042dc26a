import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import yaml
from tests_support import small_settings, tiny_baseline_params
from toy_project import Project, make_project, track_one

from pipeline.jsonl import write_json
from pipeline.models.manifest import read_manifest
from pipeline.models.training import save_model, train_baseline
from pipeline.stages.export import run as export
from pipeline.tracking.store import opened, store_of

SENTENCES = {
    0: ("If they move closer, we will strike.", "Any attack will be answered with force."),
    1: ("We never sent drones there.", "These claims are false and invented."),
    2: ("We are ready to sit down and talk.", "We agreed to pull the units back."),
    3: ("The valley may face a famine by spring.", "Floods could cut the road within days."),
    4: ("The minister arrived on Monday.", "The two sides discussed trade."),
}


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch):
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI", "MLFLOW_RUN_ID", "DVC_ROOT", "DVC_EXP_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def weights(tmp_path_factory):
    """The folder of a tiny baseline that was really trained."""
    folder = tmp_path_factory.mktemp("weights")
    params = tiny_baseline_params()
    examples = [(text, stance) for stance, texts in SENTENCES.items() for text in texts]
    trained = train_baseline(examples, examples, params, seed=1)
    save_model(trained, folder, name="baseline", params={}, seed=1, inputs={})
    return folder


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory):
    """A database with MLflow's tables and nothing in them: making one takes longer than a whole case."""
    folder = tmp_path_factory.mktemp("store")
    with opened(store_of(folder)):
        return folder / "mlflow.db"


@pytest.fixture(scope="session")
def origin(tmp_path_factory, weights):
    """The committed project that every case gets a copy of."""
    return make_project(tmp_path_factory.mktemp("origin") / "project", weights)


def copy_of(origin, empty_store, folder):
    shutil.copytree(origin.folder, folder, symlinks=True)
    shutil.copy(empty_store, folder / "mlflow.db")
    return Project(folder)


@pytest.fixture(scope="session")
def tracked(origin, empty_store, tmp_path_factory):
    """A project whose two models are tracked, for tests that change nothing."""
    project = copy_of(origin, empty_store, tmp_path_factory.mktemp("tracked") / "project")
    project.track()
    return project


@pytest.fixture
def untracked(origin, empty_store, tmp_path):
    """A project of the test's own whose store is empty."""
    return copy_of(origin, empty_store, tmp_path / "project")


@pytest.fixture
def project(untracked):
    """A project of the test's own whose two models are tracked."""
    untracked.track()
    return untracked


@pytest.fixture(scope="session")
def exported_project(transformer_folder, tiny_checkpoint, tmp_path_factory):
    """The folder of a project whose champion is a small transformer that was really trained, exported and tracked."""
    folder = tmp_path_factory.mktemp("exported") / "project"
    models = folder / "models"
    shutil.copytree(transformer_folder, models / "transformer")
    export(models / "transformer", models / "onnx")
    fingerprint = read_manifest(transformer_folder).fingerprint
    write_json(models / "champion.json", {"champion": "transformer", "reason": "alone", "fingerprint": fingerprint})
    (folder / "params.yaml").write_text(yaml.safe_dump(small_settings(tiny_checkpoint)))
    (folder / "dvc.yaml").write_text("stages: {}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        track_one(models / "transformer", folder)
    return folder
