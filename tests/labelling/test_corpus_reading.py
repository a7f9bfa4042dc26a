"""Reading the corpus: every file counts, and every mistake is named."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.annotations import Annotation
from pipeline.errors import StanceError
from pipeline.jsonl import write_records, write_rows
from pipeline.labelling.corpus import read_corpus
from pipeline.records import CorpusStatement, Kind
from pipeline.stance import STANCES, Stance

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: f"{text}.")  # never blank


def statement(key: str, text: str = "The bridge is open.") -> CorpusStatement:
    return CorpusStatement(id=key, text=text, kind=Kind.DIRECT)


def annotation(key: str, annotator: str = "first", label: Stance = Stance.OTHER) -> Annotation:
    return Annotation(statement_id=key, annotator=annotator, label=label)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_records(tmp_path / "statements" / "one.jsonl", [statement("a"), statement("b")])
    write_records(tmp_path / "annotations" / "first.jsonl", [annotation("a"), annotation("b", label=Stance.THREAT)])
    return tmp_path


def test_anyone_can_add_a_file(corpus: Path) -> None:
    write_records(corpus / "statements" / "another.jsonl", [statement("c")])
    write_records(corpus / "annotations" / "second.jsonl", [annotation("c", "second"), annotation("a", "second")])
    read = read_corpus(corpus)
    assert [one.id for one in read.statements] == ["c", "a", "b"]
    assert [(one.statement_id, one.annotator) for one in read.annotations] == [
        ("a", "first"),
        ("b", "first"),
        ("c", "second"),
        ("a", "second"),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.dictionaries(st.text("abc0-", min_size=1, max_size=6), TEXTS, min_size=1, max_size=8),
    parts=st.integers(1, 3),
    labels=st.lists(st.sampled_from(STANCES), min_size=8, max_size=8),
)
def test_whatever_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str], parts: int, labels: list[Stance]
) -> None:
    folder = tmp_path_factory.mktemp("corpus")
    statements = [statement(key, text) for key, text in texts.items()]
    annotations = [annotation(one.id, label=label) for one, label in zip(statements, labels, strict=False)]
    for part in range(parts):
        write_records(folder / "statements" / f"{part}.jsonl", statements[part::parts])
        write_records(folder / "annotations" / f"{part}.jsonl", annotations[part::parts])
    read = read_corpus(folder)
    assert {one.id: one for one in read.statements} == {one.id: one for one in statements}
    assert {one.statement_id: one for one in read.annotations} == {one.statement_id: one for one in annotations}


def refused(corpus: Path) -> str:
    with pytest.raises(StanceError) as error:
        read_corpus(corpus)
    return str(error.value)


def test_an_id_that_stands_twice(corpus: Path) -> None:
    write_records(corpus / "statements" / "two.jsonl", [statement("b")])
    message = refused(corpus)
    assert "'b'" in message
    assert "two.jsonl" in message
    assert "one.jsonl" in message


def test_an_empty_text(corpus: Path) -> None:
    write_records(corpus / "statements" / "two.jsonl", [statement("c", " \n")])
    assert "'c'" in refused(corpus)


def test_an_annotation_of_an_unknown_statement(corpus: Path) -> None:
    write_records(corpus / "annotations" / "second.jsonl", [annotation("z", "second")])
    message = refused(corpus)
    assert "second.jsonl" in message
    assert "'z'" in message


def test_one_annotator_twice_on_one_statement(corpus: Path) -> None:
    write_records(corpus / "annotations" / "again.jsonl", [annotation("a", "first", Stance.DENIAL)])
    message = refused(corpus)
    assert "'first'" in message
    assert "'a'" in message


@pytest.mark.parametrize("change", [{"label": "menace"}, {"second_label": "none"}, {"label": None}, {"extra": 1}])
def test_an_annotation_that_is_none_names_file_and_line(corpus: Path, change: dict[str, object]) -> None:
    good = {"statement_id": "a", "annotator": "second", "label": "other"}
    write_rows(corpus / "annotations" / "second.jsonl", [good, {**good, "statement_id": "b", **change}])
    message = refused(corpus)
    assert "second.jsonl, line 2" in message
    assert next(iter(change)) in message


def test_a_line_that_is_no_json(corpus: Path) -> None:
    (corpus / "statements" / "two.jsonl").write_text(json.dumps({"id": "c"})[:-1] + "\n", encoding="utf-8")
    assert "two.jsonl, line 1" in refused(corpus)


@pytest.mark.parametrize("part", ["statements", "annotations"])
def test_a_folder_without_files(corpus: Path, part: str) -> None:
    for path in (corpus / part).iterdir():
        path.unlink()
    assert part in refused(corpus)
