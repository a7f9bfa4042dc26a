"""How answers are shown: a table on a terminal, JSON lines in a pipe, or what --format says."""

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    from rich.table import Table

P_COLUMNS = [f"p_{stance}" for stance in STANCES]
COLOURS = {
    Stance.THREAT: "bold red",
    Stance.DENIAL: "magenta",
    Stance.DE_ESCALATION: "green",
    Stance.WARNING: "yellow",
    Stance.OTHER: "dim",
}


class Format(StrEnum):
    """The forms of output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def chosen_format(wanted: Format | None) -> Format:
    """Return the wanted form, or the one that suits where standard output goes."""
    return wanted or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)


def show_rows(rows: Iterable[dict[str, Any]], form: Format, columns: Sequence[str]) -> None:
    """Print rows as JSON, JSON lines or CSV; nested probabilities become one CSV column each."""
    from pipeline.tables.writing import text_writer

    writer = text_writer(sys.stdout, form.value, columns)
    writer.write(rows if form is not Format.CSV else (flattened(row) for row in rows))
    writer.close()


def flattened(row: dict[str, Any]) -> dict[str, Any]:
    """Spread the probabilities of a row over columns named p_<stance>."""
    flat = {name: value for name, value in row.items() if name != "probabilities"}
    probabilities = row.get("probabilities", {})
    confidence = {"confidence": probabilities[row["stance"]]} if probabilities else {}
    return flat | confidence | {f"p_{stance}": value for stance, value in probabilities.items()}


def print_table(table: "Table") -> None:
    """Print a table as wide as the terminal; 120 characters where there is none."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    Console(width=width, highlight=False).print(table)


def stance_cell(stance: Stance, *, abstained: bool) -> str:
    """Return a coloured cell; a stance below the confidence of params.yaml carries a question mark."""
    style = COLOURS[stance]
    return f"[{style}]{stance}{' ?' if abstained else ''}[/{style}]"
