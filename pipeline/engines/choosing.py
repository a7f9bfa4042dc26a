"""Which engine answers for a model folder."""

from enum import StrEnum
from pathlib import Path

from pipeline.engines.exported_model import GRAPH, ExportedModel
from pipeline.errors import StanceError
from pipeline.models.contract import StanceModel, load_model
from pipeline.models.manifest import MANIFEST, Manifest, read_manifest


class Engine(StrEnum):
    """What runs a transformer; a baseline is run by scikit-learn whatever is asked for."""

    AUTO = "auto"  # of an export OpenVINO for long work and ONNX for a few texts, as installed; else torch
    ONNX = "onnx"
    OPENVINO = "openvino"
    TORCH = "torch"


PACKAGES = {Engine.ONNX: "onnxruntime", Engine.OPENVINO: "openvino"}


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
        chosen = None if place is None else _engine_for_exports(few_texts=few_texts)
        if chosen is None and place != folder:
            return load_model(folder, threads=threads)
        engine = chosen or Engine.ONNX
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


def _engine_for_exports(*, few_texts: bool) -> Engine | None:
    """Return the engine that is best for the work and installed: OpenVINO answers faster and takes longer to open."""
    by_speed = (Engine.OPENVINO, Engine.ONNX)
    return next((engine for engine in (by_speed[::-1] if few_texts else by_speed) if _is_installed(engine)), None)


def _model_type(engine: Engine) -> type[ExportedModel]:
    if not _is_installed(engine):
        message = f"{PACKAGES[engine]} is not installed; run `pip install {PACKAGES[engine]}`, or use another --engine."
        raise StanceError(message)
    if engine is Engine.OPENVINO:
        from pipeline.engines.openvino_model import OpenVinoModel

        return OpenVinoModel
    from pipeline.engines.onnx_model import OnnxModel

    return OnnxModel


def _is_installed(engine: Engine) -> bool:
    from importlib.util import find_spec

    return find_spec(PACKAGES[engine]) is not None
