"""Who speaks: the mention beside the cue and whoever stands behind it."""

import pytest

from pipeline.extraction import extract
from pipeline.records import Statement


def last(text: str) -> Statement:
    return extract(text)[-1]


def test_a_surname_finds_the_full_name() -> None:
    statement = last("Foreign Minister Ardal Venn arrived on Monday. Venn said the quay was shut.")
    assert (statement.speaker, statement.speaker_name) == ("Venn", "Ardal Venn")


def test_the_full_name_may_come_later() -> None:
    assert last("Venn arrived. The aide of Ardal Venn left. Venn said the quay was shut.").speaker_name == "Ardal Venn"


def test_a_pronoun_stands_for_the_last_speaker() -> None:
    text = "“The quay is shut,” said Ardal Venn, the mayor. He called on crews to wait. He added that ice was near."
    assert [statement.speaker_name for statement in extract(text)] == ["Ardal Venn"] * 3


def test_she_is_not_the_spokesman() -> None:
    text = (
        "Spokeswoman Mira Sund said the quay was shut. Spokesman Ardal Venn denied the report. "
        "She said the fleet was gone."
    )
    assert last(text).speaker_name == "Mira Sund"


def test_a_pronoun_stands_for_an_unnamed_official_rather_than_for_a_name_further_off() -> None:
    text = (
        "Ardal Venn said the quay was shut. A senior Norwegian official was calm about Venn’s suggestion that war "
        "was near. “We do not answer noise,” he said."
    )
    statement = last(text)
    assert (statement.speaker, statement.speaker_name) == ("he", None)
    assert (statement.role, statement.country) == ("senior official", "Norway")


@pytest.mark.parametrize(
    "mention", ["A senior official", "Two diplomats", "An official who spoke on condition of anonymity", "Officials"]
)
def test_unnamed_officials_have_a_mention_and_no_name(mention: str) -> None:
    statement = last(f"{mention} said the quay was shut.")
    assert statement.speaker is not None
    assert mention.startswith(statement.speaker)
    assert statement.speaker_name is None


@pytest.mark.parametrize(
    ("mention", "name", "country"),
    [
        ("The Kremlin", "Kremlin", None),
        ("The Foreign Ministry", "Foreign Ministry", None),
        ("Norway’s Foreign Ministry", "Foreign Ministry", "Norway"),
        ("Moscow", "Moscow", "Russia"),
        ("Norway", "Norway", "Norway"),
        ("The US government", "US government", "United States"),
        ("NATO", "NATO", None),
    ],
)
def test_bodies(mention: str, name: str, country: str | None) -> None:
    statement = last(f"{mention} said the quay was shut.")
    assert (statement.speaker, statement.speaker_name, statement.country) == (mention, name, country)


@pytest.mark.parametrize(
    ("opening", "role", "affiliation", "country"),
    [
        ("Kremlin spokesman Ardal Venn", "spokesman", "Kremlin", None),
        ("Polish Foreign Minister Ardal Venn", "Foreign Minister", None, "Poland"),
        ("Ardal Venn, Ghana’s foreign minister,", "foreign minister", None, "Ghana"),
        ("Ardal Venn, a spokesman for the Moroccan government,", "spokesman", "Moroccan government", "Morocco"),
        ("Ardal Venn, the deputy minister,", "deputy minister", None, None),
        ("Chile’s labour minister, Ardal Venn,", "labour minister", None, "Chile"),
        ("The foreign minister of Norway, Ardal Venn,", "foreign minister", None, "Norway"),
        ("The first witness, a retired clerk named Ardal Venn,", "first witness", None, None),
        ("Ardal Venn, who chairs the council,", None, None, None),
        ("Ardal Venn, 52, of Oslo,", None, None, None),
        ("Ardal Venn", None, None, None),
    ],
)
def test_roles_on_either_side_of_the_name(
    opening: str, role: str | None, affiliation: str | None, country: str | None
) -> None:
    statement = last(f"{opening} said that the quay was shut.")
    assert (statement.speaker, statement.speaker_name) == ("Ardal Venn", "Ardal Venn")
    assert (statement.role, statement.affiliation, statement.country) == (role, affiliation, country)


