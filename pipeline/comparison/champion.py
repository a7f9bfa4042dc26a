"""Which of two models answers by default."""

from pipeline.comparison.records import Choice, Comparison
from pipeline.evaluation.metrics import HEADLINES
from pipeline.params import CompareParams


def choose_champion(comparison: Comparison, config: CompareParams) -> Choice:
    """Choose the challenger where it is better on the deciding set beyond chance, and the smaller incumbent otherwise.

    Better: by ``config.metric``, with a p-value of the paired bootstrap of at most ``config.significance``.
    """
    difference = comparison.sets[comparison.deciding].differences[config.metric]
    incumbent, challenger = comparison.incumbent, comparison.challenger
    metric, where = HEADLINES[config.metric], f"on {comparison.deciding}"
    if difference.value <= 0:
        reason = (
            f"The {incumbent} is the champion, because the {challenger} is not better {where}: "
            f"its {metric} differs by {difference.value:+.3f}."
        )
        return Choice(champion=incumbent, reason=reason)
    lead = f"its {metric} is {difference.value:.3f} higher {where}"
    chance, limit = p_value(difference.p_value), f"the {config.significance:g} that is asked for"
    if difference.p_value > config.significance:
        reason = (
            f"The {incumbent} is the champion, because it is the smaller one and the {challenger}'s lead may be "
            f"chance: {lead} ({chance}, above {limit})."
        )
        return Choice(champion=incumbent, reason=reason)
    reason = f"The {challenger} is the champion, because {lead} ({chance}, within {limit})."
    return Choice(champion=challenger, reason=reason)


def p_value(value: float, *, smallest: float = 0.001) -> str:
    """Return a p-value in words: "p = 0.032", or "p < 0.001" for anything smaller."""
    return f"p < {smallest}" if value < smallest else f"p = {value:.3f}"
