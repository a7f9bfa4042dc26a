"""What evaluating labelled statements gives back, and what it refuses."""

import json

import numpy as np
import pytest

from pipeline.errors import StanceError
from pipeline.evaluation import evaluate_labelled, evaluate_statements, sample_of_statements
from pipeline.evaluation.markdown import report_tables
from pipeline.records import Kind, LabelledStatement
from pipeline.stance import STANCES, Stance


def labelled(number, **fields):
    given = {"text": "Three words only.", "kind": Kind.DIRECT, "label": Stance.OTHER, "confidence": 1.0, **fields}
    return LabelledStatement(id=str(number), **given)


def test_json_is_sorted_rounded_and_complete(statements, config):
    report = evaluate_statements(*statements(120), config=config, seed=1)
    content = json.loads(json.dumps(report.as_dict()))
    assert content == report.as_dict()  # nothing in it is of a type that JSON changes
    assert set(content) == {
        "statements", "groups", "confidence", "resamples", "headlines", "lenient", "per_stance", "confusion", "slices",
    }  # fmt: skip
    assert content["headlines"]["macro_f1"]["value"] == round(report.headlines["macro_f1"].value, 6)
    assert content["confusion"]["threat"]["other"] == report.confusion[0][4]
    assert content["per_stance"]["de-escalation"]["support"] == report.per_stance[Stance.DE_ESCALATION].support
    assert set(content["slices"]) == {"kind", "register", "domain", "length", "label confidence"}


def test_markdown_has_a_table_for_each_part(statements, config):
    report = evaluate_statements(*statements(120), config=config, seed=1)
    page = report_tables(report)
    assert f"| macro-F1 | {report.headlines['macro_f1'].value:.3f} |" in page
    assert f"| macro-F1, lenient | {report.lenient['macro_f1'].value:.3f} |" in page
    blocks = [block.splitlines() for block in page.split("\n\n")[1:]]
    assert len(blocks) == 3 + len(report.slices)
    for lines in blocks:
        assert len({line.count("|") for line in lines}) == 1


def test_a_bar_in_a_domain_does_not_break_the_table(config):
    made = [labelled(number, domain="sea | air") for number in range(12)]
    page = report_tables(evaluate_statements(made, np.eye(5)[[4] * 12], config=config, seed=1))
    assert "| sea \\| air | 12 | 1.000 | 1.000 |" in page


def test_statements_of_one_group_or_one_article_are_resampled_together():
    made = [
        labelled(0, group="pair"),
        labelled(1),
        labelled(2, group="pair", article_id="article"),
        labelled(3, article_id="article"),
        labelled(4),
    ]
    assert sample_of_statements(made, np.eye(5)).groups.tolist() == [0, 1, 0, 0, 2]


class TestSlices:
    def test_each_attribute_divides_the_statements(self, statements, config):
        report = evaluate_statements(*statements(120), config=config, seed=1)
        for scores in report.slices.values():
            assert sum(score.statements for score in scores.values()) == 120
            right = sum(score.statements * score.accuracy for score in scores.values())
            assert right / 120 == pytest.approx(report.headlines["accuracy"].value)

    def test_a_slice_is_scored_like_a_set_of_its_own(self, statements, config):
        made, probabilities = statements(120)
        whole = evaluate_statements(made, probabilities, config=config, seed=1)
        inside = [number for number, each in enumerate(made) if each.kind is Kind.MIXED]
        part = evaluate_statements([made[number] for number in inside], probabilities[inside], config=config, seed=1)
        score = whole.slices["kind"]["mixed"]
        assert score.statements == len(inside)
        assert score.macro_f1 == pytest.approx(part.headlines["macro_f1"].value)
        assert score.accuracy == pytest.approx(part.headlines["accuracy"].value)

    def test_rare_domains_go_together(self, statements, config):
        report = evaluate_statements(*statements(120), config=config, seed=1)
        assert {name: score.statements for name, score in report.slices["domain"].items()} == {
            "harbours": 60,
            "all rarer ones": 60,
        }
        assert {name: score.statements for name, score in report.slices["register"].items()} == {"not given": 120}

    def test_a_slice_of_a_few_statements_is_not_scored_alone(self, config):
        made = [labelled(number, kind=Kind.MIXED if number < 9 else Kind.DIRECT) for number in range(30)]
        report = evaluate_statements(made, np.eye(5)[[4] * 30], config=config, seed=1)
        assert {name: score.statements for name, score in report.slices["kind"].items()} == {
            "direct": 21,
            "all rarer ones": 9,
        }

    @pytest.mark.parametrize(
        ("words", "slice_name"),
        [
            (1, "1-9 words"),
            (9, "1-9 words"),
            (10, "10-19 words"),
            (49, "30-49 words"),
            (50, "50+ words"),
            (400, "50+ words"),
        ],
    )
    def test_length_is_counted_in_words(self, words, slice_name, config):
        made = [labelled(number, text="word " * words) for number in range(10)]
        report = evaluate_statements(made, np.eye(5)[[4] * 10], config=config, seed=1)
        assert list(report.slices["length"]) == [slice_name]

    @pytest.mark.parametrize(
        ("confidence", "slice_name"),
        [(0.2, "below 0.70"), (0.7, "0.70-0.89"), (0.9, "0.90-0.98"), (0.99, "0.99 and above"), (1, "0.99 and above")],
    )
    def test_label_confidence(self, confidence, slice_name, config):
        made = [labelled(number, confidence=confidence) for number in range(10)]
        report = evaluate_statements(made, np.eye(5)[[4] * 10], config=config, seed=1)
        assert list(report.slices["label confidence"]) == [slice_name]


class TestRefusals:
    @pytest.mark.parametrize(
        ("gold", "probabilities", "further", "complaint"),
        [
            ([], np.zeros((0, 5)), {}, "nothing to evaluate"),
            (["threat"], np.eye(5), {}, r"shape \(1, 5\)"),
            (["threat"], [[0.5, 0.5]], {}, r"shape \(1, 5\)"),
            (["threaten"], np.eye(5)[:1], {}, "Unknown label 'threaten'"),
            (["threat"], [[0.5, 0.5, 0.5, 0, 0]], {}, "statement 1 are not a distribution"),
            (["threat", "other"], [[1, 0, 0, 0, 0], [1.5, -0.5, 0, 0, 0]], {}, "statement 2 are not a distribution"),
            (["threat"], [[np.nan, 1, 0, 0, 0]], {}, "not a distribution"),
            (["threat"], np.eye(5)[:1], {"groups": ["a", "b"]}, "1 gold labels but 2 groups"),
            (["threat"], np.eye(5)[:1], {"second_labels": []}, "1 gold labels but 0 second labels"),
            (["threat"], np.eye(5)[:1], {"second_labels": ["warning"]}, "Unknown label 'w'"),
        ],
    )
    def test_what_cannot_be_evaluated_is_named(self, gold, probabilities, further, complaint, config):
        with pytest.raises(StanceError, match=complaint):
            evaluate_labelled(gold, probabilities, config=config, seed=1, **further)


def test_labels_and_probabilities_of_any_sequence_type(config):
    probabilities = np.full((5, 5), 0.1) + np.eye(5) * 0.5
    as_arrays = evaluate_labelled(np.array(STANCES, dtype=object), probabilities, config=config, seed=1)
    as_lists = evaluate_labelled(list(STANCES), probabilities.tolist(), config=config, seed=1)
    assert as_arrays == as_lists
