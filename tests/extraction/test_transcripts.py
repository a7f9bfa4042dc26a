"""Briefings: turns of officials are speech, questions are not."""

from pipeline.extraction import extract
from pipeline.records import Kind

BRIEFING = """Weekly briefing

Spokesman Ardal Venn was joined by Mira Sund, the ministry's director for the islands.

MR. VENN: Good morning. The quay is shut. It opens on Friday. The cranes stay.

Q: Who shut it?

MS. SUND: We did.

But let me be candid. The ice is early.

Q: And the fleet?

MR. VENN: It left at dawn. (Laughter.) Thank you.
"""


def test_turns_are_speech_in_groups_of_three_sentences() -> None:
    statements = extract(BRIEFING)
    assert {statement.kind for statement in statements} == {Kind.SPEECH}
    assert [statement.text for statement in statements[:2]] == [
        "Good morning. The quay is shut. It opens on Friday.",
        "The cranes stay.",
    ]
    assert [statement.speaker_name for statement in statements] == [
        "Ardal Venn", "Ardal Venn", "Mira Sund", "Mira Sund", "Ardal Venn",
    ]  # fmt: skip
    assert (statements[0].speaker, statements[0].role) == ("MR. VENN", "Spokesman")


def test_questions_and_directions_are_left_out() -> None:
    texts = " ".join(statement.text for statement in extract(BRIEFING))
    assert "Who shut it" not in texts
    assert "And the fleet" not in texts


def test_whoever_only_asks_is_the_press() -> None:
    text = (
        "Venn: The quay is shut.\nHarbour Post: Who shut it?\nVenn: We did so.\n"
        "Harbour Post: For how long?\nVenn: Until Friday at noon.\n"
    )
    assert [statement.text for statement in extract(text)] == [
        "The quay is shut.", "We did so.", "Until Friday at noon.",
    ]  # fmt: skip


def test_a_single_colon_makes_no_transcript() -> None:
    assert extract("Note: The quay is shut.\n\nIt was cold. The crews waited.\n\nThe ice came early.\n") == []


def test_junk_between_the_turns_is_nobodys_speech() -> None:
    junk = "Also read: Ferry line cuts its winter service\n\nShare this article\n\nPhoto: Lena Orsa/Pool\n\n"
    with_junk = BRIEFING.replace("Q: And the fleet?", junk + "Q: And the fleet?")
    assert [one.text for one in extract(with_junk)] == [one.text for one in extract(BRIEFING)]
