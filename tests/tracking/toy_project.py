"""A real git and DVC project of the same shape as this one, small enough to run whole in seconds."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from mlflow import MlflowClient

from pipeline.models.manifest import read_manifest
from pipeline.tracking import Tracked, track, track_history
from pipeline.tracking.registry import MODEL
from pipeline.tracking.store import EXPERIMENT, store_of

EVALUATION, COMPARISON, CHAMPION = Path("reports/evaluation"), Path("reports/comparison"), Path("models/champion.json")
MODELS = (Path("models/baseline"), Path("models/transformer"))
STEPS = Path(__file__).with_name("toy_steps.py")
STAGES = {
    "stages": {
        "train": {
            "matrix": {"model": ["baseline", "transformer"]},
            "cmd": "python steps.py train ${item.model}",
            "deps": ["steps.py", "weights"],
            "params": ["seed", "models.${item.model}"],
            "outs": ["models/${item.model}"],
        },
        "evaluate": {
            "matrix": {"model": ["baseline", "transformer"]},
            "cmd": "python steps.py evaluate ${item.model}",
            "deps": ["models/${item.model}"],
            "outs": ["reports/evaluation/${item.model}"],
        },
        "compare": {
            "cmd": "python steps.py compare",
            "deps": ["models/baseline", "models/transformer"],
            "outs": ["reports/comparison", "models/champion.json"],
        },
        "track": {
            "cmd": "python steps.py track",
            "deps": [
                *map(str, MODELS),
                *(str(EVALUATION / folder.name) for folder in MODELS),
                str(COMPARISON),
                str(CHAMPION),
            ],
        },
    }
}


@dataclass(frozen=True)
class Project:
    """A project's folder and what can be done with it."""

    folder: Path

    def git(self, *arguments):
        return _run(self.folder, "git", *arguments)

    def dvc(self, *arguments):
        return _run(self.folder, sys.executable, "-m", "dvc", *arguments)

    def set_strength(self, model, strength):
        params = yaml.safe_load((self.folder / "params.yaml").read_text())
        params["models"][model]["strength"] = strength
        (self.folder / "params.yaml").write_text(yaml.safe_dump(params))

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-qm", message)
        return self.git("rev-parse", "HEAD").strip()

    def track(self) -> Tracked:
        return track(
            [self.folder / model for model in MODELS],
            evaluation=self.folder / EVALUATION,
            comparison=self.folder / COMPARISON,
            champion=self.folder / CHAMPION,
            store=self.folder,
        )

    def track_history(self) -> Tracked:
        return track_history(
            MODELS, evaluation=EVALUATION, comparison=COMPARISON, project=self.folder, store=self.folder
        )

    def track_afresh(self, *flags) -> str:
        """Track in a new process: one that has had a store open goes on with it after it was deleted."""
        return _run(self.folder, sys.executable, "steps.py", "track", *flags)

    def delete_store(self):
        for path in self.folder.glob("mlflow.db*"):
            path.unlink()
        shutil.rmtree(self.folder / "mlartifacts", ignore_errors=True)

    def fingerprint(self, model):
        return read_manifest(self.folder / "models" / model).fingerprint

    def fingerprints(self):
        return [self.fingerprint(model.name) for model in MODELS]

    @property
    def client(self):
        return MlflowClient(store_of(self.folder).uri)

    def runs(self):
        """Return the fingerprint of each run, oldest first; not finished ones and doubles included."""
        experiment = self.client.get_experiment_by_name(EXPERIMENT)
        found = self.client.search_runs([experiment.experiment_id], order_by=["attributes.start_time ASC"])
        return [run.data.tags["fingerprint"] for run in found]

    def run_of(self, fingerprint):
        experiment = self.client.get_experiment_by_name(EXPERIMENT)
        (run,) = self.client.search_runs([experiment.experiment_id], f"tags.fingerprint = '{fingerprint}'")
        return run

    def versions(self):
        """Return the fingerprint of each registered version, doubles included."""
        return [version.tags["fingerprint"] for version in self.client.search_model_versions(f"name = '{MODEL}'")]

    def alias(self, name):
        """Return the fingerprint of the model behind an alias."""
        return self.client.get_model_version_by_alias(MODEL, name).tags["fingerprint"]

    def holds_exactly(self, *fingerprints):
        """Whether there is one finished run and one version for each of these models and for no other."""
        wanted = sorted(fingerprints)
        return sorted(self.runs()) == wanted == sorted(self.versions()) and all(
            self.run_of(fingerprint).info.status == "FINISHED" for fingerprint in wanted
        )


def make_project(folder: Path, weights: Path) -> Project:
    """Lay the project down, reproduce it and commit it; it has no store."""
    project = Project(folder)
    folder.mkdir()
    shutil.copytree(weights, folder / "weights")
    shutil.copy(STEPS, folder / "steps.py")
    strengths = {"baseline": {"strength": 1}, "transformer": {"strength": 2}}
    (folder / "params.yaml").write_text(yaml.safe_dump({"seed": 1, "models": strengths}))
    (folder / "dvc.yaml").write_text(yaml.safe_dump(STAGES, sort_keys=False))
    (folder / ".gitignore").write_text("/mlflow.db*\n/mlartifacts/\n__pycache__/\n")
    project.git("init", "-q")
    project.git("config", "user.name", "A tester")
    project.git("config", "user.email", "tester@example.org")
    project.dvc("init", "-q")
    (folder / ".dvc" / "config").write_text("[core]\n    analytics = false\n    check_update = false\n")
    project.dvc("repro", "-q", "compare", "evaluate")
    project.dvc("commit", "-q", "-f", "track")  # as if it had run
    project.commit("The first models")
    return project


def track_one(model: Path, folder: Path) -> Tracked:
    """Track a single model, which has no reports, into a folder's store."""
    return track([model], evaluation=folder, comparison=folder / "none", champion=folder / CHAMPION, store=folder)


def _run(folder, *command):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "DVC_", "GIT_"))
    }
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
