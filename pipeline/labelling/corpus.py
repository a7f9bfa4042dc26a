"""Reading the annotated corpus: anyone can add a file of statements or of annotations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.annotations import Annotation
from pipeline.errors import StanceError
from pipeline.jsonl import iterate_records
from pipeline.records import CorpusStatement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True)
class Corpus:
    """Statements and what annotators made of them, both in the order of file names and lines."""

    statements: tuple[CorpusStatement, ...]
    annotations: tuple[Annotation, ...]


def read_corpus(folder: Path) -> Corpus:
    """Read every ``*.jsonl`` in ``folder/statements`` and ``folder/annotations``, by file name.

    :raises StanceError: naming the file, and the line or id, if a line is no valid record or has an unknown label, a
        text is empty, an id stands twice, an annotation is of an unknown statement, or one annotator reads a
        statement twice.
    """
    statements: dict[str, tuple[Path, CorpusStatement]] = {}
    for path, statement in _read_folder(folder / "statements", CorpusStatement):
        if not statement.text.strip():
            message = f"{path}: statement {statement.id!r} has an empty text."
            raise StanceError(message)
        if statement.id in statements:
            message = f"{path}: statement id {statement.id!r} stands twice (first in {statements[statement.id][0]})."
            raise StanceError(message)
        statements[statement.id] = (path, statement)
    annotations: dict[tuple[str, str], tuple[Path, Annotation]] = {}
    for path, annotation in _read_folder(folder / "annotations", Annotation):
        if annotation.statement_id not in statements:
            message = f"{path}: annotation of the unknown statement {annotation.statement_id!r}."
            raise StanceError(message)
        key = (annotation.annotator, annotation.statement_id)
        if key in annotations:
            message = (
                f"{path}: annotator {annotation.annotator!r} reads statement {annotation.statement_id!r} twice "
                f"(first in {annotations[key][0]})."
            )
            raise StanceError(message)
        annotations[key] = (path, annotation)
    return Corpus(
        statements=tuple(statement for _, statement in statements.values()),
        annotations=tuple(annotation for _, annotation in annotations.values()),
    )


def refuse_repeated_ids(ids: Iterable[str], source: str) -> None:
    """Check that no id stands twice.

    :raises StanceError: naming the source and the first such id.
    """
    repeated = sorted(key for key, count in Counter(ids).items() if count > 1)
    if repeated:
        message = f"{source}: statement id {repeated[0]!r} stands twice; ids must be unique."
        raise StanceError(message)


def _read_folder(folder: Path, record: type[Record]) -> Iterable[tuple[Path, Record]]:
    paths = sorted(path for path in folder.glob("*.jsonl") if not path.name.startswith("."))  # an editor's, or ours
    if not paths:
        message = f"{folder} holds no .jsonl file; check the path of the corpus."
        raise StanceError(message)
    for path in paths:
        for one in iterate_records(path, record):
            yield path, one
