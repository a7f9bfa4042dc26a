"""Which marks belong together, and what becomes of those that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.quotation import find_quotations


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We stay," she said. "You go."', ["We stay,", "You go."]),
        ("“We stay,” she said. “You go.”", ["We stay,", "You go."]),
        ("„We stay,“ she said, „and wait“.", ["We stay,", "and wait"]),
        ("„We stay,” she said.", ["We stay,"]),
        ("«We stay», she said. « You go. »", ["We stay", "You go."]),
        ("»We stay«, she said. »You go.«", ["We stay", "You go."]),
        ("”We stay”, she said.", ["We stay"]),
        ("''We stay,'' she said. ''You go.''", ["We stay,", "You go."]),
        ("‘We stay,’ she said. ‘You go.’", ["We stay,", "You go."]),
        ("'We stay,' she said. 'You go.'", ["We stay,", "You go."]),
    ],
)
def test_every_kind_of_mark(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministers’ plan isn’t Norway’s.",
        "The ministers' plan isn't Norway's.",
        "In the '90s the port's cranes were the sailors' pride.",
        "rock 'n roll and the clerks' union",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert quoted(text) == []


def test_single_marks_keep_plural_possessives_inside() -> None:
    assert quoted("‘The sailors’ fund is empty,’ said the clerk.") == ["The sailors’ fund is empty,"]


def test_only_the_outer_one_of_nested_quotations() -> None:
    assert quoted("“He told me ‘Never’ and left,” she said.") == ["He told me ‘Never’ and left,"]
    assert quoted("‘She wrote “never” on it,’ he said.") == ["She wrote “never” on it,"]
    assert quoted("“He read “never” aloud and left,” she said.") == ["He read “never” aloud and left,"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "She said: “The quay is shut"
    (found,) = find_quotations(text, 0, len(text))
    assert text[found.start : found.end] == "The quay is shut"
    assert not found.closed


def test_a_quotation_without_its_closing_mark_ends_before_the_next_one_opens() -> None:
    assert quoted("“The quay is shut, he said. “It stays shut.”")[-1] == "It stays shut."


def test_a_closing_mark_without_opening_quotes_its_sentence() -> None:
    text = "The quay was full. We will clear it by noon,” the mayor said."
    (found,) = find_quotations(text, 0, len(text))
    assert text[found.start : found.end] == "We will clear it by noon,"
    assert not found.opened


def test_mismatched_marks_still_pair() -> None:
    assert quoted('“We are ready to sit down", she said. “Any day.”') == ["We are ready to sit down", "Any day."]
    assert quoted("They act “if the convoy crosses the river “.") == ["if the convoy crosses the river"]


@given(st.text(alphabet="ab .,!\n\"'“”„«»‘’‹›é\u0301א", max_size=120))
def test_quotations_are_ordered_and_do_not_overlap(text: str) -> None:
    previous = 0
    for found in find_quotations(text, 0, len(text)):
        assert previous <= found.outer_start <= found.start < found.end <= found.outer_end <= len(text)
        previous = found.outer_end
