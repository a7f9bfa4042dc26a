"""What runs an exported transformer, whichever engine multiplies: texts in batches of one width, answers in order."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import StanceError
from pipeline.models.batches import batches_of_one_width
from pipeline.models.calibration import calibrated
from pipeline.models.manifest import read_manifest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the texts, padded to one width; ``rows`` says which."""

    rows: list[int]
    input_ids: "NDArray[np.int64]"  # shape (rows, width)
    attention_mask: "NDArray[np.int64]"  # shape (rows, width), 0 where padded


@dataclass(frozen=True)
class ExportedModel(ABC):
    """A graph with its tokenizer; answers as the model it was exported from, but for rounding.

    A text is padded to a width that depends on its own length alone, so that its answer does not depend on what is
    asked beside it: by OpenVINO to the last bit, in bf16 too; by ONNX Runtime to the sixth decimal.
    """

    graph: Any  # what the engine opened
    tokenizer: Any
    labels: tuple[str, ...]
    temperature: float = 1.0
    shift: tuple[float, ...] = ()

    @property
    def arithmetic(self) -> str:
        """What multiplies, and how precisely; answers of two kinds differ in their last digits or more."""
        return type(self).__name__

    @classmethod
    @abstractmethod
    def open_graph(cls, path: Path, *, threads: int | None, few_texts: bool) -> Any:  # noqa: ANN401 - the engine's own
        """Open a graph; None leaves the number of threads to the engine."""

    @abstractmethod
    def scored(self, batches: Iterator[Batch]) -> "Iterator[tuple[list[int], NDArray[np.float32]]]":
        """Yield the rows of each batch with their logits, shape (rows, labels), in whatever order they are done."""

    def logits(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return uncalibrated scores, shape (number of texts, labels)."""
        import numpy as np

        scores = np.zeros((len(texts), len(self.labels)))
        encoded = [one.ids for one in self.tokenizer.encode_batch(list(texts))]
        for rows, found in self.scored(_padded(encoded, self.tokenizer.truncation["max_length"])):
            scores[rows] = found
        return scores

    def probabilities(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return calibrated probabilities, shape (number of texts, labels)."""
        return calibrated(self.logits(texts), self.temperature, self.shift)

    def save(self, folder: Path) -> None:
        """Refuse: an export is copied as a folder."""
        message = f"An exported model cannot be written again ({folder}); copy its folder."
        raise StanceError(message)

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None, few_texts: bool = False) -> Self:
        """Open an exported transformer.

        :param threads: processor threads; None leaves the engine's own choice.
        :param few_texts: open it sooner, if the engine can, to answer a little slower.
        :raises StanceError: if a file is missing or damaged.
        """
        manifest = read_manifest(folder)
        from tokenizers import Tokenizer

        try:
            graph = cls.open_graph(folder / GRAPH, threads=threads, few_texts=few_texts)
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except ImportError as error:
            message = f"{cls.__name__} cannot start ({error}); install its package again, or use another --engine."
            raise StanceError(message) from error
        except Exception as error:  # each damaged part raises a type of its own
            said = " ".join(str(error).split())  # OpenVINO's errors run over several lines
            message = f"{folder} cannot be loaded ({type(error).__name__}: {said}); run `make` to export again."
            raise StanceError(message) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(manifest.params["longest_tokens"])
        return cls(graph, tokenizer, manifest.labels, manifest.temperature, manifest.shift)


def _padded(encoded: Sequence[Sequence[int]], longest: int) -> Iterator[Batch]:
    import numpy as np

    for step, rows in batches_of_one_width([len(ids) for ids in encoded]):
        width = min(step, longest)  # the encoder may know no more positions
        input_ids = np.zeros((len(rows), width), dtype=np.int64)
        attention_mask = np.zeros_like(input_ids)
        for place, row in enumerate(rows):
            input_ids[place, : len(encoded[row])] = encoded[row]
            attention_mask[place, : len(encoded[row])] = 1
        yield Batch(rows, input_ids, attention_mask)
