"""What holds for any text whatever."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction import extract
from pipeline.records import Kind, Statement

WORDS = [
    "Ardal Venn",
    "he",
    "she",
    "the minister",
    "A senior official",
    "Norway",
    "said",
    "told",
    "warned",
    "that",
    "the quay",
    "was shut",
    "called on",
    "to wait",
    "according to",
    "adding",
    "and",
    "but",
    "of",
    "U.S.",
    "Q:",
    "MR. VENN:",
    "also read",
    "14:05 - ",
    "OSLO -",
    "'s",
]
MARKS = [*list("“”\"«»„‘’',.:;?—()…\n\u00a0"), "''", "\n\n", "\u200f", "e\u0301", "אבג", "😀", "İ", "ﬁ", "a" * 30]
PIECES = st.sampled_from(WORDS + MARKS)
LIKE_NEWS = st.lists(PIECES, max_size=60).map(" ".join)


def check(text: str) -> list[Statement]:
    statements = extract(text, article_id="x")
    ids = [statement.id for statement in statements]
    assert len(set(ids)) == len(ids)
    assert [statement.start for statement in statements] == sorted(statement.start for statement in statements)
    for statement in statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.id == f"x:{statement.start}-{statement.end}"
        assert statement.text.strip()
        assert (statement.spans[0][0], statement.spans[-1][1]) == (statement.start, statement.end)
        assert all(start < end for start, end in statement.spans)
        assert all(end <= start for (_, end), (start, _) in zip(statement.spans, statement.spans[1:], strict=False))
        assert statement.context in text
        assert statement.cue is None or statement.cue in text
        assert statement.kind is Kind.SPEECH or statement.speaker is None or statement.speaker in text
    return statements


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=300)
@given(LIKE_NEWS)
def test_text_that_looks_like_news(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(["\u0301", "\u05b0", "א", "ب", "\u202e", "😀", "Z", " "]), max_size=12).map("".join))
def test_offsets_are_characters_whatever_stands_before(prefix: str) -> None:
    text = f"{prefix}\n\n“The quay is shut for good,” Ardal Venn said.\n"
    (statement,) = check(text)
    assert statement.text == "The quay is shut for good,"


@given(LIKE_NEWS)
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    assert extract(text) == extract(text)


def test_long_texts_of_one_shape_are_read_to_the_end() -> None:
    shapes = [
        "said ",
        "he said that ",
        '" ',
        "“a ",
        "a” ",
        "'a ",
        "A-",
        ".",
        "....x",
        "Venn, the mayor, ",
        "( ",
        "e\u0301 ",
        "A\u0301",
        "a\n",
    ]
    for shape in shapes:
        text = shape * (20_000 // len(shape)) + "\n\nVenn warned of a famine by March.\n"
        assert [statement.text for statement in check(text)][-1:] == ["of a famine by March"], shape


def test_no_sentence_is_longer_than_the_rules_look() -> None:
    from pipeline.extraction.frames import LONGEST_FRAME, build_frames

    text = "word " * 1000
    frames = build_frames(text, 0, len(text), ())
    assert max(len(frame.tokens) for frame in frames) <= LONGEST_FRAME
    assert "".join(re.sub(r"\s", "", text[frame.start : frame.end]) for frame in frames) == re.sub(r"\s", "", text)
