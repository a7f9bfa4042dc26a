"""A file of texts in, the same rows with their stances out, in constant memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.compression import format_of
from pipeline.errors import StanceError
from pipeline.models.manifest import sha256_of_file
from pipeline.prediction.columns import added_columns, refuse_taken
from pipeline.prediction.journal import Journal, Run
from pipeline.prediction.once import ScoringOnce
from pipeline.prediction.predictor import Predictor, checked_texts
from pipeline.records import Prediction
from pipeline.stance import STANCES
from pipeline.tables.arrow_schema import input_schema, json_text_columns
from pipeline.tables.reading import Row, Survey, iterate_table, survey
from pipeline.tables.writing import json_text, writing_table

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import numpy as np
    import pyarrow
    from numpy.typing import NDArray

WINDOW = 512  # rows in memory at a time, and what a kill can cost: enough to sort by length, a few seconds of work


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRequest:
    """What to predict and where to put it."""

    input: Path
    column: str = "text"
    prefix: str = ""  # before the names of our columns
    provenance: bool = False

    def names(self) -> dict[str, str]:
        """Return our columns, flat form, by what they hold."""
        return added_columns(self.prefix, provenance=self.provenance)


def checked_input(request: BulkRequest) -> Survey:
    """Survey the input and make sure that our columns do not overwrite its own.

    :raises StanceError: if the input is malformed or already has a column of ours.
    """
    found = survey(request.input, request.column)
    refuse_taken(request.input, found.columns, request.prefix, provenance=request.provenance)
    return found


def predict_file(  # noqa: PLR0913 - what is predicted, where to, and who is told
    predictor: Predictor,
    request: BulkRequest,
    output: Path,
    *,
    found: Survey,
    resume: bool = False,
    advance: Callable[[int], None] | None = None,
    skip: Callable[[int], None] | None = None,
) -> int:
    """Predict every row of a file; the output has its columns and ours and appears when it is whole.

    Until then the answers are kept beside it, so that a run that was killed can go on where it was.

    :param found: what :func:`checked_input` said about the input.
    :param resume: go on with the answers of a run that was interrupted.
    :param advance: told how many rows each window finished.
    :param skip: told how many rows need no scoring, because they are resumed.
    :return: the number of rows.
    :raises StanceError: if the input is malformed (nothing is written then) or the output cannot be written; if there
        is nothing to resume, or answers of an interrupted run lie there and are not to be resumed.
    """
    form = format_of(output)
    parquet = form == ".parquet"
    flat = parquet or form == ".csv"
    schema = _schema(request, found) if parquet else None
    as_json = json_text_columns(request.input, found) if parquet else frozenset()
    written = 0
    # The name beside the output is always the same: what a kill left there is written over by the next run.
    with (
        _journal(predictor, request, found, output, resume=resume) as journal,
        writing_table(output, flat_columns(request, found), schema, fixed_name=True) as writer,
    ):
        if skip is not None and journal.known:
            skip(journal.known)
        answers = Answers(journal.windows(), journal.append)
        for rows in predicted_rows(predictor, request, found, flat=flat, answers=answers):
            writer.write(_with_json_text(row, as_json) for row in rows)
            written += len(rows)
            if advance is not None and written > journal.known:
                advance(len(rows))
        if written != found.rows:
            message = f"{request.input} changed while it was read; delete {Journal.beside(output)} and start over."
            raise StanceError(message)
    journal.delete()
    return written


def _journal(
    predictor: Predictor, request: BulkRequest, found: Survey, output: Path, *, resume: bool
) -> "AbstractContextManager[Journal]":
    """Open what is known of the answers, where the new ones are kept too."""
    run = Run(
        input_sha256=sha256_of_file(request.input),
        rows=found.rows,
        column=request.column,
        model=predictor.fingerprint,
        engine=getattr(predictor.model, "arithmetic", type(predictor.model).__name__),
        window=WINDOW,
        stances=len(STANCES),
    )
    return Journal.resumed(output, run) if resume else Journal.started(output, run)


@dataclass(frozen=True, slots=True)
class Answers:
    """Windows of probabilities that are known already, and who is told of each new one."""

    known: "Iterator[NDArray[np.float64]]" = field(default_factory=lambda: iter(()))
    keep: "Callable[[NDArray[np.float64]], None]" = lambda _: None


def predicted_windows(
    predictor: Predictor, request: BulkRequest, answers: Answers | None = None
) -> Iterator[tuple[list[Row], list[Prediction]]]:
    """Yield windows of rows with their predictions, in the input's order; a text that comes again is scored once."""
    answers = answers or Answers()
    rows = (row for _, row in iterate_table(request.input))
    score = ScoringOnce(predictor.model.probabilities)
    while window := list(islice(rows, WINDOW)):
        texts = checked_texts(row[request.column] for row in window)
        probabilities = next(answers.known, None)
        if probabilities is None:
            probabilities = score(texts)
            answers.keep(probabilities)
        else:
            score.recall(texts, probabilities)
        yield window, predictor.predictions(texts, probabilities)


def predicted_rows(
    predictor: Predictor, request: BulkRequest, found: Survey, *, flat: bool, answers: Answers | None = None
) -> Iterator[list[Row]]:
    """Yield windows of rows: every column of the input as it is, and ours beside them.

    :param flat: a column for each of our values, in the order of :func:`flat_columns`; else nested as in JSON, where
        the text that was read stands under ``text`` too, unless the input has such a column of its own.
    """
    with_text = not flat and "text" not in found.columns
    for rows, predictions in predicted_windows(predictor, request, answers):
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
