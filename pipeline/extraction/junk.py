"""Lines that are no prose: navigation, captions, credits, bylines, headings. What is found there is no statement."""

import re
from enum import StrEnum


class Line(StrEnum):
    """What a paragraph is to the reader of an article."""

    PROSE = "prose"
    HEADING = "heading"  # headline or subheading: may quote, but only what the text quotes as well
    JUNK = "junk"  # navigation, caption, credit, byline


_NAVIGATION = re.compile(
    r"(?:also read|read also|read more|read next|read this|see also|more on this( story| topic)?"
    r"|related( articles?| stories| topics?| coverage)?|recommended( stories| for you)?|most read|don'?t miss"
    r"|watch( now| live)?|video|gallery|photos?|picture|advertisement|advertising|sponsored( content)?"
    r"|source( site| link)?|original( article| source)?|share( this( article)?)?|subscribe( now)?|sign up.*"
    r"|newsletter|follow us.*|comments?( \d+)?|print|e-?mail|copy link|back to top|continue reading.*"
    r"|click here.*|editor'?s pick|tags?|topics?|skip (to|advert).*|loading\W*)\W*",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:also read|read also|read more|see also|more on this|related|watch|source|photo|photos|picture|image|caption"
    r"|file photo|photo credit|credit|illustration|video|graphic|pictured|tags?|topics?|copyright)\s*[:|–—-]\s",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:\((?:(?:reporting|editing|writing|additional reporting) by|(?:file )?(?:photo|image|picture)s?\s*[:/])"
    r"[^()]{0,200}\)"
    r"|\[[^\[\]]{0,80}(?:/|photo|image)[^\[\]]{0,60}\]"
    r"|\b(?:photo|photograph|image|picture)s?\s*(?:credit\b|by [A-Z]|:)[^.]{0,80}"
    r"|[©][^.]{0,80}"
    r"|/(?:getty|afp|epa|file|pool|handout)\b[^.]{0,40})\.?\s*$",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[“”\"«»„]")
_CAPTION_WORDS = 30  # a credit under more than this is the end of a paragraph of prose
_BYLINE = re.compile(r"(?:by|reporting by|from our)\s+[A-Z][^.!?]{0,80}$", re.IGNORECASE)
_ENDS_PROSE = re.compile(r"[.!?…:;,。！？؟—–-][\"'”’»«“)\]\s]*$")
_HEADING_WORDS = 24


def classify(text: str, start: int, end: int) -> Line:
    """Say what the paragraph ``text[start:end]`` is, from its own shape alone."""
    paragraph = text[start:end]
    if len(paragraph) <= 80 and _NAVIGATION.fullmatch(paragraph):  # noqa: PLR2004 - no menu entry is longer
        return Line.JUNK
    head, tail = paragraph[:60], paragraph[-320:]
    if _PREFIX.match(head):
        return Line.JUNK
    credit = _CREDIT.search(tail)
    is_caption = not _QUOTES.search(paragraph) and len(paragraph.split(None, _CAPTION_WORDS)) <= _CAPTION_WORDS
    if credit is not None and (is_caption or credit.group().startswith(("(", "["))):
        return Line.JUNK
    if _ENDS_PROSE.search(paragraph[-12:]):
        return Line.PROSE
    if len(paragraph) <= 120 and _BYLINE.match(paragraph):  # noqa: PLR2004 - no byline is longer
        return Line.JUNK
    return Line.HEADING if len(paragraph.split(None, _HEADING_WORDS)) <= _HEADING_WORDS else Line.PROSE
