"""Stratified splits that no group straddles."""

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.errors import StanceError
from pipeline.splitting.groups import groups_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.params import SplitParams
    from pipeline.records import LabelledStatement

PARTS = ("train", "validation", "test")
Split = dict[str, "list[LabelledStatement]"]


def split_by_group(statements: "Sequence[LabelledStatement]", config: "SplitParams", *, seed: int) -> Split:
    """Deal whole groups to train, validation and test so that stances and registers keep their shares.

    Groups are shuffled with the seed and dealt largest first; each goes to the part that lacks most of what the group
    holds (iterative stratification after Sechidis et al. 2011, on groups instead of labels sets).

    :raises StanceError: if there are fewer groups than parts, or a part would stay empty.
    """
    from random import Random

    members: dict[int, list[int]] = {}
    for position, group in enumerate(_tied(statements, config.near_duplicate_similarity)):
        members.setdefault(group, []).append(position)
    if len(members) < len(PARTS):
        message = (
            f"{len(statements)} labelled statements in {len(members)} groups cannot make {len(PARTS)} splits; "
            "add annotated statements to data/corpus."
        )
        raise StanceError(message)
    order = list(members.values())
    Random(seed).shuffle(order)  # noqa: S311 - a split is no secret
    order.sort(key=len, reverse=True)
    dealt = _deal(order, [_stratum(statement) for statement in statements], config)
    empty = [part for part in PARTS if not dealt[part]]
    if empty:
        message = (
            f"{len(statements)} labelled statements are too few for the split: {', '.join(empty)} would be empty; "
            "add annotated statements to data/corpus."
        )
        raise StanceError(message)
    return {part: [statements[position] for position in sorted(dealt[part])] for part in PARTS}


def untied(
    statements: "Sequence[LabelledStatement]", others: "Sequence[LabelledStatement]", similarity: float
) -> "list[LabelledStatement]":
    """Return the statements that neither a group, an article nor near-duplicates tie to any of the others."""
    groups = _tied([*statements, *others], similarity)
    apart = set(groups[len(statements) :])
    return [statement for statement, group in zip(statements, groups, strict=False) if group not in apart]


def _tied(statements: "Sequence[LabelledStatement]", similarity: float) -> list[int]:
    """Return a group number for each statement: what is tied by group, article or likeness has the same."""
    from pipeline.labelling.duplicates import near_duplicates

    alike = near_duplicates([statement.text for statement in statements], similarity)
    return groups_of(statements, ((left, right) for left, right, _ in alike))


def _stratum(statement: "LabelledStatement") -> tuple[str, str | None]:
    return (str(statement.label), statement.register)


def _deal(order: list[list[int]], strata: list[tuple[str, str | None]], config: "SplitParams") -> dict[str, list[int]]:
    shares = {"train": 1 - config.validation - config.test, "validation": config.validation, "test": config.test}
    total = Counter(strata)
    wanted = {part: {stratum: count * share for stratum, count in total.items()} for part, share in shares.items()}
    dealt: dict[str, list[int]] = {part: [] for part in PARTS}
    for group in order:
        held = Counter(strata[position] for position in group)
        # Relative to the part's share, so that the small parts are not starved by the large one's absolute lack.
        part = max(
            PARTS,
            key=lambda name: sum(wanted[name][stratum] * count for stratum, count in held.items()) / shares[name],
        )
        dealt[part].extend(group)
        for stratum, count in held.items():
            wanted[part][stratum] -= count
    return dealt
