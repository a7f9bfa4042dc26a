"""Attributions without a verb from the list: "according to", nouns of saying, and verbs beside a quotation."""

from collections.abc import Sequence

from pipeline.extraction.appositions import Subject, apposition_after
from pipeline.extraction.attribution import Attribution, made, read_clause, span_of
from pipeline.extraction.clauses import Ends, clause_end
from pipeline.extraction.complements import find_complement
from pipeline.extraction.cues import CUE_NOUNS, NOUN_COMPLEMENTS
from pipeline.extraction.frames import Frame
from pipeline.extraction.hits import Hit, find_hits
from pipeline.extraction.phrases import frame_subject, phrase_after, phrase_before
from pipeline.extraction.subjects import find_subject
from pipeline.extraction.verbs import is_verb
from pipeline.extraction.words import AUXILIARIES, DETERMINERS, word_set
from pipeline.records import Kind

_LONGEST_TAG = 15
_POSSESSIVES = word_set("his her its their my our your")


def according_to(frame: Frame, hits: Sequence[Hit]) -> list[Attribution]:
    """Read "according to the port, ..." and "..., according to the port"."""
    tokens = frame.tokens
    found = []
    for index in range(len(tokens) - 2):
        if not (tokens[index].lower == "according" and tokens[index + 1].lower == "to"):
            continue
        phrase = phrase_after(tokens, index + 2)
        if phrase is None or tokens[phrase[0]].lower in ("which", "plan"):
            continue
        opens = all(not token.is_word for token in tokens[:index])
        subject = Subject(phrase, None if opens else apposition_after(tokens, phrase[1] + 1))
        cue = span_of(tokens, index, index + 1)
        if opens:
            comma = next((at for at in range(subject.last + 1, len(tokens)) if tokens[at].text == ","), None)
            if comma is None:
                continue
            attribution = read_clause(frame, (comma + 1, clause_end(frame, comma + 1, Ends.of(hits))), cue, subject)
        else:
            first = next((at for at in range(index) if tokens[at].is_word or tokens[at].quotation >= 0), index)
            attribution = read_clause(frame, (first, index), cue, subject)
        if attribution is not None:
            found.append(attribution)
    return found


def nouns_of_saying(frame: Frame, hits: Sequence[Hit]) -> list[Attribution]:
    """Read nouns of saying behind a possessive: "Norway's call for talks", "her warning that"."""
    tokens = frame.tokens
    found = []
    for index in range(1, len(tokens) - 1):
        if tokens[index].lower not in CUE_NOUNS or tokens[index + 1].lower not in NOUN_COMPLEMENTS:
            continue
        at = index - 1
        while (
            at > 0
            and tokens[at].is_word
            and not tokens[at].is_possessive
            and tokens[at].lower not in _POSSESSIVES | DETERMINERS
        ):
            at -= 1
        if index - at > 3 or not (tokens[at].is_possessive or tokens[at].lower in _POSSESSIVES):  # noqa: PLR2004
            continue
        phrase = (at, at) if tokens[at].lower in _POSSESSIVES else phrase_before(tokens, at)
        if phrase is None:
            continue
        end = clause_end(frame, index + 1, Ends.of(hits))
        if tokens[index + 1].lower in ("for", "of"):  # a phrase, which the sentence's own verb ends
            end = next((at for at in range(index + 2, end) if tokens[at].lower in AUXILIARIES), end)
        clause = index + 1, end
        attribution = read_clause(frame, clause, span_of(tokens, index, index), Subject(phrase))
        if attribution is not None:
            found.append(attribution)
    return found


def unlisted_verbs(frame: Frame, found: Sequence[Attribution]) -> list[Attribution]:
    """Read a quotation beside a verb that no list knows: “It is cold,” she laughed."""
    tokens = frame.tokens
    taken = {span for attribution in found for span in attribution.spans}
    for index, token in enumerate(tokens):
        if token.quotation < 0 or frame.inside(token) in taken or any(s <= token.start < e for s, e in taken):
            continue
        if index > 0 and tokens[index - 1].text == ":":
            subject = frame_subject(tokens[: index - 1])
            if subject is None and tokens[0].lower in ("from", "as"):
                subject = phrase_after(tokens, 1)
            if subject is not None:
                return [made(frame, Kind.DIRECT, (frame.inside(token),), None, Subject(subject))]
        ends_in_comma = frame.quotation(token).end > token.start and frame.text[frame.inside(token)[1] - 1] in ",?!"
        following = index + 1
        if ends_in_comma and following < len(tokens):
            phrase = phrase_after(tokens, following)
            if phrase is not None and phrase[1] + 1 < len(tokens) and is_verb(tokens, phrase[1] + 1):
                verb = phrase[1] + 1
                return [made(frame, Kind.DIRECT, (frame.inside(token),), span_of(tokens, verb, verb), Subject(phrase))]
    return []


def is_tag(frame: Frame) -> bool:
    """Whether a sentence only says who said what stands before it: "Venn asked.", "asked Venn on Monday."."""
    tokens = frame.tokens
    if len(tokens) > _LONGEST_TAG or any(token.quotation >= 0 for token in tokens):
        return False
    hits = find_hits(frame)
    if len(hits) != 1 or not hits[0].cue.parenthetical or hits[0].participle:
        return False
    phrase = phrase_after(tokens, 0)
    return phrase is not None and phrase[1] + 1 == hits[0].group and find_complement(frame, hits[0]) is None


def announcer(frame: Frame, hits: Sequence[Hit]) -> Attribution | None:
    """Return who is to speak after the colon that ends a sentence, with the cue where there is one; without spans."""
    tokens = frame.tokens
    for hit in reversed(hits):
        subject = find_subject(frame, hit, None)
        if subject is not None:
            return made(frame, Kind.DIRECT, (), span_of(tokens, hit.first, hit.last), subject)
    last = phrase_before(tokens, len(tokens) - 2)
    phrase = last if last is not None and tokens[last[1]].is_capital else frame_subject(tokens)
    return made(frame, Kind.DIRECT, (), None, Subject(phrase)) if phrase is not None else None
