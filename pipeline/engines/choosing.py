"""Which engine answers for a model folder."""

from enum import StrEnum
from pathlib import Path

from pipeline.engines.exported_model import GRAPH, ExportedModel
from pipeline.errors import StanceError
from pipeline.models.contract import StanceModel, load_model
from pipeline.models.manifest import MANIFEST, Manifest, read_manifest


class Engine(StrEnum):
    """What runs a transformer; a baseline is run by scikit-learn whatever is asked for."""

    AUTO = "auto"  # where the model was exported OpenVINO for long work and ONNX for a few texts, else torch
    ONNX = "onnx"
    OPENVINO = "openvino"
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
    :raises StanceError: if an engine for exports was asked for and there is no export, or it is not installed, or a
        folder is damaged.
    """
    manifest = read_manifest(folder)
    place = exported_folder(folder, exported, manifest)
    if engine is Engine.TORCH and place == folder:
        message = f"{folder} holds an exported model, which torch cannot run; name the folder it was exported from."
        raise StanceError(message)
    if manifest.kind != "transformer" or engine is Engine.TORCH:
        return load_model(folder, threads=threads)
    if engine is Engine.AUTO:
        if place is None:
            return load_model(folder, threads=threads)
        engine = _engine_for_exports(few_texts=few_texts)
    if place is None:
        message = f"{folder} has not been exported to {exported}; run `make`, or use --engine torch."
        raise StanceError(message)
    return _model_type(engine).load(place, threads=threads, few_texts=few_texts)


def exported_folder(folder: Path, exported: Path, manifest: Manifest) -> Path | None:
    """Return where the graph of a model lies: in its own folder, or in the project's export of that very model."""
    if (folder / GRAPH).is_file():
        return folder
    whole = (exported / MANIFEST).is_file() and (exported / GRAPH).is_file()
    return exported if whole and read_manifest(exported).fingerprint == manifest.fingerprint else None


def _engine_for_exports(*, few_texts: bool) -> Engine:
    """OpenVINO answers faster and takes longer to open; it may be missing where a model was logged without it."""
    return Engine.OPENVINO if _is_installed("openvino") and not few_texts else Engine.ONNX


def _model_type(engine: Engine) -> type[ExportedModel]:
    if engine is Engine.OPENVINO:
        if not _is_installed("openvino"):
            message = "OpenVINO is not installed; run `pip install openvino`, or use --engine onnx."
            raise StanceError(message)
        from pipeline.engines.openvino_model import OpenVinoModel

        return OpenVinoModel
    from pipeline.engines.onnx_model import OnnxModel

    return OnnxModel


def _is_installed(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None
