"""What every model promises, and how a model folder is opened."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import StanceError
from pipeline.models.manifest import read_manifest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class StanceModel(Protocol):
    """A trained and calibrated classifier of single texts."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells apart: the stances, unless it was trained on somebody's own labels."""
        ...

    def probabilities(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return calibrated probabilities: shape (number of texts, labels), columns in the order of ``labels``.

        Rows sum to 1; a row does not depend on the other texts beyond floating-point rounding.
        """
        ...

    def save(self, folder: Path) -> None:
        """Write the model's own files into an existing folder, without pickle."""
        ...


def load_model(folder: Path, *, threads: int | None = None) -> StanceModel:
    """Open a folder that a ``train`` stage wrote.

    :param threads: processor threads of the transformer; None leaves the library's own choice.
    :raises StanceError: if the folder is missing, incomplete or of an unknown kind.
    """
    manifest = read_manifest(folder)
    if manifest.kind == "baseline":
        from pipeline.models.baseline import BaselineModel

        return BaselineModel.load(folder)
    if manifest.kind == "transformer":
        from pipeline.models.transformer import TransformerModel

        return TransformerModel.load(folder, threads=threads)
    message = f"{folder / 'manifest.json'} names the unknown model kind {manifest.kind!r}; run `make` to train again."
    raise StanceError(message)
