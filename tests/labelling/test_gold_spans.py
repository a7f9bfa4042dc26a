"""Gold spans of the seed articles find the statement that was extracted from the same place."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.jsonl import write_records
from pipeline.labelling.gold import GoldSpan, match_gold, overlap, read_gold
from pipeline.records import Kind, Statement
from pipeline.stance import Stance

ARTICLE = "“We will close the gate,” said Marshal Orla Venn. A baker said flour was dear."
RANGES = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def span(start: int, end: int, label: Stance = Stance.THREAT, *, official: bool = True) -> GoldSpan:
    return GoldSpan(
        start=start,
        end=end,
        text=ARTICLE[start:end],
        kind=Kind.DIRECT,
        spans=((start, end),),
        label=label,
        second_label=Stance.WARNING,
        official=official,
    )


def found(key: str, start: int, end: int, article: str = "gate") -> Statement:
    return Statement(
        id=key,
        article_id=article,
        text=ARTICLE[start:end],
        kind=Kind.DIRECT,
        start=start,
        end=end,
        spans=((start, end),),
    )


def test_reading(tmp_path: Path) -> None:
    (tmp_path / "gate.txt").write_text(ARTICLE, encoding="utf-8")
    write_records(tmp_path / "gate.gold.jsonl", [span(50, 77), span(1, 24)])
    assert read_gold(tmp_path) == {"gate": [span(1, 24), span(50, 77)]}


def test_a_span_that_does_not_hold_its_text(tmp_path: Path) -> None:
    (tmp_path / "gate.txt").write_text(ARTICLE, encoding="utf-8")
    write_records(tmp_path / "gate.gold.jsonl", [replace(span(1, 24), end=25)])
    with pytest.raises(StanceError, match=r"characters 1 to 25 of gate\.txt"):
        read_gold(tmp_path)


def test_gold_without_its_article(tmp_path: Path) -> None:
    write_records(tmp_path / "gate.gold.jsonl", [span(1, 24)])
    with pytest.raises(StanceError, match=r"gate\.txt"):
        read_gold(tmp_path)


def test_the_best_overlap_wins_and_each_span_is_given_once() -> None:
    match = match_gold([found("wide", 0, 30), found("near", 2, 24)], {"gate": [span(1, 24)]}, 0.5)
    assert [one.statement_id for one in match.annotations] == ["near"]
    (given_label,) = match.annotations
    assert given_label.annotator == "seeds"
    assert given_label.label is Stance.THREAT
    assert given_label.second_label is Stance.WARNING


def test_too_small_an_overlap_and_another_article_do_not_match() -> None:
    elsewhere = [found("late", 20, 40), found("other", 1, 24, article="elsewhere")]
    match = match_gold(elsewhere, {"gate": [span(1, 24)]}, 0.5)
    assert match.annotations == ()
    assert match.spans == 1


def test_who_is_no_official_is_left_out() -> None:
    statements = [found("marshal", 1, 24), found("baker", 50, 77)]
    match = match_gold(statements, {"gate": [span(1, 24), span(50, 77, Stance.OTHER, official=False)]}, 0.5)
    assert [one.statement_id for one in match.annotations] == ["marshal"]
    assert match.left_out == {"baker"}
    assert match.spans == 1


@given(RANGES, RANGES)
def test_overlap_is_intersection_over_union(first: tuple[int, int], second: tuple[int, int]) -> None:
    here, there = set(range(*first)), set(range(*second))
    assert overlap(first, second) == pytest.approx(len(here & there) / len(here | there))
