"""One way of asking any model: validated texts in, predictions out, in the same order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from pipeline.errors import StanceError
from pipeline.models.contract import StanceModel, load_model
from pipeline.models.manifest import Manifest, read_manifest
from pipeline.records import Prediction
from pipeline.stance import STANCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Predictor:
    """A model that is ready to answer.

    Example::

        predictor = load_predictor(Path("models/transformer"), abstain_below=0.4)
        predictor("If they cross the border, we will answer.").stance
    """

    model: StanceModel
    abstain_below: float = 0.0
    fingerprint: str | None = None

    @overload
    def __call__(self, texts: str) -> Prediction: ...  # type: ignore[overload-overlap] # a string is iterable
    @overload
    def __call__(self, texts: Iterable[str]) -> list[Prediction]: ...

    def __call__(self, texts: str | Iterable[str]) -> Prediction | list[Prediction]:
        """Predict one text or many.

        :return: one Prediction for a string, a list in the same order for anything else.
        :raises StanceError: if a text is no string or empty, naming its position.
        """
        if isinstance(texts, str):
            return self.predict_many([texts])[0]
        return self.predict_many(checked_texts(texts))

    def predict_many(self, texts: Sequence[str]) -> list[Prediction]:
        """Predict a list of texts in one go."""
        texts = checked_texts(texts)
        return self.predictions(texts, self.model.probabilities(texts))

    def predictions(self, texts: Sequence[str], probabilities: "NDArray[np.float64]") -> list[Prediction]:
        """Say what probabilities of the model, shape (number of texts, stances), mean."""
        return [self._prediction(text, row) for text, row in zip(texts, probabilities.tolist(), strict=True)]

    def _prediction(self, text: str, row: list[float]) -> Prediction:
        probabilities = dict(zip(STANCES, row, strict=True))
        stance = max(probabilities, key=probabilities.__getitem__)  # the first of equals: the codebook's order
        return Prediction(
            text=text,
            stance=stance,
            probabilities=probabilities,
            abstained=probabilities[stance] < self.abstain_below,
            model=self.fingerprint,
        )


def load_predictor(folder: Path, *, abstain_below: float = 0.0, threads: int | None = None) -> Predictor:
    """Open a model folder for predictions.

    :raises StanceError: if the folder is missing or damaged, or holds a model of other labels than the stances.
    """
    return predictor_of(folder, load_model(folder, threads=threads), abstain_below=abstain_below)


def predictor_of(folder: Path, model: StanceModel, *, abstain_below: float = 0.0) -> Predictor:
    """Turn an opened model into a predictor of stances.

    :param folder: where it lies, with its manifest.
    :raises StanceError: if it tells other labels apart than the stances.
    """
    return Predictor(model, abstain_below, manifest_of_stances(folder).fingerprint)


def manifest_of_stances(folder: Path) -> Manifest:
    """Return the manifest of a model folder.

    :raises StanceError: if there is none, or the model tells other labels apart than the stances.
    """
    manifest = read_manifest(folder)
    if manifest.labels != tuple(STANCES):
        told_apart = ", ".join(manifest.labels)
        message = f"{folder} tells {told_apart} apart, not stances; name a model that was trained on stances."
        raise StanceError(message)
    return manifest


def checked_texts(texts: Iterable[object]) -> list[str]:
    """Return the texts as a list of strings that say something.

    :raises StanceError: naming the position, from 1, of the first that does not.
    """
    if isinstance(texts, bytes | dict) or not hasattr(texts, "__iter__"):
        message = f"A text must be a string, or a list of strings; got {type(texts).__name__}."
        raise StanceError(message)
    checked: list[str] = []
    for position, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            message = f"Text {position} must be a string; got {type(text).__name__}."
            raise StanceError(message)
        if not text.strip():
            message = f"Text {position} is empty; there is nothing to label."
            raise StanceError(message)
        checked.append(text)
    return checked
