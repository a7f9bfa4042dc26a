"""McNemar's test for two classifiers on the same statements (McNemar 1947; Dietterich 1998)."""

from pipeline.comparison.records import Discordance
from pipeline.evaluation.sample import Sample


def mcnemar(incumbent: Sample, challenger: Sample) -> Discordance:
    """Test whether both models are right equally often, by the statements on which only one of them is.

    The binomial test is exact at every size, so that the chi-squared approximation for many discordant statements
    is not needed. It takes statements as independent; the bootstrap beside it does not.

    :param incumbent: one model's answers.
    :param challenger: the other's on the same statements in the same order.
    """
    from scipy.stats import binomtest

    first, second = incumbent.answers == incumbent.gold, challenger.answers == challenger.gold
    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    discordant = only_first + only_second
    return Discordance(
        only_incumbent_right=only_first,
        only_challenger_right=only_second,
        p_value=float(binomtest(only_first, discordant, 0.5).pvalue) if discordant else 1.0,
    )
