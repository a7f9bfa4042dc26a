"""The personal names of an article: surnames find the fullest form, and what is said where a name is introduced."""

import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.extraction.countries import is_country_word, is_personal_name_too
from pipeline.extraction.descriptions import Sort, describe
from pipeline.extraction.nouns import BODY_NOUNS, ROLE_NOUNS, is_role_noun
from pipeline.extraction.roles import describe_role
from pipeline.extraction.words import DETERMINERS, MONTHS, TITLES, WEEKDAYS, word_set

_LETTER = r"(?:[^\W_]|[-'’\u0300-\u036f](?=[^\W_]))"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ſ]"
_LINK = r"(?:(?:de|del|della|di|da|dos|du|van|von|der|den|bin|ibn|al|el|la|le|ben|ter)[ \u00a0]){0,2}"
_RUN = re.compile(
    rf"(?<![^\W_])(?<![\u0300-\u036f])(?<![^\W_][-'’])"
    rf"{_CAPITAL}{_LETTER}*\.?(?:[ \u00a0]{_LINK}{_CAPITAL}{_LETTER}*\.?){{1,9}}"
)
_WORD = re.compile(rf"[^\W_]{_LETTER}*\.?")
_LONGEST_NAME = 5
_MOST_NAMES = 40  # remembered by one word: a list that is searched must stay short
_WINDOW = 100  # characters around a name in which its bearer may be introduced
_BREAK = re.compile(r"[.,;:!?\n“”\"«»()]")
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_PRONOUN_WINDOW = 200
_STARTS = word_set("the a an in on at but and for from by of")
_NO_NAMES = (
    word_set(
        """
    the a an in on at but and if when while after before for to from by with he she it they we i
    this that these those his her its their our there here what who how why asked according speaking
    as not national security foreign prime deputy interior finance defence defense vice first
    """
    )
    | TITLES
    | ROLE_NOUNS
    | BODY_NOUNS
    | WEEKDAYS
    | MONTHS
)


@dataclass(slots=True)
class Introduction:
    """What an article says beside a full name, over all its places; what it does not say is None."""

    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    pronouns: Counter[str] = field(default_factory=Counter)

    @property
    def gender(self) -> str | None:
        """The gender of the pronouns that follow the name most often."""
        male, female = self.pronouns["male"], self.pronouns["female"]
        return None if male == female else ("male" if male > female else "female")


class NameIndex:
    """Full names of an article in reading order, found by any of their words."""

    def __init__(self, text: str) -> None:
        self.introductions: dict[str, Introduction] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._bodies: dict[str, list[str]] = {}
        for run in _RUN.finditer(text):
            self._add_run(text, run.start(), run.group())
            self._add_body(run.group())
        self._by_role: dict[str, str] = {}
        for name, introduction in self.introductions.items():
            for word in (introduction.role or "").lower().split():
                self._by_role.setdefault(word, name)

    def _add_body(self, run: str) -> None:
        """Remember a body's full name, as in "Coral Rim Forum", by its last word."""
        words = [word.rstrip(".") for word in run.split()]
        while words and words[0].lower() in _STARTS:
            words = words[1:]
        last = words[-1].lower() if words else ""
        if len(words) > 1 and last in BODY_NOUNS and not any(word.endswith(("'s", "’s")) for word in words):
            known = self._bodies.setdefault(last, [])
            if " ".join(words) not in known and len(known) < _MOST_NAMES:
                known.append(" ".join(words))

    def _add_run(self, text: str, offset: int, run: str) -> None:
        """Split a run of capitalised words where one of them cannot belong to a name."""
        name: list[re.Match[str]] = []
        words = list(_WORD.finditer(run))
        for word, following in zip(words, [*words[1:], None], strict=True):
            possessive = word.group().endswith(("'s", "’s"))
            # "Israel Katz" is a person unless "Israel" ends a run of other words, "Pedro Santiago" because it does.
            ambiguous = is_personal_name_too(word.group()) and (bool(name) != bool(following))
            if _is_no_name(word.group()) and not (ambiguous and not _is_no_name((following or name[-1]).group())):
                self._add(text, offset, name)
                name = []
            else:
                name.append(word)
                if possessive:
                    self._add(text, offset, name)
                    name = []
        self._add(text, offset, name)

    def _add(self, text: str, offset: int, matches: list[re.Match[str]]) -> None:
        if not 2 <= len(matches) <= _LONGEST_NAME:  # noqa: PLR2004 - a full name has two words or more
            return
        words = tuple(match.group() for match in matches)
        last = words[-1][:-2] if words[-1].endswith(("'s", "’s")) else words[-1].rstrip(".")
        name = (*words[:-1], last)
        known = self._by_last.setdefault(last.lower(), [])
        if name not in known and len(known) < _MOST_NAMES:
            known.append(name)
            for word in name[:-1]:
                others = self._by_word.setdefault(word.lower(), [])
                if len(others) < _MOST_NAMES:
                    others.append(name)
        introduction = self.introductions.setdefault(" ".join(name), Introduction())
        end = offset + matches[-1].start() + len(last)
        _introduce(introduction, text, offset + matches[0].start(), end)

    def fullest(self, name: str) -> str:
        """Return the fullest form in the article of a name or surname; the name itself if there is none fuller."""
        words = [word for word in name.split() if word.lower().rstrip(".") not in TITLES]
        if not words:
            return name
        last = words[-1].lower()
        given = {word.lower() for word in words}
        fitting = [full for full in self._by_last.get(last, []) if given <= {word.lower() for word in full}]
        if not fitting:
            fitting = [full for full in self._by_word.get(last, []) if given <= {word.lower() for word in full}]
        if not fitting:
            return " ".join(words)
        # Of two persons with one surname, the one whom the article names first.
        first = set(fitting[0])
        fuller = sorted((full for full in fitting if first <= set(full)), key=_word_count)
        return " ".join(fuller[-1])

    def fullest_body(self, name: str) -> str:
        """Return the first body of the article whose name holds all words of a shorter one; else the name itself."""
        given = name.lower().split()
        for body in self._bodies.get(given[-1], []):
            if set(given) < set(body.lower().split()):
                return body
        return name

    def with_role(self, head: str) -> str | None:
        """Return the first name that the article introduces with a role that has this word."""
        return self._by_role.get(head)


