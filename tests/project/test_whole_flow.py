"""The real dvc.yaml on a small corpus: everything runs, a second run does nothing, a change runs what it must."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
import yaml
from tests_support import ROOT, small_settings

from pipeline.scoring.table import scored_schema

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("whole_flow")]
ARTICLES = ("border_wire", "ministry_briefing", "gazette_translation")
STATEMENTS = 240


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, tiny_checkpoint: Path) -> Path:
    """A git and DVC repository with this project's stages, three of its articles and a part of its corpus."""
    folder = tmp_path_factory.mktemp("flow")
    for name in ("pipeline", "data/challenge"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dvc.yaml", ".dvcignore"):
        shutil.copy(ROOT / name, folder / name)
    for part in ("data/standoff", "models/encoder"):  # what the frozen stage `adapt` reads and wrote
        (folder / part).mkdir(parents=True)
        shutil.copy(ROOT / part / "README.md", folder / part)
    (folder / "seeds").mkdir()
    for article in ARTICLES:
        for suffix in ("txt", "gold.jsonl"):
            shutil.copy(ROOT / "seeds" / f"{article}.{suffix}", folder / "seeds")
    _small_corpus(folder / "data" / "corpus")
    settings = small_settings(tiny_checkpoint)
    settings["models"]["transformer"] |= {"epochs": 1, "batch_size": 16}  # type: ignore[index]
    settings["label"]["folds"] = 2  # type: ignore[index]
    (folder / "params.yaml").write_text(yaml.safe_dump(settings))
    for command in (["git", "init", "-q"], [sys.executable, "-m", "dvc", "init", "-q"]):
        subprocess.run(command, cwd=folder, check=True)
    return folder


def _small_corpus(out: Path) -> None:
    statements = [
        line
        for path in sorted((ROOT / "data/corpus/statements").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    kept = random.Random(1).sample(statements, STATEMENTS)
    ids = {json.loads(line)["id"] for line in kept}
    for name, lines in {"statements/part.jsonl": kept, **_votes(ids)}.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _votes(ids: set[str]) -> dict[str, list[str]]:
    votes = {}
    for path in sorted((ROOT / "data/corpus/annotations").glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        votes[f"annotations/{path.name}"] = [line for line in lines if json.loads(line)["statement_id"] in ids]
    return votes


REPRO = [sys.executable, "-m", "dvc", "repro"]


def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def repro(project: Path, *arguments: str) -> list[str]:
    """Run ``dvc repro`` and return the names of the stages that ran."""
    done = subprocess.run(
        [*REPRO, *arguments], cwd=project, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return re.findall(r"Running stage '([^']+)'", done.stdout)


@pytest.fixture(scope="module")
def first_run(project: Path) -> list[str]:
    return repro(project)


def test_every_stage_runs_once(first_run: list[str], project: Path):
    declared = yaml.safe_load((project / "dvc.yaml").read_text())["stages"]
    stages = {name: stage for name, stage in declared.items() if not stage.get("frozen")}
    expected = {
        f"{name}@{model}" for name, stage in stages.items() if "matrix" in stage for model in stage["matrix"]["model"]
    } | {name for name, stage in stages.items() if "matrix" not in stage}
    assert set(first_run) == expected
    assert len(first_run) == len(expected)


@pytest.mark.usefixtures("first_run")
def test_a_second_run_does_nothing(project: Path):
    assert repro(project) == []


@pytest.mark.usefixtures("first_run")
def test_the_outputs_are_what_readers_expect(project: Path):
    table = pd.read_parquet(project / "data/scored/statements.parquet")
    scored_schema().validate(table)
    assert set(table["article_id"]) == set(ARTICLES)
    for row in table.itertuples():
        article = (project / "seeds" / f"{row.article_id}.txt").read_text(encoding="utf-8")
        assert article[row.start : row.end] == row.text
    page = (project / "reports/comparison/comparison.md").read_text(encoding="utf-8")
    assert "baseline" in page
    assert "transformer" in page
    for model in ("baseline", "transformer"):
        metrics = json.loads((project / f"reports/evaluation/{model}/metrics.json").read_text())
        assert set(metrics) == {"test", "challenge"}


@pytest.mark.usefixtures("first_run")
def test_only_the_transformer_is_trained_again_when_only_its_params_change(project: Path):
    settings = yaml.safe_load((project / "params.yaml").read_text())
    settings["models"]["transformer"]["head_learning_rate"] *= 2
    (project / "params.yaml").write_text(yaml.safe_dump(settings))
    ran = repro(project)
    assert "train@transformer" in ran
    assert not any(stage.endswith("@baseline") or stage in ("extract", "label", "split") for stage in ran)


@pytest.mark.usefixtures("first_run")
def test_training_again_gives_the_same_bytes(project: Path):
    files = sorted((project / "data/predictions").rglob("*.jsonl"))
    before = {path: path.read_bytes() for path in files}
    stages = [f"{stage}@{model}" for stage in ("train", "predict") for model in ("baseline", "transformer")]
    assert repro(project, "--force", "--single-item", *stages) == stages
    assert {path: path.read_bytes() for path in files} == before
    assert len(files) == 4


@pytest.mark.usefixtures("first_run")
def test_a_run_that_was_killed_loses_nothing_and_the_next_goes_on(project: Path):
    settings = yaml.safe_load((project / "params.yaml").read_text())
    settings["models"]["transformer"]["head_learning_rate"] *= 2
    settings["models"]["baseline"]["cue_weight"] *= 2
    (project / "params.yaml").write_text(yaml.safe_dump(settings))
    before = {name: content_of(project / "models" / name) for name in ("transformer", "onnx", "champion.json")}

    assert kill_in(project, "train@transformer", "stance-fine-tuning-*") == {"train@baseline", "train@transformer"}
    assert content_of(project / "models/transformer") == before["transformer"]
    assert "train@baseline" not in kill_in(project, "export")
    assert content_of(project / "models/transformer") != before["transformer"]
    assert content_of(project / "models/onnx") == before["onnx"]
    assert not {"train@transformer", "train@baseline"} & kill_in(project, "compare")
    assert content_of(project / "models/champion.json") == before["champion.json"]

    assert "compare" in repro(project)
    assert repro(project) == []
    predicted = content_of(project / "data/predictions")
    stages = [f"{stage}@{model}" for stage in ("train", "predict") for model in ("baseline", "transformer")]
    assert repro(project, "--force", "--single-item", *stages) == stages  # as if it had never been killed
    assert content_of(project / "data/predictions") == predicted


def content_of(place: Path) -> dict[str, bytes]:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    assert files, place
    return {str(path.relative_to(place)): path.read_bytes() for path in files}


def kill_in(project: Path, stage: str, at_work: str = "") -> set[str]:
    """Run ``dvc repro`` and kill it, and what it started, in the middle of a stage; return the stages that had begun.

    :param at_work: pattern of the temporary files that tell that the stage is at work; none kills it as it begins.
    """
    scratch, log = project / "scratch", project / "killed.log"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    with log.open("w") as stream:
        running = subprocess.Popen(
            REPRO,
            cwd=project,
            env={**environment(), "TMPDIR": str(scratch)},
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + 300
            while f"Running stage '{stage}'" not in log.read_text() or (at_work and not list(scratch.glob(at_work))):
                assert running.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.05)
        finally:
            os.killpg(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it was still at work"
    return set(re.findall(r"Running stage '([^']+)'", log.read_text()))
