"""Annotations and functions -> one label with its confidence, second label and origin."""

import pytest

from pipeline.annotations import Annotation
from pipeline.labelling.aggregation import Labelling, Unit, label_units, unit_of_article, unit_of_corpus
from pipeline.labelling.functions import LabellingFunction
from pipeline.params import LabelParams
from pipeline.records import CorpusStatement, Kind, LabelledStatement, Origin, Statement
from pipeline.stance import Stance

LOUD = tuple(
    LabellingFunction(name=f"loud_{number}", stance=Stance.THREAT, rule="invented", cues=(r"\bdrum\b",))
    for number in range(8)
)
SOFT = (LabellingFunction(name="soft", stance=Stance.DENIAL, rule="invented", cues=(r"\bflute\b",)),)


def units(*texts: str) -> list[Unit]:
    return [Unit(id=f"u{number}", text=text, kind=Kind.DIRECT) for number, text in enumerate(texts)]


def reading(number: int, label: Stance, annotator: str = "first", second: Stance | None = None) -> Annotation:
    return Annotation(statement_id=f"u{number}", annotator=annotator, label=label, second_label=second)


def label(texts: list[str], readings: list[Annotation], config: LabelParams) -> Labelling:
    return label_units(units(*texts), readings, config, (*LOUD, *SOFT))


def one(texts: list[str], readings: list[Annotation], config: LabelParams) -> LabelledStatement:
    return label(texts, readings, config).statements[0]


def test_origin_says_whether_somebody_read_it(config: LabelParams) -> None:
    read, unread = label(["drum", "drum"], [reading(0, Stance.THREAT)], config).statements
    assert (read.origin, unread.origin) == (Origin.GOLD, Origin.WEAK)


def test_eight_functions_do_not_outvote_one_annotator(config: LabelParams) -> None:
    # They were right a hundred times before.
    before = [reading(number, Stance.THREAT) for number in range(1, 101)]
    statement = one(["drum"] * 101, [reading(0, Stance.DENIAL), *before], config)
    assert statement.label is Stance.DENIAL


def test_functions_that_agree_raise_the_confidence_and_others_lower_it(config: LabelParams) -> None:
    readings = [reading(number, Stance.DENIAL) for number in range(3)]
    agreed, unheard, contradicted = label(["flute", "harp", "drum"], readings, config).statements
    assert agreed.confidence > unheard.confidence > contradicted.confidence


def test_a_function_breaks_the_tie_of_two_annotators(config: LabelParams) -> None:
    readings = [reading(0, Stance.THREAT), reading(0, Stance.DENIAL, "second")]
    readings += [reading(1, Stance.THREAT), reading(1, Stance.DENIAL, "second")]
    drum, flute = label(["drum", "flute"], readings, config).statements
    assert (drum.label, flute.label) == (Stance.THREAT, Stance.DENIAL)


def test_a_weak_label_follows_the_function_that_fires(config: LabelParams) -> None:
    statement = one(["drum"], [], config)
    assert statement.label is Stance.THREAT
    assert statement.confidence == pytest.approx(config.function_accuracy)


def test_where_nothing_is_known_the_commonest_stance_stands_with_low_confidence(config: LabelParams) -> None:
    readings = [reading(number, Stance.OTHER) for number in range(1, 4)] + [reading(4, Stance.THREAT)]
    statement = one(["harp"] * 5, readings, config)
    assert statement.label is Stance.OTHER
    assert statement.confidence < 0.6


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([Stance.WARNING, None], Stance.WARNING),
        ([Stance.WARNING, Stance.DE_ESCALATION], Stance.DE_ESCALATION),  # a draw: the codebook's order decides
        ([None, None], None),
        ([Stance.DENIAL, None], None),  # it is the label already
    ],
)
def test_annotators_name_the_second_label(
    seconds: list[Stance | None], expected: Stance | None, config: LabelParams
) -> None:
    readings = [
        reading(0, Stance.DENIAL, annotator, second)
        for annotator, second in zip(("first", "second"), seconds, strict=True)
    ]
    assert one(["harp"], readings, config).second_label is expected


def test_the_stance_that_nearly_won_is_the_second_label(config: LabelParams) -> None:
    readings = [reading(0, Stance.THREAT), reading(0, Stance.WARNING, "second")]
    statement = one(["harp"], readings, config)
    assert {statement.label, statement.second_label} == {Stance.THREAT, Stance.WARNING}


def test_fields_of_a_corpus_statement_are_kept() -> None:
    statement = CorpusStatement(
        id="c1", text="A text.", kind=Kind.SPEECH, domain="trade", register="briefing", group="pair-1"
    )
    unit = unit_of_corpus(statement)
    assert unit == Unit(id="c1", text="A text.", kind=Kind.SPEECH, domain="trade", register="briefing", group="pair-1")


def test_an_extracted_statement_is_what_the_model_reads_and_belongs_to_its_article() -> None:
    context = "The minister denied that the gate was shut."
    statement = Statement(
        id="s1",
        article_id="gate",
        text="that the gate was shut",
        kind=Kind.REPORTED,
        start=20,
        end=42,
        spans=((20, 42),),
        context=context,
    )
    unit = unit_of_article(statement)
    assert (unit.text, unit.group, unit.article_id) == (context, "article-gate", "gate")
