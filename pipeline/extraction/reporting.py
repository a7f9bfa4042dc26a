"""The sieve over the verbs of saying in one sentence: who says it and what is said."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.appositions import Subject
from pipeline.extraction.attribution import Attribution, Span, made, read_clause, span_of
from pipeline.extraction.clauses import Ends, clause_end
from pipeline.extraction.complements import Complement, find_complement
from pipeline.extraction.cues import STATEMENT_NOUNS
from pipeline.extraction.frames import Frame
from pipeline.extraction.hits import Hit
from pipeline.extraction.subjects import find_subject
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_verb
from pipeline.extraction.words import MONTHS, PREPOSITIONS, SUBORDINATORS, TIME_WORDS, WEEKDAYS, word_set
from pipeline.records import Kind

_FULL_QUOTE_WORDS = 4  # a quotation of fewer words with no comma or colon before it is a part, not a statement
_LONG_QUOTE_WORDS = 5
_LONGEST_INSERTION = 14
_FEWEST_OPENING_WORDS = 2
_SIDE_LINKS = word_set("when while although though because if after before since as once whereas")
_LEADS = word_set("when as to in with by this back at on after")


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
        ends = replace(Ends.of(hits, later), subordinate=_is_side_clause(frame, subject.first))
        attribution = _read(frame, hit, subject, ends)
        if attribution is not None:
            found.append(attribution)
    return found


def _is_side_clause(frame: Frame, first: int) -> bool:
    """Whether the sentence opens with "when", "while" or the like right before who says it."""
    opening = [token for token in frame.tokens[:first] if token.is_word]
    return bool(opening) and opening[-1].lower in _SIDE_LINKS and len(opening) <= 2  # noqa: PLR2004 - "but when", "even as"


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
            return _with_opening(frame, left, _forward(frame, hit, aside, ends, subject))
        spans, kind = _before(frame, left)
        if spans:
            spans, kind = _join_following(frame, hit.last + 1, spans, kind)
            return made(frame, kind, spans, cue, subject)
    if complement is None:
        aside = _aside(frame, 0, hit.last + 1) if left == 0 or frame.tokens[0].lower == "as" else None
        return _forward(frame, hit, aside, ends, subject) if aside else None
    found = _forward(frame, hit, complement, ends, subject)
    inserted = hit.cue.parenthetical and left > 0 and frame.tokens[left - 1].text == "," and complement.mark == ","
    return _with_opening(frame, left, found) if inserted else found


def _is_separator(token: Token) -> bool:
    return token.quotation >= 0 or token.text in (",", "—", "–", "-")


def _closes(frame: Frame, hit: Hit, left: int, complement: Complement | None) -> bool:
    """Whether "..., she said" ends what stands before it: nothing that could be said follows."""
    tokens = frame.tokens
    if complement is None or _is_quoted_whole(frame, left):
        return True
    if tokens[complement.first].quotation >= 0:
        return any(token.quotation >= 0 for token in tokens[:left])
    said_before = any(is_verb(tokens, index) or tokens[index].quotation >= 0 for index in range(left))
    said_after = any(is_verb(tokens, index) for index in range(complement.first, len(tokens)))
    return said_before and not said_after and tokens[hit.last + 1].lower in ("in", "on", "at", "during", "after")


def _is_quoted_whole(frame: Frame, end: int) -> bool:
    """Whether only a quotation stands left, and goes over into the reporting clause: “We will wait,” she told them."""
    tokens = frame.tokens
    if any(token.is_word for token in tokens[:end]):
        return False
    last = tokens[end - 1]
    return last.quotation >= 0 and frame.text[frame.inside(last)[1] - 1] in ",?!—–-…"


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


def _with_opening(frame: Frame, left: int, found: Attribution | None) -> Attribution | None:
    """Add the words before "..., she said, ..." to what is said: "In a siege, she said, the port would starve".

    They stay out where they tell when or where it was said ("On Monday, she said, ..."), link the sentence to another
    ("But, she said, ..."), or stand before a quotation that is a sentence of its own.
    """
    opening = [index for index in range(left) if frame.tokens[index].is_word]
    if found is None or len(opening) < _FEWEST_OPENING_WORDS:
        return found
    lower = [frame.tokens[index].lower for index in opening]
    of_saying = set(lower) & (TIME_WORDS | WEEKDAYS | MONTHS | STATEMENT_NOUNS) or lower[0] in ("which", "as")
    if of_saying or (found.kind is Kind.DIRECT and not frame.text[found.start].islower()):
        return found
    kind = Kind.MIXED if found.kind is Kind.DIRECT else found.kind
    return replace(found, kind=kind, spans=(span_of(frame.tokens, opening[0], opening[-1]), *found.spans))


def _forward(frame: Frame, hit: Hit, complement: Complement, ends: Ends, subject: Subject) -> Attribution | None:
    tokens, first, mark = frame.tokens, complement.first, complement.mark
    cue = span_of(tokens, hit.first, hit.last)
    token = tokens[first]
    led = _led_by_words(frame, first) if hit.cue.parenthetical and token.quotation < 0 else None
    if led is not None:
        return made(frame, Kind.DIRECT, (frame.inside(tokens[led]),), cue, subject)
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


def _led_by_words(frame: Frame, first: int) -> int | None:
    """Return the quotation that ends a sentence behind words that only lead to it: "wrote back, “Not now.”"."""
    tokens = frame.tokens
    if tokens[first].lower in ("that", "whether", "if"):
        return None
    index = next((at for at in range(first, len(tokens)) if tokens[at].quotation >= 0), None)
    if index is None or tokens[index - 1].text not in (",", ":") or any(token.is_word for token in tokens[index + 1 :]):
        return None
    starts_high = not frame.text[frame.inside(tokens[index])[0]].islower()
    verbs = any(is_verb(tokens, at) for at in range(first, index))
    opens_as_lead = tokens[first].lower in _LEADS
    return index if starts_high and (not verbs or (opens_as_lead and tokens[index - 1].text == ":")) else None


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
