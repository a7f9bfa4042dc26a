"""From mentions to speakers, in reading order: pronouns, surnames and definite roles to the fullest name."""

from dataclasses import dataclass, replace

from pipeline.extraction.countries import country_of, is_personal_name_too
from pipeline.extraction.descriptions import Description, Sort, describe
from pipeline.extraction.names import NameIndex
from pipeline.extraction.nouns import BODY_NOUNS
from pipeline.extraction.roles import describe_role
from pipeline.extraction.words import FEMALE, MALE, PLURAL

_FEMALE_ENDINGS = ("woman", "women", "mother", "sister", "daughter", "wife")
_FEMALE_ROLES = frozenset({"girl", "queen", "princess", "actress", "duchess"})
_MALE_ENDINGS = ("man", "father", "brother", "husband")
_MALE_ROLES = frozenset({"son", "grandson", "boy", "king", "prince", "duke"})
_REMEMBERED = 40  # speakers looked back over for a pronoun or role


@dataclass(slots=True)
class Speaker:
    """Somebody who speaks in the article; ``name`` is None for those whom it does not name."""

    sort: Sort
    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention and who stands behind it."""

    mention: str
    speaker: Speaker


class Resolver:
    """Remembers who was spoken of; feed it mentions in reading order."""

    def __init__(self, text: str) -> None:
        self._names = NameIndex(text)
        self._known: dict[str, Speaker] = {}
        self._recent: list[Speaker] = []  # latest last
        self._country: str | None = None  # latest country that a sentence was about

    def resolve(self, mention: str, apposition: str | None = None) -> Resolved:
        """Return who a mention stands for and the mention without title or role."""
        mention = mention.removesuffix("'s").removesuffix("’s")
        description = describe(mention)
        if is_personal_name_too(mention) and self._names.fullest(mention).endswith(f" {mention}"):
            description = Description(Sort.PERSON, mention)  # "Santiago", after "Mayor Pedro Santiago"
        if apposition is not None:
            description, mention = self._with_apposition(description, mention, apposition)
        if description.sort is Sort.PRONOUN:
            speaker = self._pronoun(mention.lower())
        elif description.sort is Sort.PERSON:
            speaker = self._person(description)
            if description.name_span is not None:
                mention = mention[slice(*description.name_span)]
        elif description.sort is Sort.BODY:
            speaker = self._body(description)
        else:
            speaker = self._unnamed(description, mention)
        self._note(speaker, mention)
        return Resolved(mention, speaker)

    def notice(self, mention: str, apposition: str | None = None) -> None:
        """Remember the subject of a sentence without a cue, if it is a person or a body that could speak."""
        description = describe(mention)
        if apposition is not None:
            description, mention = self._with_apposition(description, mention, apposition)
        if description.sort is Sort.PERSON and description.name is not None:
            full = self._names.fullest(description.name)
            if full in self._known or description.role is not None or len(full.split()) > 1:
                self._note(self._person(description), mention)
        elif description.sort is Sort.UNNAMED and description.role is not None:
            self._note(self._unnamed(description, mention), mention)
        elif description.sort is Sort.BODY and description.country is not None:
            self._note(self._body(description), mention)
        found = country_of(mention)
        if found is not None:
            self._country = found[0]

    def last_person(self) -> Speaker | None:
        """Return the person who was spoken of last."""
        return next((speaker for speaker in reversed(self._recent) if speaker.sort is not Sort.BODY), None)

    def _with_apposition(self, description: Description, mention: str, apposition: str) -> tuple[Description, str]:
        other = describe(apposition)
        if description.sort is not Sort.PERSON and other.sort is Sort.PERSON:
            role, affiliation, country = describe_role(mention)
            return (
                replace(
                    other,
                    role=role or other.role,
                    affiliation=affiliation or other.affiliation,
                    country=self._owner(mention) or country or other.country,
                ),
                apposition,
            )
        role, affiliation, country = describe_role(apposition)
        if role is None:
            return description, mention
        return (
            replace(
                description,
                role=description.role or role,
                affiliation=description.affiliation or affiliation,
                country=description.country or self._owner(apposition) or country,
            ),
            mention,
        )

    def _owner(self, text: str) -> str | None:
        """Return the country behind "its foreign minister"."""
        return self._country if text.lower().startswith(("its ", "the country's ", "the country’s ")) else None

    def _person(self, description: Description) -> Speaker:
        full = self._names.fullest(description.name or "")
        speaker = self._known.setdefault(full, self._introduced(full))
        speaker.role = speaker.role or description.role
        speaker.affiliation = speaker.affiliation or description.affiliation
        speaker.country = speaker.country or description.country
        speaker.gender = speaker.gender or _gender_of(description.role)
        return speaker

    def _introduced(self, name: str) -> Speaker:
        """Return a speaker with what the article says where it introduces the name."""
        said = self._names.introductions.get(name)
        if said is None:
            return Speaker(Sort.PERSON, name)
        gender = _gender_of(said.role) or said.gender
        return Speaker(Sort.PERSON, name, said.role, said.affiliation, said.country, gender)

    def _body(self, description: Description) -> Speaker:
        name = description.name
        if name is None:
            return Speaker(Sort.BODY, None, country=description.country)
        words = name.split()
        if words[-1].lower() in BODY_NOUNS:
            given = {word.lower() for word in words}
            for speaker in reversed(self._recent):
                if speaker.sort is Sort.BODY and speaker.name and given < set(speaker.name.lower().split()):
                    return speaker
            name = self._names.fullest_body(name)
        if len(words) == 1 and words[0].lower() in BODY_NOUNS:
            for speaker in reversed(self._recent):
                if speaker.sort is Sort.BODY and speaker.name and speaker.name.lower().split()[-1] == words[0].lower():
                    return speaker
        speaker = self._known.setdefault(
            name, Speaker(Sort.BODY, name, None, description.affiliation and name, description.country)
        )
        speaker.country = speaker.country or description.country
        return speaker

    def _unnamed(self, description: Description, mention: str) -> Speaker:
        head = (description.role or "").lower().split()
        if description.definite and head:
            for speaker in reversed(self._recent):
                if (
                    speaker.role is not None
                    and head[-1] in speaker.role.lower().split()
                    and _fits_gender(speaker, head[-1])
                ):
                    return speaker
            name = self._names.with_role(head[-1])
            if name is not None:
                return self._known.setdefault(name, self._introduced(name))
        country = description.country or self._owner(mention)
        return Speaker(
            Sort.UNNAMED, None, description.role, description.affiliation, country, _gender_of(description.role)
        )

    def _pronoun(self, pronoun: str) -> Speaker:
        if pronoun in MALE | FEMALE:
            gender = "male" if pronoun in MALE else "female"
            for speaker in reversed(self._recent):
                if speaker.sort is not Sort.BODY and speaker.gender in (None, gender):
                    speaker.gender = gender
                    return speaker
        elif pronoun == "it":
            for speaker in reversed(self._recent):
                if speaker.sort is Sort.BODY:
                    return speaker
        elif pronoun in PLURAL and self._recent:
            return self._recent[-1]
        return Speaker(Sort.UNNAMED)

    def _note(self, speaker: Speaker, mention: str) -> None:
        if not self._recent or self._recent[-1] is not speaker:
            self._recent.append(speaker)
            del self._recent[:-_REMEMBERED]
        if speaker.sort is Sort.BODY:
            found = country_of(mention)
            self._country = speaker.country or (found[0] if found else self._country)


def _gender_of(role: str | None) -> str | None:
    last = ((role or "").lower().split() or [""])[-1]
    if last in _FEMALE_ROLES or last.endswith(_FEMALE_ENDINGS):
        return "female"
    return "male" if last in _MALE_ROLES or last.endswith(_MALE_ENDINGS) else None


def _fits_gender(speaker: Speaker, word: str) -> bool:
    gender = _gender_of(word)
    return gender is None or speaker.gender in (None, gender)
