"""``stance run STAGE``: the stages of dvc.yaml, each a thin shell over the function of the same name."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.model_names import model_named
from pipeline.errors import StanceError

if TYPE_CHECKING:
    from pipeline.params import Params

app = typer.Typer(help="Run one stage of dvc.yaml (`dvc repro` does it for you).", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument()]
Out = Annotated[Path, typer.Option("--out", help="Where the stage writes.")]
On = Annotated[list[str], typer.Option("--on", help="NAME=FILE of labelled statements; may be repeated.")]
ModelArgument = Annotated[str, typer.Argument(help="baseline or transformer")]


@app.command()
def extract(seeds: Folder, *, out: Out) -> None:
    """Find the statements of every article in a folder."""
    from pipeline.stages.extract import run

    run(_params().extract, seeds, out)


@app.command()
def label(
    corpus: Folder,
    *,
    seeds: Annotated[Path, typer.Option(help="Folder of articles with gold files.")],
    extracted: Annotated[Path, typer.Option(help="Statements that `extract` found.")],
    out: Out,
    report: Annotated[Path, typer.Option(help="Folder of the quality report.")],
) -> None:
    """Turn annotations and labelling functions into labels."""
    from pipeline.stages.label import run

    params = _params()
    run(params.label, corpus, seeds, extracted, out, report, seed=params.seed)


@app.command()
def split(labelled: Folder, *, out: Out) -> None:
    """Split labelled statements so that no group straddles."""
    from pipeline.stages.split import run

    params = _params()
    run(params.split, labelled, out, seed=params.seed)


@app.command()
def adapt(
    texts: Annotated[Path, typer.Argument(help="CSV, JSON Lines or Parquet file of texts.")],
    *,
    standoff: Annotated[Path, typer.Option(help="File or folder of annotations that stand off from the texts.")],
    column: Annotated[str, typer.Option(help="The column of texts.")] = "text",
    out: Out,
) -> None:
    """Adapt the encoder to an archive of texts, and to those of them that are annotated."""
    from pipeline.stages.adapt import run

    params = _params()
    weights = run(params.adapt, texts, standoff, out, column=column, seed=params.seed, threads=params.threads)
    typer.echo(f"To fine-tune from it, set these two under models.transformer:\n  checkpoint: {out}")
    typer.echo(f"  checkpoint_sha256: {weights}")


@app.command()
def train(model: ModelArgument, *, splits: Annotated[Path, typer.Option(help="Folder of splits.")], out: Out) -> None:
    """Train one model."""
    from pipeline.stages.train import run

    params = _params()
    run(params.models, model_named(model), splits, out, seed=params.seed, threads=params.threads)


@app.command()
def export(
    model: Annotated[Path, typer.Argument(help="A folder that `train transformer` wrote.")], *, out: Out
) -> None:
    """Write a trained transformer as a folder that answers without torch."""
    from pipeline.stages.export import run

    run(model, out)


@app.command()
def predict(model: Folder, *, on: On, out: Out) -> None:
    """Predict labelled statements with a trained model."""
    from pipeline.stages.predict import run

    params = _params()
    run(params.predict, model, dict(_named(on)), out, threads=params.threads)


@app.command()
def evaluate(predictions: Folder, *, on: On, out: Out) -> None:
    """Measure predictions against labels."""
    from pipeline.stages.evaluate import run

    params = _params()
    run(params.evaluate, _named(on), predictions, out, seed=params.seed)


@app.command()
def compare(
    models: Annotated[list[Path], typer.Argument(help="Model folders.")],
    *,
    on: On,
    predictions: Annotated[Path, typer.Option(help="Folder with one folder of predictions a model.")],
    out: Out,
    champion: Annotated[Path, typer.Option(help="Where the choice is written.")],
) -> None:
    """Compare the models and choose the champion."""
    from pipeline.stages.compare import run

    params = _params()
    folders = {folder.name: folder for folder in models}
    run(
        params.compare,
        _named(on),
        {name: predictions / name for name in folders},
        folders,
        out,
        champion,
        seed=params.seed,
        threads=params.threads,
    )


@app.command()
def score(
    extracted: Annotated[Path, typer.Argument(help="Statements that `extract` found.")],
    *,
    champion: Annotated[Path, typer.Option(help="The choice that `compare` wrote.")],
    out: Out,
) -> None:
    """Let the champion label the extracted statements."""
    from pipeline.stages.score import run

    params = _params()
    run(params.predict, extracted, champion, out, threads=params.threads)


def _params() -> "Params":
    from pipeline.params import read_params

    return read_params(Path("params.yaml"))


def _named(pairs: list[str]) -> list[tuple[str, Path]]:
    named: list[tuple[str, Path]] = []
    for pair in pairs:
        name, equals, path = pair.partition("=")
        if not (name and equals and path):
            message = f"--on {pair}: expected NAME=FILE, for instance --on test=data/splits/test.jsonl."
            raise StanceError(message)
        if name in dict(named):
            message = f"--on {pair}: {name} is named twice; give each set a name of its own."
            raise StanceError(message)
        named.append((name, Path(path)))
    return named
