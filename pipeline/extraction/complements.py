"""What follows a cue: where, after hearers, dates and places, what is said begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.cues import STATEMENT_NOUNS
from pipeline.extraction.frames import Frame
from pipeline.extraction.hits import Hit
from pipeline.extraction.phrases import phrase_after
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_adverb, is_verb
from pipeline.extraction.words import MONTHS, PERSONAL, PREPOSITIONS, TIME_WORDS, word_set

_MARKERS = word_set("that whether if how why what to")
_ADJUNCT_LINKS = word_set("in on at to during after before from via through with by of late early about")
_FARTHEST_QUOTATION, _FEWEST_QUOTED = 14, 4  # tokens to it, words in it
_UNITS = frozenset({"week", "month", "year", "night"})
_LONGEST_BRACKET = 12
_FARTHEST_MARKER = 24  # tokens between a cue and the "that", colon or quotation that belongs to it
STOPS = (".", "!", "?", ";")


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a cue: the first token of what is said, and the mark that leads to it (":" or "," or "")."""

    first: int
    mark: str = ""


def find_complement(frame: Frame, hit: Hit) -> Complement | None:
    """Return where what is said starts to the right of a cue, or None if nothing that is said follows."""
    tokens = frame.tokens
    at = hit.last + 1
    at = _skip_addressee(tokens, at, hit)
    at = _skip_adjuncts(tokens, at, hit)
    at = _led_quotation(frame, at) or at
    if at >= len(tokens) or tokens[at].text in STOPS or tokens[at].text in ")]…—–":
        return None
    token = tokens[at]
    if token.text in (",", ":") or token.text == "-":
        return _after_mark(tokens, at)
    return Complement(at)


def _led_quotation(frame: Frame, at: int) -> int | None:
    """Return the comma or colon that leads to a whole quotation a few words on: "said on the stairs, smiling, “..."."""
    tokens = frame.tokens
    if at < len(tokens) and tokens[at].text != "," and tokens[at].lower not in PREPOSITIONS - {"to"} | {"back", "it"}:
        return None
    for index in range(at, min(len(tokens), at + _FARTHEST_QUOTATION)):
        if tokens[index].quotation >= 0:
            led = index > at and tokens[index - 1].text in (",", ":")
            return index - 1 if led and frame.quoted_words(tokens[index]) >= _FEWEST_QUOTED else None
        if is_verb(tokens, index) or tokens[index].text in STOPS:
            return None
    return None


def _after_mark(tokens: Sequence[Token], at: int) -> Complement | None:
    following = at + 1
    if following >= len(tokens):
        return None
    mark = tokens[at].text
    if mark == ":" or tokens[following].quotation >= 0:
        return Complement(following, mark)
    # "said, however, that": an insertion before the marker.
    for index in range(following, min(len(tokens), following + _FARTHEST_MARKER)):
        if tokens[index].text == ",":
            marker = index + 1 < len(tokens) and (tokens[index + 1].lower == "that" or tokens[index + 1].quotation >= 0)
            return Complement(index + 1, "," if tokens[index + 1].quotation >= 0 else "") if marker else None
        if is_verb(tokens, index) or tokens[index].quotation >= 0:
            return None
    return None


def _skip_addressee(tokens: Sequence[Token], at: int, hit: Hit) -> int:
    if not hit.cue.addressee or at >= len(tokens):
        return at
    phrase = phrase_after(tokens, at, names_end_it=True)
    if phrase is None:
        return at
    following = phrase[1] + 1
    lower = tokens[following].lower if following < len(tokens) else "."
    if hit.cue.lemma in ("tell", "remind", "assure", "inform", "notify"):
        return following if lower != "to" else at
    leads = lower in ("that", "of", "about", "against", "whether", "if", "how", "“”", ":", "why", "what")
    return following if leads else at


def _skip_adjuncts(tokens: Sequence[Token], at: int, hit: Hit) -> int:
    """Step over "on Monday", "in an interview with the port's radio" and the like, up to what is said."""
    if not (hit.cue.parenthetical or hit.cue.addressee):
        return at
    start = at
    while at < len(tokens) and at - start < _FARTHEST_MARKER:
        if tokens[at].lower in _ADJUNCT_LINKS and _is_adjunct(tokens, at, hit):
            marker = _marker_ahead(tokens, at)
            if marker is not None:
                return marker
            following = _past_phrase(tokens, at + 1)
        else:
            following = _past_date_or_bracket(tokens, at)
        if following is None:
            break
        at = following
    return at


def _past_phrase(tokens: Sequence[Token], at: int) -> int | None:
    phrase = phrase_after(tokens, at, names_end_it=True)
    if phrase is None:
        return None
    following = phrase[1] + 1
    # "told the “Harbour Post”, ...": a title, not what was said.
    title = following + 1 < len(tokens) and tokens[following].quotation >= 0 and tokens[following + 1].text == ","
    return following + 1 if title else following


def _past_date_or_bracket(tokens: Sequence[Token], at: int) -> int | None:
    token, lower = tokens[at], tokens[at].lower
    if lower in TIME_WORDS or is_adverb(token) or (token.is_capital and lower in MONTHS):
        return at + 1
    if lower in ("last", "this", "next") and at + 1 < len(tokens) and tokens[at + 1].lower in _UNITS:
        return at + 2
    if token.text == "(":
        closing = (index for index in range(at, min(len(tokens), at + _LONGEST_BRACKET)) if tokens[index].text == ")")
        return next((index + 1 for index in closing), None)
    return None


def _is_adjunct(tokens: Sequence[Token], at: int, hit: Hit) -> bool:
    lower = tokens[at].lower
    if lower in ("of", "about"):
        return hit.cue.lemma in ("say", "add", "tell", "write")
    if lower in ("with", "by", "from", "before", "after"):
        return hit.cue.lemma in ("say", "add", "tell", "write") or _marker_ahead(tokens, at) is not None
    if lower == "to":
        return at + 1 < len(tokens) and (
            tokens[at + 1].is_capital or tokens[at + 1].lower in ("the", "a", "reporters", "journalists")
        )
    if hit.cue.lemma in ("say", "tell", "add", "write", "state", "tweet", "report", "explain", "note", "argue"):
        return True
    window = tokens[at + 1 : at + 8]
    return any(token.lower in STATEMENT_NOUNS or token.lower in TIME_WORDS for token in window) or (
        _marker_ahead(tokens, at) is not None
    )


def _marker_ahead(tokens: Sequence[Token], at: int) -> int | None:
    """Return the colon, "that" or introduced quotation that ends an adjunct, unless a verb comes first."""
    for index in range(at, min(len(tokens), at + _FARTHEST_MARKER)):
        token = tokens[index]
        if token.text == ":" or token.lower == "that":
            return index
        if token.text == "," and index + 1 < len(tokens) and tokens[index + 1].quotation >= 0:
            return index
        if (
            token.text in (",", ";")
            or token.lower == "and"
            or token.quotation >= 0
            or is_verb(tokens, index)
            or token.lower in PERSONAL
        ):
            return None
    return None
