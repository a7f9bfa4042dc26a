"""A file of texts in, the same rows with their stances out, in constant memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StanceError
from pipeline.prediction.predictor import Predictor
from pipeline.records import Prediction
from pipeline.stance import STANCES
from pipeline.tables.arrow_schema import input_schema, json_text_columns
from pipeline.tables.reading import Row, Survey, iterate_table, survey
from pipeline.tables.writing import json_text, writing_table

if TYPE_CHECKING:
    import pyarrow

WINDOW = 2048  # rows in memory at a time: enough to sort by length well, small enough to forget


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRequest:
    """What to predict and where to put it."""

    input: Path
    column: str = "text"
    prefix: str = ""  # before the names of our columns
    provenance: bool = False

    def names(self) -> dict[str, str]:
        """Return our columns, flat form, by what they hold."""
        own = ["stance", "confidence", "abstained", *(f"p_{stance}" for stance in STANCES)]
        return {name: self.prefix + name for name in [*own, *(["model"] if self.provenance else [])]}


def checked_input(request: BulkRequest) -> Survey:
    """Survey the input and make sure that our columns do not overwrite its own.

    :raises StanceError: if the input is malformed or already has a column of ours.
    """
    found = survey(request.input, request.column)
    taken = [name for name in [*request.names().values(), request.prefix + "probabilities"] if name in found.columns]
    if taken:
        message = (
            f"{request.input} already has a column {taken[0]!r}, which the output would overwrite; "
            "give ours another name with --prefix, for instance --prefix predicted_."
        )
        raise StanceError(message)
    return found


def predict_file(
    predictor: Predictor,
    request: BulkRequest,
    output: Path,
    *,
    found: Survey,
    advance: Callable[[int], None] | None = None,
) -> int:
    """Predict every row of a file; the output has its columns and ours and appears when it is whole.

    :param found: what :func:`checked_input` said about the input.
    :param advance: told how many rows each window finished.
    :return: the number of rows.
    :raises StanceError: if the input is malformed (nothing is written then) or the output cannot be written.
    """
    parquet = output.suffix.lower() == ".parquet"
    flat = parquet or output.suffix.lower() == ".csv"
    schema = _schema(request, found) if parquet else None
    as_json = json_text_columns(request.input, found) if parquet else frozenset()
    with writing_table(output, flat_columns(request, found), schema) as writer:
        for rows in predicted_rows(predictor, request, found, flat=flat):
            writer.write(_with_json_text(row, as_json) for row in rows)
            if advance is not None:
                advance(len(rows))
    return found.rows


def predicted_windows(predictor: Predictor, request: BulkRequest) -> Iterator[tuple[list[Row], list[Prediction]]]:
    """Yield windows of rows with their predictions, in the input's order."""
    rows = (row for _, row in iterate_table(request.input))
    while window := list(islice(rows, WINDOW)):
        yield window, predictor.predict_many([row[request.column] for row in window])


def predicted_rows(predictor: Predictor, request: BulkRequest, found: Survey, *, flat: bool) -> Iterator[list[Row]]:
    """Yield windows of rows: every column of the input as it is, and ours beside them.

    :param flat: a column for each of our values, in the order of :func:`flat_columns`; else nested as in JSON, where
        the text that was read stands under ``text`` too, unless the input has such a column of its own.
    """
    with_text = not flat and "text" not in found.columns
    for rows, predictions in predicted_windows(predictor, request):
        yield [
            {
                **({"text": prediction.text} if with_text else {}),
                **row,
                **(_flat_row(prediction, request) if flat else _nested_row(prediction, request)),
            }
            for row, prediction in zip(rows, predictions, strict=True)
        ]


def flat_columns(request: BulkRequest, found: Survey) -> list[str]:
    """Return the columns of a flat output: the input's, then ours."""
    return [*found.columns, *request.names().values()]


def _nested_row(prediction: Prediction, request: BulkRequest) -> Row:
    fields = prediction.as_dict(provenance=request.provenance)
    return {request.prefix + name: value for name, value in fields.items() if name != "text"}


def _flat_row(prediction: Prediction, request: BulkRequest) -> Row:
    values: dict[str, Any] = {
        "stance": str(prediction.stance),
        "confidence": prediction.confidence,
        "abstained": prediction.abstained,
        **{f"p_{stance}": prediction.probabilities[stance] for stance in STANCES},
        "model": prediction.model,
    }
    return {column: values[name] for name, column in request.names().items()}


def _with_json_text(row: Row, columns: frozenset[str]) -> Row:
    if not columns:
        return row
    return {name: json_text(value) if name in columns and value is not None else value for name, value in row.items()}


def _schema(request: BulkRequest, found: Survey) -> "pyarrow.Schema":
    import pyarrow

    kinds = {"stance": pyarrow.string(), "abstained": pyarrow.bool_(), "model": pyarrow.string()}
    own = [(column, kinds.get(name, pyarrow.float64())) for name, column in request.names().items()]
    return pyarrow.schema([*input_schema(request.input, found), *(pyarrow.field(*field) for field in own)])
