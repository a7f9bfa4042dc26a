"""Reported statements: which clause is what was said."""

import pytest

from pipeline.extraction import extract
from pipeline.records import Kind


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Venn said that the quay was shut.", "said", "that the quay was shut"),
        ("Venn said the quay was shut.", "said", "the quay was shut"),
        ("Venn said on Monday that the quay was shut.", "said", "that the quay was shut"),
        ("Venn told the council that the quay was shut.", "told", "that the quay was shut"),
        ("Venn told reporters he would shut the quay.", "told", "he would shut the quay"),
        ("Venn warned of a famine by March.", "warned", "of a famine by March"),
        ("Venn called on both armies to hold their fire.", "called on", "both armies to hold their fire"),
        ("Venn urged both sides to wait.", "urged", "both sides to wait"),
        ("Venn denied any part in the raid.", "denied", "any part in the raid"),
        ("Venn threatened to cut the gas.", "threatened", "to cut the gas"),
        ("Venn ruled out talks before spring.", "ruled out", "talks before spring"),
        ("Venn condemned the raid as cowardly.", "condemned", "the raid as cowardly"),
        ("Venn has demanded that the fleet leave.", "demanded", "that the fleet leave"),
        ("Venn is demanding guarantees for the fleet.", "demanding", "guarantees for the fleet"),
        ("The quay was shut, Venn said.", "said", "The quay was shut"),
        ("The quay was shut, Venn said in an interview with the Oslo radio on Monday.", "said", "The quay was shut"),
        ("The quay was shut, said Venn.", "said", "The quay was shut"),
        ("According to the port, the quay is shut.", "According to", "the quay is shut"),
        ("The quay is shut, according to the port, leaving crews ashore.", "according to", "The quay is shut"),
        ("But he added, without looking up, that the quay was shut.", "added", "that the quay was shut"),
        ("He's warned that the quay will be shut.", "warned", "that the quay will be shut"),
        ("As Venn reported to the council, the quay is shut.", "reported", "the quay is shut"),
        ("Norway’s call for a truce was heard.", "call", "for a truce"),
        ("On Monday, she warned, the quay would be shut.", "warned", "the quay would be shut"),
        ("When Venn said that the quay was shut, the crews went home.", "said", "that the quay was shut"),
    ],
)
def test_cue_and_content(text: str, cue: str, content: str) -> None:
    (statement,) = extract(text)
    assert (statement.kind, statement.cue, statement.text) == (Kind.REPORTED, cue, content)


def test_a_reporting_clause_in_the_middle_leaves_two_spans() -> None:
    text = "His government, Venn said in an address, was ready to talk."
    (statement,) = extract(text)
    assert [text[start:end] for start, end in statement.spans] == ["His government", "was ready to talk"]


@pytest.mark.parametrize(
    ("text", "spans", "kind"),
    [
        (
            "In a long siege, she warned, the port would starve.",
            ["In a long siege", "the port would starve"],
            Kind.REPORTED,
        ),
        (
            "In a long siege, she warned, “the port would starve by March.”",
            ["In a long siege", "the port would starve by March."],
            Kind.MIXED,
        ),
        ("In an interview, she warned, “Nobody will be spared by it.”", ["Nobody will be spared by it."], Kind.DIRECT),
    ],
)
def test_words_before_the_reporting_clause_belong_to_what_is_said(text: str, spans: list[str], kind: Kind) -> None:
    (statement,) = extract(text)
    assert [text[start:end] for start, end in statement.spans] == spans
    assert statement.kind is kind


def test_one_statement_for_each_cue_of_a_sentence() -> None:
    text = "Venn rejected the report, warned of a famine and urged both sides to wait, adding that nobody would win."
    assert [(statement.cue, statement.text) for statement in extract(text)] == [
        ("rejected", "the report"),
        ("warned", "of a famine"),
        ("urged", "both sides to wait"),
        ("adding", "that nobody would win"),
    ]


def test_coordinated_clauses_under_one_cue_stay_together() -> None:
    (statement,) = extract("Venn said that the quay was shut and that the fleet was gone.")
    assert statement.text == "that the quay was shut and that the fleet was gone"


@pytest.mark.parametrize("contrast", [", but the cranes stand idle", ", while the crews wait", "; the crews wait"])
def test_a_contrast_of_the_reporter_is_not_part_of_what_was_said(contrast: str) -> None:
    (statement,) = extract(f"Venn denied any part in the raid{contrast}.")
    assert statement.text == "any part in the raid"


@pytest.mark.parametrize(
    "text",
    [
        "Venn did not say whether the quay was shut.",
        "Venn has not said when the quay will open.",
        "Venn declined to comment on the raid.",
        "Venn would say more on Friday.",
        "The raid was denounced by crews.",
        "Nobody knows the reports of last year.",
        "The proposed law is old.",
        "The claims of the fleet were paid.",
        "An officer asked not to be named.",
    ],
)
def test_negated_modal_passive_and_nominal_cues_say_nothing(text: str) -> None:
    assert extract(text) == []


def test_context_holds_the_reporting_clause_and_at_most_three_sentences() -> None:
    text = "The night was calm. “One. Two. Three. Four. Five,” Venn said. The day was not."
    (statement,) = extract(text)
    assert "Venn said" in statement.context
    assert "calm" not in statement.context
    assert statement.context in text


def test_the_title_of_a_paper_told_is_not_what_was_said() -> None:
    (statement,) = extract("As diplomats from two states reported to the “Harbour Post”, there is a fear of war.")
    assert (statement.kind, statement.text) == (Kind.REPORTED, "there is a fear of war")
