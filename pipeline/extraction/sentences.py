"""Paragraphs and sentences as offsets. A sentence is never cut inside quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.extraction.quotation import Quotation, strip_span
from pipeline.extraction.words import ABBREVIATIONS, DETERMINERS, PERSONAL, PREPOSITIONS, SUBORDINATORS

LONGEST_SENTENCE = 3000  # characters of a plain sentence; a longer one is cut at a space
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# A run of stops is entered at its first one only, so that it is read once.
_STOP = re.compile(r"(?<![.!?…])(?:[.!?…]|[。！？؟])[.!?…]*[\"'”’»«“)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"[^\W\d_](?:[^\W_]|\.(?=[^\W_]))*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WRAPPED_FROM, _WRAPPED_TO, _WRAPPED_SPREAD = 50, 100, 30
_LONGEST_ABBREVIATION = 12


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs: lines, except that hard-wrapped lines of one block belong together."""
    paragraphs: list[tuple[int, int]] = []
    for block in _blocks(text):
        if _is_wrapped(block):
            paragraphs.append((block[0][0], block[-1][1]))
            continue
        for number, (start, end) in enumerate(block):
            if number and text[start].islower() and text[paragraphs[-1][1] - 1].isalnum():
                paragraphs[-1] = (paragraphs[-1][0], end)
            else:
                paragraphs.append((start, end))
    return paragraphs


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the stripped lines between blank lines."""
    block: list[tuple[int, int]] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        start, end = strip_span(text, match.start(), match.end())
        if start == end:
            continue
        gap = text.count("\n", previous_end, start)
        if block and gap > 1:
            yield block
            block = []
        block.append((start, end))
        previous_end = end
    if block:
        yield block


def _is_wrapped(block: list[tuple[int, int]]) -> bool:
    lengths = [end - start for start, end in block[:-1]]
    return (
        len(lengths) > 1
        and min(lengths) >= _WRAPPED_FROM
        and max(lengths) <= _WRAPPED_TO
        and max(lengths) - min(lengths) <= _WRAPPED_SPREAD
        and block[-1][1] - block[-1][0] <= _WRAPPED_TO
    )


def split_sentences(text: str, start: int, end: int, quotations: list[Quotation]) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph; a full stop inside a quotation does not end the sentence around it."""
    starts = [quotation.outer_start for quotation in quotations]
    cuts: list[int] = []
    for match in _STOP.finditer(text, start, end):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < quotations[index].end and match.end() < quotations[index].outer_end:
            continue
        if _ends_sentence(text, match, end):
            cuts.append(match.end())
    return _pieces(text, start, end, cuts, longest=end - start)


def split_plain(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a span, those inside quotation marks too."""
    cuts = [match.end() for match in _STOP.finditer(text, start, end) if _ends_sentence(text, match, end)]
    return _pieces(text, start, end, cuts, longest=LONGEST_SENTENCE)


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    after = match.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return True
    if text[after].islower():
        return False
    if match.group() != ".":
        return True
    last = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_ABBREVIATION), match.start())
    if last is None:
        return True
    word = last.group().lower()
    single_letter = len(word) == 1 and last.group().isupper()
    return not (word in ABBREVIATIONS or single_letter or ("." in word and not _opens_sentence(text, after)))


def _opens_sentence(text: str, at: int) -> bool:
    word = _FIRST_WORD.match(text, at, at + 20)
    return word is None or word.group().lower() in DETERMINERS | PERSONAL | PREPOSITIONS | SUBORDINATORS


def _pieces(text: str, start: int, end: int, cuts: list[int], *, longest: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for cut in [*cuts, end]:
        for piece in _capped(text, start, cut, longest):
            stripped = strip_span(text, *piece)
            if stripped[0] < stripped[1]:
                pieces.append(stripped)
        start = max(start, cut)
    return pieces


def _capped(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    while end - start > longest:
        cut = text.rfind(" ", start + 1, start + longest)
        cut = cut if cut > start else start + longest
        yield start, cut
        start = cut
    yield start, end
