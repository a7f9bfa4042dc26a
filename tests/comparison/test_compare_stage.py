"""The stage: two models' predictions in; page, figures, champion and costs out. The models are small and real."""

import json

import numpy as np
import pytest
from tests_support import tiny_baseline_params

from pipeline.comparison import measure
from pipeline.errors import StanceError
from pipeline.jsonl import write_records
from pipeline.models import load_model
from pipeline.models.manifest import read_manifest
from pipeline.records import Kind, LabelledStatement, PredictedStatement
from pipeline.stages import compare
from pipeline.stance import STANCES

WORDS = ("attack", "untrue", "talks", "danger", "visit")  # one for each stance


def labelled(count, seed):
    stances = np.random.default_rng(seed).integers(5, size=count)
    return [
        LabelledStatement(
            id=f"{seed}-{number}",
            text=f"The minister spoke of {WORDS[index]} number {number}.",
            kind=Kind.REPORTED,
            label=STANCES[index],
            confidence=1.0,
            group=f"pair-{number // 2}",
        )
        for number, index in enumerate(stances)
    ]


def save_small_model(folder, *, seed):
    """Train a real baseline on sentences of the same make; as the larger model's stand-in it has another seed."""
    from pipeline.models.training import save_model, train_model
    from pipeline.params import ModelsParams

    params = tiny_baseline_params()
    models = ModelsParams.model_construct(baseline=params, expected_other=None)
    trained = train_model("baseline", models, labelled(60, seed), labelled(20, seed + 1), seed=seed, threads=1)
    folder.mkdir(parents=True)
    save_model(trained, folder, name="baseline", params=params.model_dump(mode="json"), seed=seed, inputs={})


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    for model, seed in (("baseline", 100), ("transformer", 200)):
        save_small_model(folder / "models" / model, seed=seed)
    for position, name in enumerate(("test", "challenge")):
        statements = labelled(80, position)
        write_records(folder / "labelled" / f"{name}.jsonl", statements)
        for model, share_right in (("baseline", 0.5), ("transformer", 0.9)):
            random = np.random.default_rng(position)
            rows = []
            for each in statements:
                answer = each.label if random.random() < share_right else STANCES[random.integers(5)]
                probabilities = {stance: 0.8 if stance is answer else 0.05 for stance in STANCES}
                rows.append(PredictedStatement(id=each.id, probabilities=probabilities))
            write_records(folder / "predictions" / model / f"{name}.jsonl", rows)
    return folder


def run(project, config, out, *, models=("baseline", "transformer")):
    compare.run(
        config,
        [(name, project / "labelled" / f"{name}.jsonl") for name in ("test", "challenge")],
        {model: project / "predictions" / model for model in models},
        {model: project / "models" / model for model in models},
        out,
        out / "champion.json",
        seed=3,
        threads=1,
    )
    return out


@pytest.fixture(scope="module")
def finished(project, compare_config, tmp_path_factory):
    return run(project, compare_config, tmp_path_factory.mktemp("first") / "out")


def test_a_second_run_writes_the_same_bytes_where_others_depend_on_them(project, finished, compare_config, tmp_path):
    again = run(project, compare_config, tmp_path)
    for name in ("comparison.json", "champion.json"):
        assert (finished / name).read_bytes() == (again / name).read_bytes()


def test_champion_file_names_model_fingerprint_and_reason(project, finished):
    content = json.loads((finished / "champion.json").read_text())
    assert content["champion"] == "transformer"
    assert content["fingerprint"] == read_manifest(project / "models" / "transformer").fingerprint
    assert content["reason"].startswith("The transformer is the champion, because")
    assert set(content) == {"champion", "fingerprint", "reason"}


def test_figures_hold_both_sets_and_both_models(project, finished):
    content = json.loads((finished / "comparison.json").read_text())
    assert content["champion"] == "transformer"
    assert set(content["sets"]) == {"test", "challenge"}
    assert content["sets"]["test"]["statements"] == 80
    assert content["sets"]["test"]["groups"] == 40
    assert set(content["sets"]["test"]["figures"]) == set(content["fingerprints"]) == {"baseline", "transformer"}
    assert "milliseconds" not in (finished / "comparison.json").read_text()


def test_page_says_what_the_figures_say(finished):
    page = (finished / "comparison.md").read_text(encoding="utf-8")
    content = json.loads((finished / "comparison.json").read_text())
    change = content["sets"]["test"]["differences"]["macro_f1"]
    ours = content["sets"]["test"]["figures"]["transformer"]["macro_f1"]["value"]
    headline = page.splitlines()[2]
    assert f"macro-F1 {ours:.3f}" in headline
    assert f"{change['value']:+.3f} ({change['low']:+.3f} to {change['high']:+.3f}" in headline
    assert content["reason"] in headline
    for title in (
        "## Test: 80 statements in 40 groups",
        "## Challenge: 80",
        "## F1 of each stance",
        "## Size and speed",
    ):
        assert title in page
    threat = content["sets"]["test"]["stance_f1"]["baseline"]["threat"]
    assert f"| threat | {threat:.3f} |" in page
    for block in page.split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1


def test_costs_are_measured_on_the_models(project, finished):
    content = json.loads((finished / "timings.json").read_text())
    assert content["threads"] == 1
    for model, cost in content["models"].items():
        files = (project / "models" / model).iterdir()
        assert cost["size"] == sum(path.stat().st_size for path in files)
        assert 0 < cost["median_milliseconds"] <= cost["p99_milliseconds"]
        assert cost["texts_per_second"] > 0


def test_measuring_takes_a_few_texts_in_turn(project):
    folder = project / "models" / "baseline"
    cost = measure(load_model(folder), folder, ["We deny it.", "Stay calm."], calls=5)
    assert cost.median_milliseconds > 0


def test_measuring_without_texts_is_refused(project):
    folder = project / "models" / "baseline"
    with pytest.raises(StanceError, match="no text"):
        measure(load_model(folder), folder, [])


def test_a_missing_model_is_named_and_nothing_is_written(project, compare_config, tmp_path):
    with pytest.raises(StanceError, match="transformer is missing"):
        run(project, compare_config, tmp_path / "out", models=("baseline",))
    assert not (tmp_path / "out").exists()


def test_a_model_folder_that_is_not_there_leaves_earlier_output(project, compare_config, tmp_path):
    out = run(project, compare_config, tmp_path / "out")
    before = {path: path.read_bytes() for path in out.iterdir()}
    hidden = (project / "models" / "transformer").rename(project / "models" / "hidden")
    try:
        with pytest.raises(StanceError, match="no model in"):
            run(project, compare_config, out)
    finally:
        hidden.rename(project / "models" / "transformer")
    assert {path: path.read_bytes() for path in out.iterdir()} == before
