"""Agreement with gold statements."""

import pytest

from pipeline.extraction_evaluation.matching import Reference, overlap, pair_up, trimmed
from pipeline.extraction_evaluation.sameness import same_mention, same_name
from pipeline.extraction_evaluation.scores import Score, content_score, end_to_end_score, pair_score
from pipeline.records import Kind, Statement

TEXT = "“The quay is shut,” Venn said. Sund denied any part in it."


def statement(start: int, end: int, kind: Kind = Kind.REPORTED, **fields: str) -> Statement:
    return Statement(
        id=f"a:{start}-{end}", article_id="a", text=TEXT[start:end], kind=kind, start=start, end=end,
        spans=((start, end),), **fields,
    )  # fmt: skip


DIRECT = statement(1, 18, Kind.DIRECT, speaker="Venn", speaker_name="Ardal Venn")
REPORTED = statement(43, 57, speaker="Sund")
GOLD = [
    Reference(Kind.DIRECT, ((0, 19),), "Venn", "Ardal Venn"),
    Reference(Kind.REPORTED, ((43, 51),), "the mayor", None),
]


def test_overlap_is_intersection_over_union() -> None:
    assert overlap(((0, 10),), ((5, 15),)) == pytest.approx(5 / 15)
    assert overlap(((0, 4), (6, 10)), ((0, 10),)) == pytest.approx(0.8)
    assert overlap(((0, 4),), ((4, 8),)) == 0


def test_conventions_at_the_edges_do_not_count() -> None:
    assert trimmed(TEXT, ((0, 19),)) == trimmed(TEXT, ((1, 18),)) == ((1, 17),)
    assert trimmed("One. Two.", ((0, 4), (5, 9))) == ((0, 8),)
    assert trimmed("“ ”", ((0, 3),)) == ()


def test_precision_recall_and_f1() -> None:
    score = Score(matched=1, predicted=2, gold=4)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.25, pytest.approx(1 / 3))
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)
    assert score + Score(1, 1, 1) == Score(2, 3, 5)


def test_content_by_threshold_and_kind() -> None:
    statements = [DIRECT, REPORTED]
    assert content_score(TEXT, statements, GOLD, 0.3) == Score(2, 2, 2)
    assert content_score(TEXT, statements, GOLD, 1.0) == Score(1, 2, 2)
    assert content_score(TEXT, statements, GOLD, 1.0, [Kind.DIRECT]) == Score(1, 1, 1)
    assert content_score(TEXT, statements, GOLD, 1.0, [Kind.REPORTED]) == Score(0, 1, 1)


def test_a_reference_that_does_not_count_neither_helps_nor_hurts() -> None:
    uncounted = [GOLD[0], Reference(Kind.REPORTED, ((43, 57),), counted=False)]
    assert content_score(TEXT, [DIRECT, REPORTED], uncounted, 0.3) == Score(1, 1, 1)
    assert content_score(TEXT, [DIRECT], uncounted, 0.3) == Score(1, 1, 1)


def test_pairs_are_one_to_one() -> None:
    pairs = pair_up(TEXT, [statement(1, 8), statement(1, 18)], GOLD, 0.3)
    assert [(pair.statement.end, pair.overlap) for pair in pairs] == [(18, 1.0)]


def test_speakers_and_end_to_end() -> None:
    statements = [DIRECT, REPORTED]
    pairs = pair_up(TEXT, statements, GOLD, 0.3)
    assert pair_score(pairs, same_mention) == Score(1, 2, 2)
    assert pair_score(pairs, same_name) == Score(2, 2, 2)
    assert end_to_end_score(TEXT, statements, GOLD, 0.3, same_mention) == Score(1, 2, 2)


@pytest.mark.parametrize(
    ("mention", "gold", "alike"),
    [
        ("Venn", "Mr. Ardal Venn", True),
        ("the mayor", "mayor", True),
        ("Venn", "Sund", False),
        (None, None, True),
        (None, "Venn", False),
        ("Venn", None, False),
    ],
)
def test_same_mention(mention: str | None, gold: str | None, alike: bool) -> None:
    fields = {"speaker": mention} if mention else {}
    assert same_mention(statement(1, 18, **fields), Reference(Kind.DIRECT, ((1, 18),), gold)) is alike
