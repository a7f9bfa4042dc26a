"""What is in a run, and what happens when things go wrong between."""

import logging
import os

import pytest
from mlflow import MlflowClient
from toy_project import COMPARISON, EVALUATION, MODELS

from pipeline.errors import StanceError
from pipeline.jsonl import read_json, write_json
from pipeline.tracking import model_folder_from_uri, track
from pipeline.tracking.registry import MODEL
from pipeline.tracking.store import EXPERIMENT, experiment_id, opened, store_of


def test_a_run_says_what_the_model_is(tracked):
    fingerprint = tracked.fingerprint("baseline")
    run = tracked.run_of(fingerprint)
    assert run.info.run_name == f"baseline {fingerprint[:8]}"
    assert run.data.params == {"kind": "baseline", "seed": "1", "strength": "1"}
    assert run.data.metrics["test/macro_f1"] == pytest.approx(0.1)
    assert run.data.metrics["test/macro_f1_low"] == pytest.approx(0.05)
    assert run.data.metrics["test/macro_f1_high"] == pytest.approx(0.15)
    assert run.data.metrics["test/per_stance/threat/f1"] == pytest.approx(0.1)
    assert run.data.tags["git.commit"] == tracked.git("rev-parse", "HEAD").strip()
    assert [one.dataset.name for one in run.inputs.dataset_inputs] == ["train"]


def test_a_run_has_its_history_epoch_by_epoch(tracked):
    run = tracked.run_of(tracked.fingerprint("transformer"))
    history = tracked.client.get_metric_history(run.info.run_id, "history/train_loss")
    assert [(one.step, one.value) for one in history] == [(1, 1.0), (2, 0.5), (3, pytest.approx(1 / 3))]


def test_a_run_has_its_plots_and_reports(tracked):
    run = tracked.run_of(tracked.fingerprint("transformer")).info.run_id
    files = {
        file.path
        for folder in (None, "evaluation", "evaluation/plots", "comparison")
        for file in tracked.client.list_artifacts(run, folder)
        if not file.is_dir
    }
    assert files == {
        "manifest.json",
        "evaluation/metrics.json",
        "evaluation/plots/confusion.png",
        "comparison/comparison.md",
    }


def test_a_run_that_was_cut_short_is_made_anew(untracked):
    place = store_of(untracked.folder)
    fingerprint = untracked.fingerprint("baseline")
    with opened(place) as client:
        experiment = experiment_id(client, place)
        cut_short = client.create_run(experiment, tags={"fingerprint": fingerprint}).info
        client.create_logged_model(experiment, name="baseline", source_run_id=cut_short.run_id)
    assert fingerprint in untracked.track().created
    assert untracked.holds_exactly(*untracked.fingerprints())
    assert untracked.run_of(fingerprint).info.run_id != cut_short.run_id
    assert len(untracked.client.search_logged_models([experiment])) == len(MODELS)


def test_a_lost_version_is_registered_again(project):
    project.client.delete_model_version(MODEL, "1")
    assert project.track().created == ()
    assert project.holds_exactly(*project.fingerprints())
    assert project.alias("baseline") == project.fingerprint("baseline")


def test_a_deleted_run_is_made_again_with_its_version(project):
    fingerprint = project.fingerprint("transformer")
    project.client.delete_run(project.run_of(fingerprint).info.run_id)
    assert project.track().created == (fingerprint,)
    assert project.holds_exactly(*project.fingerprints())
    assert project.alias("champion") == fingerprint


def test_a_new_evaluation_reaches_the_run_that_is_there(project):
    path = project.folder / EVALUATION / "baseline" / "metrics.json"
    content = read_json(path)
    content["test"]["headlines"]["macro_f1"]["value"] = 0.7
    write_json(path, content)
    done = project.track()
    assert done.refreshed == (project.fingerprint("baseline"),)
    assert done.existing == (project.fingerprint("transformer"),)
    assert project.run_of(project.fingerprint("baseline")).data.metrics["test/macro_f1"] == pytest.approx(0.7)
    assert project.track().refreshed == ()
    assert project.holds_exactly(*project.fingerprints())


def test_a_run_id_in_the_environment_does_nothing(project, monkeypatch):
    other = project.run_of(project.fingerprint("baseline")).info.run_id
    project.client.delete_run(project.run_of(project.fingerprint("transformer")).info.run_id)
    monkeypatch.setenv("MLFLOW_RUN_ID", other)
    project.track()
    assert project.holds_exactly(*project.fingerprints())
    assert project.run_of(project.fingerprint("baseline")).info.run_id == other


def test_the_tracking_server_of_the_user_is_respected(untracked, empty_store, tmp_path, monkeypatch):
    theirs = tmp_path / "theirs.db"
    theirs.write_bytes(empty_store.read_bytes())
    before = (untracked.folder / "mlflow.db").read_bytes()
    monkeypatch.chdir(tmp_path)  # a user's own database chooses where its files go: beside the current folder
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{theirs}")
    untracked.track()
    client = MlflowClient(f"sqlite:///{theirs}")
    assert len(client.search_runs([client.get_experiment_by_name(EXPERIMENT).experiment_id])) == len(MODELS)
    assert (untracked.folder / "mlflow.db").read_bytes() == before


def test_the_settings_of_the_caller_stay_as_they_were(untracked, capfd):
    level, before = logging.getLogger("mlflow").level, dict(os.environ)
    untracked.track()
    assert dict(os.environ) == before
    assert logging.getLogger("mlflow").level == level
    assert capfd.readouterr() == ("", "")


def test_a_store_that_came_from_another_folder_is_refused(project, tmp_path):
    moved = tmp_path / "moved"
    project.folder.rename(moved)
    with pytest.raises(StanceError, match="made in another folder"):
        track(
            [moved / model for model in MODELS],
            evaluation=moved / EVALUATION,
            comparison=moved / COMPARISON,
            champion=moved / "models" / "champion.json",
            store=moved,
        )


def test_a_folder_without_a_model_is_refused_before_anything_is_made(untracked):
    before = (untracked.folder / "mlflow.db").read_bytes()
    (untracked.folder / MODELS[1] / "manifest.json").unlink()
    with pytest.raises(StanceError, match=r"manifest\.json"):
        untracked.track()
    assert (untracked.folder / "mlflow.db").read_bytes() == before


@pytest.mark.parametrize("uri", ["models:/statement-stance@transformer", "models:/statement-stance/2", "runs:/{run}"])
def test_an_mlflow_uri_leads_to_the_model_folder(tracked, uri):
    run = tracked.run_of(tracked.fingerprint("transformer")).info.run_id
    folder = model_folder_from_uri(uri.format(run=run), tracked.folder)
    assert read_json(folder / "manifest.json")["fingerprint"] == tracked.fingerprint("transformer")


@pytest.mark.parametrize("uri", ["models:/statement-stance@nobody", "models:/another/1", "runs:/0123", "models:/m-0"])
def test_an_mlflow_uri_that_leads_nowhere_is_refused(tracked, uri):
    with pytest.raises(StanceError, match="has no model"):
        model_folder_from_uri(uri, tracked.folder)
