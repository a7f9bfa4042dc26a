"""Noun phrases beside a verb, found without a parser: by closed word classes, endings, capitals and punctuation."""

from collections.abc import Sequence

from pipeline.extraction.cues import STATEMENT_NOUNS
from pipeline.extraction.nouns import is_speaker_noun
from pipeline.extraction.tokens import Token
from pipeline.extraction.verbs import is_adverb, is_verb
from pipeline.extraction.words import (
    DETERMINERS,
    MONTHS,
    NOUN_LINKS,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TIME_WORDS,
    WEEKDAYS,
    word_set,
)

LONGEST_PHRASE = 25  # words of a noun phrase; whoever is introduced at greater length is not found
_UNITS = word_set("week month year night day morning evening afternoon weekend")
Range = tuple[int, int]  # first and last token


def phrase_before(tokens: Sequence[Token], last: int, floor: int = 0) -> Range | None:
    """Return the noun phrase that ends with token ``last``, reaching no further left than ``floor``."""
    last = _before_adjuncts(tokens, last, floor)
    if last < floor or not _may_end(tokens, last):
        return None
    if tokens[last].lower in PERSONAL:
        return last, last
    first, joined, index = last, None, last
    while index >= max(floor, last - LONGEST_PHRASE) and _goes_on_left(tokens, index, floor):
        if tokens[index].lower in ("and", "&"):
            joined = index
        elif not _is_link(tokens[index]):
            first = index
            if tokens[index].lower in DETERMINERS and index > floor and not _links_on(tokens[index - 1]):
                break
        index -= 1
    if joined is not None:
        stop = tokens[index] if index >= floor else None
        at_verb = stop is not None and stop.is_word and (is_verb(tokens, index) or stop.lower in PERSONAL)
        if at_verb or first > joined or _starts_anew(tokens, first, joined):
            first = joined + 1
    return _trimmed(tokens, first, last)


def _goes_on_left(tokens: Sequence[Token], index: int, floor: int) -> bool:
    """Whether a token can belong to a noun phrase that goes on to its right."""
    lower = tokens[index].lower
    if lower in ("and", "&"):
        return index > floor and tokens[index - 1].is_word
    if not _inside(tokens, index):
        return False
    if lower in PREPOSITIONS:
        before = index - 1
        return lower in NOUN_LINKS and index > floor and _inside(tokens, before) and not _is_link(tokens[before])
    return True


def _starts_anew(tokens: Sequence[Token], first: int, joined: int) -> bool:
    """Whether "and" leads to a new subject rather than to the second half of one: "of the cases and the ministry"."""
    return tokens[joined + 1].lower in DETERMINERS and any(_is_link(token) for token in tokens[first:joined])


def phrase_after(tokens: Sequence[Token], first: int, *, names_end_it: bool = False) -> Range | None:
    """Return the noun phrase that starts with token ``first``.

    With ``names_end_it`` a name after a common noun starts something new ("told reporters | Norway would").
    """
    if first >= len(tokens) or not _inside(tokens, first) or _is_link(tokens[first]):
        return None
    if tokens[first].lower in PERSONAL | {"him", "her", "them", "us", "me"} and not (
        tokens[first].lower == "her" and first + 1 < len(tokens) and tokens[first + 1].is_word
    ):
        return first, first
    index = last = first
    while index < min(len(tokens), first + LONGEST_PHRASE) and _inside(tokens, index):
        token, lower = tokens[index], tokens[index].lower
        if index > first:
            previous = tokens[index - 1]
            determiner = lower in DETERMINERS and not _links_on(previous) and previous.lower not in DETERMINERS
            date = lower in TIME_WORDS or (
                lower in NOUN_LINKS and index + 1 < len(tokens) and _is_date(tokens[index + 1])
            )
            after_name = previous.is_capital and not token.is_capital and _is_verb_after_name(tokens, index)
            turn = names_end_it and token.is_capital and not previous.is_capital and previous.lower not in DETERMINERS
            if determiner or date or after_name or lower in PERSONAL or (turn and not _is_link(previous)):
                break
        if _is_link(token):
            if lower not in NOUN_LINKS or _statement_follows(tokens, index) or names_end_it:
                break
        else:
            last = index
        index += 1
    return first, last


