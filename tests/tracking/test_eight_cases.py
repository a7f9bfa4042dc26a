"""Whatever happens to the project, the store holds one run a model, and the aliases name the right ones."""

import shutil

import pytest
from toy_project import Project

pytestmark = pytest.mark.slow


def test_fresh_clone(origin, empty_store, tmp_path):
    clone = Project(tmp_path / "clone")
    origin.git("clone", "-q", ".", str(clone.folder))
    shutil.copy(empty_store, clone.folder / "mlflow.db")
    clone.dvc("repro")
    clone.track()
    assert clone.holds_exactly(*origin.fingerprints())
    assert clone.alias("champion") == clone.alias("transformer") == origin.fingerprint("transformer")
    assert clone.alias("baseline") == origin.fingerprint("baseline")


def test_nothing_to_do(project):
    database = (project.folder / "mlflow.db").read_bytes()
    assert "up to date" in project.dvc("repro")
    assert project.track().existing == tuple(project.fingerprints())
    assert (project.folder / "mlflow.db").read_bytes() == database


def test_changed_parameter_and_changed_back(project):
    before = project.fingerprints()
    project.set_strength("baseline", 3)
    project.dvc("repro")
    changed = project.fingerprint("baseline")
    assert changed not in before
    assert project.holds_exactly(*before, changed)
    assert project.alias("champion") == project.alias("baseline") == changed

    project.set_strength("baseline", 1)
    project.dvc("repro")
    assert project.holds_exactly(*before, changed)
    assert project.alias("baseline") == before[0]
    assert project.alias("champion") == project.alias("transformer") == before[1]


def test_deleted_store(untracked):
    untracked.delete_store()
    assert "up to date" in untracked.dvc("repro")
    assert "2 created" in untracked.track_afresh()
    assert untracked.holds_exactly(*untracked.fingerprints())
    assert untracked.alias("champion") == untracked.fingerprint("transformer")


def test_experiment(project):
    before = project.fingerprints()
    project.dvc("exp", "run", "--name", "stronger", "-S", "models.baseline.strength=3")
    changed = project.fingerprint("baseline")
    assert project.holds_exactly(*before, changed)
    assert project.alias("champion") == changed
    assert project.run_of(changed).data.tags["dvc.experiment"] == "stronger"


def test_experiment_in_a_temporary_copy(project):
    before = project.fingerprints()
    project.dvc("exp", "run", "--temp", "--name", "elsewhere", "-S", "models.baseline.strength=3")
    assert project.fingerprints() == before
    (changed,) = set(project.runs()) - set(before)
    assert project.holds_exactly(*before, changed)
    assert project.run_of(changed).data.params["strength"] == "3"
    assert project.alias("champion") == before[1]
    assert project.alias("baseline") == before[0]
    assert not list((project.folder / ".dvc" / "tmp").rglob("mlflow.db"))


def test_older_commit(project):
    first, older = project.git("rev-parse", "HEAD").strip(), project.fingerprints()
    project.set_strength("baseline", 3)
    project.dvc("repro", "compare", "evaluate")
    project.track()
    newer = project.fingerprint("baseline")
    project.commit("A stronger baseline")
    project.git("checkout", "-q", first)
    project.dvc("checkout")
    assert "up to date" in project.dvc("repro")
    assert project.track().created == ()
    assert project.holds_exactly(*older, newer)
    assert project.alias("baseline") == older[0]
    assert project.alias("champion") == older[1]
