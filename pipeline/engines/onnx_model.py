"""A transformer that ONNX Runtime and tokenizers run, without torch and transformers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StanceError
from pipeline.models.batches import batches_by_length
from pipeline.models.calibration import calibrated
from pipeline.models.manifest import read_manifest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True)
class OnnxModel:
    """An exported transformer; answers as the one it was exported from, but for rounding."""

    session: Any
    tokenizer: Any
    labels: tuple[str, ...]
    temperature: float = 1.0
    shift: tuple[float, ...] = ()

    def logits(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return uncalibrated scores, shape (number of texts, labels)."""
        import numpy as np

        scores = np.zeros((len(texts), len(self.labels)))
        encoded = [one.ids for one in self.tokenizer.encode_batch(list(texts))]
        for rows in batches_by_length([len(ids) for ids in encoded]):
            width = len(encoded[rows[0]])
            ids = np.zeros((len(rows), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for place, row in enumerate(rows):
                ids[place, : len(encoded[row])] = encoded[row]
                mask[place, : len(encoded[row])] = 1
            scores[rows] = self.session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return scores

    def probabilities(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return calibrated probabilities, shape (number of texts, labels)."""
        return calibrated(self.logits(texts), self.temperature, self.shift)

    def save(self, folder: Path) -> None:
        """Refuse: an export is copied as a folder."""
        message = f"An exported model cannot be written again ({folder}); copy its folder."
        raise StanceError(message)

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None, few_texts: bool = False) -> "OnnxModel":
        """Open an exported transformer.

        :param threads: processor threads; None leaves ONNX Runtime's own choice.
        :param few_texts: open it in half the time, to answer a little slower.
        :raises StanceError: if a file is missing or damaged.
        """
        manifest = read_manifest(folder)
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        if few_texts:  # weights are then not copied into the order in which the processor reads them fastest
            options.add_session_config_entry("session.disable_prepacking", "1")
        try:
            session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # each damaged part raises a type of its own
            message = f"{folder} cannot be loaded ({type(error).__name__}: {error}); run `make` to export again."
            raise StanceError(message) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(manifest.params["longest_tokens"])
        return cls(session, tokenizer, manifest.labels, manifest.temperature, manifest.shift)
