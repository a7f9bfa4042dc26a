"""Annotations that stand off from public texts, and the join that brings them together."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests_support import ROOT, run_command

from pipeline.annotations import Question, StandoffAnnotation
from pipeline.errors import StanceError
from pipeline.jsonl import write_records
from pipeline.labelling.standoff import digest, join, read_standoff
from pipeline.stance import Stance

TEXT = "We will  close\nthe strait."


def annotation(text: str = TEXT, **fields: object) -> StandoffAnnotation:
    values: dict[str, object] = {"source": "owner/name", "annotator": "first", "label": Stance.THREAT}
    return StandoffAnnotation(sha256=digest(text), **(values | fields))  # type: ignore[arg-type]


def test_a_join_gives_text_label_and_evidence() -> None:
    (joined,) = join([annotation(evidence=(3, 13))], ["Nothing of note.", TEXT])
    assert joined.text == "We will close the strait."
    assert joined.evidence == "will close"
    assert joined.annotation.label is Stance.THREAT


def test_white_space_does_not_part_a_text_from_its_annotation() -> None:
    assert [one.text for one in join([annotation()], ["  We will close the strait. "])] == ["We will close the strait."]


def test_a_text_that_nobody_annotated_or_that_comes_again_is_passed_over() -> None:
    assert len(list(join([annotation()], [TEXT, "Another.", TEXT]))) == 1


def test_every_annotator_of_a_line_is_kept() -> None:
    both = [annotation(), annotation(annotator="second", label=Stance.WARNING)]
    assert [one.annotation.annotator for one in join(both, [TEXT])] == ["first", "second"]


def test_evidence_outside_of_the_text_is_refused() -> None:
    with pytest.raises(StanceError, match="outside of its text"):
        list(join([annotation(evidence=(3, 400))], [TEXT]))


@given(some.lists(some.text(min_size=1), unique_by=digest, min_size=1))
def test_every_text_finds_its_own_annotation(texts: list[str]) -> None:
    annotations = [annotation(text, annotator=str(number)) for number, text in enumerate(texts)]
    found = list(join(reversed(annotations), texts))
    assert [one.annotation.annotator for one in found] == [str(number) for number in range(len(texts))]
    assert all(digest(one.text) == one.annotation.sha256 for one in found)


def test_annotations_survive_a_file(tmp_path: Path) -> None:
    given_ = [annotation(evidence=(0, 2), answers=(Question.HARM_AHEAD, Question.OWN_SIDE), sureness=2, path="a.md")]
    write_records(tmp_path / "one.jsonl", given_)
    assert read_standoff(tmp_path) == given_
    assert read_standoff(tmp_path / "one.jsonl") == given_


def test_one_annotator_cannot_read_a_line_twice(tmp_path: Path) -> None:
    write_records(tmp_path / "one.jsonl", [annotation(), annotation(label=Stance.OTHER)])
    with pytest.raises(StanceError, match=r"'first' reads the line .* twice"):
        read_standoff(tmp_path)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StanceError, match=r"holds no \.jsonl file"):
        read_standoff(tmp_path)


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [("sureness", 4, "sureness 4"), ("evidence", [5, 5], r"evidence \(5, 5\)"), ("answers", ["maybe"], "answers")],
)
def test_impossible_fields_are_refused_by_line(tmp_path: Path, field: str, value: object, complaint: str) -> None:
    row = {"source": "owner/name", "sha256": digest(TEXT), "annotator": "first", "label": "threat", field: value}
    (tmp_path / "one.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(StanceError, match=rf"one\.jsonl, line 1: .*{complaint}"):
        read_standoff(tmp_path)


def test_the_command_writes_what_can_be_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "standoff").mkdir()
    write_records(tmp_path / "standoff" / "one.jsonl", [annotation(evidence=(3, 13)), annotation("Not there.")])
    (tmp_path / "texts.csv").write_text('said\n"We will close the strait."\nNothing.\n', encoding="utf-8")
    arguments = ["join", str(tmp_path / "texts.csv"), "--standoff", str(tmp_path / "standoff"), "--column", "said"]
    code, shown, _ = run_command([*arguments, "--out", str(tmp_path / "out.jsonl")], monkeypatch, capsys)
    assert (code, shown.split(":")[0]) == (0, "1 of 2 annotations joined to their texts")
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (row["text"], row["label"], row["evidence"]) == ("We will close the strait.", "threat", "will close")


def test_the_published_annotations_are_sound() -> None:
    found = read_standoff(ROOT / "data" / "standoff")
    assert {one.annotator for one in found} == {"first", "reader", "second"}
    assert all(one.second_label is not one.label for one in found)


@pytest.mark.parametrize(
    ("texts", "out", "complaint"),
    [
        ("We will close the strait.", "standoff/out.jsonl", "would replace what is read"),
        ("We will close the strait.", "texts.jsonl", "would replace what is read"),
        ("We will close the strait.", "out.csv", "are JSON Lines"),
        ("Nobody read this.", "out.jsonl", "None of the texts"),
    ],
)
def test_the_command_loses_nothing_and_writes_nothing_empty(
    texts: str, out: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "standoff").mkdir()
    write_records(tmp_path / "standoff" / "one.jsonl", [annotation()])
    (tmp_path / "texts.jsonl").write_text(json.dumps({"text": texts}) + "\n", encoding="utf-8")
    arguments = ["join", str(tmp_path / "texts.jsonl"), "--standoff", str(tmp_path / "standoff")]
    code, _, said = run_command([*arguments, "--out", str(tmp_path / out)], monkeypatch, capsys)
    assert code == 1
    assert complaint in said
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["one.jsonl", "texts.jsonl"]
