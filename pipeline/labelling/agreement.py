"""How far annotators agree beyond chance."""

from typing import TYPE_CHECKING

from pipeline.labelling.dawid_skene import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def cohen_kappa(first: "NDArray[np.int64]", second: "NDArray[np.int64]", labels: int) -> float | None:
    """Return Cohen's kappa of two annotators over the statements that both read, else None where it is undefined.

    J. Cohen, "A Coefficient of Agreement for Nominal Scales" (1960). It is undefined without a shared statement, and
    when both give one and the same label throughout.
    """
    import numpy as np
    from sklearn.metrics import cohen_kappa_score

    both = (first != MISSING) & (second != MISSING)
    if not both.any() or len(np.unique(np.concatenate([first[both], second[both]]))) == 1:
        return None
    return float(cohen_kappa_score(first[both], second[both], labels=np.arange(labels)))


def krippendorff_alpha(votes: "NDArray[np.int64]", labels: int) -> float | None:
    """Return Krippendorff's alpha for nominal labels, any number of annotators and missing votes, else None.

    K. Krippendorff, "Content Analysis" (2004), chapter 11: 1 minus observed over expected disagreement, both from the
    matrix of coincidences, in which a statement with m votes spreads weight m over the ordered pairs of its votes.
    It is undefined where no statement has two votes, and where only one label was ever given.

    :param votes: (statements, annotators), the label's number or MISSING.
    """
    import numpy as np

    counts = (votes[:, :, None] == np.arange(labels)).sum(axis=1).astype(np.float64)  # (statements, labels)
    given = counts.sum(axis=1)
    pairable = given >= 2  # noqa: PLR2004 - a pair
    counts, given = counts[pairable], given[pairable]
    if not len(counts):
        return None
    weighted = counts / (given - 1)[:, None]
    coincidences = counts.T @ weighted - np.diag(weighted.sum(axis=0))
    totals = coincidences.sum(axis=0)
    expected = totals.sum() ** 2 - (totals**2).sum()
    if expected == 0:
        return None
    observed = totals.sum() - np.trace(coincidences)
    return float(1 - (totals.sum() - 1) * observed / expected)
