"""JSON Lines at the border: what is written comes back, what is wrong is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.jsonl import read_json, read_records, write_records
from pipeline.records import Annotation, Kind, LabelledStatement, Origin, PredictedStatement, Statement
from pipeline.stance import STANCES

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
maybe = st.none() | texts
stances = st.sampled_from(STANCES)

labelled_statements = st.builds(
    LabelledStatement,
    id=texts,
    text=texts,
    kind=st.sampled_from(Kind),
    label=stances,
    confidence=st.floats(0, 1),
    second_label=st.none() | stances,
    origin=st.sampled_from(Origin),
    group=maybe,
    article_id=maybe,
    domain=maybe,
    register=maybe,
)
statements = st.builds(
    Statement,
    id=texts,
    article_id=texts,
    text=texts,
    kind=st.sampled_from(Kind),
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    spans=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple),
    cue=maybe,
    speaker=maybe,
    context=texts,
)
predicted = st.builds(PredictedStatement, id=texts, probabilities=st.dictionaries(stances, st.floats(0, 1), min_size=5))


@pytest.mark.parametrize(
    ("record", "strategy"),
    [(LabelledStatement, labelled_statements), (Statement, statements), (PredictedStatement, predicted)],
)
def test_round_trip(record: type, strategy: st.SearchStrategy, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("jsonl")

    @given(st.lists(strategy, max_size=5))
    def check(records: list):
        write_records(folder / "file.jsonl", records)
        assert read_records(folder / "file.jsonl", record) == records

    check()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"statement_id": "a", "annotator": "b", "label": "menace"}', r"line 2: label: .*menace"),
        ('{"statement_id": "a", "annotator": "b"}', r"line 2: label: field required"),
        ('{"statement_id": "a", "annotator": "b", "label": "threat", "mood": 1}', r"line 2: mood"),
        ('{"statement_id": "a", ', r"line 2: not JSON"),
        ("[1, 2]", r"line 2: expected a JSON object"),
    ],
)
def test_a_bad_line_is_named(line: str, complaint: str, tmp_path: Path):
    good = '{"statement_id": "a", "annotator": "b", "label": "threat"}'
    (tmp_path / "votes.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(StanceError, match=complaint):
        read_records(tmp_path / "votes.jsonl", Annotation)


def test_another_encoding_is_named_with_its_line(tmp_path: Path):
    (tmp_path / "votes.jsonl").write_bytes(
        b'{"statement_id": "a", "annotator": "b", "label": "threat"}\n{"statement_id": "caf\xe9"}\n'
    )
    with pytest.raises(StanceError, match="line 2: not UTF-8"):
        read_records(tmp_path / "votes.jsonl", Annotation)


def test_a_byte_order_mark_and_blank_lines_are_no_mistake(tmp_path: Path):
    row = '{"statement_id": "a", "annotator": "b", "label": "threat"}'
    (tmp_path / "votes.jsonl").write_text(f"\ufeff{row}\n\n", encoding="utf-8")
    assert len(read_records(tmp_path / "votes.jsonl", Annotation)) == 1


def test_a_missing_file_says_what_to_do(tmp_path: Path):
    with pytest.raises(StanceError, match="make"):
        read_records(tmp_path / "missing.jsonl", Annotation)
    with pytest.raises(StanceError, match="make"):
        read_json(tmp_path / "missing.json")


def test_equal_records_give_equal_bytes(tmp_path: Path):
    vote = Annotation(statement_id="ä", annotator="b", label=STANCES[0])
    for name in ("one", "two"):
        write_records(tmp_path / name, [vote, vote])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert "ä" in (tmp_path / "one").read_text(encoding="utf-8")
