"""The stage: predictions and gold labels in, metrics and plots out."""

import csv
import json
import shutil
from collections import Counter

import matplotlib as mpl
import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from pipeline.errors import StanceError
from pipeline.evaluation import read_matched
from pipeline.jsonl import write_records, write_rows
from pipeline.records import PredictedStatement
from pipeline.stages import evaluate
from pipeline.stance import STANCES, Stance

PICTURES = ("confusion.png", "precision_recall.png", "reliability.png")


def predicted(statements, probabilities):
    return [
        PredictedStatement(id=each.id, probabilities=dict(zip(STANCES, row.round(6).tolist(), strict=True)))
        for each, row in zip(statements, probabilities, strict=True)
    ]


@pytest.fixture(scope="module")
def finished(tmp_path_factory, statements, config):
    """Labelled files and predictions of two sets, as the stages before leave them, and the evaluation in ``out``."""
    folder = tmp_path_factory.mktemp("finished")
    sets = {"test": statements(150), "challenge": statements(40, share_right=0.4, seed=9)}
    for name, (made, probabilities) in sets.items():
        write_records(folder / "labelled" / f"{name}.jsonl", made)
        write_records(folder / "predictions" / f"{name}.jsonl", predicted(made, probabilities))
    run(folder, config)
    return folder


@pytest.fixture
def project(tmp_path, finished):
    """A copy of the finished project that a test may change."""
    return shutil.copytree(finished, tmp_path / "project")


def run(project, config, out="out", names=("test", "challenge")):
    labelled = [(name, project / "labelled" / f"{name}.jsonl") for name in names]
    evaluate.run(config, labelled, project / "predictions", project / out, seed=1)
    return project / out


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_metrics_of_every_set_and_plots_of_the_first(finished):
    out = finished / "out"
    metrics = json.loads((out / "metrics.json").read_text())
    assert {name: report["statements"] for name, report in metrics.items()} == {"test": 150, "challenge": 40}
    assert metrics["challenge"]["headlines"]["macro_f1"]["value"] < metrics["test"]["headlines"]["macro_f1"]["value"]
    assert len(rows(out / "plots" / "confusion.csv")) == 150


def test_a_second_run_writes_the_same_bytes_whatever_the_style_of_the_machine(project, config):
    first = project / "out"
    with mpl.rc_context({"font.size": 31, "axes.facecolor": "pink", "savefig.dpi": 30}):
        second = run(project, config, "again")
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert len(names) == 7
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_pictures_are_pictures_and_carry_no_traces(finished):
    plots = finished / "out" / "plots"
    for name in PICTURES:
        content = (plots / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) > 10_000
        assert b"matplotlib" not in content.lower()
        assert b"tEXt" not in content


def test_different_answers_give_different_pictures(project, config):
    plots = project / "out" / "plots"
    others = run(project, config, "others", names=("challenge",)) / "plots"
    for name in PICTURES:
        assert (plots / name).read_bytes() != (others / name).read_bytes()


def test_tables_say_what_the_metrics_say(finished):
    out = finished / "out"
    metrics = json.loads((out / "metrics.json").read_text())["test"]
    pairs = Counter((row["actual"], row["predicted"]) for row in rows(out / "plots" / "confusion.csv"))
    assert all(
        pairs[gold, answer] == count
        for gold, answers in metrics["confusion"].items()
        for answer, count in answers.items()
    )
    bins = rows(out / "plots" / "reliability.csv")
    gaps = [int(row["statements"]) * abs(float(row["accuracy"]) - float(row["confidence"])) for row in bins]
    assert sum(gaps) / 150 == pytest.approx(metrics["headlines"]["ece"]["value"], abs=1e-5)


def test_the_area_under_a_precision_recall_table_is_the_average_precision(finished, statements):
    made, probabilities = statements(150)
    points = [row for row in rows(finished / "out" / "plots" / "precision_recall.csv") if row["stance"] == "threat"]
    recall = np.array([float(row["recall"]) for row in points] + [0])
    precision = np.array([float(row["precision"]) for row in points])
    assert (np.diff(recall) <= 0).all()
    expected = average_precision_score([each.label is Stance.THREAT for each in made], probabilities[:, 0].round(6))
    # Points on a straight stretch of the curve are dropped, which bends the steps a little.
    assert -np.sum(np.diff(recall) * precision) == pytest.approx(expected, abs=0.02)


def test_a_set_with_one_stance_only_can_be_drawn(project, config, statements):
    made, probabilities = statements(150)
    chosen = [number for number, each in enumerate(made) if each.label is Stance.DENIAL][:1]
    write_records(project / "labelled" / "one.jsonl", [made[number] for number in chosen])
    write_records(
        project / "predictions" / "one.jsonl", predicted([made[number] for number in chosen], probabilities[chosen])
    )
    out = run(project, config, "one", names=("one",))
    assert {row["stance"] for row in rows(out / "plots" / "precision_recall.csv")} == {"denial"}


def test_the_order_of_the_predictions_does_not_matter(project):
    labelled, path = project / "labelled" / "test.jsonl", project / "predictions" / "test.jsonl"
    statements, probabilities = read_matched(labelled, path)
    path.write_text("\n".join(reversed(path.read_text().splitlines())) + "\n")
    again, same = read_matched(labelled, path)
    assert again == statements
    assert np.array_equal(same, probabilities)


class TestRefusals:
    def rewrite(self, project, change):
        path = project / "predictions" / "test.jsonl"
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        write_rows(path, change(lines))

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            (lambda lines: lines[1:], r"test.jsonl lacks 1 statement\(s\) of .*test.jsonl \(made-0\)"),
            (lambda lines: [*lines, {**lines[0], "id": "stranger"}], r"1 statement\(s\) that .* lacks \(stranger\)"),
            (lambda lines: [*lines, lines[0]], r"1 id\(s\) stand more than once \(made-0\)"),
            (
                lambda lines: [{**lines[0], "probabilities": {"threat": 1.0}}, *lines[1:]],
                "made-0 has no probability for denial",
            ),
            (lambda lines: [], r"lacks 150 statement\(s\) .*made-0, made-1, made-2, …"),
        ],
    )
    def test_ids_that_do_not_match_are_named_and_earlier_reports_stay(self, project, config, change, complaint):
        out = project / "out"
        before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        self.rewrite(project, change)
        with pytest.raises(StanceError, match=complaint):
            run(project, config)
        assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before

    def test_labels_that_stand_twice(self, project, config):
        path = project / "labelled" / "test.jsonl"
        path.write_text(path.read_text() + path.read_text().splitlines()[3] + "\n")
        with pytest.raises(StanceError, match=r"labelled.test.jsonl: 1 id\(s\) stand more than once \(made-3\)"):
            run(project, config)

    def test_no_set_at_all(self, project, config):
        with pytest.raises(StanceError, match="name at least one file"):
            run(project, config, names=())

    def test_missing_predictions(self, project, config):
        (project / "predictions" / "challenge.jsonl").unlink()
        with pytest.raises(StanceError, match=r"challenge.jsonl is not a file"):
            run(project, config)
