"""Where a sentence has a verb of saying that really says: not negated, not passive, not a noun."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.countries import is_country_word
from pipeline.extraction.cues import PAST_PARTICIPLES, Cue, cue_forms
from pipeline.extraction.frames import Frame
from pipeline.extraction.nouns import is_speaker_noun
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_adverb
from pipeline.extraction.words import AUXILIARIES, BE, DETERMINERS, MODALS, NEGATIONS, PERSONAL, PREPOSITIONS, word_set

_MOST_HITS = 24  # cues read in one sentence; no sentence that somebody wrote has more
_ANONYMITY = frozenset({"anonymity", "named", "identified", "anonymous"})
_FINITE_DO = word_set("do did does")
_ASPECT_VERBS = word_set("went goes going on began begins continued continues proceeded")
_COMPLEMENTS = word_set("that whether if how why what : , “”")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence: its tokens ``first``..``last`` (particle included) and where its verb group starts."""

    cue: Cue
    first: int
    last: int
    group: int  # first token of the verb group: auxiliaries and adverbs included

    @property
    def participle(self) -> bool:
        """Whether it hangs on another verb: ", adding that"."""
        return self.cue.form == "ing" and self.group == self.first


def find_hits(frame: Frame) -> list[Hit]:
    """Return the cues of a sentence that introduce what somebody says, in order."""
    hits: list[Hit] = []
    forms = cue_forms()
    for index, token in enumerate(frame.tokens):
        cue = forms.get(token.lower) if token.quotation < 0 else None
        if cue is None or token.is_capital:
            continue
        last = _with_particle(frame.tokens, index, cue)
        if last is None:
            continue
        group = _verb_group(frame.tokens, index, cue)
        if group is not None and _is_verb_here(frame.tokens, index, last, group, cue):
            hits.append(Hit(cue, index, last, group))
            if len(hits) == _MOST_HITS:
                break
    return hits


def _with_particle(tokens: Sequence[Token], index: int, cue: Cue) -> int | None:
    """Return the last token of the cue, or None where the particle that it needs is missing."""
    if not cue.particles:
        return index
    following = index + 1
    while following < len(tokens) and is_adverb(tokens[following]):
        following += 1
    lower = tokens[following].lower if following < len(tokens) else ""
    if lower in cue.particles and lower.isalpha():
        return index if lower in ("that", "as", "of", "about", "against") else following
    if lower in cue.particles or (lower == "“”" and ":" in cue.particles) or "*" in cue.particles:
        return index
    return None


def _verb_group(tokens: Sequence[Token], index: int, cue: Cue) -> int | None:
    """Return where the verb group starts, or None if it is negated, modal, passive or infinitive."""
    at = index - 1
    words: set[str] = set()
    while at >= 0 and tokens[at].quotation < 0 and _belongs_to_group(tokens[at]):
        words.add(tokens[at].lower)
        at -= 1
    if words & (NEGATIONS | MODALS) or (tokens[index].lower in PAST_PARTICIPLES and not words):
        return None
    if at >= 0 and tokens[at].lower == "to":
        return at - 1 if at > 0 and tokens[at - 1].lower in _ASPECT_VERBS else None
    return at + 1 if _agrees(cue, words, _plural_before(tokens, at)) else None


def _belongs_to_group(token: Token) -> bool:
    return token.lower in AUXILIARIES or token.lower in NEGATIONS or is_adverb(token)


def _agrees(cue: Cue, words: set[str], plural: bool) -> bool:
    """Whether a form fits the words before it: no passive, no bare form without a plural or "did"."""
    if cue.form == "ed":
        return not words & (BE - {"'s"})
    if cue.form == "base" and not words:
        return plural
    if cue.form in ("base", "s"):
        return bool(words & _FINITE_DO) or not words & AUXILIARIES
    return True


def _plural_before(tokens: Sequence[Token], at: int) -> bool:
    if at < 0 or not tokens[at].is_word:
        return False
    lower = tokens[at].lower
    return lower in ("we", "i", "they", "you", "who", "people", "police", "and") or (
        lower.endswith("s") and not lower.endswith(("ss", "us")) and lower not in DETERMINERS
    )


def _is_verb_here(tokens: Sequence[Token], index: int, last: int, group: int, cue: Cue) -> bool:
    before = tokens[group - 1] if group > 0 else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if _is_passive_or_wish(tokens, last, cue):
        return False
    if cue.form == "ing":
        return _participle_here(tokens, index, after)
    adjacent = tokens[index - 1] if index > 0 else None
    if adjacent is not None and (adjacent.lower in DETERMINERS or adjacent.is_possessive):
        return _pronoun_before(adjacent, after, cue)
    if before is not None and before.lower in PREPOSITIONS - {"on"}:
        return False
    return _verb_not_noun(cue, before, after) if cue.nominal and cue.form in ("base", "s") else True


def _is_passive_or_wish(tokens: Sequence[Token], last: int, cue: Cue) -> bool:
    """Whether what follows shows that nothing is said: "denounced by", "called to order", "asked not to be named"."""
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if cue.form == "ed" and (after == "by" or (after == "to" and cue.lemma in ("call", "address", "claim"))):
        return True
    return cue.lemma == "ask" and any(token.lower in _ANONYMITY for token in tokens[last + 1 : last + 6])


def _pronoun_before(before: Token, after: Token | None, cue: Cue) -> bool:
    """Tell "several warned that" from "several proposed laws"."""
    if before.lower not in (
        "all",
        "both",
        "some",
        "many",
        "several",
        "others",
        "another",
        "one",
        "two",
        "three",
        "each",
        "that",
    ):
        return False
    if cue.form == "ed" and after is not None:
        return after.lower in PERSONAL | DETERMINERS | {"that", "to", ":", "“”", "him", "them", "on", "of"}
    return cue.form == "base" and not cue.nominal


def _participle_here(tokens: Sequence[Token], index: int, after: Token | None) -> bool:
    if index == 0 or after is None or after.text == ".":
        return False
    before = tokens[index - 1]
    if before.text in (",", "—", "–", "-", ";", "“”") or before.quotation >= 0:
        return True
    if (
        before.lower in AUXILIARIES
        or is_adverb(before)
        or before.lower in ("and", "by", "while", "before", "after", "but")
    ):
        return before.lower not in MODALS
    return before.is_word and before.lower not in PREPOSITIONS | DETERMINERS and after.lower in _COMPLEMENTS


def _verb_not_noun(cue: Cue, before: Token | None, after: Token | None) -> bool:
    """Tell "the port claims that" from "the port claims of last year"."""
    if before is None or after is None or not before.is_word:
        return False
    if before.lower in PERSONAL or before.lower == "who":
        return True
    if after.lower in ("that", ":", "“”"):
        return True
    if (
        cue.lemma == "state"
        or after.lower in PREPOSITIONS - {"for", "on", "like"}
        or not (after.is_word or after.quotation >= 0)
    ):
        return False
    return (before.is_capital and not is_country_word(before.text)) or is_speaker_noun(before.lower)
