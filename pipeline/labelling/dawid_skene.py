"""What several annotators together say, and how far each can be trusted.

A. P. Dawid and A. M. Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm",
Applied Statistics 28 (1979), with Dirichlet priors: the maximum a posteriori instead of the maximum likelihood, so
that an annotator with few statements keeps the reputation that the parameters give.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MISSING = -1


@dataclass(frozen=True)
class LabelModel:
    """What expectation-maximisation settled on, for n statements, a annotators and k labels."""

    posterior: "NDArray[np.float64]"  # (n, k): how likely each label is
    prior: "NDArray[np.float64]"  # (k,): how common each label is
    confusion: "NDArray[np.float64]"  # (a, k, k): annotator, true label -> label given
    objective: tuple[float, ...]  # log posterior density (up to a constant) after each step; never falls
    converged: bool


def fit_label_model(
    votes: "NDArray[np.int64]",
    *,
    labels: int,
    accuracy: float,
    strength: float,
    iterations: int,
    tolerance: float,
) -> LabelModel:
    """Estimate labels and annotators' confusion matrices by expectation-maximisation.

    :param votes: (statements, annotators), the label's number or MISSING.
    :param labels: how many labels there are.
    :param accuracy: prior belief that an annotator gives the true label; mistakes are spread evenly.
    :param strength: how many votes that belief is worth, per annotator and true label.
    :param iterations: the most steps to take.
    :param tolerance: stop when no posterior moves by more.
    """
    import numpy as np

    believed = np.full((labels, labels), (1 - accuracy) / (labels - 1))
    np.fill_diagonal(believed, accuracy)
    # Statements with equal votes have equal posteriors: only the kinds of statements are worked on.
    kinds, kind, weights = np.unique(votes, axis=0, return_inverse=True, return_counts=True)
    given = (kinds[:, :, None] == np.arange(labels)).astype(np.float64)  # (kinds, annotators, labels)
    confusion = np.repeat(believed[None], votes.shape[1], axis=0)
    prior = np.full(labels, 1 / labels)
    posterior, _ = _expectation(given, prior, confusion)
    objective: list[float] = []
    converged = False
    while not converged and len(objective) < iterations:
        weighted = posterior * weights[:, None]
        # The pseudo-counts are the Dirichlet parameters less one, so these are the modes.
        counts = np.einsum("nk,nal->akl", weighted, given) + strength * believed
        confusion = counts / counts.sum(axis=2, keepdims=True)
        prior = (weighted.sum(axis=0) + 1) / (len(votes) + labels)
        moved, likelihood = _expectation(given, prior, confusion)
        belief = (strength * believed * np.log(confusion)).sum() + np.log(prior).sum()
        objective.append(float(likelihood @ weights + belief))
        converged = bool(np.abs(moved - posterior).max(initial=0.0) <= tolerance)
        posterior = moved
    return LabelModel(posterior[kind.ravel()], prior, confusion, tuple(objective), converged)


def _expectation(
    given: "NDArray[np.float64]", prior: "NDArray[np.float64]", confusion: "NDArray[np.float64]"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Return the posterior (kinds, labels) and the log likelihood of the votes (kinds,)."""
    import numpy as np
    from scipy.special import logsumexp

    joint = np.log(prior) + np.einsum("nal,akl->nk", given, np.log(confusion))
    total = logsumexp(joint, axis=1, keepdims=True)
    return np.exp(joint - total), total[:, 0]
