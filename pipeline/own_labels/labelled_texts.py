"""Reading somebody's labelled texts, whatever the labels are, and dividing them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import StanceError
from pipeline.tables.reading import iterate_table, survey

Example = tuple[str, int]  # text, number of its label
FEWEST_OF_A_LABEL = 5  # one at least goes to each of test and validation, and some must be left to learn from


@dataclass(frozen=True)
class LabelledTexts:
    """Texts with the numbers of their labels."""

    source: Path
    labels: tuple[str, ...]
    examples: tuple[Example, ...]


def named_labels(names: str) -> tuple[str, ...]:
    """Read a list of labels with commas between.

    :raises StanceError: if there are fewer than two, or one stands twice.
    """
    labels = tuple(name.strip() for name in names.split(",") if name.strip())
    repeated = [name for name, count in Counter(labels).items() if count > 1]
    if len(labels) < 2 or repeated:  # noqa: PLR2004 - one label is no classification
        message = f"--labels must name two or more different labels with commas between; got {names!r}."
        raise StanceError(message)
    return labels


def read_labelled_texts(
    path: Path, *, text: str = "text", label: str = "label", labels: Sequence[str] | None = None
) -> LabelledTexts:
    """Read a CSV, JSON Lines or Parquet file.

    :param labels: the labels in the order of the columns of every answer; None takes those of the file, sorted.
    :raises StanceError: naming the file and the row, if a column is missing, a text is empty or a label unknown.
    """
    survey(path, text)
    rows = [(where, row[text], _label(row, label, path, where)) for where, row in iterate_table(path)]
    known = tuple(labels) if labels is not None else tuple(sorted({name for _, _, name in rows}))
    number = {name: index for index, name in enumerate(known)}
    for where, _, name in rows:
        if name not in number:
            message = f"{path}, {where}: unknown label {name!r}; the labels are {', '.join(known)}."
            raise StanceError(message)
    if not rows:
        message = f"{path} holds no labelled text."
        raise StanceError(message)
    return LabelledTexts(path, known, tuple((content, number[name]) for _, content, name in rows))


def divided(texts: LabelledTexts, share: float, *, seed: int) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Divide examples at random into a larger and a smaller part, each label in proportion.

    Equal texts stay on one side: a text that is in both parts would be known, not understood.

    :param share: of the smaller part.
    :raises StanceError: if a label has too few examples to stand on both sides.
    """
    from sklearn.model_selection import train_test_split

    first_of: dict[str, int] = {}
    for content, number in texts.examples:
        first_of.setdefault(content, number)
    counts = Counter(first_of.values())
    rare = [name for index, name in enumerate(texts.labels) if counts[index] < FEWEST_OF_A_LABEL]
    if rare:
        message = (
            f"{texts.source}: the label {rare[0]!r} has {counts[texts.labels.index(rare[0])]} texts; at least "
            f"{FEWEST_OF_A_LABEL} are needed to learn, choose and measure. Add texts, or leave the label out."
        )
        raise StanceError(message)
    larger, _ = train_test_split(
        sorted(first_of), test_size=share, random_state=seed, stratify=[first_of[one] for one in sorted(first_of)]
    )
    chosen = set(larger)
    return (
        tuple(one for one in texts.examples if one[0] in chosen),
        tuple(one for one in texts.examples if one[0] not in chosen),
    )


def _label(row: dict[str, Any], column: str, path: Path, where: str) -> str:
    if column not in row:
        message = f"{path}, {where}: there is no column {column!r}, only {', '.join(map(repr, row))}."
        raise StanceError(message)
    name = "" if row[column] is None else str(row[column]).strip()
    if not name:
        message = f"{path}, {where}: {column!r} is empty; every text needs a label."
        raise StanceError(message)
    return name
