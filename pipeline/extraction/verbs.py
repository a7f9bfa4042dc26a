"""Verbs and adverbs told from their form and neighbours."""

from collections.abc import Sequence

from pipeline.extraction.cues import cue_forms
from pipeline.extraction.tokens import Token
from pipeline.extraction.words import (
    ADJECTIVES_ED,
    AUXILIARIES,
    COMMON_VERBS,
    DETERMINERS,
    NEGATED_AUXILIARIES,
    word_set,
)

_SHORTEST_PAST = 5  # letters of a regular past form: "ended", not "red"
_ADVERBS = word_set(
    """
    also then later again once first recently further still now even only just ever often always
    soon meanwhile however instead moreover too therefore thus already almost yet hence twice
    privately never not n't
    """
)
_NOT_ADVERBS = word_set(
    """
    italy july family ally assembly monopoly reply supply early daily weekly monthly elderly
    """
)


def is_adverb(token: Token) -> bool:
    """Whether a word only modifies the verb beside it."""
    lower = token.lower
    return lower in _ADVERBS or (
        lower.endswith("ly") and not token.is_capital and lower not in _NOT_ADVERBS and len(lower) >= _SHORTEST_PAST
    )


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word ends a noun phrase because it is, as far as its form tells, a finite verb or an auxiliary."""
    token = tokens[index]
    if not token.is_word:
        return False
    if token.lower in AUXILIARIES or token.lower in NEGATED_AUXILIARIES:
        return not _is_within_name(tokens, index)
    before = tokens[index - 1] if index else None
    if token.is_capital or (before is not None and (before.lower in DETERMINERS or before.is_possessive)):
        return False
    return token.lower in COMMON_VERBS or _has_verb_form(token.lower)


def _has_verb_form(lower: str) -> bool:
    cue = cue_forms().get(lower)
    if cue is not None and (cue.form == "ed" or (cue.form == "s" and not cue.nominal)):
        return True
    return lower.endswith("ed") and len(lower) >= _SHORTEST_PAST and lower not in ADJECTIVES_ED and "-" not in lower


def _is_within_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether "do" is the particle of a name: "Estrela do Mar"."""
    inside = 0 < index < len(tokens) - 1 and tokens[index].lower == "do"
    return inside and tokens[index - 1].is_capital and tokens[index + 1].is_capital
