"""The quality report as a page to read."""

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.markdown import table
from pipeline.stance import STANCES

_LONGEST_LIST = 40  # rows of a list on the page; quality.json has them all


def quality_page(report: dict[str, Any]) -> str:
    """Return the report as Markdown."""
    sections = (_overview, _labels, _annotators, _disagreements, _functions, _suspects, _near_duplicates)
    return "# Quality of the labels\n\n" + "\n\n".join(section(report) for section in sections) + "\n"


def _overview(report: dict[str, Any]) -> str:
    statements, seeds, confidence, model = (report[key] for key in ("statements", "seeds", "confidence", "label_model"))
    return "\n".join(
        (
            f"- {statements['gold']} gold statements (an annotator, a person or a language model, read them), "
            f"{statements['weak']} weak ones (labelling functions only); "
            f"{statements['left_out']} left out because the speaker is no official.",
            f"- Seed articles: {seeds['found']} of {seeds['gold_spans']} gold statements were found by extraction.",
            f"- Mean confidence of gold labels {_number(confidence['mean'])}; {confidence['below_0.9']} are below 0.9; "
            f"{confidence['second_labels']} have a second label.",
            f"- Label model: {model['steps']} steps, "
            f"{'converged' if model['converged'] else 'stopped before converging'}.",
        )
    )


def _labels(report: dict[str, Any]) -> str:
    rows = [
        (origin, register, *counts.values(), sum(counts.values()))
        for origin, registers in report["labels"].items()
        for register, counts in registers.items()
    ]
    return "## Labels by register\n\n" + _table(("origin", "register", *STANCES, "all"), rows)


def _annotators(report: dict[str, Any]) -> str:
    agreement = report["agreement"]
    people = _table(
        ("annotator", "statements", "coverage", "same as label", "same, where others read it", *STANCES),
        (
            (
                name,
                row["statements"],
                _number(row["coverage"]),
                _number(row["same_as_label"]),
                _number(row["same_as_label_where_others_read"]),
                *(_number(row["estimated_accuracy"][stance]) for stance in STANCES),
            )
            for name, row in report["annotators"].items()
        ),
    )
    pairs = _table(
        ("annotators", "statements", "agreement", "Cohen's kappa"),
        (
            (" / ".join(row["annotators"]), row["statements"], _number(row["agreement"]), _number(row["kappa"]))
            for row in agreement["pairs"]
        ),
    )
    return (
        "## Annotators\n\nUnder each stance: the accuracy that the label model estimates for it.\n\n"
        f"{people}\n\n{pairs}\n\nKrippendorff's alpha (nominal, all annotators): {_number(agreement['alpha'])}."
    )


def _disagreements(report: dict[str, Any]) -> str:
    rows = report["disagreements"]
    listed = _table(
        ("statement", "votes", "label", "confidence"),
        (
            (
                row["id"],
                ", ".join(f"{name}: {vote}" for name, vote in row["votes"].items()),
                row["label"],
                _number(row["confidence"]),
            )
            for row in rows[:_LONGEST_LIST]
        ),
    )
    return f"## Statements on which annotators disagree: {len(rows)}\n\n{listed}"


def _functions(report: dict[str, Any]) -> str:
    together = report["function_votes"]
    listed = _table(
        ("function", "stance", "fires", "coverage", "measured on", "accuracy", "conflicts"),
        (
            (
                name,
                row["stance"],
                row["fires"],
                _number(row["coverage"]),
                row["measured_on"],
                _number(row["accuracy"]),
                _number(row["conflicts"]),
            )
            for name, row in report["functions"].items()
        ),
    )
    return (
        "## Labelling functions\n\nAccuracy is against annotators only, on the corpus for which the cues were written: "
        "it flatters them. Conflicts: the share of firings where a function for another stance fires too.\n\n"
        f"Together they speak on {_number(together['coverage'])} of the statements, contradict each other on "
        f"{_number(together['conflicts'])} of these, and are right on {_number(together['accuracy'])} of the "
        f"{together['measured_on']} that an annotator read. Where none fires, the weak label is the most common "
        f"stance, which is right on {_number(together['accuracy_where_none_fires'])}.\n\n{listed}"
    )


def _suspects(report: dict[str, Any]) -> str:
    rows = report["suspected_errors"]
    listed = _table(
        ("statement", "given", "suggested", "probability of the given label"),
        ((row["id"], row["given"], row["suggested"], _number(row["score"])) for row in rows[:_LONGEST_LIST]),
    )
    return (
        f"## Suspected label errors: {len(rows)}\n\nA bag of words doubts these labels; most of them are hard "
        f"statements rather than errors. They are to be read again, not changed. "
        f"Here are the {min(len(rows), _LONGEST_LIST)} most doubted.\n\n{listed}"
    )


def _near_duplicates(report: dict[str, Any]) -> str:
    rows = report["near_duplicates"]
    listed = _table(
        ("statements", "similarity", "same group", "same label"),
        (
            (
                " / ".join(row["ids"]),
                _number(row["similarity"]),
                "yes" if row["same_group"] else "no",
                "yes" if row["same_label"] else "no",
            )
            for row in rows[:_LONGEST_LIST]
        ),
    )
    return f"## Near-duplicates: {len(rows)}\n\n{listed}"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    rows = list(rows)
    return table(header, rows) if rows else "None."


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
