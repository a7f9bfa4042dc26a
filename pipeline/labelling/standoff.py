"""Annotations of public texts that are not passed on: joined to the texts by whoever has them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotations import StandoffAnnotation
from pipeline.errors import StanceError
from pipeline.jsonl import iterate_records


@dataclass(frozen=True, slots=True)
class JoinedAnnotation:
    """A standoff annotation and the text that it is about."""

    text: str  # as :func:`normalised` gives it, which is what the evidence points into
    annotation: StandoffAnnotation

    @property
    def evidence(self) -> str | None:
        """The words that carry the act."""
        span = self.annotation.evidence
        return None if span is None else self.text[span[0] : span[1]]


def normalised(text: str) -> str:
    """Return a text with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def digest(text: str) -> str:
    """Return the sha256, in hexadecimal, of a text's normalised form in UTF-8."""
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()


def read_standoff(path: Path) -> list[StandoffAnnotation]:
    """Read a file of standoff annotations, or every ``*.jsonl`` of a folder by name.

    :raises StanceError: if a line is no valid annotation, one annotator reads a line of a source twice, or the folder
        holds no such file.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        message = f"{path} holds no .jsonl file of annotations; check the path."
        raise StanceError(message)
    seen: set[tuple[str, str, str]] = set()
    found = []
    for file in files:
        for one in iterate_records(file, StandoffAnnotation):
            key = (one.annotator, one.source, one.sha256)
            if key in seen:
                message = f"{file}: annotator {one.annotator!r} reads the line {one.sha256} of {one.source} twice."
                raise StanceError(message)
            seen.add(key)
            found.append(one)
    return found


def join(annotations: Iterable[StandoffAnnotation], texts: Iterable[str]) -> Iterator[JoinedAnnotation]:
    """Yield the annotations of those texts that somebody annotated, in the order of the texts, each text once.

    :raises StanceError: if an annotation's evidence lies outside of its text, which then is another.
    """
    by_digest: dict[str, list[StandoffAnnotation]] = {}
    for annotation in annotations:
        by_digest.setdefault(annotation.sha256, []).append(annotation)
    for text in texts:
        for annotation in by_digest.pop(digest(text), ()):
            joined = JoinedAnnotation(normalised(text), annotation)
            if annotation.evidence is not None and annotation.evidence[1] > len(joined.text):
                message = f"The evidence of the annotation {annotation.sha256} lies outside of its text."
                raise StanceError(message)
            yield joined
