"""The columns that answers add to a table, and that they overwrite none of its own."""

from collections.abc import Container
from pathlib import Path

from pipeline.errors import StanceError
from pipeline.stance import STANCES


def added_columns(prefix: str = "", *, provenance: bool = False) -> dict[str, str]:
    """Return our columns, flat form, by what they hold.

    :param prefix: before the name of each.
    :param provenance: the fingerprint of the model too.
    """
    own = ["stance", "confidence", "abstained", *(f"p_{stance}" for stance in STANCES)]
    return {name: prefix + name for name in [*own, *(["model"] if provenance else [])]}


def refuse_taken(source: Path | str, columns: Container[str], prefix: str = "", *, provenance: bool = False) -> None:
    """Make sure that none of our columns, flat or nested, is there already.

    :param columns: those of the input ``source``.
    :raises StanceError: naming the first that is.
    """
    ours = [*added_columns(prefix, provenance=provenance).values(), prefix + "probabilities"]
    taken = [name for name in ours if name in columns]
    if taken:
        message = (
            f"{source} already has a column {taken[0]!r}, which the output would overwrite; "
            "give ours another name with --prefix, for instance --prefix predicted_."
        )
        raise StanceError(message)