def test_the_role_of_the_first_mention_stays_with_the_name() -> None:
    statement = last("Kremlin spokesman Ardal Venn warned of a rupture. It snowed. Venn said the quay was shut.")
    assert (statement.role, statement.affiliation) == ("spokesman", "Kremlin")


def test_a_definite_role_finds_its_bearer() -> None:
    text = (
        "The transport minister, Ardal Venn, walked the quay. The mayor, Mira Sund, stayed away. "
        "The minister said it was shut."
    )
    assert last(text).speaker_name == "Ardal Venn"


def test_its_minister_serves_the_country_of_the_sentence_before() -> None:
    text = "Sierra Leone broke ranks. Its foreign minister, Mira Sund, urged both sides to wait."
    assert (last(text).speaker_name, last(text).country) == ("Mira Sund", "Sierra Leone")


def test_a_shared_subject_speaks_for_both_verbs() -> None:
    text = "Ardal Venn rejected the report and urged both sides to wait."
    assert [statement.speaker for statement in extract(text)] == ["Ardal Venn", "Ardal Venn"]


def test_the_person_whom_an_adviser_serves_is_no_organisation() -> None:
    statement = last("US President Ardal Venn’s security adviser, Mira Sund, said on Monday that the quay was shut.")
    assert (statement.speaker_name, statement.role) == ("Mira Sund", "security adviser")
    assert (statement.affiliation, statement.country) == (None, "United States")


@pytest.mark.parametrize(
    ("opening", "name", "role"),
    [
        ("Defence Minister Israel Quast", "Israel Quast", "Defence Minister"),
        ("Victoria Arnholt, the under-secretary,", "Victoria Arnholt", "under-secretary"),
        ("Mayor Pedro Santiago", "Pedro Santiago", "Mayor"),
    ],
)
def test_a_person_may_be_called_like_a_country_or_a_capital(opening: str, name: str, role: str) -> None:
    text = f"{opening} said the quay was shut. {name.rpartition(' ')[2]} warned of a famine."
    assert [(one.speaker_name, one.role) for one in extract(text)] == [(name, role)] * 2


@pytest.mark.parametrize("name", ["Israel", "Jordan", "Georgia", "Victoria"])
def test_a_country_or_capital_alone_is_a_body(name: str) -> None:
    statement = last(f"{name} said the quay was shut.")
    assert statement.country is not None


def test_a_spokesperson_may_be_a_woman() -> None:
    assert last("Spokesperson Mira Sund said no. She warned of a famine.").speaker_name == "Mira Sund"


@pytest.mark.parametrize(
    ("text", "role", "affiliation", "country"),
    [
        ("U.S. Secretary of State Ardal Venn warned of a famine.", "Secretary of State", None, "United States"),
        ("The fleet left “at noon” and Turkish President Ardal Venn offered to mediate.", "President", None, "Turkey"),
        (
            "The port held the ship and French Prime Minister Ardal Venn said it was over.",
            "Prime Minister",
            None,
            "France",
        ),
        (
            "Foreign Minister and council chair Ardal Venn said it was over.",
            "Foreign Minister and council chair",
            None,
            None,
        ),
        ("Dr. Ardal Venn said it was over.", None, None, None),
    ],
)
def test_a_role_is_only_what_belongs_to_the_name(
    text: str, role: str | None, affiliation: str | None, country: str | None
) -> None:
    statement = last(text)
    assert statement.speaker_name == "Ardal Venn"
    assert (statement.role, statement.affiliation, statement.country) == (role, affiliation, country)


def test_an_honorific_in_a_transcript_is_no_role() -> None:
    text = (
        "Mira Sund, Department Spokesperson\n\nMS. SUND: The quay is shut. Good morning.\n\nQ: Since when?\n\n"
        "MS. SUND: Since Monday at noon.\n\nQ: By whom?\n\nMS. SUND: By the council of the port.\n"
    )
    assert {(one.speaker_name, one.role) for one in extract(text)} == {("Mira Sund", "Spokesperson")}
