"""What an annotator's reading asks a model to answer: the label, and a share for the label that could as well be."""

from collections.abc import Mapping, Sequence

from pipeline.labelling.standoff import JoinedAnnotation
from pipeline.stance import STANCES, Stance

Target = tuple[float, ...]  # one probability a stance, in the order of STANCES
ARGUABLE = 2  # of the three degrees of sureness


def target_of(
    label: Stance, second_label: Stance | None, sureness: int | None, second_label_share: Mapping[int, float]
) -> Target:
    """Return the distribution to learn; where nothing is said of sureness the label is taken for arguable.

    Learning from the doubt of annotators rather than from bare labels is that of Peterson et al. (2019), "Human
    Uncertainty Makes Classification More Robust".
    """
    shares = dict.fromkeys(STANCES, 0.0) | {label: 1.0}
    if second_label is not None and second_label is not label:
        shares[second_label] = second_label_share[sureness if sureness is not None else ARGUABLE]
        shares[label] -= shares[second_label]
    return tuple(shares.values())


def mean_target(joined: Sequence[JoinedAnnotation], second_label_share: Mapping[int, float]) -> Target:
    """Return the mean of what several annotators of one text ask for."""
    targets = [
        target_of(one.annotation.label, one.annotation.second_label, one.annotation.sureness, second_label_share)
        for one in joined
    ]
    return tuple(sum(column) / len(targets) for column in zip(*targets, strict=True))
