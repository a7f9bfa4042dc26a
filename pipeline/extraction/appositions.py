"""Names and descriptions on either side of a comma."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.nouns import is_role_noun
from pipeline.extraction.phrases import Range, phrase_before
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_verb
from pipeline.extraction.words import DETERMINERS, PERSONAL, word_set

_SEPARATORS = (",", "—", "–", "--", ";", ":", "“”", "(")
_LEADS = word_set("and but or then that as when which while than")
_NO_DESCRIPTION = word_set("who which and but or as while when in at on after before according")
_NAME_PARTICLES = word_set("de van von al bin da di der la")
LONGEST_APPOSITION = 40
_RELATIVE_STARTS = ("who", "which", "whose", "whom")
JOINS = ("and", "but", "or", "then")


@dataclass(frozen=True, slots=True)
class Subject:
    """The mention beside a cue and, where there is one, the apposition that tells the role."""

    mention: Range
    apposition: Range | None = None
    inverted: bool = False
    shared: bool = False  # taken over from an earlier verb or from the start of the sentence

    @property
    def first(self) -> int:
        """Leftmost token of mention and apposition."""
        return min(self.mention[0], self.apposition[0]) if self.apposition else self.mention[0]

    @property
    def last(self) -> int:
        """Rightmost token of mention and apposition."""
        return max(self.mention[1], self.apposition[1]) if self.apposition else self.mention[1]


def apposition_after(tokens: Sequence[Token], comma: int) -> Range | None:
    """Return what stands between the comma after a name and the next comma or the end, if it can describe a person."""
    if comma >= len(tokens) or tokens[comma].text != ",":
        return None
    first = comma + 1
    last = first
    while (
        last < len(tokens) and last - first < LONGEST_APPOSITION and tokens[last].text not in (",", ".", ";", ":", "—")
    ):
        if tokens[last].quotation >= 0 or is_verb(tokens, last):
            break
        last += 1
    if last == first or not _describes(tokens, first):
        return None
    return first, last - 1


def _describes(tokens: Sequence[Token], first: int) -> bool:
    token = tokens[first]
    return token.is_word and token.lower not in PERSONAL | _NO_DESCRIPTION and not token.lower.endswith("ing")


def across_apposition(tokens: Sequence[Token], closing: int) -> Subject | None:
    """Read "Kim Lee, the mayor, said" and "Kim Lee, who chairs the council, said" from the closing comma."""
    opening = _opening_comma(tokens, closing)
    phrase = phrase_before(tokens, opening - 1) if opening is not None else None
    if opening is None or phrase is None or opening - 1 != phrase[1]:
        return None
    before = tokens[phrase[0] - 1] if phrase[0] > 0 else None
    anew = before is None or not before.is_word or before.lower in _LEADS
    if not anew and tokens[phrase[0]].lower not in DETERMINERS:
        return None
    inner = opening + 1, closing - 1
    if tokens[inner[0]].lower in _RELATIVE_STARTS:
        further = across_apposition(tokens, opening) or with_apposition_before(tokens, phrase)
        return further if further.apposition else Subject(phrase, inner)
    if _is_description(tokens, phrase) and _is_name(tokens, inner):
        return Subject(inner, phrase)  # "the mayor, Kim Lee, said": the name stands second and is the mention
    return Subject(phrase, inner)


def _is_description(tokens: Sequence[Token], phrase: Range) -> bool:
    first, last = tokens[phrase[0]], tokens[phrase[1]]
    return first.lower in DETERMINERS | PERSONAL or first.is_possessive or not last.is_capital


def _is_name(tokens: Sequence[Token], phrase: Range) -> bool:
    return all(token.is_capital or token.lower in _NAME_PARTICLES for token in tokens[phrase[0] : phrase[1] + 1])


def _opening_comma(tokens: Sequence[Token], closing: int) -> int | None:
    """Return the comma that opens the insertion closed at ``closing``; insertions may follow each other."""
    best = None
    at = closing - 1
    while at > 0 and closing - at <= LONGEST_APPOSITION and tokens[at].text not in (";", ":", "—"):
        token = tokens[at]
        if token.quotation >= 0 and tokens[at - 1].text not in (",",) and not tokens[at - 1].is_word:
            break
        if token.text == ",":
            relative = tokens[at + 1].lower in _RELATIVE_STARTS
            if relative:
                return at
            chunk = range(at + 1, closing if best is None else best)
            if _has_main_verb(tokens, chunk) or not _describes_or_places(tokens, at + 1):
                if best is not None:
                    break
            else:
                best = at
                if not (at >= 1 and _is_short_insertion(tokens, at)):
                    break
        at -= 1
    return best


def _has_main_verb(tokens: Sequence[Token], chunk: range) -> bool:
    """Whether a stretch has a finite verb outside a relative clause."""
    for index in chunk:
        if tokens[index].lower in _RELATIVE_STARTS or tokens[index].lower == "that":
            return False
        if is_verb(tokens, index):
            return True
    return False


def _is_short_insertion(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the stretch before a comma may itself be an insertion after a name: ", 22, of Flint,"."""
    return (
        tokens[comma - 1].is_word
        and (tokens[comma - 1].text[0].isdigit() or tokens[comma - 1].is_capital)
        and any(tokens[at].text == "," for at in range(max(0, comma - 6), comma))
    )


def _describes_or_places(tokens: Sequence[Token], first: int) -> bool:
    token = tokens[first]
    return token.is_word and token.lower not in PERSONAL | {"and", "but", "or", "while", "when", "as", "that"}


def with_apposition_before(tokens: Sequence[Token], phrase: Range) -> Subject:
    """Read "the mayor, Kim Lee" where the phrase beside the verb is the name and a description stands before it."""
    first, last = phrase
    if first >= 2 and tokens[first - 1].text == "," and tokens[first].is_capital and tokens[last].is_capital:  # noqa: PLR2004
        described = phrase_before(tokens, first - 2)
        if described is not None and described[1] == first - 2 and not tokens[described[1]].is_capital:
            head_free = described[0] == 0 or tokens[described[0] - 1].text in (*_SEPARATORS, ".")
            office = any(is_role_noun(token.lower) for token in tokens[described[0] : described[1] + 1])
            if head_free and office:
                return Subject(phrase, described)
    return Subject(phrase)
