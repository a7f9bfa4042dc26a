"""What must stay on one side: minimal pairs, siblings, near-duplicates, and statements of one article."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.records import LabelledStatement


def groups_of(statements: "Sequence[LabelledStatement]", alike: Iterable[tuple[int, int]]) -> list[int]:
    """Return a group number for each statement: the connected components of everything that ties two together.

    :param alike: pairs of positions of near-duplicates.
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    first_with: dict[tuple[str, str], int] = {}
    ties = list(alike)
    for position, statement in enumerate(statements):
        for sort, name in (("group", statement.group), ("article", statement.article_id)):
            if name is not None:
                ties.append((first_with.setdefault((sort, name), position), position))
    count = len(statements)
    rows, columns = (np.array(side, dtype=int) for side in zip(*ties, strict=True)) if ties else (np.zeros(0, int),) * 2
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(count, count))
    return [int(number) for number in connected_components(graph, directed=False)[1]]
