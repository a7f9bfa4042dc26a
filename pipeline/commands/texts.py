"""Statements that stand in the arguments: labelled and shown, without the parser of options."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.commands.output import P_COLUMNS, Format, chosen_format, print_table, show_rows, stance_cell
from pipeline.engines.choosing import Engine
from pipeline.errors import StanceError
from pipeline.records import Prediction
from pipeline.stance import STANCES

_LONGEST_NAME = 200  # characters of a path


def predict_texts(
    texts: Sequence[str],
    *,
    form: Format | None = None,
    model: str = "champion",
    engine: Engine = Engine.AUTO,
    provenance: bool = False,
) -> None:
    """Label texts and show the answers on standard output.

    :raises StanceError: if a text is not UTF-8 or is a file's name, or the model cannot be opened.
    """
    from pipeline.prediction.locate import FEW, project_predictor

    _refuse_bytes(texts)
    _refuse_files(texts)
    predictions = project_predictor(model, engine=engine, few_texts=len(texts) <= FEW)(texts)
    _show(predictions, chosen_format(form), provenance=provenance)


def _refuse_bytes(texts: Sequence[str]) -> None:
    """Refuse arguments that are not UTF-8, which Python hands on as halves of surrogate pairs."""
    for position, text in enumerate(texts, start=1):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            message = f"Text {position} is not UTF-8 (character {error.start + 1}); convert it first."
            raise StanceError(message) from error


def _refuse_files(texts: Sequence[str]) -> None:
    """Refuse the name of a file: other commands take one there, and nobody wants its name labelled."""
    for text in texts:
        is_file = len(text) < _LONGEST_NAME and not any(space in text for space in " \n") and Path(text).is_file()
        if text == "-" or is_file:
            message = f"{text} is a file, not a statement; use stance predict --input {text}."
            raise StanceError(message)


def _show(predictions: Sequence[Prediction], form: Format, *, provenance: bool) -> None:
    if form is Format.TABLE:
        print_predictions(predictions)
        return
    columns = ["text", "stance", "confidence", "abstained", *(["model"] if provenance else []), *P_COLUMNS]
    show_rows((prediction.as_dict(provenance=provenance) for prediction in predictions), form, columns)


def print_predictions(predictions: Sequence[Prediction]) -> None:
    """Print a table: stance, its probability, the statement, and the stance that comes next."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("stance", no_wrap=True)
    table.add_column("p", justify="right")
    table.add_column("statement", ratio=1)
    table.add_column("next", no_wrap=True, style="dim")
    for one in predictions:
        second = max((stance for stance in STANCES if stance != one.stance), key=one.probabilities.__getitem__)
        table.add_row(
            stance_cell(one.stance, abstained=one.abstained),
            f"{one.confidence:.2f}",
            escape(one.text),
            f"{second} {one.probabilities[second]:.2f}",
        )
    print_table(table)
