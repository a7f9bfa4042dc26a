"""The sieve over the verbs of saying in one sentence: who says it and what is said."""

from collections.abc import Sequence

from pipeline.extraction.appositions import Subject
from pipeline.extraction.attribution import Attribution, Span, made, read_clause, span_of
from pipeline.extraction.clauses import Ends, clause_end
from pipeline.extraction.complements import Complement, find_complement
from pipeline.extraction.frames import Frame
from pipeline.extraction.hits import Hit
from pipeline.extraction.subjects import find_subject
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_verb
from pipeline.extraction.words import PREPOSITIONS, SUBORDINATORS, TIME_WORDS
from pipeline.records import Kind

_FULL_QUOTE_WORDS = 4  # a quotation of fewer words with no comma or colon before it is a part, not a statement
_LONG_QUOTE_WORDS = 5
_LONGEST_INSERTION = 14


def attribute_verbs(frame: Frame, hits: Sequence[Hit]) -> list[Attribution]:
    """Return what the verbs of saying in a sentence introduce, in order."""
    readings: list[tuple[Hit, Subject]] = []
    earlier: Subject | None = None
    for hit in hits:
        subject = find_subject(frame, hit, earlier)
        if subject is None:
            continue
        readings.append((hit, subject))
        if not subject.inverted:
            earlier = subject
    found = []
    for hit, subject in readings:
        later = [subject.first for other, subject in readings if other.first > hit.last and not subject.shared]
        attribution = _read(frame, hit, subject, Ends.of(hits, later))
        if attribution is not None:
            found.append(attribution)
    return found


def _read(frame: Frame, hit: Hit, subject: Subject, ends: Ends) -> Attribution | None:
    cue = span_of(frame.tokens, hit.first, hit.last)
    if subject.inverted:
        spans, kind = _before(frame, hit.group)
        if not spans:
            return None
        spans, kind = _join_following(frame, subject.last + 1, spans, kind)
        return made(frame, kind, spans, cue, subject)
    complement = find_complement(frame, hit)
    left = subject.first if not subject.shared else 0
    if (
        hit.cue.parenthetical
        and left > 0
        and _is_separator(frame.tokens[left - 1])
        and _closes(frame, hit, left, complement)
    ):
        aside = _aside(frame, left, hit.last + 1)
        if aside is not None:
            return _forward(frame, hit, aside, ends, subject)
        spans, kind = _before(frame, left)
        if spans:
            spans, kind = _join_following(frame, hit.last + 1, spans, kind)
            return made(frame, kind, spans, cue, subject)
    if complement is None:
        aside = _aside(frame, 0, hit.last + 1) if left == 0 or frame.tokens[0].lower == "as" else None
        return _forward(frame, hit, aside, ends, subject) if aside else None
    return _forward(frame, hit, complement, ends, subject)


def _is_separator(token: Token) -> bool:
    return token.quotation >= 0 or token.text in (",", "—", "–", "-")


def _closes(frame: Frame, hit: Hit, left: int, complement: Complement | None) -> bool:
    """Whether "..., she said" ends what stands before it: nothing that could be said follows."""
    tokens = frame.tokens
    if complement is None:
        return True
    if tokens[complement.first].quotation >= 0:
        return any(token.quotation >= 0 for token in tokens[:left])
    said_before = any(is_verb(tokens, index) or tokens[index].quotation >= 0 for index in range(left))
    said_after = any(is_verb(tokens, index) for index in range(complement.first, len(tokens)))
    return said_before and not said_after and tokens[hit.last + 1].lower in ("in", "on", "at", "during", "after")


def _aside(frame: Frame, left: int, right: int) -> Complement | None:
    """Return where the saying goes on to the right if only an adverbial stands left: "On the reef, she added, ..."."""
    tokens = frame.tokens
    comma = next(
        (at for at in range(right, min(len(tokens), right + _LONGEST_INSERTION)) if tokens[at].text == ","), None
    )
    if comma is None or comma + 1 >= len(tokens) or any(token.quotation >= 0 for token in tokens[:left]):
        return None
    following = comma + 1
    clause_left = any(is_verb(tokens, index) for index in range(left))
    opening = next((token.lower for token in tokens[:left] if token.is_word), "")
    linked = left >= 2 and tokens[left - 2].lower in ("which", "that", "whom")  # noqa: PLR2004 - word and comma
    if tokens[following].lower.endswith("ing") or tokens[following].lower in (
        "which",
        "who",
        "as",
        "after",
        "according",
    ):
        return None
    if linked or (not clause_left and (left == 0 or opening in PREPOSITIONS | SUBORDINATORS | TIME_WORDS)):
        if tokens[following].quotation >= 0:
            return Complement(following, ",")
        said = any(is_verb(tokens, index) for index in range(following, len(tokens)))
        return Complement(following) if said and not is_verb(tokens, following) else None
    return None


