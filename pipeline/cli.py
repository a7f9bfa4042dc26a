"""The ``stance`` command: a thin shell over the package; each command imports what it needs when it runs."""

import sys
from typing import Annotated

import typer

from pipeline.commands import article, doctor, evaluate, predict, stages, track
from pipeline.errors import StanceError

app = typer.Typer(
    name="stance",
    help="What does an official do by saying this? Statements out of news articles, with speaker and stance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(predict.predict)
app.command()(article.article)
app.command()(evaluate.evaluate)
app.command()(doctor.doctor)
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
        app()
    except StanceError as error:
        typer.echo(f"stance: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("stance: stopped; earlier outputs are unchanged.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as `head` does
        sys.exit(141)
