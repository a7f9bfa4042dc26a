"""A run that was interrupted goes on: no row lost, none twice, the same bytes as if nothing had happened."""

import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests_support import ROOT

from pipeline.errors import StanceError
from pipeline.jsonl import write_rows
from pipeline.prediction import Predictor, bulk
from pipeline.prediction.bulk import BulkRequest, checked_input, predict_file
from pipeline.prediction.journal import Journal

WINDOW = 4


class Batchwise:
    """A model whose answers depend on what else is in the batch, and that stops after so many batches."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.asked: list[str] = []
        self.left = stop_after

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left = None if self.left is None else self.left - 1
        self.asked += texts
        first = np.array([(len(text) + place) / 100 for place, text in enumerate(texts)])
        return np.stack([first, 1 - first, *(np.zeros_like(first),) * 3], axis=1)

    def save(self, folder: Path) -> None:
        raise AssertionError


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "WINDOW", WINDOW)


def predict(model: Batchwise, source: Path, target: Path, *, resume: bool = False, fingerprint: str = "a") -> int:
    request = BulkRequest(input=source)
    predictor = Predictor(model, fingerprint=fingerprint)
    return predict_file(predictor, request, target, found=checked_input(request), resume=resume)


def written(folder: Path, texts: Sequence[str]) -> Path:
    write_rows(folder / "in.jsonl", ({"text": text} for text in texts))
    return folder / "in.jsonl"


def interrupted(folder: Path) -> tuple[Path, Path]:
    """Stop a run over six texts after its first window; return its input and the output that it has not written."""
    source, out = written(folder, list("abcdef")), folder / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        predict(Batchwise(stop_after=1), source, out)
    return source, out


@given(
    texts=some.lists(some.text("abc", min_size=1, max_size=3), min_size=1, max_size=30),
    stop=some.integers(0, 8),
    suffix=some.sampled_from([".jsonl", ".csv", ".parquet", ".json", ".csv.gz", ".jsonl.zst"]),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_resumed_run_gives_the_bytes_of_one_that_was_not_stopped(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], stop: int, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("resumed")
    source = written(folder, texts)
    whole, resumed = folder / f"whole{suffix}", folder / f"resumed{suffix}"
    predict(Batchwise(), source, whole)
    stopped = Batchwise(stop_after=stop)
    try:
        predict(stopped, source, resumed)
    except KeyboardInterrupt:
        assert not resumed.exists()
        assert Journal.beside(resumed).exists() == (stop > 0)
        predict(Batchwise(), source, resumed, resume=stop > 0)
    assert resumed.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == sorted(["in.jsonl", whole.name, resumed.name])


def test_what_is_known_is_not_asked_again(tmp_path: Path) -> None:
    source = written(tmp_path, [f"text {number}" for number in range(10)])
    with pytest.raises(KeyboardInterrupt):
        predict(Batchwise(stop_after=2), source, tmp_path / "out.csv")
    model = Batchwise()
    assert predict(model, source, tmp_path / "out.csv", resume=True) == 10
    assert model.asked == ["text 8", "text 9"]


def test_an_unfinished_window_is_scored_again(tmp_path: Path) -> None:
    source = written(tmp_path, [f"text {number}" for number in range(10)])
    out = tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        predict(Batchwise(stop_after=2), source, out)
    with Journal.beside(out).open("r+b") as stream:
        stream.truncate(stream.seek(0, 2) - 7)
    model = Batchwise()
    predict(model, source, out, resume=True)
    assert model.asked[0] == "text 4"


def test_equal_texts_are_scored_once(tmp_path: Path) -> None:
    model = Batchwise()
    predict(model, written(tmp_path, ["a", "b", "a", "c", "b", "d", "a"]), tmp_path / "out.jsonl")
    assert model.asked == ["a", "b", "c", "d"]


def test_answers_of_an_interrupted_run_are_not_thrown_away(tmp_path: Path) -> None:
    source, _ = interrupted(tmp_path)
    with pytest.raises(StanceError, match="add --resume to go on"):
        predict(Batchwise(), source, tmp_path / "out.csv")


def test_where_nothing_is_kept_nothing_is_left(tmp_path: Path) -> None:
    source = written(tmp_path, list("abcdef"))
    with pytest.raises(KeyboardInterrupt):
        predict(Batchwise(stop_after=0), source, tmp_path / "out.csv")
    (tmp_path / "folder.csv").mkdir()
    model = Batchwise()
    with pytest.raises(StanceError, match=r"Cannot write .*folder\.csv: is a directory"):
        predict(model, source, tmp_path / "folder.csv")
    assert model.asked == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.csv", "in.jsonl"]


def test_two_processes_do_not_write_the_same_answers(tmp_path: Path) -> None:
    source, out = interrupted(tmp_path)
    with Journal.beside(out).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StanceError, match="written by another process"):
            predict(Batchwise(), source, out, resume=True)


def test_a_hole_in_the_answers_is_noticed(tmp_path: Path) -> None:
    source, out = interrupted(tmp_path)
    with Journal.beside(out).open("r+b") as stream:
        stream.seek(-40, 2)
        stream.write(bytes(40))
    with pytest.raises(StanceError, match="is damaged"):
        predict(Batchwise(), source, out, resume=True)


def test_what_is_resumed_is_told_apart_from_what_is_scored(tmp_path: Path) -> None:
    source = written(tmp_path, list("abcdefghij"))
    out = tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        predict(Batchwise(stop_after=1), source, out)
    request, skipped, advanced = BulkRequest(input=source), [], []
    predictor = Predictor(Batchwise(), fingerprint="a")
    found = checked_input(request)
    predict_file(predictor, request, out, found=found, resume=True, advance=advanced.append, skip=skipped.append)
    assert (skipped, advanced) == ([4], [4, 2])


def test_answers_of_another_input_or_model_are_refused(tmp_path: Path) -> None:
    source, _ = interrupted(tmp_path)
    with pytest.raises(StanceError, match="another input, column, model or engine"):
        predict(Batchwise(), source, tmp_path / "out.csv", resume=True, fingerprint="b")
    written(tmp_path, list("abcdeg"))
    with pytest.raises(StanceError, match="another input, column, model or engine"):
        predict(Batchwise(), source, tmp_path / "out.csv", resume=True)


def test_nothing_to_resume_is_said(tmp_path: Path) -> None:
    with pytest.raises(StanceError, match="leave out --resume"):
        predict(Batchwise(), written(tmp_path, ["one text"]), tmp_path / "out.csv", resume=True)


def test_a_process_that_is_killed_goes_on_where_it_was(baseline_folder: Path, tmp_path: Path) -> None:
    draw = random.Random(0)
    words = ["fleet", "border", "grain", "talks", "fire", "pact", "stone", "water"]
    source = written(tmp_path, [" ".join(draw.choices(words, k=12)) + f" {number}" for number in range(30_000)])
    command = [sys.executable, "-m", "pipeline", "predict", "-i", str(source), "--model", str(baseline_folder), "-o"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "whole.jsonl"], check=True, cwd=tmp_path, env=environment, capture_output=True)
    journal = Journal.beside(tmp_path / "out.jsonl")
    with subprocess.Popen([*command, "out.jsonl"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > 100_000):
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert journal.exists()
    subprocess.run([*command, "out.jsonl", "--resume"], check=True, cwd=tmp_path, env=environment, capture_output=True)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "whole.jsonl"]
