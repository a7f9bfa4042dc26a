"""``stance join``: labels that stand off from public texts, joined to the texts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import StanceError

if TYPE_CHECKING:
    from pipeline.labelling.standoff import JoinedAnnotation


def join(
    texts: Annotated[Path, typer.Argument(help="CSV, JSON Lines or Parquet file of texts.", metavar="TEXTS")],
    *,
    standoff: Annotated[Path, typer.Option(help="File or folder of annotations that stand off from the texts.")],
    column: Annotated[str, typer.Option(help="The column of texts.")] = "text",
    out: Annotated[Path, typer.Option("--out", help="JSON Lines file of the annotated texts.")],
) -> None:
    """Write those texts that somebody annotated, each with label, second label, answers and evidence."""
    from pipeline.jsonl import write_rows
    from pipeline.labelling.standoff import join as joined
    from pipeline.labelling.standoff import read_standoff
    from pipeline.tables.reading import iterate_table, survey

    if out.suffix.lower() not in (".jsonl", ".ndjson"):
        message = f"{out}: the annotated texts are JSON Lines; name a file that ends in .jsonl."
        raise StanceError(message)
    if out.resolve() == texts.resolve() or out.resolve().is_relative_to(standoff.resolve()):
        message = f"{out} would replace what is read; name another file with --out."
        raise StanceError(message)
    survey(texts, column)
    annotations = read_standoff(standoff)
    rows = [_row(one) for one in joined(annotations, (row[column] for _, row in iterate_table(texts)))]
    if not rows:
        message = f"None of the texts of {texts} is annotated in {standoff}; check that they are the lines of a source."
        raise StanceError(message)
    write_rows(out, rows)
    typer.echo(f"{len(rows)} of {len(annotations)} annotations joined to their texts: {out}")


def _row(one: "JoinedAnnotation") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one.annotation) | {"text": one.text, "evidence": one.evidence}
