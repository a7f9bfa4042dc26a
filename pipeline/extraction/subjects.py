"""Who stands beside a verb of saying: before it, after it, across an apposition, or shared with a verb before."""

from collections.abc import Sequence

from pipeline.extraction.appositions import (
    JOINS,
    LONGEST_APPOSITION,
    Subject,
    across_apposition,
    apposition_after,
    with_apposition_before,
)
from pipeline.extraction.frames import Frame
from pipeline.extraction.hits import Hit
from pipeline.extraction.phrases import Range, frame_subject, phrase_after, phrase_before
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_verb

_LONGEST_RELATIVE = 12  # words between "who" and the noun phrase that ends its clause


def find_subject(frame: Frame, hit: Hit, earlier: Subject | None) -> Subject | None:
    """Return who says what ``hit`` introduces; ``earlier`` is the subject of the cue before it in the sentence."""
    tokens = frame.tokens
    at = hit.group - 1
    if hit.participle:
        return _participle_subject(tokens, at, earlier)
    token = tokens[at] if at >= 0 else None
    if token is None or token.text == ",":
        across = across_apposition(tokens, at) if token is not None else None
        return across or _inverted(tokens, hit) or _share(tokens, earlier)
    if token.quotation >= 0 or token.text in ("—", "–", ";", ":"):
        return _inverted(tokens, hit)
    if token.lower in ("who", "which", "that"):
        return _antecedent(tokens, at)
    phrase = phrase_before(tokens, at) if token.lower not in JOINS else None
    if phrase is not None:
        return _before_relative(tokens, phrase) or with_apposition_before(tokens, phrase)
    return _share(tokens, earlier, before=at if token.lower in JOINS else None)


def _participle_subject(tokens: Sequence[Token], at: int, earlier: Subject | None) -> Subject | None:
    if at >= 0 and tokens[at].is_word and tokens[at].lower not in ("and", "by", "while", "before", "after", "but"):
        phrase = phrase_before(tokens, at)
        if phrase is not None:
            return Subject(phrase)
    return _share(tokens, earlier)


def _share(tokens: Sequence[Token], earlier: Subject | None, before: int | None = None) -> Subject | None:
    if earlier is not None:
        return Subject(earlier.mention, earlier.apposition, shared=True)
    tokens = tokens[:before] if before is not None else tokens
    phrase = frame_subject(tokens) or _latest_subject(tokens)
    return Subject(phrase, apposition_after(tokens, phrase[1] + 1), shared=True) if phrase else None


def _latest_subject(tokens: Sequence[Token]) -> Range | None:
    """Return the noun phrase before the last finite verb: "when he returned | he began by saying"."""
    for index in range(min(len(tokens) - 1, LONGEST_APPOSITION), 0, -1):
        if is_verb(tokens, index) and not is_verb(tokens, index - 1):
            return phrase_before(tokens, index - 1)
    return None


def _antecedent(tokens: Sequence[Token], at: int) -> Subject | None:
    end = at - 1
    if end >= 0 and tokens[end].text == ",":
        end -= 1
    phrase = phrase_before(tokens, end) if end >= 0 else None
    return Subject(phrase) if phrase else None


def _before_relative(tokens: Sequence[Token], phrase: Range) -> Subject | None:
    """Read "an official who asked for calm said": the phrase beside the verb ends a relative clause without commas."""
    verb_between = False
    for index in range(phrase[0] - 1, max(0, phrase[0] - _LONGEST_RELATIVE), -1):
        if tokens[index].lower == "who":
            return _antecedent(tokens, index) if verb_between else None
        if not tokens[index].is_word:
            return None
        verb_between = verb_between or is_verb(tokens, index)
    return None


def _inverted(tokens: Sequence[Token], hit: Hit) -> Subject | None:
    """Read "said Kim Lee, the mayor": a verb that follows what was said and precedes who said it."""
    if not (hit.cue.parenthetical and hit.cue.form in ("ed", "s")) or hit.cue.lemma in ("tell", "assure"):
        return None
    phrase = phrase_after(tokens, hit.last + 1)
    if phrase is None:
        return None
    following = phrase[1] + 1
    if following < len(tokens) and is_verb(tokens, following):
        return None
    return Subject(phrase, apposition_after(tokens, following), inverted=True)
