"""Several statements of one sentence: a classifier reads of it only what reports the one in hand."""

from pipeline.extraction import extract


def read(text: str) -> list[str]:
    return [statement.model_text for statement in extract(text)]


def test_each_statement_of_a_sentence_is_read_with_its_own_verb_and_with_its_speaker() -> None:
    text = "Venn rejected the report, warned of a famine and urged both sides to wait, adding that nobody would win."
    assert read(text) == [
        "Venn rejected the report",
        "Venn warned of a famine",
        "Venn urged both sides to wait",
        "Venn, adding that nobody would win.",
    ]


def test_a_second_speaker_is_not_given_the_first_ones_words() -> None:
    text = "The army denied the raid, while its commander, Aud Venn, vowed that the port would burn."
    assert read(text) == ["The army denied the raid", "its commander, Aud Venn, vowed that the port would burn."]


def test_a_reporting_clause_after_the_words_belongs_to_them() -> None:
    text = "The quay was shut, Venn said, and Holm warned that the fleet would leave."
    assert read(text) == ["The quay was shut, Venn said", "Holm warned that the fleet would leave."]


def test_a_sentence_with_one_statement_is_read_whole() -> None:
    text = "On Monday, with the cranes idle, Venn warned of a famine."
    assert read(text) == [text]


def test_a_quotation_is_read_alone_whatever_else_the_sentence_reports() -> None:
    text = "“We will wait,” Venn said, and Holm warned that the fleet would leave."
    assert read(text) == ["We will wait,", "Holm warned that the fleet would leave."]


def test_a_quotation_announced_by_a_sentence_is_no_part_of_it() -> None:
    text = "Venn warned of a famine:\n\n“The quay is shut, and it stays shut.”"
    assert read(text) == ["Venn warned of a famine:", "The quay is shut, and it stays shut."]
