"""The fine-tuned transformer as a model folder: weights, tokenizer and temperature, ready to answer."""

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

    from pipeline.models.encoder import StanceEncoder


@dataclass(frozen=True)
class TransformerModel:
    """A fine-tuned encoder with its tokenizer."""

    encoder: "StanceEncoder"
    tokenizer: Any
    temperature: float = 1.0
    shift: tuple[float, ...] = ()  # of each label's log-probability; empty for none

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells apart, in the order of the columns."""
        labels: tuple[str, ...] = self.encoder.config.labels
        return labels

    def logits(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return uncalibrated scores, shape (number of texts, labels), in fp32."""
        import numpy as np
        import torch

        scores = np.zeros((len(texts), len(self.labels)))
        if not texts:
            return scores
        device = next(self.encoder.parameters()).device
        encoded = self.tokenizer(
            list(texts), truncation=True, max_length=self.encoder.config.longest_tokens, padding=False
        )["input_ids"]
        self.encoder.train(mode=False)
        with torch.inference_mode():
            for rows in batches_by_length([len(ids) for ids in encoded]):
                batch = self.tokenizer.pad({"input_ids": [encoded[row] for row in rows]}, return_tensors="pt")
                output = self.encoder(
                    input_ids=batch["input_ids"].to(device), attention_mask=batch["attention_mask"].to(device)
                )
                scores[rows] = output.logits.float().cpu().numpy()
        return scores

    def probabilities(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return calibrated probabilities, shape (number of texts, labels)."""
        return calibrated(self.logits(texts), self.temperature, self.shift)

    def save(self, folder: Path) -> None:
        """Write weights (safetensors), configuration and tokenizer; temperature and shift stand in the manifest."""
        self.encoder.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None) -> "TransformerModel":
        """Open a saved transformer.

        :raises StanceError: if a file is missing or damaged.
        """
        import torch
        from transformers import AutoTokenizer
        from transformers.utils import logging

        from pipeline.models.encoder import StanceEncoder

        if threads is not None:
            torch.set_num_threads(threads)
        logging.disable_progress_bar()
        logging.set_verbosity_error()  # it warns of every model type that is not its own
        try:
            encoder = StanceEncoder.from_pretrained(folder)
            tokenizer = AutoTokenizer.from_pretrained(folder)
        except Exception as error:  # each damaged part raises a type of its own
            message = f"{folder} cannot be loaded ({type(error).__name__}: {error}); run `make` to train again."
            raise StanceError(message) from error
        device = "cuda" if torch.cuda.is_available() else "cpu"
        encoder = encoder.to(device).eval()  # type: ignore[arg-type] # transformers wraps torch's method
        manifest = read_manifest(folder)
        return cls(encoder, tokenizer, manifest.temperature, manifest.shift)
