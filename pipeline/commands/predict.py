"""``stance predict``: label statements from arguments, a file or standard input."""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import FormatOption, ModelOption
from pipeline.commands.output import Format, chosen_format
from pipeline.commands.predict_on_spark import (
    PredictEngine,
    PredictEngineOption,
    predict_on_spark,
    refuse_for_spark,
)
from pipeline.commands.progress import progress
from pipeline.commands.texts import predict_texts, print_predictions
from pipeline.compression import format_of
from pipeline.engines.choosing import Engine
from pipeline.errors import StanceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.prediction.bulk import BulkRequest
    from pipeline.prediction.predictor import Predictor
    from pipeline.tables.reading import Survey


def predict(  # noqa: PLR0913 - each is an option of the command
    texts: Annotated[list[str] | None, typer.Argument(help="Statements; or use --input.", metavar="TEXT...")] = None,
    *,
    source_name: Annotated[
        str | None,  # no Path: it would take one slash from a URI
        typer.Option(
            "--input",
            "-i",
            metavar="PATH",
            help="CSV, JSON Lines (.gz, .zst too) or Parquet file; - reads one text a line from standard input.",
        ),
    ] = None,
    column: Annotated[str, typer.Option(help="The input's column of texts.")] = "text",
    output_name: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="CSV, JSON, JSON Lines (.gz, .zst too) or Parquet file; a folder for --engine spark.",
        ),
    ] = None,
    form: FormatOption = None,
    model: ModelOption = "champion",
    engine: PredictEngineOption = PredictEngine.AUTO,
    provenance: Annotated[bool, typer.Option("--provenance", help="Add the fingerprint of the model.")] = False,
    prefix: Annotated[str, typer.Option(help="Put before the names of the columns that are added.")] = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the answers of a run to --output that was interrupted.")
    ] = False,
) -> None:
    """Say what an official does by saying something: threat, denial, de-escalation, warning or other."""
    if engine is PredictEngine.SPARK:
        refuse_for_spark(texts=bool(texts), source=source_name, output=output_name, form=form, resume=resume)
        assert source_name is not None  # noqa: S101 - refused otherwise
        assert output_name is not None  # noqa: S101
        predict_on_spark(source_name, output_name, column=column, model=model, prefix=prefix, provenance=provenance)
        return
    from pipeline.prediction.bulk import BulkRequest, checked_input
    from pipeline.prediction.locate import project_predictor

    source, output = (None if name is None else Path(name) for name in (source_name, output_name))
    runner = Engine(engine)
    if bool(texts) == (source is not None):
        both = "Give texts or --input, not both" if texts else "Give texts or --input"
        message = f'{both}, for instance: stance predict "We will answer."'
        raise StanceError(message)
    if texts:
        _refuse_options_of_files(output, resume=resume)
        predict_texts(texts, form=form, model=model, engine=runner, provenance=provenance)
        return
    assert source is not None  # noqa: S101 - one of the two is given
    if output is not None:
        _refuse_another_form(form, output)
        _refuse_to_replace(source, output)
    elif resume:
        message = "--resume goes on with a file; name it with --output."
        raise StanceError(message)
    with _as_file(source, column) as path:
        request = BulkRequest(input=path, column=column, prefix=prefix, provenance=provenance)
        found = checked_input(request)  # before the model is loaded: a bad line is said at once
        predictor = project_predictor(model, engine=runner)
        if output is not None:
            _to_file(predictor, request, found, output, resume=resume)
        else:
            _to_terminal(predictor, request, found, chosen_format(form))


def _refuse_another_form(form: Format | None, output: Path) -> None:
    """Refuse a --format that is not the one that the output's name tells."""
    if form is not None and format_of(output) != f".{form}":
        message = f"--format {form} and --output {output} contradict each other; leave out --format."
        raise StanceError(message)


def _refuse_options_of_files(output: Path | None, *, resume: bool) -> None:
    """Refuse what would be passed over in silence."""
    if output is not None or resume:
        name = "--output" if output is not None else "--resume"
        message = f"{name} is for files; give the texts with --input FILE, or - for standard input."
        raise StanceError(message)


def _refuse_to_replace(source: Path, output: Path) -> None:
    """Refuse to put the answers in the place of what was asked."""
    if output.resolve() == source.resolve():
        message = f"--output {output} would replace the input; name another file."
        raise StanceError(message)


def _to_file(predictor: "Predictor", request: "BulkRequest", found: "Survey", output: Path, *, resume: bool) -> None:
    from pipeline.prediction.bulk import predict_file
    from pipeline.prediction.journal import Journal

    try:
        with progress("predicting", found.rows) as steps:

            def skip(known: int) -> None:
                typer.echo(f"{known} of {found.rows} statements were answered before", err=True)
                steps.skip(known)

            rows = predict_file(
                predictor, request, output, found=found, resume=resume, advance=steps.advance, skip=skip
            )
    except KeyboardInterrupt:
        if Journal.beside(output).exists():
            kept = f"{output} is not written yet; the answers so far are kept, and --resume goes on with them."
            typer.echo(kept, err=True)
        raise
    typer.echo(f"{rows} statements written to {output}", err=True)


def _to_terminal(predictor: "Predictor", request: "BulkRequest", found: "Survey", form: Format) -> None:
    from pipeline.prediction.bulk import flat_columns, predicted_rows, predicted_windows
    from pipeline.tables.writing import text_writer

    if form is Format.TABLE:
        for _, predictions in predicted_windows(predictor, request):
            print_predictions(predictions)
        return
    writer = text_writer(sys.stdout, form.value, flat_columns(request, found))
    for rows in predicted_rows(predictor, request, found, flat=form is Format.CSV):
        writer.write(rows)
    writer.close()


@contextmanager
def _as_file(source: Path, column: str) -> "Iterator[Path]":
    """Turn standard input, one text a line, into a file that can be read twice."""
    if str(source) != "-":
        yield source
        return
    from pipeline.jsonl import write_rows

    with tempfile.TemporaryDirectory(prefix="stance-") as folder:
        path = Path(folder) / "standard-input.jsonl"
        try:
            write_rows(path, ({column: line.rstrip("\r\n")} for line in sys.stdin if line.strip()))
        except UnicodeError as error:  # in some locales it is read all the same and only cannot be written
            message = "Standard input is not UTF-8; convert it first."
            raise StanceError(message) from error
        yield path
