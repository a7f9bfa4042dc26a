"""``stance predict --engine spark``: the logged model on Spark gives the rows of one machine."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from tests_support import ROOT, run_command, small_settings

from pipeline.errors import StanceError
from pipeline.jsonl import write_json
from pipeline.models.manifest import read_manifest
from pipeline.prediction.spark import SparkRequest, logged_model, predict_on_spark
from pipeline.prediction.spark_output import write_new
from pipeline.prediction.spark_session import SETTINGS, reason_of, spark_session
from pipeline.tracking import track
from pipeline.tracking.store import opened, store_of

SPARK = ("predict", "--engine", "spark")
NEEDED = {"pyspark": find_spec("pyspark"), "java": shutil.which("java")}
MISSING = [name for name, found in NEEDED.items() if not found]
pytestmark = pytest.mark.xdist_group("spark")


def on_spark(test: Callable) -> Callable:
    skipped = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' and '.join(MISSING)}")
    return pytest.mark.slow(skipped(test))


TEXTS = [
    "We will strike Bresk if a single soldier crosses the river.",
    "It is a fabrication that our troops ever entered Dovar.",
    "We urge both sides in Gorath to cease fire and return to talks.",
    "A famine is coming to Jorvale unless the rains arrive soon.",
    "The budget for Corlund was adopted on Tuesday by a wide margin.",
    "“Nobody sails,” she said,\nand sat down.",
]


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SPARK_MASTER", "local[2]")
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI", "MLFLOW_RUN_ID", "DVC_ROOT", "DVC_EXP_NAME"):
        monkeypatch.delenv(name, raising=False)


def tracked(folder: Path, model: Path, checkpoint: Path) -> Path:
    """A project folder with one trained model, the champion, and an MLflow store that has it."""
    settings = small_settings(checkpoint)
    settings["predict"]["abstain_below"] = 0.6  # between the answers
    (folder / "params.yaml").write_text(yaml.safe_dump(settings))
    (folder / "dvc.yaml").write_text("stages: {}\n")
    manifest = read_manifest(model)
    shutil.copytree(model, folder / "models" / manifest.kind)
    champion = folder / "models" / "champion.json"
    write_json(champion, {"champion": manifest.kind, "reason": "alone", "fingerprint": manifest.fingerprint})
    reports = folder / "reports"
    track([folder / "models" / manifest.kind], evaluation=reports, comparison=reports, champion=champion, store=folder)
    return folder


@pytest.fixture
def stance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Callable:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run_command(arguments, monkeypatch, capsys)


def some_rows(count: int) -> list[dict[str, Any]]:
    return [
        {"n": n, "the.quote": TEXTS[n % len(TEXTS)], "Stance": f"own {n}", "note": "", "_metadata": n % 2 == 0}
        for n in range(count)
    ]


def write_table(path: Path, rows: list[dict[str, Any]]):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return sorted(pq.read_table(path).to_pylist(), key=lambda row: int(row["n"]))


def types_of(path: Path) -> dict[str, pa.DataType]:
    return {field.name: field.type for field in pq.read_table(path).schema}


def assert_same_rows(several: Path, one: Path):
    """Compare names, types and values; only the last digits of a figure may differ, as between two batches."""
    assert types_of(several) == types_of(one)
    for found, wanted in zip(rows_of(several), rows_of(one), strict=True):
        figures = [name for name, value in wanted.items() if isinstance(value, float)]
        assert len(figures) == 6
        assert [found.pop(name) for name in figures] == pytest.approx([wanted.pop(name) for name in figures], abs=1e-5)
        assert found == wanted


@on_spark
def test_the_command_gives_the_rows_of_one_machine(stance, model_folder: Path, tiny_checkpoint: Path, tmp_path: Path):
    tracked(tmp_path, model_folder, tiny_checkpoint)
    rows = some_rows(60)
    write_table(tmp_path / "whole.parquet", rows)
    for number in range(3):
        write_table(tmp_path / "parts" / f"{number}.parquet", rows[number::3])
    asked = ("--column", "the.quote", "--provenance", "--prefix", "our_")
    # Whole paths: relative ones are of the folder in which Java was started, by an earlier test.
    paths = ("--input", str(tmp_path / "parts"), "--output", str(tmp_path / "several"))
    code, _, err = stance(*SPARK, *asked, *paths)
    assert code == 0, err
    assert "60 statements written to" in err
    code, _, err = stance("predict", *asked, "--input", "whole.parquet", "--output", "one.parquet")
    assert code == 0, err
    assert_same_rows(tmp_path / "several", tmp_path / "one.parquet")
    assert {row["our_abstained"] for row in rows_of(tmp_path / "several")} <= {True, False}


@pytest.fixture(scope="module")
def session(baseline_folder: Path, tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """A project, its logged model and an open session."""
    folder = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        patch.setenv("SPARK_MASTER", "local[2]")
        tracked(folder, baseline_folder, tiny_checkpoint)
        model = logged_model("champion", folder, tmp_path_factory.mktemp("model"), abstain_below=0.6)
        with opened(store_of(folder)), spark_session() as spark:
            yield folder, model, spark


@pytest.fixture
def labelled(session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Callable:
    """Label with Spark, and with one machine the file that holds the same rows."""
    project, model, spark = session

    def both(source: Path, same: Path) -> tuple[Path, Path]:
        several, one = tmp_path / "several", tmp_path / "one.parquet"
        rows = predict_on_spark(spark, model, SparkRequest(input=str(source), output=str(several)))
        assert rows == pq.read_table(same).num_rows
        monkeypatch.chdir(project)
        code, _, err = run_command(("predict", "-i", str(same), "-o", str(one)), monkeypatch, capsys)
        assert code == 0, err
        return several, one

    return both


@on_spark
def test_files_of_other_columns_and_partitions_give_the_rows_of_one_machine(labelled, tmp_path: Path):
    rows = [{"n": n, "text": text, "note": f"own {n}", "office": f"seat {n}"} for n, text in enumerate(TEXTS)]
    folder = tmp_path / "in [1]"  # no pattern, which in1 would match
    for row in rows:
        row["month"] = f"0{row['n'] % 2 + 1}"
        left_out = "note" if row["n"] < 3 else "office"
        row[left_out] = None
        kept = {name: value for name, value in row.items() if name not in (left_out, "month")}
        write_table(folder / f"month={row['month']}" / f"{row['n']}.parquet", [kept])
    write_table(tmp_path / "whole.parquet", rows)
    several, one = labelled(folder, tmp_path / "whole.parquet")
    assert_same_rows(several, one)


@on_spark
def test_moments_stay_what_they_are(labelled, tmp_path: Path):
    moments = [datetime(2400, 2, 29, 12, 30, 0, 123456, UTC), datetime(1600, 1, 1, tzinfo=UTC), None]
    rows = [
        {"n": n, "text": TEXTS[n], "at": moment, "local": moment and moment.replace(tzinfo=None)}
        for n, moment in enumerate(moments)
    ]
    write_table(tmp_path / "in.parquet", rows)
    several, one = labelled(tmp_path / "in.parquet", tmp_path / "in.parquet")
    assert types_of(several)["at"] == pa.timestamp("us", "UTC")
    assert_same_rows(several, one)


@on_spark
def test_an_open_session_keeps_its_settings(session, tmp_path: Path):
    _, model, spark = session
    before = {name: spark.conf.get(name) for name in SETTINGS}
    assert before != SETTINGS
    with pytest.raises(StanceError, match="There is no"):
        predict_on_spark(spark, model, SparkRequest(input=str(tmp_path / "none"), output=str(tmp_path / "out")))
    assert {name: spark.conf.get(name) for name in SETTINGS} == before


@on_spark
def test_a_worker_opens_the_model_once_for_all_of_its_tasks(session, tmp_path: Path):
    _, model, spark = session
    for number in range(6):
        write_table(tmp_path / "in" / f"{number}.parquet", some_rows(5))

    def opened_models(parts):
        import os
        import sys

        for part in parts:
            module = sys.modules.get("pipeline.prediction.kept")
            misses, hits = module.kept_predictor.cache_info()[1::-1] if module else (0, 0)
            yield part.assign(id=os.getpid(), misses=misses, hits=hits, threads=os.environ["OMP_NUM_THREADS"])

    def asked() -> dict[int, tuple[int, int]]:
        schema = "id long, misses long, hits long, threads string"
        rows = spark.range(8).repartition(8).mapInPandas(opened_models, schema).collect()
        assert {row.threads for row in rows} == {"1"}
        return {row.id: (row.misses, row.hits) for row in rows}

    before = asked()
    spark.conf.set("spark.sql.files.openCostInBytes", str(2**30))  # a task a file
    predict_on_spark(
        spark, model, SparkRequest(input=str(tmp_path / "in"), output=str(tmp_path / "out"), column="the.quote")
    )
    after = asked()
    new = [
        (misses - before.get(worker, (0, 0))[0], hits - before.get(worker, (0, 0))[1])
        for worker, (misses, hits) in after.items()
    ]
    assert all(misses <= 1 for misses, _ in new)
    assert sum(hits for _, hits in new) >= 2


@on_spark
@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([{"quote": "a"}], "there is no column 'text', only 'quote'; name it with --column"),
        ([{"text": "a"}, {"text": " \u00a0"}, {"text": None}], r"in.parquet: 2 of 3 values of 'text' are empty"),
        ([{"text": "a", "p_threat": 1}], "already has a column 'p_threat'"),
        ([{"text": 1}], "'text' must be a column of texts; its values are bigint"),
    ],
)
def test_an_unfit_table_is_one_sentence(session, rows: list, complaint: str, tmp_path: Path):
    write_table(tmp_path / "in.parquet", rows)
    assert_refused(session, tmp_path, "in.parquet", complaint)


@on_spark
def test_what_is_no_table_is_one_sentence(session, tmp_path: Path):
    (tmp_path / "in.parquet").write_text("a", encoding="utf-8")
    assert_refused(session, tmp_path, "in.parquet", "is not a Parquet file")
    assert_refused(session, tmp_path, "elsewhere", "There is no .*elsewhere where Spark looks for it")
    assert_refused(session, tmp_path, "in.csv", "reads only Parquet")
    write_table(tmp_path / "in" / "a.parquet", [{"text": "a", "n": 1}])
    write_table(tmp_path / "in" / "b.parquet", [{"text": "a", "n": "1"}])
    assert_refused(session, tmp_path, "in", "as Parquet .*merg")
    moments = pa.table({"text": ["a"], "at": pa.array([0], pa.timestamp("ns"))})
    pq.write_table(moments, tmp_path / "fine.parquet")
    assert_refused(session, tmp_path, "fine.parquet", "Illegal Parquet type.*NANOS")


def assert_refused(session: tuple, folder: Path, name: str, complaint: str):
    _, model, spark = session
    with pytest.raises(StanceError, match=complaint) as raised:
        predict_on_spark(spark, model, SparkRequest(input=str(folder / name), output=str(folder / "out")))
    assert len(str(raised.value).splitlines()) == 1
    assert not (folder / "out").exists()


@on_spark
def test_a_run_that_fails_while_it_writes_leaves_nothing(session, tmp_path: Path):
    _, model, spark = session
    damaged = tmp_path / "damaged"
    shutil.copytree(model.package, damaged)
    for kept in damaged.rglob("*.skops"):
        kept.write_bytes(b"")
    write_table(tmp_path / "in.parquet", [{"text": TEXTS[0]}])
    assert_refused((None, replace(model, package=damaged), spark), tmp_path, "in.parquet", "Spark could not label")
    request = SparkRequest(input=str(tmp_path / "in.parquet"), output=str(tmp_path / "out"))
    assert predict_on_spark(spark, model, request) == 1


@on_spark
def test_lost_rows_are_told(session, tmp_path: Path, monkeypatch):
    _, model, spark = session
    write_table(tmp_path / "in.parquet", [{"text": text} for text in TEXTS])
    request = SparkRequest(input=str(tmp_path / "in.parquet"), output=str(tmp_path / "out"))

    def written_elsewhere(spark, table, output):
        write_new(spark, table, output)
        for part in Path(output).glob("part-*"):
            part.unlink()

    monkeypatch.setattr("pipeline.prediction.spark.write_new", written_elsewhere)
    with pytest.raises(StanceError, match=r"out holds 0 rows for the 6 of .*in.parquet: the input changed"):
        predict_on_spark(spark, model, request)


@on_spark
def test_an_output_that_is_there_is_left_alone(session, tmp_path: Path):
    _, model, spark = session
    write_table(tmp_path / "in.parquet", [{"text": TEXTS[0]}])
    (tmp_path / "out").mkdir()
    with pytest.raises(StanceError, match="out is there already"):
        predict_on_spark(spark, model, SparkRequest(input=str(tmp_path / "in.parquet"), output=str(tmp_path / "out")))
    assert list((tmp_path / "out").iterdir()) == []


BARE = ("--input", "in.parquet", "--output", "out")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("We will answer.",), "needs --input FILE_OR_FOLDER and --output FOLDER"),
        (("--input", "in.parquet"), "needs --input FILE_OR_FOLDER and --output FOLDER"),
        (("--input", "-", "--output", "out"), "needs --input FILE_OR_FOLDER and --output FOLDER"),
        ((*BARE, "--format", "csv"), "--format csv is not for --engine spark"),
        ((*BARE, "--resume"), "--resume is not for --engine spark"),
        (("--input", "in.parquet", "--output", "."), ". is there already"),
        (("--input", "in.parquet", "--output", ""), "--output has no name in it"),
        (("--input", "", "--output", "out"), "needs --input FILE_OR_FOLDER and --output FOLDER"),
        (("--input", "in.csv.gz", "--output", "out"), "in.csv.gz: --engine spark reads only Parquet"),
        (("--input", "in.parquet", "--output", "out.jsonl"), "writes a folder of Parquet"),
        ((*BARE, "--model", "some/folder"), "some/folder is no model of the MLflow store"),
        (BARE, "There is no MLflow store at"),
    ],
)
def test_a_mistake_is_one_sentence(stance, arguments, complaint: str, tmp_path: Path, monkeypatch):
    shutil.copy(ROOT / "params.yaml", tmp_path)
    (tmp_path / "dvc.yaml").write_text("stages: {}\n")
    monkeypatch.setattr("pipeline.prediction.spark_session.require_spark", lambda: None)
    code, _, err = stance(*SPARK, *arguments)
    assert (code, len(err.splitlines())) == (1, 1), err
    assert complaint in err


def test_a_missing_pyspark_is_told(stance, monkeypatch):
    monkeypatch.setattr("pipeline.prediction.spark_session.find_spec", lambda name: None)
    code, _, err = stance(*SPARK, *BARE)
    assert (code, "PySpark is not installed" in err, len(err.splitlines())) == (1, True, 1)


@pytest.mark.parametrize(("home", "complaint"), [("", "Java is not installed"), ("nowhere", "JAVA_HOME names nowhere")])
def test_a_missing_java_is_told(stance, home: str, complaint: str, monkeypatch):
    monkeypatch.setattr("pipeline.prediction.spark_session.find_spec", lambda name: object())
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.setenv("JAVA_HOME", home)
    monkeypatch.setenv("PATH", "")
    code, _, err = stance(*SPARK, *BARE)
    assert (code, complaint in err, len(err.splitlines())) == (1, True, 1)


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("one line.", "one line"),
        ("An error\n: a.b.TopError: top\n\tat x\nCaused by: a.b.InnerException: [A_B] low SQLSTATE: 1", "low"),
        ("Traceback:\n  File x\npipeline.errors.StanceError: Text 3 is empty.\n\n\tat org", "Text 3 is empty"),
    ],
)
def test_the_reason_is_the_cause(report: str, reason: str):
    assert reason_of(report).removeprefix("InnerException: ") == reason
