"""Country names, nationality words and capitals, from the countryinfo package (MIT), not from a list of our own."""

import re
from functools import cache

from pipeline.extraction.words import word_set

# What countryinfo lacks or spells in a way that news text does not: other adjectives in use, and its older names.
_FURTHER_ADJECTIVES = {
    "argentine": "Argentina",
    "britain": "United Kingdom",
    "briton": "United Kingdom",
    "congolese": "Democratic Republic of the Congo",
    "dominican": "Dominican Republic",
    "ecuadorian": "Ecuador",
    "finn": "Finland",
    "icelandic": "Iceland",
    "kazakh": "Kazakhstan",
    "kiev": "Ukraine",
    "kyrgyz": "Kyrgyzstan",
    "liechtenstein": "Liechtenstein",
    "maldivian": "Maldives",
    "nepali": "Nepal",
    "philippine": "Philippines",
    "saudi": "Saudi Arabia",
    "slovenian": "Slovenia",
    "swede": "Sweden",
    "tajik": "Tajikistan",
    "uzbek": "Uzbekistan",
    "washington": "United States",
    "america": "United States",
    "türkiye": "Turkey",
    "north macedonian": "North Macedonia",
    "the hague": "Netherlands",
}
_OLD_NAMES = {"Republic of Macedonia": "North Macedonia", "Swaziland": "Eswatini", "Burma": "Myanmar"}
_LATE_NAMES = {"eswatini": "Eswatini", "north macedonia": "North Macedonia"}
# Words that are also a name, a language or a common noun, or whose entry belongs to a dependency.
_SKIPPED_ENTRIES = frozenset({
    "British Indian Ocean Territory", "French Southern and Antarctic Lands", "Martinique", "Mayotte", "Réunion",
    "Saint Pierre and Miquelon", "Svalbard and Jan Mayen", "Northern Mariana Islands", "Serbia and Montenegro",
    "Antilles néerlandaises", "Holy See (Vatican City State)", "Palestine, State of", "Hong Kong", "Macau", "Jersey",
    "United States Minor Outlying Islands", "Republic of the Congo", "Dominica", "Guernsey", "Norfolk Island",
})  # fmt: skip
# Countries and capitals that are given names or surnames as well: "Israel" in "Defence Minister Israel Katz".
_PERSONAL_NAMES = word_set(
    """
    israel jordan chad georgia victoria santiago sofia paris london hamilton douglas stanley kingston holland
    ireland france lima vienna valletta
    """
)
_SHORTEST_NAME = 4
_CODES = frozenset({"US", "USA", "UK", "UAE", "DRC"})
_PARTS = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_LONGEST_NAME = 5  # words


@cache
def _names() -> dict[str, str]:
    """Return lower-case names, adjectives and capitals with the common English name of their country."""
    from countryinfo import all_countries

    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for country in all_countries():
        name = country.name()
        if name in _SKIPPED_ENTRIES:
            continue
        common = _OLD_NAMES.get(name, name.removeprefix("The "))
        names.setdefault(common.lower(), common)
        for other in country.alt_spellings():
            if other in _CODES or (len(other) >= _SHORTEST_NAME and other.isascii() and other != "Island"):
                names.setdefault(other.strip().lower(), common)
        for adjective in (country.demonym() or "").replace("/", ",").split(","):
            if adjective.strip():
                names.setdefault(adjective.strip().lower(), common)
        capital = country.capital()
        if isinstance(capital, str) and len(capital) >= _SHORTEST_NAME:
            capitals.setdefault(capital.lower(), common)
    names |= _FURTHER_ADJECTIVES | _LATE_NAMES
    for capital, common in capitals.items():
        names.setdefault(capital, common)
    return names


def country_of(phrase: str) -> tuple[str, int, int] | None:
    """Find the first country in a phrase by its name, nationality or capital.

    Return the country's common English name and where its words stand in the phrase.
    """
    words = [(match.start(), match.end()) for match in _PARTS.finditer(phrase)]
    names = _names()
    for index, (start, _) in enumerate(words):
        if not phrase[start].isupper():
            continue
        for size in range(min(_LONGEST_NAME, len(words) - index), 0, -1):
            end = words[index + size - 1][1]
            found = names.get(_plain(phrase[start:end]))
            if found is not None:
                return found, start, end
    return None


def is_country_word(word: str) -> bool:
    """Whether a word or name on its own stands for a country, its people or its capital."""
    return word[:1].isupper() and _plain(word) in _names()


def is_personal_name_too(word: str) -> bool:
    """Whether a country's or capital's name is a given name or surname as well."""
    return word.lower() in _PERSONAL_NAMES


def _plain(name: str) -> str:
    lower = name.lower().replace("’", "'")
    if lower.endswith("'s"):
        lower = lower[:-2]
    elif lower.endswith("'"):
        lower = lower[:-1]
    return lower.replace(".", "") if len(lower) <= 6 else lower.removesuffix(".")  # noqa: PLR2004 - "u.s.a."