def _word_count(name: tuple[str, ...]) -> int:
    return len(name)


def _is_no_name(word: str) -> bool:
    lower = word.lower().rstrip(".")
    return lower in _NO_NAMES or is_country_word(word) or (len(lower) > 1 and word.isupper() and "." not in word)


def _introduce(introduction: Introduction, text: str, start: int, end: int) -> None:
    """Take role, body and country from what stands right before or after a name, and pronouns from what follows."""
    pronoun = _PRONOUN.search(text, end, end + _PRONOUN_WINDOW)
    if pronoun is not None:
        introduction.pronouns["male" if pronoun.group().lower() == "he" else "female"] += 1
    if introduction.role is not None:
        return
    before = text[max(0, start - _WINDOW) : start]
    breaks = [match.end() for match in _BREAK.finditer(before)]
    adjacent = before[breaks[-1] :] if breaks else before
    role = _role_before(adjacent)
    if role is None and not adjacent.strip() and before.rstrip().endswith(","):
        role = _role_before(before[breaks[-2] : breaks[-1] - 1] if len(breaks) > 1 else before[: breaks[-1] - 1])
    if role is None and text[end : end + 2] == ", ":
        after = text[end + 2 : end + 2 + _WINDOW]
        stop = _BREAK.search(after)
        description = after[: stop.start()] if stop else ""
        first = description.split(" ", 1)[0].lower()
        if (
            first in DETERMINERS
            or first.endswith(("'s", "’s"))
            or first in ROLE_NOUNS
            or is_role_noun(description.lower().rpartition(" ")[2])
            or is_country_word(description[:20].split(" ")[0])
        ):
            role = describe_role(re.split(r"\s(?:who|which|whose)\s", description)[0])
    if role is not None and role[0] is not None:
        introduction.role, introduction.affiliation, introduction.country = role


def _role_before(text: str) -> tuple[str | None, str | None, str | None] | None:
    """Read the role that ends a text: "... where the deputy trade minister"."""
    words = text.split()[-8:]
    if not words or len(words[-1]) < 2:  # noqa: PLR2004
        return None
    determiners = [index for index, word in enumerate(words) if word.lower() in DETERMINERS]
    phrase = " ".join(words[determiners[-1] :] if determiners else words)
    description = describe(phrase)
    if description.sort is not Sort.UNNAMED or description.role is None:
        return None
    return description.role, description.affiliation, description.country
