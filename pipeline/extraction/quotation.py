"""Quotation marks: which pairs belong together, paragraph by paragraph, and what to do with those that do not.

Straight, curly, low-high and angle marks in both directions, single marks told apart from apostrophes, marks within
marks. Only outermost quotations are returned. One pass over the marks of a paragraph, with binary searches.
"""

from dataclasses import dataclass, replace

from pipeline.extraction.marks import FILLER, SINGLE_MARKS, Marks

_ANGLES = "«»‹›"
_DEEPEST = 8  # quotations within quotations; deeper marks are read as noise


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost quotation: ``start``..``end`` inside its marks, ``outer_start``..``outer_end`` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    opened: bool = True  # False: only a closing mark was found
    closed: bool = True  # False: it ends with its paragraph, or where the next one opens


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    position: int


def find_quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the outermost quotations of the paragraph ``text[start:end]``, in order and without overlap."""
    window = text[start:end].replace("''", '"' + FILLER).replace("``", '"' + FILLER)
    return [
        replace(
            quotation,
            start=quotation.start + start,
            end=quotation.end + start,
            outer_start=quotation.outer_start + start,
            outer_end=quotation.outer_end + start,
        )
        for quotation in _pair_marks(window)
        if quotation.start < quotation.end
    ]


def _pair_marks(text: str) -> list[Quotation]:
    paragraph = Marks(text)
    found: list[Quotation] = []
    stack: list[_Open] = []
    for at in paragraph.marks:
        mark = text[at]
        if mark in SINGLE_MARKS:
            _single(paragraph, at, stack, found)
        elif _closes(paragraph, at, stack):
            _close(text, at, stack, found)
        elif _opens(paragraph, at, stack):
            if stack and _same_family(mark, stack[0].mark) and not paragraph.closers_exceed_openers(at):
                found.append(_ended_before(text, stack[0].position, at))
                stack.clear()
            if len(stack) < _DEEPEST:
                stack.append(_Open(mark, at))
        elif not stack and paragraph.looks_closing(at):
            found.append(_unopened(text, found[-1].outer_end if found else 0, at))
    if stack and stack[0].mark not in SINGLE_MARKS:
        found.append(_quotation(text, stack[0].position, len(text), closed=False))
    return found


def _single(paragraph: Marks, at: int, stack: list[_Open], found: list[Quotation]) -> None:
    open_single = bool(stack) and stack[-1].mark in SINGLE_MARKS
    if paragraph.is_apostrophe(at, open_single=open_single):
        return
    if open_single:
        if paragraph.looks_closing(at):
            _close(paragraph.text, at, stack, found)
    elif len(stack) < _DEEPEST:
        stack.append(_Open(paragraph.text[at], at))


def _closes(paragraph: Marks, at: int, stack: list[_Open]) -> bool:
    mark = paragraph.text[at]
    top = next((item.mark for item in reversed(stack) if item.mark not in SINGLE_MARKS), None)
    if top is None or mark in "„‟":
        return False
    if top in _ANGLES or mark in _ANGLES:
        return top in _ANGLES and mark in _ANGLES and mark != top
    opening = paragraph.looks_opening(at)
    if mark == "”":
        return not (opening and top == "”")
    if mark == "“":
        return top == "„" or (top in "“”" and not opening)
    return not opening and (top in '"＂' or paragraph.opens_next(at))


def _opens(paragraph: Marks, at: int, stack: list[_Open]) -> bool:
    mark = paragraph.text[at]
    if mark in "„‟":
        return True
    if mark in "«‹":
        return not stack or stack[-1].mark != mark
    if mark == "”" and stack:
        return False
    return paragraph.looks_opening(at)


def _same_family(mark: str, other: str) -> bool:
    return any(mark in family and other in family for family in ("“”„‟", '"＂', "«»", "‹›"))


def _close(text: str, at: int, stack: list[_Open], found: list[Quotation]) -> None:
    single = text[at] in SINGLE_MARKS
    while stack:
        opened = stack.pop()
        if (opened.mark in SINGLE_MARKS) == single:
            break
    if not stack:
        found.append(_quotation(text, opened.position, at))


def _width(text: str, at: int) -> int:
    return 2 if text.startswith(FILLER, at + 1) else 1


def _quotation(text: str, opening: int, closing: int, *, closed: bool = True) -> Quotation:
    start, end = strip_span(text, opening + _width(text, opening), closing)
    outer_end = closing + _width(text, closing) if closed else end
    return Quotation(start, end, opening, outer_end, closed=closed)


def _ended_before(text: str, opening: int, following: int) -> Quotation:
    """Return a quotation that lost its closing mark: it ends at the last stop before the next opening mark."""
    window = max(opening + 1, following - 2000)
    stops = [text.rfind(stop, window, following) for stop in (".", "!", "?", ",")]
    last = max(stops)
    end = last + 1 if last > opening else following
    start, end = strip_span(text, opening + _width(text, opening), end)
    return Quotation(start, end, opening, end, closed=False)


def _unopened(text: str, floor: int, closing: int) -> Quotation:
    """Return a quotation that lost its opening mark: it starts with the sentence that the closing mark ends."""
    window = max(floor, closing - 2000)
    stops = [text.rfind(stop, window, closing - 1) for stop in (". ", "! ", "? ", ": ", "\n")]
    last = max(stops)
    start, end = strip_span(text, last + 1 if last >= 0 else window, closing)
    return Quotation(start, end, start, closing + _width(text, closing), opened=False)


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space on either side."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
