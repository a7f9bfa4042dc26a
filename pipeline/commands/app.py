"""All commands of ``stance`` and their options; each command imports what it needs when it runs."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.commands import article, doctor, eval_extraction, evaluate, join, predict, serve, stages, track, train
from pipeline.commands.stopping import STOPPED, STOPPED_MESSAGE


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
