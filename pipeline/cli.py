"""The ``stance`` command: a thin shell over the package; each command imports what it needs when it runs."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.commands import article, doctor, eval_extraction, evaluate, join, predict, serve, stages, track, train
from pipeline.errors import StanceError

STOPPED_MESSAGE = "stance: stopped; earlier outputs are unchanged."
STOPPED = 130  # as a shell counts a process that an interrupt ended
READER_GONE = 141  # and one that a closed pipe ended


class Commands(TyperGroup):
    """All commands; what a user does to a running one is answered here, before typer leaves without a word."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer has its own copy of click in some versions
        """Run the command that the arguments name."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, typer.Abort) as stop:
            typer.echo(STOPPED_MESSAGE, err=True)
            raise typer.Exit(STOPPED) from stop


app = typer.Typer(
    name="stance",
    cls=Commands,
    help="What does an official do by saying this? Statements out of news articles, with speaker and stance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(predict.predict)
app.command()(article.article)
app.command()(evaluate.evaluate)
app.command("eval-extraction")(eval_extraction.eval_extraction)
app.command()(serve.serve)
app.command()(doctor.doctor)
app.command()(train.train)
app.command()(join.join)
app.command()(track.track)
app.add_typer(stages.app, name="run")


def _version(on: bool) -> None:
    if on:
        from importlib.metadata import version

        typer.echo(f"stance {version('statement-stance')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


def main() -> None:
    """Run the command line; a user's mistake ends in one sentence on standard error and exit code 1."""
    try:
        try:
            _predict_texts(sys.argv[2:]) if _are_only_texts(sys.argv[1:]) else app()
        finally:
            sys.stdout.flush()  # not at the interpreter's end, where a closed pipe is complained about
    except StanceError as error:
        typer.echo(f"stance: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        _leave_to_no_reader()
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # typer and rich caught it and leave with code 1
            _leave_to_no_reader()
        raise


def _are_only_texts(arguments: Sequence[str]) -> bool:
    return arguments[:1] == ["predict"] and len(arguments) > 1 and not any(one.startswith("-") for one in arguments)


def _predict_texts(texts: list[str]) -> None:
    """Answer without the parser of options, where there are none: to load it takes a fifth of what one quote takes."""
    try:
        predict.predict(texts)
    except KeyboardInterrupt:
        typer.echo(STOPPED_MESSAGE, err=True)
        sys.exit(STOPPED)


def _leave_to_no_reader() -> None:
    """Leave quietly: the reader of standard output went away, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be flushed
    sys.exit(READER_GONE)
