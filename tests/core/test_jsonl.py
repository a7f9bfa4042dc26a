"""JSON Lines at the border: what is written comes back, what is wrong is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotations import Annotation
from pipeline.errors import StanceError
from pipeline.jsonl import iterate_rows, read_json, read_records, write_records, write_rows
from pipeline.records import Kind, LabelledStatement, Origin, PredictedStatement, Statement
from pipeline.stance import STANCES, Stance

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


def distribution(weights: list[int], decimals: int) -> dict[Stance, float]:
    return {one: round(weight / sum(weights), decimals) for one, weight in zip(STANCES, weights, strict=True)}


predicted = st.builds(
    PredictedStatement,
    id=texts,
    probabilities=st.builds(
        distribution, st.lists(st.integers(0, 10**6), min_size=5, max_size=5).filter(any), st.integers(6, 12)
    ),
)


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


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (r'{"text": "a \ud83d b"}', r"line 2: half a surrogate pair"),
        (r'{"text": "a", "tags": [{"\uDE00": 1}]}', r"line 2: half a surrogate pair"),
        ('{"n": ' + "9" * 5000 + "}", r"line 2: an integer has too many digits"),
        ('{"n": ' + "[" * 100_000 + "]" * 100_000 + "}", r"line 2: .* nested more than 100 deep"),
        ('{"n": ' + '{"n": ' * 300 + "1" + "}" * 301, r"line 2: .* nested more than 100 deep"),
    ],
)
def test_what_could_not_be_written_again_is_refused_when_read(line: str, complaint: str, tmp_path: Path):
    (tmp_path / "rows.jsonl").write_text(f'{{"text": "good"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(StanceError, match=complaint):
        list(iterate_rows(tmp_path / "rows.jsonl"))


def test_whole_pairs_and_brackets_in_texts_are_no_mistake(tmp_path: Path):
    brackets = "[" * 500 + '"' + "{" * 500
    (tmp_path / "rows.jsonl").write_text(rf'{{"text": "\ud83d\ude00 \\ud83d", "b": {json.dumps(brackets)}}}' + "\n")
    assert list(iterate_rows(tmp_path / "rows.jsonl")) == [(1, {"text": "😀 \\ud83d", "b": brackets})]


LABELLED = {"id": "a", "text": "b", "kind": "direct", "label": "threat", "confidence": 1.0}
EVEN = dict.fromkeys(STANCES, 0.2)


@pytest.mark.parametrize(
    ("record", "row", "complaint"),
    [
        (LabelledStatement, {**LABELLED, "confidence": float("nan")}, "statement a has the confidence nan"),
        (LabelledStatement, {**LABELLED, "confidence": 1.5}, "statement a has the confidence 1.5"),
        (LabelledStatement, {**LABELLED, "confidence": -0.5}, "statement a has the confidence -0.5"),
        (PredictedStatement, {"id": "a", "probabilities": {"threat": 1.0}}, "has no probability for denial"),
        (PredictedStatement, {"id": "a", "probabilities": EVEN | {"threat": 7.5}}, "has the probability 7.5"),
        (PredictedStatement, {"id": "a", "probabilities": EVEN | {"threat": float("nan")}}, "has the probability nan"),
        (PredictedStatement, {"id": "a", "probabilities": EVEN | {"threat": 0.3}}, "sum to 1.1, not 1"),
    ],
)
def test_what_is_no_probability_is_refused_when_read(record: type, row: dict, complaint: str, tmp_path: Path):
    write_rows(tmp_path / "file.jsonl", [row])
    with pytest.raises(StanceError, match=rf"file.jsonl, line 1: .*{complaint}"):
        read_records(tmp_path / "file.jsonl", record)


@pytest.mark.parametrize("name", ["", "file/below", "n" * 300])
@pytest.mark.parametrize("read", [read_json, lambda path: read_records(path, Annotation)])
def test_what_is_no_file_is_one_sentence(read: Callable, name: str, tmp_path: Path):
    (tmp_path / "file").write_text("a file, no folder")
    with pytest.raises(StanceError, match="not a file that can be read"):
        read(tmp_path / name)


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
