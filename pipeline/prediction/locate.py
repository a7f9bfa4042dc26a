"""Which model folder a user means."""

from pathlib import Path

from pipeline.engines.choosing import Engine, exported_folder
from pipeline.errors import StanceError
from pipeline.models.manifest import read_manifest
from pipeline.prediction.champion import read_champion
from pipeline.prediction.kept import kept_predictor
from pipeline.prediction.predictor import Predictor
from pipeline.prediction.settings import read_prediction_settings

CHAMPION = "champion"
FEW = 20  # texts, for which a model is not worth being opened for long work
EXPORTED = "models/onnx"  # of the project: the transformer, ready to answer without torch


def project_folder(start: Path | None = None) -> Path:
    """Return the nearest folder upwards that holds params.yaml and dvc.yaml; else the one this package lies in.

    So a script or notebook in a sub-folder of the project finds its models.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "params.yaml").is_file() and (folder / "dvc.yaml").is_file():
            return folder
    return here


def model_folder(name: str, project: Path) -> Path:
    """Return the folder of ``baseline``, ``transformer``, ``champion``, a path, or an MLflow URI.

    :raises StanceError: if there is no such model; says to run `make` where that would train it.
    """
    if name.startswith(("models:/", "runs:/", "mlflow-artifacts:/")):
        from pipeline.tracking import model_folder_from_uri

        return model_folder_from_uri(name, project)
    models = project / "models"
    if name == CHAMPION:
        name = read_champion(models / "champion.json").champion
    folder = models / name if name in ("baseline", "transformer") else _home_expanded(name)
    if not (folder / "manifest.json").is_file():
        message = (
            f"There is no model in {folder}; run `make` to train the project's models, or name champion, baseline, "
            "transformer, a model folder or models:/statement-stance@champion."
        )
        raise StanceError(message)
    return folder


def export_beside(folder: Path) -> Path:
    """Return where the export of a model folder lies if it has one of its own: in the project, and as it is logged."""
    return folder.with_name(Path(EXPORTED).name)


def _home_expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # "~somebody" whom this machine does not know
        return Path(name)


def project_predictor(
    name: str, project: Path | None = None, *, engine: Engine = Engine.AUTO, few_texts: bool = False
) -> Predictor:
    """Open a model under the project's settings; the same model is opened once and kept.

    :param few_texts: open it quickly rather than for long work.
    :raises StanceError: if there is no such model, it cannot be run by that engine, or params.yaml is not valid.
    """
    root = project or project_folder()
    folder = model_folder(name, root)
    settings = read_prediction_settings(root / "params.yaml")
    manifest = read_manifest(folder)
    beside = export_beside(folder)
    exported = root / EXPORTED if exported_folder(folder, beside, manifest) is None else beside
    return kept_predictor(
        folder, exported, manifest.fingerprint, engine, settings.abstain_below, settings.threads, few_texts
    )
