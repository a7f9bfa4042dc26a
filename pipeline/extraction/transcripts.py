"""Transcripts: turns under a speaker's name and a colon. Each turn is speech, in groups of a few sentences."""

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.extraction.sentences import split_plain
from pipeline.extraction.words import word_set

SENTENCES_PER_GROUP = 3
_FEWEST_TURNS = 3
_LEAST_SHARE = 0.4  # of the paragraphs after the first turn that open one
_HEADING = re.compile(
    r"((?:Q|A|[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){0,5})(?: \([^()\n]{1,60}\))?):\s+(?=\S)"
)
_ASKS = word_set(
    """
    q question questioner reporter reporters journalist interviewer moderator press correspondent
    host anchor operator
    """
)
_DIRECTION = re.compile(r"^[(\[][^()\[\]]{0,80}[)\]]\.?$")


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of a transcript: who speaks (the heading's span) and the groups of sentences as spans."""

    heading: tuple[int, int]
    groups: tuple[tuple[int, int], ...]


def find_turns(text: str, paragraphs: list[tuple[int, int]]) -> dict[int, Turn | None]:
    """Return, by paragraph start, the turns of a transcript; None for a paragraph in which the press asks.

    An article that is no transcript gives an empty dictionary, and so do the paragraphs before the first turn.
    """
    headings = {
        start: match for start, end in paragraphs if (match := _HEADING.match(text, start, min(end, start + 200)))
    }
    first = next((index for index, (start, _) in enumerate(paragraphs) if start in headings), 0)
    body = paragraphs[first:]
    names = Counter(match.group(1).lower() for match in headings.values())
    repeated = any(count > 1 for count in names.values())
    if len(headings) < _FEWEST_TURNS or len(headings) < _LEAST_SHARE * len(body) or len(names) < 2 or not repeated:  # noqa: PLR2004
        return {}
    asking = _asking(text, body, headings)
    turns: dict[int, Turn | None] = {}
    current: tuple[int, int] | None = None
    silent = True
    for start, end in body:
        begin = start
        if start in headings:
            match = headings[start]
            current, begin = match.span(1), match.end()
            silent = match.group(1).lower() in asking
        turns[start] = None if silent or current is None else Turn(current, _groups(text, begin, end))
    return turns


def _asking(text: str, body: list[tuple[int, int]], headings: dict[int, re.Match[str]]) -> set[str]:
    """Return the headings of those who ask: by their name, or because nearly all that they say ends in a question."""
    ends: dict[str, list[bool]] = {}
    for start, end in body:
        if start in headings:
            ends.setdefault(headings[start].group(1).lower(), []).append(text[end - 1] == "?")
    by_name = {name for name in ends if set(re.findall(r"[^\W\d_]+", name)) & _ASKS}
    by_marks = {name for name, marks in ends.items() if len(marks) > 1 and sum(marks) >= 0.8 * len(marks)}
    return by_name | by_marks


def _groups(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    sentences = [span for span in split_plain(text, start, end) if not _DIRECTION.match(text[slice(*span)])]
    chunks = [sentences[at : at + SENTENCES_PER_GROUP] for at in range(0, len(sentences), SENTENCES_PER_GROUP)]
    return tuple((chunk[0][0], chunk[-1][1]) for chunk in chunks)
