"""Paragraphs, sentences and the lines that are no prose."""

import pytest

from pipeline.extraction.junk import Line, classify
from pipeline.extraction.quotation import find_quotations
from pipeline.extraction.sentences import find_paragraphs, split_sentences


def sentences(text: str) -> list[str]:
    found = find_quotations(text, 0, len(text))
    return [text[start:end] for start, end in split_sentences(text, 0, len(text), found)]


@pytest.mark.parametrize(
    "line",
    [
        "also read", "ALSO READ", "Read more", "source site", "Advertisement", "Share this article",
        "Also read: Ferry line cuts its winter service", "Photo: Lena Orsa/Pool",
        "A crane unloads timber at the quay. (Photo: Lena Orsa)", "A crane at the quay. [Lena Orsa/Harbour Press]",
        "(Reporting by Lena Orsa; Editing by Jon Fell)", "By Lena Orsa",
    ],
)  # fmt: skip
def test_junk(line: str) -> None:
    assert classify(line, 0, len(line)) is Line.JUNK


@pytest.mark.parametrize(
    "line", ["Ferry strike enters its second week", "“We have nowhere to sail”", "Crews at the north quay on Monday"]
)
def test_headings_and_bare_captions(line: str) -> None:
    assert classify(line, 0, len(line)) is Line.HEADING


@pytest.mark.parametrize(
    "line",
    [
        "The quay is shut.", "She said:", "“The quay is shut,” she said.", "Why now?",
        "“We have seen the image: it is a fake,” said minister Ardal Venn.",
        "The harbour office denied on Monday that it had published any photos by the crews of the two ferries that "
        "were turned back from the quay in the night, and said that nobody in its service had been asked for any.",
        "The agency warned of a famine (additional troops were on their way).",
    ],
)  # fmt: skip
def test_prose(line: str) -> None:
    assert classify(line, 0, len(line)) is Line.PROSE


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Fell met Gov. Orsa on Jan. 3 at No. 10.", 1),
        ("The U.S. Navy left. It sailed at dawn.", 2),
        ("The fleet left the U.S. It sailed at dawn.", 2),
        ("J. R. Orsa rose. He left.", 2),
        ("“Stop. Turn back. Now!” she said. He did.", 2),
        ("It cost 3.5 million. He paid!", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_hard_wrapped_lines_are_one_paragraph_and_separate_lines_are_not() -> None:
    wrapped = (
        "The harbour council met for a third time on Monday, and its chair told\n"
        "the members that the cranes would be sold before the winter, whatever\n"
        "the union might say about it.\n"
    )
    assert len(find_paragraphs(wrapped)) == 1
    assert len(find_paragraphs("18:05 - Good night\nThe gates are shut.\nThanks for reading.\n")) == 3