def _forward(frame: Frame, hit: Hit, complement: Complement, ends: Ends, subject: Subject) -> Attribution | None:
    tokens, first, mark = frame.tokens, complement.first, complement.mark
    cue = span_of(tokens, hit.first, hit.last)
    token = tokens[first]
    if token.quotation >= 0 and _is_whole(frame, first, mark):
        spans = [frame.inside(token)]
        index = first + 1
        while index < len(tokens) and not tokens[index].is_word:
            if tokens[index].quotation >= 0 and frame.quotation(tokens[index]).opened:
                spans.append(frame.inside(tokens[index]))
            index += 1
        return made(frame, Kind.DIRECT, tuple(spans), cue, subject)
    if hit.cue.lemma in ("read", "continue") and token.quotation < 0:
        return None
    end = clause_end(frame, first, ends)
    return read_clause(frame, (first, end), cue, subject)


def _is_whole(frame: Frame, index: int, mark: str) -> bool:
    """Whether a quotation right of its cue is a statement of its own and not a part of a reported clause."""
    tokens = frame.tokens
    following = next((token for token in tokens[index + 1 :] if token.is_word), None)
    adjacent = index + 1 < len(tokens) and tokens[index + 1].is_word
    if mark:
        return not adjacent or mark == ":"
    return following is None and frame.quoted_words(tokens[index]) >= _FULL_QUOTE_WORDS


def _before(frame: Frame, end: int) -> tuple[tuple[Span, ...], Kind]:
    """Return what stands left of a reporting clause that starts at token ``end``."""
    tokens = frame.tokens
    last = end - 1
    while last >= 0 and tokens[last].quotation < 0 and not tokens[last].is_word and tokens[last].text not in ")%":
        last -= 1
    if last < 0:
        return (), Kind.REPORTED
    if tokens[last].quotation >= 0:
        first = last
        spans = [frame.inside(tokens[last])]
        while first > 0 and not tokens[first - 1].is_word:
            first -= 1
            if tokens[first].quotation >= 0:
                spans.insert(0, frame.inside(tokens[first]))
        if first == 0 or (tokens[first - 1].quotation < 0 and tokens[first].text in (":",)):
            return tuple(spans), Kind.DIRECT
        goes_on = tokens[first].quotation >= 0 and frame.text[frame.inside(tokens[first])[0]].islower()
        if not goes_on and (tokens[first].text == ":" or frame.quoted_words(tokens[last]) >= _LONG_QUOTE_WORDS):
            return tuple(spans), Kind.DIRECT
    semicolons = [index for index in range(last) if tokens[index].text == ";"]
    first = semicolons[-1] + 1 if semicolons else 0
    while first < last and tokens[first].quotation < 0 and not tokens[first].is_word:
        first += 1
    kind = Kind.MIXED if any(token.quotation >= 0 for token in tokens[first : last + 1]) else Kind.REPORTED
    return (span_of(tokens, first, last),), kind


def _join_following(frame: Frame, at: int, spans: tuple[Span, ...], kind: Kind) -> tuple[tuple[Span, ...], Kind]:
    """Add what goes on after a reporting clause in the middle, as in “We will,” he said, “respond”."""
    tokens = frame.tokens
    if kind is Kind.DIRECT:
        rest = [token for token in tokens[at:] if token.quotation >= 0]
        index = next((index for index in range(at, len(tokens)) if tokens[index].quotation >= 0), None)
        if rest and index is not None and not tokens[index - 1].is_word and index - at <= _LONGEST_INSERTION:
            return (*spans, *(frame.inside(token) for token in rest[:1])), kind
        return spans, kind
    comma = next(
        (index for index in range(at, min(len(tokens), at + _LONGEST_INSERTION)) if tokens[index].text == ","), None
    )
    if comma is None or comma + 1 >= len(tokens):
        return spans, kind
    following = tokens[comma + 1]
    opening = next((token.lower for token in tokens if token.is_word), "")
    starts_with_verb = is_verb(tokens, comma + 1) or following.lower in ("that", "to")
    conditional = opening in ("if", "when", "once", "unless", "although", "while", "until", "should") and not (
        following.lower.endswith("ing") or following.lower in ("and", "but", "which", "who", "as")
    )
    if not (starts_with_verb or conditional):
        return spans, kind
    end = len(tokens)
    while end > comma + 1 and not tokens[end - 1].is_word and tokens[end - 1].quotation < 0:
        end -= 1
    if any(token.quotation >= 0 for token in tokens[comma + 1 : end]):
        kind = Kind.MIXED
    return (*spans, span_of(tokens, comma + 1, end - 1)), kind
