"""Role, organisation and country out of a description without a name."""

import re

from pipeline.extraction.countries import country_of, is_country_word
from pipeline.extraction.nouns import BODY_NOUNS, ROLE_MODIFIERS, is_role_noun
from pipeline.extraction.words import DETERMINERS, HONORIFICS, TITLES

_JOINT = re.compile(r"(?:^|\s)(?:and|but|or|while|by|from|with)\s")
MENTION_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_](?:[^\W_]|[-'’.&\u0300-\u036f](?=[^\W_]))*\.?")


def describe_role(text: str) -> tuple[str | None, str | None, str | None]:
    """Return role, affiliation and country of a description without a name: "Norway's deputy trade minister"."""
    text = _own_part(text.strip(" ,;:()"))
    head, link, tail = split_link(text)
    found = country_of(text)
    country = found[0] if found is not None and not (link in ("to", "in") and found[1] > len(head)) else None
    words, affiliation = _without_owner([match.group() for match in MENTION_WORD.finditer(head)])
    words = [word for index, word in enumerate(words) if not _is_nationality(words, index)]
    start = len(words)
    while start > 0 and _belongs_to_role(words, start - 1):
        start -= 1
    role_words, prefix = words[start:], words[:start]
    if not any(_is_office(word) for word in role_words):
        return None, affiliation, country
    if any(is_role_noun(word.lower()) for word in prefix):
        role_words, prefix = words, []
    if prefix:
        affiliation = " ".join(prefix)
    role = " ".join(role_words)
    if all(word.lower().rstrip(".") in HONORIFICS for word in role_words):
        return None, affiliation, country
    if tail:
        role, affiliation = _with_tail(role, link, tail, affiliation)
    return role, affiliation, country


def _own_part(text: str) -> str:
    """Leave out what the sentence joins before a description: "(stopped the) ship and French Prime Minister"."""
    for joint in reversed(list(_JOINT.finditer(text))):
        before, after = text[: joint.start()], text[joint.end() :]
        if not _names_office(before) and _names_office(after):
            return after
    return text


def _names_office(text: str) -> bool:
    return any(_is_office(match.group()) for match in MENTION_WORD.finditer(text))


def _without_owner(words: list[str]) -> tuple[list[str], str | None]:
    """Split "the port's new director" into what is left and a body that owns it; a person or country is no body."""
    while words and (words[0].lower() in DETERMINERS or words[0].lower() in ("then", "now")):
        words = words[1:]
    owners = [index for index, word in enumerate(words) if word.endswith(("'s", "’s"))]
    if not owners:
        return words, None
    owner = words[: owners[-1] + 1]
    name = " ".join(owner)[:-2]
    person = any(_is_office(word) for word in owner)
    return words[owners[-1] + 1 :], None if person or is_country_word(name) or not name[:1].isupper() else name


def _is_nationality(words: list[str], index: int) -> bool:
    """Whether a word is the country before a role: "senior US official", but not "Chinese Academy president"."""
    following = words[index + 1].lower() if index + 1 < len(words) else ""
    office = is_role_noun(following) or following in ROLE_MODIFIERS or following.rstrip(".") in TITLES
    return is_country_word(words[index]) and office


def _belongs_to_role(words: list[str], index: int) -> bool:
    lower = words[index].lower()
    inner = lower in ("and", "of") and index > 0
    common = not words[index][:1].isupper() and index < len(words) - 1
    return _is_office(words[index]) or lower in ROLE_MODIFIERS or inner or common


def _is_office(word: str) -> bool:
    return is_role_noun(word.lower()) or word.lower().rstrip(".") in TITLES


def split_link(text: str) -> tuple[str, str, str]:
    """Split a phrase at its first preposition or relative word: what stands before, that word, what follows."""
    match = re.search(r"\s(of|for|at|to|in|with|from|since|until|on|during|under|who|which|whose)\s", text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match.group(1), text[match.end() :]


def _with_tail(role: str, link: str, tail: str, affiliation: str | None) -> tuple[str, str | None]:
    bare = re.sub(r"^(?:the|a|an|its|his|her)\s+", "", tail.strip(), flags=re.IGNORECASE)
    if link in ("since", "until", "on", "during", "under", "who", "which", "whose"):
        return role, affiliation
    if link in ("to", "in"):
        return f"{role} {link} {tail}", affiliation
    if link == "of" and bare == "State":
        return f"{role} of State", affiliation
    if link == "of" and bare[:1].islower() and not any(word.lower() in BODY_NOUNS for word in bare.split()):
        return f"{role} of {tail}", affiliation
    if is_country_word(bare):
        return role, affiliation
    return role, affiliation or bare