def _is_verb_after_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word of unknown kind after a name is a verb: "Venn hears such things", not "Kremlin spokesman"."""
    lower = tokens[index].lower
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not lower.endswith("s") or lower.endswith("ss") or is_speaker_noun(lower) or _is_link(tokens[index]):
        return False
    return following is not None and (
        following.lower in DETERMINERS | PERSONAL or _is_link(following) or is_adverb(following)
    )


def frame_subject(tokens: Sequence[Token], start: int = 0) -> Range | None:
    """Return the first noun phrase of a sentence that a verb, a relative clause or an apposition follows."""
    index = start
    while index < len(tokens):
        token = tokens[index]
        if token.is_word and (token.lower in PREPOSITIONS or token.lower in SUBORDINATORS or token.lower in TIME_WORDS):
            if token.lower in ("but", "and", "yet", "so"):
                index += 1
                continue
            comma = next((at for at in range(index, len(tokens)) if tokens[at].text == ","), None)
            if comma is None:
                return None
            index = comma + 1
        elif not token.is_word or is_adverb(token) or token.lower in ("and", "or"):
            index += 1
        else:
            phrase = phrase_after(tokens, index)
            following = phrase[1] + 1 if phrase is not None else len(tokens)
            if following >= len(tokens) or tokens[following].lower not in ("later", "earlier", "ago"):
                return phrase
            index = following + 1
    return None


def _inside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token can stand inside a noun phrase."""
    token = tokens[index]
    lower = token.lower
    if token.quotation >= 0:
        return index > 0 and tokens[index - 1].is_word and index + 1 < len(tokens) and tokens[index + 1].is_word
    if not token.is_word:
        return token.text in "’'&-/%$£€"
    if lower in SUBORDINATORS or (lower in RELATIVES and lower != "that"):
        return False
    return lower != "that" and not is_verb(tokens, index)


def _is_link(token: Token) -> bool:
    return token.lower in PREPOSITIONS


def _links_on(token: Token) -> bool:
    """Whether the word before a determiner binds its phrase to what stands further left."""
    return token.lower in NOUN_LINKS or token.lower in ("all", "both", "half", "and", "&")


def _may_end(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    lower = token.lower
    if token.quotation >= 0 or not token.is_word:
        return False
    return _inside(tokens, index) and not _is_link(token) and not (lower in DETERMINERS and lower in ("the", "a", "an"))


def _is_date(token: Token) -> bool:
    return token.lower in WEEKDAYS or (token.lower in MONTHS and token.is_capital) or token.lower in STATEMENT_NOUNS


def _statement_follows(tokens: Sequence[Token], index: int) -> bool:
    return any(token.lower in STATEMENT_NOUNS for token in tokens[index + 1 : index + 5])


def _before_adjuncts(tokens: Sequence[Token], last: int, floor: int) -> int:
    """Step left over dates, brackets and "in a statement" between a subject and its verb."""
    while last > floor:
        token = tokens[last]
        if token.text in ")]":
            opening = next((at for at in range(last, max(floor, last - 12) - 1, -1) if tokens[at].text in "(["), None)
            if opening is None or opening <= floor:
                return last
            last = opening - 1
        elif token.lower in TIME_WORDS or (
            token.lower in _UNITS and tokens[last - 1].lower in ("last", "this", "next")
        ):
            last -= 1
            while last > floor and tokens[last].lower in ("on", "late", "early", "last", "this", "next"):
                last -= 1
        elif token.lower in STATEMENT_NOUNS:
            link = next(
                (at for at in range(last, max(floor, last - 7) - 1, -1) if tokens[at].lower in ("in", "at", "during")),
                None,
            )
            if link is None or link <= floor:
                return last
            last = link - 1
        else:
            return last
    return last


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> Range | None:
    """Drop dates, adverbs and links from the left edge, "in a statement" and dates from the right."""
    while first < last:
        lower = tokens[first].lower
        unit = lower in ("last", "this", "next") and tokens[first + 1].lower in _UNITS
        if unit:
            first += 2
        elif (
            lower in TIME_WORDS
            or (lower in MONTHS and first > 0 and tokens[first - 1].lower in PREPOSITIONS)
            or is_adverb(tokens[first])
            or lower in ("and", "&")
            or _is_link(tokens[first])
        ):
            first += 1
        else:
            break
    for index in range(first + 1, last):
        if _is_link(tokens[index]) and (_is_date(tokens[index + 1]) or _statement_follows(tokens, index)):
            last = index - 1
            break
    while last > first and (tokens[last].lower in TIME_WORDS or _is_link(tokens[last])):
        last -= 1
    return (first, last) if first <= last and tokens[first].is_word else None
