"""What a mention says about a speaker: name, role, organisation, country - or that it names nobody."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.extraction.countries import country_of, is_country_word, is_personal_name_too
from pipeline.extraction.nouns import is_body_noun, is_role_noun
from pipeline.extraction.roles import MENTION_WORD, describe_role, split_link
from pipeline.extraction.words import DETERMINERS, PERSONAL, PREPOSITIONS, TITLES, word_set


class Sort(StrEnum):
    """What kind of speaker a mention stands for."""

    PERSON = "person"  # named
    UNNAMED = "unnamed"  # "a senior official", "the minister", "two diplomats"
    BODY = "body"  # "the Foreign Ministry", "Norway"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Description:
    """The parts of one mention; what it does not say is None."""

    sort: Sort
    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    definite: bool = False
    name_span: tuple[int, int] | None = None  # where the name stands in the mention


_ACRONYM = re.compile(r"[A-Z][A-Z.&-]+[A-Za-z]?")
_PARTICLES = word_set("de del della di da dos du van von der den bin ibn al el la le ben abu umm ter")
_NAME_FALSE = word_set(
    """
    north south east west northern southern eastern western central new old upper lower united
    national international world general great high supreme first second third mr mrs ms dr
    """
)
_ALIAS = re.compile(r"\b(?:named|called|by the name of|known as)\s+([^\W\d_][^,;.]{2,60})$")
_EMPTY_STARTS = word_set("the a an this that his her its their our my")
_OBJECT_PRONOUNS = frozenset({"who", "him", "her", "them"})
_EMPTY_ENDS = word_set("herself himself itself themselves there here")


def describe(mention: str) -> Description:
    """Read one mention such as "Kremlin spokesman Ardal Venn", "the minister", "Norway" or "she"."""
    words = [(match.group(), match.start(), match.end()) for match in MENTION_WORD.finditer(mention)]
    while len(words) > 1 and words[-1][0].lower() in _EMPTY_ENDS:
        words.pop()
    if not words:
        return Description(Sort.UNNAMED)
    mention = mention[: words[-1][2]]
    lower = [word.lower().rstrip(".") for word, _, _ in words]
    if len(words) == 1 and lower[0] in PERSONAL | _OBJECT_PRONOUNS:
        return Description(Sort.PRONOUN)
    first = _trailing_name(words, lower)
    if first is not None:
        return _named(mention, words, first)
    return _named_within(mention) or _common(mention, words, lower)


def _named(mention: str, words: list[tuple[str, int, int]], first: int) -> Description:
    """Describe a mention that ends in a name: of a person, or of a body behind its kind ("the company Orsa")."""
    start, end = words[first][1], words[-1][2]
    name = mention[start:end]
    office = any(is_role_noun(word.lower()) for word, _, _ in words[:first])  # "Secretary of State Kim Lee"
    if first > 0 and is_body_noun(words[first - 1][0].lower()) and not office:
        return Description(Sort.BODY, name, None, name, definite=True)
    return Description(Sort.PERSON, name, *describe_role(mention[:start].strip()), name_span=(start, end))


def _named_within(mention: str) -> Description | None:
    """Describe "a clerk named Kim Lee" and "Kim Lee from the port's union"; None if the mention has no such form."""
    alias = _ALIAS.search(mention)
    if alias is not None:
        named = describe(alias.group(1))
        if named.sort is Sort.PERSON:
            return replace(named, role=describe_role(mention[: alias.start()])[0], name_span=alias.span(1))
    head, link, tail = split_link(mention)
    if link not in ("from", "of", "at", "with") or " " not in head:
        return None
    named = describe(head)
    if named.sort is not Sort.PERSON:
        return None
    found = country_of(tail)
    organisation = None if found and is_country_word(tail) else re.sub(r"^(?:the|a|an)\s+", "", tail)
    country = named.country or (found[0] if found else None)
    return replace(named, affiliation=named.affiliation or organisation, country=country)


def _trailing_name(words: list[tuple[str, int, int]], lower: list[str]) -> int | None:
    """Return the index of the first word of a personal name at the end of a mention."""
    first = len(words)
    while first > 0:
        word, _, _ = words[first - 1]
        bare = lower[first - 1]
        following = first < len(words) and words[first][0][:1].isupper()
        if bare in _PARTICLES and following and first > 1:
            first -= 1
            continue
        capital = word[:1].isupper() and not word.endswith(("'s", "’s")) and bare not in DETERMINERS
        if not capital or is_role_noun(bare) or bare in TITLES or is_body_noun(bare):
            break
        if is_country_word(word) and not _is_part_of_name(words, lower, first - 1):
            break
        if _ACRONYM.fullmatch(word) and len(word) > 1 and "." not in word and first < len(words):
            break
        first -= 1
    while first < len(words) and lower[first] in _PARTICLES and not words[first][0][:1].isupper():
        first += 1
    run = words[first:]
    if not run or not _may_precede_name(words, lower, first):
        return None
    if len(run) == 1:
        titled = first > 0 and (lower[first - 1] in TITLES or is_role_noun(lower[first - 1]))
        acronym = _ACRONYM.fullmatch(run[0][0]) is not None and len(run[0][0]) <= 5  # noqa: PLR2004
        bare_surname = first == 0 and not acronym
        return first if titled or bare_surname else None
    if any(lower[index] in _NAME_FALSE for index in range(first, len(words))):
        return None
    return first


def _is_part_of_name(words: list[tuple[str, int, int]], lower: list[str], index: int) -> bool:
    """Tell "Minister Israel Katz" and "Pedro Santiago" from "Israel" and "the port of Santiago"."""
    if not is_personal_name_too(lower[index]):
        return False
    before = lower[index - 1] if index else ""
    office = is_role_noun(before) or before in TITLES
    if index + 1 < len(words):  # a given name: the name starts here
        return not before or office
    named = bool(before) and words[index - 1][0][:1].isupper() and not office
    return named and not (
        before in DETERMINERS or before in _NAME_FALSE or is_body_noun(before) or is_country_word(words[index - 1][0])
    )


def _may_precede_name(words: list[tuple[str, int, int]], lower: list[str], first: int) -> bool:
    """Tell "the judge Kim Lee" from "the Kim Lee Trust" and "the port of Lee": only a role may stand before a name."""
    if first == 0:
        return True
    before = lower[first - 1]
    if before in DETERMINERS or before in PREPOSITIONS:
        return False
    return any(is_role_noun(word) or word in TITLES for word in lower[:first]) or not words[first - 1][0][:1].isupper()


def _common(mention: str, words: list[tuple[str, int, int]], lower: list[str]) -> Description:
    """Describe a mention that names no person: an unnamed person or a body."""
    definite = (
        lower[0] == "the"
        or words[0][0].endswith(("'s", "’s"))
        or lower[0] in ("his", "her", "its", "their", "that", "this")
    )
    head, _, _ = split_link(mention)
    head_words = [match.group().lower() for match in MENTION_WORD.finditer(head)] or lower
    last = head_words[-1]
    found = country_of(mention)
    country = found[0] if found else None
    if is_role_noun(last) and not is_body_noun(last):
        role, affiliation, role_country = describe_role(mention)
        return Description(Sort.UNNAMED, None, role, affiliation, role_country, definite=definite)
    capital = any(word[:1].isupper() for word, _, _ in (words[1:] if lower[0] in DETERMINERS else words))
    if is_country_word(mention.removeprefix("the ").removeprefix("The ")):
        return Description(Sort.BODY, _without_article(mention), None, None, country, definite=True)
    if is_body_noun(last) or capital:
        name = _without_article(mention)
        if lower[0] in ("a", "an", "one", "two", "three", "some", "several", "many"):
            return Description(Sort.BODY, None, None, None, country)
        return Description(Sort.BODY, name, None, name, country, definite=True)
    return Description(Sort.UNNAMED, None, None, None, country, definite=definite)


def _without_article(mention: str) -> str:
    """Return the name of a body: no article and no owner."""
    words = mention.split()
    while len(words) > 1 and words[-1].lower() in _EMPTY_ENDS:
        words.pop()
    if words and words[0].lower() in _EMPTY_STARTS and len(words) > 1:
        words = words[1:]
    if len(words) > 1 and words[0].endswith(("'s", "’s")) and is_country_word(words[0]):
        words = words[1:]
    return " ".join(words)
