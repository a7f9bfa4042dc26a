"""The comparison as a short page to read."""

from collections.abc import Mapping

from pipeline.comparison.champion import p_value
from pipeline.comparison.cost import Cost
from pipeline.comparison.records import Choice, ComparedSet, Comparison
from pipeline.evaluation.markdown import interval
from pipeline.evaluation.metrics import BETTER_WHEN_LOWER, HEADLINES
from pipeline.markdown import table
from pipeline.params import CompareParams
from pipeline.stance import STANCES

MEGABYTE = 1_000_000


def comparison_page(
    comparison: Comparison, choice: Choice, costs: Mapping[str, Cost], *, config: CompareParams, threads: int
) -> str:
    """Return the page as Markdown."""
    parts = [
        f"# {comparison.incumbent.capitalize()} or {comparison.challenger}?",
        f"**{_headline(comparison, config)}** {choice.reason}",
    ]
    for name, compared in comparison.sets.items():
        parts += [
            f"## {name.capitalize()}: {compared.statements} statements in {compared.groups} groups",
            _figures(comparison, compared),
            _discordance(comparison, compared),
        ]
    parts += [
        "## F1 of each stance",
        _stance_f1(comparison),
        "## Size and speed",
        _costs(comparison, costs, threads),
        "## How to read this",
        f"Brackets hold {comparison.confidence:.0%} percentile intervals from {comparison.resamples} resamples of "
        f"whole groups (minimal pairs, statements of one article). Both models are resampled alike, and a difference "
        f"is the {comparison.challenger}'s figure minus the {comparison.incumbent}'s. For the log loss and the Brier "
        f"score, lower is better. All of it is about which statements were drawn: each model was trained once, and "
        f"another seed of the training moves its figures too. McNemar's test takes every statement as independent, "
        f"which those of one group are not. Times differ from machine to machine and from run to run; nothing depends "
        f"on them.",
    ]
    return "\n\n".join(parts) + "\n"


def _headline(comparison: Comparison, config: CompareParams) -> str:
    compared = comparison.sets[comparison.deciding]
    ours, theirs = (
        compared.figures[model][config.metric].value for model in (comparison.challenger, comparison.incumbent)
    )
    change = compared.differences[config.metric]
    return (
        f"On {comparison.deciding}, the {comparison.challenger} reaches {HEADLINES[config.metric]} {ours:.3f} and "
        f"the {comparison.incumbent} {theirs:.3f}: a difference of {change.value:+.3f} "
        f"({change.low:+.3f} to {change.high:+.3f}, {p_value(change.p_value)})."
    )


def _figures(comparison: Comparison, compared: ComparedSet) -> str:
    rows = []
    for metric, change in compared.differences.items():
        cells = [
            f"{figure.value:.3f} ({interval(figure)})"
            for figure in (
                compared.figures[comparison.incumbent][metric],
                compared.figures[comparison.challenger][metric],
            )
        ]
        title = HEADLINES[metric] + (" (lower is better)" if metric in BETTER_WHEN_LOWER else "")
        rows.append(
            [
                title,
                *cells,
                f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})",
                p_value(change.p_value).removeprefix("p = ").removeprefix("p "),
            ]
        )
    return table(["metric", comparison.incumbent, comparison.challenger, "difference", "p"], rows)


def _discordance(comparison: Comparison, compared: ComparedSet) -> str:
    test = compared.mcnemar
    return (
        f"Only the {comparison.challenger} is right on {test.only_challenger_right} statements, only the "
        f"{comparison.incumbent} on {test.only_incumbent_right} (McNemar's exact test: {p_value(test.p_value)})."
    )


def _stance_f1(comparison: Comparison) -> str:
    models = (comparison.incumbent, comparison.challenger)
    header = ["stance", *(f"{name}: {model}" for name in comparison.sets for model in models)]
    rows = [
        [
            str(stance),
            *(f"{compared.stance_f1[model][stance]:.3f}" for compared in comparison.sets.values() for model in models),
        ]
        for stance in STANCES
    ]
    return table(header, rows)


def _costs(comparison: Comparison, costs: Mapping[str, Cost], threads: int) -> str:
    models = (comparison.incumbent, comparison.challenger)
    ordered = [costs[model] for model in models]
    rows = [
        ["size on disk", *(f"{cost.size / MEGABYTE:.1f} MB" for cost in ordered)],
        ["one text, median", *(f"{cost.median_milliseconds:.1f} ms" for cost in ordered)],
        ["one text, 99th percentile", *(f"{cost.p99_milliseconds:.1f} ms" for cost in ordered)],
        ["many texts, a second", *(f"{cost.texts_per_second:,.0f}" for cost in ordered)],
    ]
    return table([f"with up to {threads} thread{'s' if threads > 1 else ''}", *models], rows)
