"""The command line as a person meets it: answers in every format, and one sentence for every mistake."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pyarrow.parquet as pq
import pytest
import yaml
from tests_support import run_command, small_settings

from pipeline.jsonl import write_json
from pipeline.models.manifest import read_manifest

Outcome = tuple[int, str, str]


@pytest.fixture(scope="module")
def project(model_folder: Path, tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with one trained model, which is also the champion."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "params.yaml").write_text(yaml.safe_dump(small_settings(tiny_checkpoint)))
    (folder / "dvc.yaml").write_text("stages: {}\n")
    name = read_manifest(model_folder).kind
    shutil.copytree(model_folder, folder / "models" / name)
    fingerprint = read_manifest(model_folder).fingerprint
    write_json(folder / "models" / "champion.json", {"champion": name, "reason": "alone", "fingerprint": fingerprint})
    return folder


@pytest.fixture
def stance(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Callable[..., Outcome]:
    monkeypatch.chdir(project)
    return lambda *arguments: run_command(arguments, monkeypatch, capsys)


QUOTES = ["We will strike Bresk if a single soldier crosses the river.", "The budget for Dovar was adopted on Tuesday."]


def test_texts_into_a_pipe_are_json_lines(stance):
    code, out, _ = stance("predict", *QUOTES)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["text"] for row in rows] == QUOTES
    assert [row["stance"] for row in rows] == ["threat", "other"]
    assert all(abs(sum(row["probabilities"].values()) - 1) < 1e-6 for row in rows)
    assert all(set(row) == {"text", "stance", "probabilities", "abstained"} for row in rows)


def test_json_is_one_array_and_csv_has_a_column_a_stance(stance):
    _, out, _ = stance("predict", *QUOTES, "--format", "json", "--provenance")
    assert [row["stance"] for row in json.loads(out)] == ["threat", "other"]
    assert all(len(row["model"]) == 64 for row in json.loads(out))
    _, out, _ = stance("predict", *QUOTES, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["stance"] for row in rows] == ["threat", "other"]
    assert float(rows[0]["p_threat"]) > float(rows[0]["p_de-escalation"])


def test_a_table_shows_stance_and_text(stance):
    _, out, _ = stance("predict", QUOTES[0], "--format", "table")
    assert "threat" in out
    assert "We will strike Bresk" in out


def test_square_brackets_are_text_not_markup(stance):
    _, out, _ = stance("predict", "We [the army] will strike [red]Bresk[/red].", "--format", "table")
    assert "[the army]" in out
    assert "[red]" in out


@pytest.mark.parametrize("target", ["out.csv", "out.jsonl", "out.json", "out.parquet"])
def test_a_file_keeps_its_columns_and_order(stance, target: str, tmp_path: Path):
    (tmp_path / "in.csv").write_text(f"date,quote\n1987,{QUOTES[1]}\n2020,{QUOTES[0]}\n", encoding="utf-8")
    code, _, err = stance("predict", "-i", str(tmp_path / "in.csv"), "--column", "quote", "-o", str(tmp_path / target))
    assert code == 0, err
    if target.endswith(".parquet"):
        rows = pq.read_table(tmp_path / target).to_pylist()
    elif target.endswith(".csv"):
        rows = list(csv.DictReader((tmp_path / target).open(encoding="utf-8")))
    elif target.endswith(".jsonl"):
        rows = [json.loads(line) for line in (tmp_path / target).read_text(encoding="utf-8").splitlines()]
    else:
        rows = json.loads((tmp_path / target).read_text(encoding="utf-8"))
    assert [(row["date"], row["quote"], row["stance"]) for row in rows] == [
        ("1987", QUOTES[1], "other"),
        ("2020", QUOTES[0], "threat"),
    ]


def test_an_own_text_column_is_shown_beside_the_answer(stance, tmp_path: Path):
    (tmp_path / "in.csv").write_text(f"text,body\nHEADLINE,{QUOTES[0]}\n", encoding="utf-8")
    arguments = ("predict", "-i", str(tmp_path / "in.csv"), "--column", "body")
    for form, rows_of in (
        ("jsonl", lambda out: [json.loads(out)]),
        ("json", json.loads),
        ("csv", lambda out: list(csv.DictReader(io.StringIO(out)))),
    ):
        code, out, err = stance(*arguments, "--format", form)
        assert code == 0, err
        [row] = rows_of(out)
        assert (row["text"], row["body"], row["stance"]) == ("HEADLINE", QUOTES[0], "threat")


def test_csv_on_standard_output_is_csv_in_a_file(stance, tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_text(
        json.dumps({"text": QUOTES[0], "stance": "mine", "probabilities": {"a": 1}, "tags": ["x"]}) + "\n"
    )
    arguments = ("predict", "-i", str(source), "--prefix", "predicted_", "--provenance")
    code, out, err = stance(*arguments, "--format", "csv")
    assert code == 0, err
    stance(*arguments, "-o", str(tmp_path / "out.csv"))
    assert out == (tmp_path / "out.csv").read_text(encoding="utf-8")
    [row] = csv.DictReader(io.StringIO(out))
    assert (row["stance"], row["probabilities"], row["predicted_stance"]) == ("mine", '{"a": 1}', "threat")


def test_standard_input_is_one_text_a_line(stance, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*QUOTES, ""])))
    code, out, _ = stance("predict", "--input", "-", "--format", "json")
    assert code == 0
    assert [row["stance"] for row in json.loads(out)] == ["threat", "other"]


def test_a_windows_worth_of_rows_more_than_one(stance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.prediction.bulk.WINDOW", 3)
    texts = [QUOTES[number % 2] for number in range(8)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": t, "n": n}) + "\n" for n, t in enumerate(texts)))
    stance("predict", "-i", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.parquet"))
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["n"] for row in rows] == list(range(8))
    assert [row["stance"] for row in rows] == ["threat", "other"] * 4


ARTICLE = (
    "Talks stall\n\n“We will strike Bresk if a single soldier crosses the river,” Defence Minister Alda Rennick said "
    "on Monday. She denied that troops had entered Dovar.\n"
)


def test_an_article_gives_statements_with_speakers(stance, tmp_path: Path):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    code, out, err = stance("article", str(tmp_path / "article.txt"), "--format", "json")
    assert code == 0, err
    rows = json.loads(out)
    assert {"start", "end", "kind", "cue", "speaker", "speaker_name", "role", "affiliation", "country"} <= set(rows[0])
    assert {"text", "stance", "probabilities", "abstained"} <= set(rows[0])
    assert rows[0]["stance"] == "threat"
    assert rows[0]["speaker_name"] == "Alda Rennick"
    assert all(ARTICLE[row["start"] : row["end"]] == row["text"] for row in rows)
    _, out, _ = stance("article", str(tmp_path / "article.txt"), "--format", "table")
    assert "Alda Rennick" in out


def test_an_own_labelled_file_is_evaluated(stance, tmp_path: Path):
    (tmp_path / "own.csv").write_text(f"text,label,also\n{QUOTES[0]},threat,\n{QUOTES[1]},warning,other\n")
    code, out, err = stance("evaluate", str(tmp_path / "own.csv"), "--second", "also", "--format", "json")
    assert code == 0, err
    report = json.loads(out)
    assert report["headlines"]["accuracy"]["value"] == 0.5
    assert report["lenient"]["accuracy"]["value"] == 1.0


@pytest.mark.parametrize(
    ("content", "name", "arguments", "complaint"),
    [
        ('text\nhello\n""\n', "in.csv", (), "line 3: 'text' is empty"),
        ("text\nhello\n", "in.csv", ("--column", "quote"), "no column 'quote'"),
        ('{"text": "a"}\n{"text"', "in.jsonl", (), "line 2: not JSON"),
        ("text,stance\na,b\n", "in.csv", (), "--prefix"),
        ("text\na\n", "in.xlsx", (), "must end in"),
    ],
)
def test_a_bad_file_is_one_sentence_and_leaves_the_old_output(
    stance, content: str, name: str, arguments: tuple[str, ...], complaint: str, tmp_path: Path
):
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "out.csv").write_text("earlier")
    code, out, err = stance("predict", "-i", str(tmp_path / name), "-o", str(tmp_path / "out.csv"), *arguments)
    assert code == 1
    assert out == ""
    assert err.startswith("stance: ")
    assert complaint in err
    assert len(err.splitlines()) == 1
    assert (tmp_path / "out.csv").read_text() == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {name, "out.csv"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("predict",), "Give texts or --input"),
        (("predict", ""), "Text 1 is empty"),
        (("predict", "params.yaml"), "params.yaml is a file, not a statement; use stance predict --input params.yaml"),
        (("predict", "-"), "use stance predict --input -"),
        (("predict", "-i", "q.jsonl", "-o", "a.csv", "-f", "json"), "--format json and --output a.csv contradict"),
        (("predict", "a", "-o", "a.csv"), "--output is for files; give the texts with --input FILE"),
        (("predict", "a", "--resume"), "--resume is for files"),
        (("predict", "-i", "q.jsonl", "--resume"), "name it with --output"),
        (("predict", "-i", "q.jsonl", "-o", "./q.jsonl"), "would replace the input"),
        (("predict", "a", "--input", "params.yaml"), "Give texts or --input, not both"),
        (("predict", "a", "--model", "no/such/folder"), "no model in no/such/folder; run `make`"),
        (("predict", "caf\udce9"), "Text 1 is not UTF-8"),
        (("article", "missing.txt"), "missing.txt"),
        (("article", "“We will answer,” he said.\n" * 20), "not a file that can be read (file name too long)"),
        (("article", "."), "not a file that can be read (is a directory)"),
        (("evaluate", "missing.csv"), "missing.csv"),
        (("run", "train", "oracle", "--splits", "x", "--out", "y"), "no model 'oracle'"),
        (("run", "evaluate", "x", "--on", "test", "--out", "y"), "expected NAME=FILE"),
        (("run", "split", "nowhere", "--out", "y"), "nowhere/gold.jsonl"),
    ],
)
def test_a_mistake_is_one_sentence(stance, arguments: tuple[str, ...], complaint: str):
    code, _, err = stance(*arguments)
    assert code == 1
    assert complaint in err
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1


def test_an_article_too_large_or_empty_or_not_utf8_is_refused(stance, tmp_path: Path):
    for name, content in (("large", b"word " * 1_000_001), ("empty", b" \n"), ("latin", "Café".encode("latin-1"))):
        (tmp_path / name).write_bytes(content)
        code, _, err = stance("article", str(tmp_path / name))
        assert code == 1
        assert name in err
        assert len(err.splitlines()) == 1


def test_an_article_from_a_pipe_is_read_no_further_than_it_may_be(stance, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    written = []

    def write() -> None:
        with suppress(BrokenPipeError), (tmp_path / "pipe").open("wb", buffering=0) as stream:
            written.extend(stream.write(b"word " * 200_000) for _ in range(64))

    writer = Thread(target=write)
    writer.start()
    code, _, err = stance("article", str(tmp_path / "pipe"))
    writer.join()
    assert (code, "more than an article may have" in err) == (1, True)
    assert sum(written) < 10_000_000  # of 64 million


def test_an_unknown_label_is_named_with_its_line(stance, tmp_path: Path):
    (tmp_path / "own.csv").write_text("text,label\nhello,threat\nhello,menace\n")
    code, _, err = stance("evaluate", str(tmp_path / "own.csv"))
    assert (code, "line 3: unknown label 'menace'" in err) == (1, True)


def test_params_with_a_typo_stop_every_stage_before_it_runs(project: Path, tmp_path: Path, monkeypatch, capsys):
    settings = yaml.safe_load((project / "params.yaml").read_text())
    settings["models"]["transformer"]["learning_rat"] = 1
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(settings))
    monkeypatch.chdir(tmp_path)
    for arguments in (("split", "x", "--out", "out"), ("extract", "x", "--out", "out")):
        code, _, err = run_command(("run", *arguments), monkeypatch, capsys)
        assert (code, "learning_rat" in err) == (1, True)
    assert not (tmp_path / "out").exists()


def test_without_a_model_it_says_to_run_make(project: Path, tmp_path: Path, monkeypatch, capsys):
    for name in ("params.yaml", "dvc.yaml"):
        shutil.copy(project / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    code, _, err = run_command(("predict", "We will answer."), monkeypatch, capsys)
    assert (code, "run `make`" in err) == (1, True)


@pytest.mark.parametrize("name", ["._quay.txt", ".quay.txt.swp.txt"])
def test_hidden_files_beside_articles_are_none(stance, name: str, tmp_path: Path):
    (tmp_path / "quay.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / name).write_bytes(b"\0\5\x16\7\xff")
    code, _, err = stance("run", "extract", str(tmp_path), "--out", str(tmp_path / "out.jsonl"))
    assert code == 0, err
    assert {json.loads(line)["article_id"] for line in (tmp_path / "out.jsonl").open(encoding="utf-8")} == {"quay"}


def test_an_article_tells_what_was_said_and_what_was_read(stance, tmp_path: Path):
    text = "“We will wait,” Ardal Venn told them. “Nobody sails.” The port denied the raid, a clerk said."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    code, out, _ = stance("article", str(tmp_path / "a.txt"), "--format", "json")
    first = json.loads(out)[0]
    assert code == 0
    assert [text[start:end] for start, end in first["spans"]] == ["We will wait,", "Nobody sails."]
    assert first["read"] == "We will wait, Nobody sails."
    _, out, _ = stance("article", str(tmp_path / "a.txt"), "--format", "csv")
    row = next(csv.DictReader(io.StringIO(out)))
    assert float(row["confidence"]) == pytest.approx(max(first["probabilities"].values()), abs=1e-6)


def test_doctor_names_what_is_missing(stance, project: Path):
    code, out, _ = stance("doctor", "--format", "json")
    findings = {finding["what"]: finding for finding in json.loads(out)}
    assert code == 1
    assert findings["params.yaml"]["ok"]
    assert findings["champion"]["ok"]
    trained = json.loads((project / "models" / "champion.json").read_text())["champion"]
    assert findings[f"model {trained}"]["ok"]
    other = {"baseline": "transformer", "transformer": "baseline"}[trained]
    assert not findings[f"model {other}"]["ok"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({}, "does not say champion, reason, fingerprint"),
        ({"fingerprint": "0"}, "was trained anew since it was chosen"),
    ],
)
def test_doctor_and_predict_name_what_is_wrong_with_the_choice(stance, project: Path, content: dict, says: str):
    path = project / "models" / "champion.json"
    before = path.read_text()
    path.write_text(json.dumps(json.loads(before) | content if content else content))
    try:
        _, out, _ = stance("doctor", "--format", "json")
        (finding,) = (one for one in json.loads(out) if one["what"] == "champion")
        assert not finding["ok"]
        assert says in finding["says"]
        code, _, complaint = stance("predict", "We will answer.")
        assert (code == 1) == (not content)
        assert content or says in complaint
    finally:
        path.write_text(before)


def test_an_mlflow_model_without_a_store_is_refused_and_makes_none(stance, project: Path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    code, _, complaint = stance("predict", "We will answer.", "--model", "models:/statement-stance@champion")
    assert code == 1
    assert "There is no MLflow store" in complaint
    assert not (project / "mlflow.db").exists()


def test_doctor_names_the_stages_that_are_stale(tmp_path: Path, tiny_checkpoint: Path, monkeypatch, capsys):
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(small_settings(tiny_checkpoint)))
    (tmp_path / "dvc.yaml").write_text(
        yaml.safe_dump({"stages": {"copy": {"cmd": "cp a b", "deps": ["a"], "outs": ["b"]}}})
    )
    (tmp_path / "a").write_text("content")
    for command in (["git", "init", "-q"], [sys.executable, "-m", "dvc", "init", "-q"]):
        subprocess.run(command, cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)

    def stages() -> dict[str, object]:
        _, out, _ = run_command(("doctor", "--format", "json"), monkeypatch, capsys)
        return next(finding for finding in json.loads(out) if finding["what"] == "stages")

    assert stages() == {"what": "stages", "ok": False, "says": "stale: copy; run `make`"}
    subprocess.run([sys.executable, "-m", "dvc", "repro", "-q"], cwd=tmp_path, check=True)
    assert stages()["ok"] is True
