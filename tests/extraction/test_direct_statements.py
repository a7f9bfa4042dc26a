"""Direct and mixed statements: spans, joins and what is left out."""

import pytest

from pipeline.extraction import extract
from pipeline.records import Kind, Statement


def parts(statement: Statement, text: str) -> list[str]:
    return [text[start:end] for start, end in statement.spans]


def only(text: str) -> Statement:
    (statement,) = extract(text)
    return statement


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("“The quay is shut for good,” Ardal Venn said.", "said", "Ardal Venn"),
        ("“The quay is shut for good,” said Ardal Venn.", "said", "Ardal Venn"),
        ("“The quay is shut for good,” said Ardal Venn, the mayor of the town.", "said", "Ardal Venn"),
        ("Ardal Venn said: “The quay is shut for good.”", "said", "Ardal Venn"),
        ("Ardal Venn said on Thursday: “The quay is shut for good.”", "said", "Ardal Venn"),
        ("Ardal Venn said in his opening speech: “The quay is shut for good.”", "said", "Ardal Venn"),
        ("Ardal Venn told reporters in Oslo, “The quay is shut for good.”", "told", "Ardal Venn"),
        ("Ardal Venn wrote back, “The quay is shut for good.”", "wrote", "Ardal Venn"),
        ("Ardal Venn told the radio when asked about the ice: “The quay is shut for good.”", "told", "Ardal Venn"),
        ("“The quay is shut for good,” Ardal Venn told reporters as he left the port.", "told", "Ardal Venn"),
        ("“The quay is shut for good,” Ardal Venn said in a letter seen by the port.", "said", "Ardal Venn"),
        ("“The quay is shut for good,” Ardal Venn, the mayor, told reporters.", "told", "Ardal Venn"),
        ("“The quay is shut for good,” she laughed.", "laughed", "she"),
        ("“Is the quay shut for good?” Ardal Venn asked.", "asked", "Ardal Venn"),
        ("As Ardal Venn put it bluntly on Monday: “The quay is shut for good.”", None, "Ardal Venn"),
    ],
)
def test_reporting_clause_on_either_side(text: str, cue: str | None, speaker: str) -> None:
    statement = only(text)
    assert statement.kind is Kind.DIRECT
    assert statement.text.rstrip(",.?") == text[text.index("“") + 1 : text.index("”")].rstrip(",.?")
    assert (statement.cue, statement.speaker) == (cue, speaker)


def test_a_quote_split_by_its_reporting_clause_is_one_statement() -> None:
    text = "“We will,” Ardal Venn said, “answer every shell.”"
    statement = only(text)
    assert parts(statement, text) == ["We will,", "answer every shell."]
    assert statement.text == "We will,” Ardal Venn said, “answer every shell."
    assert statement.content == "We will, answer every shell."


def test_two_sentences_around_the_reporting_clause_are_one_statement() -> None:
    text = "“We shut the quay,” Ardal Venn said. “It stays shut.” The council meets on Friday."
    assert parts(only(text), text) == ["We shut the quay,", "It stays shut."]


def test_what_else_the_reporting_clause_tells_does_not_part_a_quote() -> None:
    text = "“We shut the quay,” Venn told them, adding that the ice was early. “It stays shut.”"
    quote, added = extract(text)
    assert parts(quote, text) == ["We shut the quay,", "It stays shut."]
    assert (added.cue, added.text) == ("adding", "that the ice was early")


def test_a_partial_quote_before_the_reporting_clause_goes_on_in_the_next_sentence() -> None:
    text = "The council “felt a duty” to shut the quay, Venn said. “It stays shut.”"
    statement = only(text)
    assert parts(statement, text) == ["The council “felt a duty” to shut the quay", "It stays shut."]
    assert (statement.kind, statement.model_text) == (Kind.MIXED, text)


def test_when_and_why_it_was_said_is_not_part_of_a_quoted_phrase() -> None:
    assert only("Venn called the raid “a farce and a shame” on Friday.").text == "the raid “a farce and a shame”"


def test_two_reporting_clauses_are_two_statements() -> None:
    text = "“We shut the quay,” Ardal Venn said. “It stays shut,” he added."
    assert [statement.cue for statement in extract(text)] == ["said", "added"]


def test_a_quotation_re_opened_at_each_paragraph_is_one_statement() -> None:
    text = "“We shut the quay last night.\n\n“It stays shut until the ice is gone,” Ardal Venn said.\n"
    statement = only(text)
    assert parts(statement, text) == ["We shut the quay last night.", "It stays shut until the ice is gone,"]
    assert statement.speaker_name == "Ardal Venn"


def test_a_paragraph_that_ends_in_a_colon_announces_the_next() -> None:
    text = "The mayor, Ardal Venn, continued:\n\n“The quay is shut, and it stays shut.”\n"
    statement = only(text)
    assert (statement.cue, statement.speaker_name) == ("continued", "Ardal Venn")


def test_a_bare_quotation_keeps_its_speaker_without_cue_or_mention() -> None:
    text = "Ardal Venn shut the quay on Monday. Venn said it would stay shut. “Nobody sails before the ice is gone.”"
    last = extract(text)[-1]
    assert (last.kind, last.cue, last.speaker, last.speaker_name) == (Kind.DIRECT, None, None, "Ardal Venn")


def test_a_partial_quote_makes_a_mixed_statement() -> None:
    text = "Ardal Venn warned that the quay would be “a graveyard by spring”."
    statement = only(text)
    assert statement.kind is Kind.MIXED
    assert statement.text == "that the quay would be “a graveyard by spring”"
    assert statement.model_text == text


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “net money” is paid in coins.",
        "The film “The Quiet Quay” opens on Friday.",
        "The “Spiegel” has a new office on the quay.",
    ],
)
def test_scare_quotes_and_titles_are_no_statements(text: str) -> None:
    assert extract(text) == []


def test_a_stray_closing_mark_neither_hides_nor_adds_a_statement() -> None:
    text = "Ardal Venn said: “The risk is high.” finally decided against the raid”. Venn called on Oslo to wait."
    first, second = extract(text)
    assert first.text == "The risk is high."
    assert (second.cue, second.text) == ("called on", "Oslo to wait")


def test_headings_captions_and_navigation_are_skipped() -> None:
    text = (
        "Mayor: “We have nowhere to sail”\n\n“We have nowhere to sail,” Ardal Venn said.\n\nalso read\n\n"
        "Ardal Venn at the quay last winter\n\nsource site"
    )
    assert [statement.cue for statement in extract(text)] == ["said"]


def test_a_live_blog_and_a_dateline_are_read_behind_their_head() -> None:
    first, second = extract(
        "OSLO, Norway, May 3 (Harbour Press) - The port said the quay was shut.\n\n14:05 - Venn said it would open."
    )
    assert first.speaker == "The port"
    assert second.speaker == "Venn"
