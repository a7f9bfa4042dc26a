"""Labelling functions read like the codebook: what each cue hears, and what it must not be fooled by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.cues import FUNCTIONS
from pipeline.labelling.functions import firings
from pipeline.stance import STANCES, Stance

BY_NAME = {function.name: function for function in FUNCTIONS}

HEARS = {
    "threatened_to": "The Corlund cabinet threatened to close the canal by Friday.",
    "warned_not_to": "The admiral warned the Dovar fleet not to enter the bay.",
    "pay_the_price": "Those who ordered the raid will pay a heavy price.",
    "veiled": "Arvenia reserves the right to answer in kind.",
    "will_be_harmed": "Any trawler inside the line will be boarded.",
    "we_will_harm": "If they close the gate, we'll shut the pipeline.",
    "said_it_would_harm": "The ministry said it would expel every attaché of Bresk.",
    "whoever_will": "Whoever shelters the deserters will face a tribunal.",
    "they_will_find_out": "They will soon find out what our answer is.",
    "more_sanctions": "The Union will impose a second round of sanctions on Gorath.",
    "denied": "The Estmark foreign ministry denied that its drones had crossed the river.",
    "rejected_a_claim": "The governor dismissed the report of a secret camp.",
    "called_false": "That account is completely invented.",
    "not_true": "It is simply not true that we hold any of their sailors.",
    "no_such_thing": "There are no such troops in Hallenby.",
    "we_never_did": "We have never asked for a base on that island.",
    "contrary_to": "Contrary to reports in Bresk, the bridge stayed open.",
    "urged_calm": "The envoy called for restraint on the border.",
    "urged_both_sides": "We ask both armies to step away from the wells.",
    "ready_to_talk": "Our delegation is ready for talks without conditions.",
    "back_to_the_table": "Let us sit down again before the harvest.",
    "hold_fire": "Their commanders and ours have agreed to a truce over the holiday.",
    "release": "On Sunday we will release the captured sailors.",
    "pull_back": "The marshal said his guns were moving; the troops will pull back tonight.",
    "lift_measures": "Arvenia will lift the ban on Bresk's apples.",
    "no_war_wanted": "We do not want a war with our neighbour.",
    "lower_the_temperature": "Everything must be done to reduce tensions in the strait.",
    "danger_named": "The agency warned of a famine in the hills.",
    "likely_to": "The northern dam is likely to fail this week.",
    "trouble_ahead": "Without vaccines the fever could spread to the port.",
    "afraid_that": "We fear the worst for the island villages.",
    "hazard_ahead": "By March there will be a famine in the eastern valleys.",
    "running_out": "The clinic has three days of oxygen.",
    "no_comment": "The spokesman declined to comment.",
    "condemned": "The assembly condemned the attack on the ferry.",
    "thanked_or_mourned": "I thank the crews who worked through the night.",
    "refused": "Gorath refused to sign the water accord.",
    "opinion": "In our view the fair was a success.",
    "demanded": "The auditors must be given every ledger.",
    "already_done": "Bresk has recalled its ambassador.",
}

PASSES_OVER = [
    ("threatened_to", "Police said the man threatened them with a knife."),
    ("warned_not_to", "The institute warned bathers not to swim near the outlet."),
    ("veiled", "Every option was discussed, and none was chosen."),
    ("will_be_harmed", "Nobody will be arrested for coming home."),
    ("will_be_harmed", "The strikers will not be dismissed."),
    ("we_will_harm", "We will not close the crossing."),
    ("said_it_would_harm", "The ministry said it would not expel anybody."),
    ("more_sanctions", "The Union will lift the sanctions on Gorath in May."),
    ("denied", "The spokeswoman would neither confirm nor deny the meeting."),
    ("denied", "Bresk denied the convoy access to the camp."),
    ("called_false", "It was a false alarm."),
    ("no_such_thing", "There was no progress in the talks."),
    ("we_never_did", "We will never forget the people of Dovar."),
    ("hold_fire", "He refused to agree to a truce."),
    ("ready_to_talk", "They are not ready for talks."),
    ("back_to_the_table", "Come back to the table or face our guns."),
    ("release", "The tribunal refused to release the sailors."),
    ("no_war_wanted", "We do not want a war, but we will strike back if attacked."),
    ("danger_named", "The early warning of the storm saved lives."),
    ("trouble_ahead", "We will break the blockade and many ships could sink."),
    ("hazard_ahead", "We will see to it that there will be a famine in their camp."),
    ("condemned", "We condemn the raid and will answer it."),
    ("demanded", "They must leave by noon or we will open fire."),
    ("already_done", "Bresk has not recalled its ambassador."),
]


def test_every_function_has_an_example() -> None:
    assert set(HEARS) == set(BY_NAME)


def test_names_are_unique_and_every_stance_has_a_voice() -> None:
    assert len(BY_NAME) == len(FUNCTIONS)
    assert {function.stance for function in FUNCTIONS} == set(STANCES)


@pytest.mark.parametrize(("name", "text"), sorted(HEARS.items()))
def test_hears(name: str, text: str) -> None:
    assert BY_NAME[name].fires(text)


@pytest.mark.parametrize(("name", "text"), PASSES_OVER)
def test_passes_over(name: str, text: str) -> None:
    assert not BY_NAME[name].fires(text)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry denied that any patrol had crossed the ridge.", Stance.DENIAL),
        ("The general warned the rebels not to come near the airfield.", Stance.THREAT),
        ("The relief agency warned of a cholera outbreak before winter.", Stance.WARNING),
        ("The mediator urged both sides to show restraint.", Stance.DE_ESCALATION),
        ("He declined to say who had signed the letter.", Stance.OTHER),
    ],
)
def test_only_the_right_stance_speaks(text: str, stance: Stance) -> None:
    assert {function.stance for function in FUNCTIONS if function.fires(text)} == {stance}


@given(st.sampled_from(FUNCTIONS), st.text())
def test_any_text_gets_a_vote_or_none(function: object, text: str) -> None:
    assert function.fires(text) in (True, False)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "text"), sorted(HEARS.items()))
def test_case_spacing_and_curly_marks_do_not_matter(name: str, text: str) -> None:
    assert BY_NAME[name].fires(text.upper().replace("'", "’").replace(" ", "\n  "))


def test_firings_is_a_matrix_of_texts_and_functions() -> None:
    texts = list(HEARS.values())
    matrix = firings(texts, FUNCTIONS)
    assert matrix.shape == (len(texts), len(FUNCTIONS))
    for row, text in enumerate(texts):
        assert matrix[row].tolist() == [function.fires(text) for function in FUNCTIONS]
    assert firings([], FUNCTIONS).shape == (0, len(FUNCTIONS))


def test_repetition_in_cues_is_bounded() -> None:
    for function in FUNCTIONS:
        for pattern in (*function.cues, *function.unless):
            assert not re.search(r"(?<!\\)[*+]|\{\d+,\}", pattern), (function.name, pattern)


@pytest.mark.parametrize("piece", ["we will ", "warned a ", "not ", "a", "there was no, ", "'s going to "])
def test_long_texts_of_half_made_cues_come_to_an_end(piece: str) -> None:
    assert firings([piece * 5000], FUNCTIONS).shape == (1, len(FUNCTIONS))
