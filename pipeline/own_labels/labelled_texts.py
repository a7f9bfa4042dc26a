"""Reading somebody's labelled texts, whatever the labels are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import StanceError
from pipeline.stance import STANCES
from pipeline.tables.reading import iterate_table, survey

Example = tuple[str, int]  # text, number of its label


@dataclass(frozen=True)
class LabelledTexts:
    """Texts with the numbers of their labels."""

    source: Path
    labels: tuple[str, ...]
    examples: tuple[Example, ...]


def named_labels(names: str) -> tuple[str, ...]:
    """Read a list of labels with commas between.

    :raises StanceError: if there are fewer than two, or two are alike but for capitals.
    """
    return checked_labels([name.strip() for name in names.split(",") if name.strip()], "--labels")


def checked_labels(names: Sequence[str], source: str) -> tuple[str, ...]:
    """Return labels in the order of every answer's columns: as given, the five stances in their own order.

    :raises StanceError: if there are fewer than two, or two are alike but for capitals.
    """
    folded = Counter(name.casefold() for name in names)
    alike = [name for name in names if folded[name.casefold()] > 1]
    if alike:
        message = f"{source}: the labels {' and '.join(map(repr, alike))} are alike; spell each label in one way."
        raise StanceError(message)
    if len(names) < 2:  # noqa: PLR2004 - one label is no classification
        message = f"{source} must name two or more different labels; got {', '.join(names) or 'none'}."
        raise StanceError(message)
    return tuple(map(str, STANCES)) if set(names) == set(STANCES) else tuple(names)


def read_labelled_texts(
    path: Path, *, text: str = "text", label: str = "label", labels: Sequence[str] | None = None
) -> LabelledTexts:
    """Read a CSV, JSON Lines or Parquet file.

    :param labels: the labels in the order of the columns of every answer; None takes those of the file, sorted.
    :raises StanceError: naming the file and the row, if a column is missing, a text is empty or a label unknown.
    """
    survey(path, text)
    rows = [(where, row[text], _label(row, label, path, where)) for where, row in iterate_table(path)]
    if not rows:
        message = f"{path} holds no labelled text."
        raise StanceError(message)
    known = labels if labels is not None else checked_labels(sorted({name for _, _, name in rows}), str(path))
    number = {name: index for index, name in enumerate(known)}
    for where, _, name in rows:
        if name not in number:
            message = f"{path}, {where}: unknown label {name!r}; the labels are {', '.join(known)}."
            raise StanceError(message)
    return LabelledTexts(path, tuple(known), tuple((content, number[name]) for _, content, name in rows))


def _label(row: dict[str, Any], column: str, path: Path, where: str) -> str:
    if column not in row:
        named = ", ".join(map(repr, row))
        message = f"{path}, {where}: there is no column {column!r}, only {named}; name it with --label."
        raise StanceError(message)
    name = "" if row[column] is None else str(row[column]).strip()
    if not name:
        message = f"{path}, {where}: {column!r} is empty; every text needs a label."
        raise StanceError(message)
    return name
