"""Where what is said begins and ends around a reporting clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.complements import STOPS
from pipeline.extraction.frames import Frame
from pipeline.extraction.hits import Hit
from pipeline.extraction.phrases import phrase_after
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_verb
from pipeline.extraction.words import MONTHS, WEEKDAYS, word_set

_CONTRASTS = word_set("but while although though whereas which")
_FEWEST_QUOTED = 3  # words
_NO_PARTICIPLES = word_set(
    """
    including during regarding concerning excluding something nothing everything anything being
    having
    """
)


@dataclass(frozen=True, slots=True)
class Ends:
    """Where in a sentence something else than the current clause starts."""

    verbs: frozenset[int]  # first tokens of finite verb groups of saying
    participles: frozenset[int]
    subjects: frozenset[int]  # first tokens of who says the later things
    subordinate: bool = False  # the saying is itself a side clause: "When she said that it was over, the crowd left"

    @classmethod
    def of(cls, hits: Sequence[Hit], subjects: Sequence[int] = ()) -> "Ends":
        """Collect the ends from the cues of a sentence and the subjects of the later ones."""
        return cls(
            frozenset(hit.group for hit in hits if not hit.participle),
            frozenset(hit.first for hit in hits if hit.participle),
            frozenset(subjects),
        )


def clause_end(frame: Frame, first: int, ends: Ends) -> int:
    """Return the token before which a clause that starts at ``first`` ends."""
    tokens = frame.tokens
    depth = 0
    for index in range(first, len(tokens)):
        token = tokens[index]
        depth += (token.text == "(") - (token.text == ")")
        if depth > 0 or index == first:
            continue
        if _ends_after_quotation(frame, index) or _is_followed_by_occasion(frame, index):
            return index + 1
        if _ends_at(tokens, index, ends):
            return index - 1 if tokens[index - 1].text == "," and index - 1 > first else index
    return len(tokens)


def _ends_after_quotation(frame: Frame, index: int) -> bool:
    """Whether a quotation that closes with a comma ends the clause: called it “a farce,” and left."""
    tokens = frame.tokens
    if tokens[index].quotation < 0 or index + 2 >= len(tokens) or frame.text[frame.inside(tokens[index])[1] - 1] != ",":
        return False
    following, next_one = tokens[index + 1].lower, tokens[index + 2].lower
    return (following == "and" and next_one != "that") or following in _CONTRASTS or next_one in ("which", "whom")


def _is_followed_by_occasion(frame: Frame, index: int) -> bool:
    """Whether a quotation is followed by when or why it was said: called it “a farce” on Friday, “no” in response."""
    tokens = frame.tokens
    if tokens[index].quotation < 0 or index + 2 >= len(tokens) or frame.quoted_words(tokens[index]) < _FEWEST_QUOTED:
        return False
    following, next_one = tokens[index + 1].lower, tokens[index + 2].lower
    if following in ("on", "in", "last") and next_one in WEEKDAYS | MONTHS | {"response", "reply"}:
        return True
    return following in ("before", "after", "while", "when") and next_one.endswith("ing")


def _ends_at(tokens: Sequence[Token], index: int, ends: Ends) -> bool:
    token = tokens[index]
    last = index == len(tokens) - 1
    if token.text == ";" or (token.text in STOPS and last) or _is_according(tokens, index):
        return True
    if last:
        return False
    following = tokens[index + 1]
    if token.text in (",", "—", "–", "-"):
        if index + 1 in ends.participles:
            return True
        comma = token.text == ","
        return comma and (
            _hangs_on(following)
            or following.lower in _CONTRASTS
            or index + 1 in ends.subjects
            or index + 1 in ends.verbs
            or (ends.subordinate and _starts_main_clause(tokens, index + 1))
        )
    return token.lower in ("and", "but") and (index + 1 in ends.verbs or index + 1 in ends.subjects)


def _starts_main_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether a subject and its verb follow right away: ", the crowd left", ", she went on"."""
    phrase = phrase_after(tokens, index)
    return phrase is not None and phrase[1] + 1 < len(tokens) and is_verb(tokens, phrase[1] + 1)


def _hangs_on(token: Token) -> bool:
    """Whether a word after a comma is a participle of the reporting sentence: ", drawing applause"."""
    lower = token.lower
    return lower.endswith("ing") and not token.is_capital and lower not in _NO_PARTICIPLES


def _is_according(tokens: Sequence[Token], index: int) -> bool:
    return (
        tokens[index].lower == "according"
        and index + 2 < len(tokens)
        and tokens[index + 1].lower == "to"
        and tokens[index + 2].lower != "which"
    )
