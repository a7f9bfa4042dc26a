"""Which engine answers for a model folder."""

from enum import StrEnum
from pathlib import Path

from pipeline.engines.onnx_model import GRAPH, OnnxModel
from pipeline.errors import StanceError
from pipeline.models.contract import StanceModel, load_model
from pipeline.models.manifest import MANIFEST, Manifest, read_manifest


class Engine(StrEnum):
    """What runs a transformer; a baseline is run by scikit-learn whatever is asked for."""

    AUTO = "auto"  # ONNX where the model was exported, else torch
    ONNX = "onnx"
    TORCH = "torch"


def open_model(
    folder: Path,
    exported: Path,
    engine: Engine = Engine.AUTO,
    *,
    threads: int | None = None,
    few_texts: bool = False,
) -> StanceModel:
    """Open a model folder with the engine that was asked for.

    :param exported: where the project's export lies; it is taken only if it was made from that very model.
    :param few_texts: open an export quickly rather than for long work.
    :raises StanceError: if ``onnx`` was asked for and there is no export, or a folder is damaged.
    """
    manifest = read_manifest(folder)
    place = exported_folder(folder, exported, manifest)
    if engine is Engine.TORCH and place == folder:
        message = f"{folder} holds an exported model, which torch cannot run; name the folder it was exported from."
        raise StanceError(message)
    if manifest.kind != "transformer" or engine is Engine.TORCH:
        return load_model(folder, threads=threads)
    if place is not None and (engine is Engine.ONNX or _runtime_is_installed()):
        return OnnxModel.load(place, threads=threads, few_texts=few_texts)
    if engine is Engine.ONNX:
        message = f"{folder} has not been exported to {exported}; run `make`, or use --engine torch."
        raise StanceError(message)
    return load_model(folder, threads=threads)


def exported_folder(folder: Path, exported: Path, manifest: Manifest) -> Path | None:
    """Return where the graph of a model lies: in its own folder, or in the project's export of that very model."""
    if (folder / GRAPH).is_file():
        return folder
    whole = (exported / MANIFEST).is_file() and (exported / GRAPH).is_file()
    return exported if whole and read_manifest(exported).fingerprint == manifest.fingerprint else None


def _runtime_is_installed() -> bool:
    from importlib.util import find_spec

    return find_spec("onnxruntime") is not None
