"""What labelling functions add to what annotators say.

A function votes for one stance only, so the label of its vote carries no news: under Dawid and Skene's model with
abstention as missing, P(votes "threat" | truth, it votes) is 1 for every truth. The news is that it fires. So each
function gets a profile, P(truth | it fires), measured where annotators have read the statement; by Bayes' rule a
firing multiplies the odds by profile / class prior. Abstention stays missing: silence adds nothing.

Functions look for similar words and are wrong together. So

- all functions that fire on a statement share the weight of one vote: the geometric mean of their factors counts;
- where an annotator has read the statement, that one vote may change no odds by more than a voter of the prior
  ``function_accuracy`` could. It can break a tie between annotators; it cannot outvote a careful one.

The profiles are measured against the annotators' own posterior, and annotators are never judged by functions.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def firing_profiles(
    fires: "NDArray[np.bool_]",
    truth: "NDArray[np.float64]",
    stances: "NDArray[np.int64]",
    *,
    prior: "NDArray[np.float64]",
    accuracy: float,
    strength: float,
) -> "NDArray[np.float64]":
    """Return P(true label | the function fires), a matrix (functions, labels), as the mode under a Dirichlet prior.

    :param fires: (statements, functions), statements that annotators read.
    :param truth: (statements, labels), the annotators' posterior.
    :param stances: (functions,), the label that each votes for.
    :param prior: (labels,), how common each label is.
    :param accuracy: prior belief in a function that fires; the rest is spread like the other labels' prior.
    :param strength: how many firings that belief is worth.
    """
    import numpy as np

    functions = np.arange(len(stances))
    believed = np.repeat(prior[None], len(stances), axis=0)
    believed[functions, stances] = 0
    believed *= (1 - accuracy) / believed.sum(axis=1, keepdims=True)
    believed[functions, stances] = accuracy
    counts = fires.T.astype(np.float64) @ truth + strength * believed
    profiles: NDArray[np.float64] = counts / counts.sum(axis=1, keepdims=True)
    return profiles


def shared_evidence(
    fires: "NDArray[np.bool_]", profiles: "NDArray[np.float64]", prior: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Return the log factor (statements, labels) that all firing functions of a statement share; 0 where none fires."""
    import numpy as np

    firing = fires.sum(axis=1, keepdims=True)
    evidence: NDArray[np.float64] = fires.astype(np.float64) @ np.log(profiles / prior) / np.maximum(firing, 1)
    return evidence


def held_down(evidence: "NDArray[np.float64]", accuracy: float) -> "NDArray[np.float64]":
    """Shrink evidence so that it changes no odds by more than one voter of this accuracy would."""
    import numpy as np

    labels = evidence.shape[1]
    most = np.log(accuracy * (labels - 1) / (1 - accuracy))
    spread = np.ptp(evidence, axis=1, keepdims=True)
    shrunk: NDArray[np.float64] = evidence * np.minimum(1, max(most, 0.0) / np.maximum(spread, np.finfo(float).tiny))
    return shrunk


def posterior_with(belief: "NDArray[np.float64]", evidence: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return the belief (statements, labels) after the evidence (log factors), each row summing to 1."""
    import numpy as np
    from scipy.special import softmax

    updated: NDArray[np.float64] = softmax(np.log(np.maximum(belief, np.finfo(np.float64).tiny)) + evidence, axis=1)
    return updated
