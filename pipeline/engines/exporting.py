"""A fine-tuned transformer as an ONNX graph, in a model folder that needs neither torch nor transformers to answer."""

import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engines.exported_model import GRAPH, TOKENIZER
from pipeline.errors import StanceError
from pipeline.models.manifest import MANIFEST, read_manifest

if TYPE_CHECKING:
    from pipeline.models.encoder import StanceEncoder

OPSET = 20


def export_transformer(folder: Path, out: Path) -> None:
    """Write graph, tokenizer and manifest of a trained transformer into an existing, empty folder.

    The graph is in fp32, takes token ids and attention mask of any batch and length, and is fused once here (layer
    normalisation, activation, scaled products), so that opening it does not have to.

    :param folder: what ``train transformer`` wrote.
    :raises StanceError: if the folder is missing or damaged, or holds a model of another kind.
    """
    manifest = read_manifest(folder)
    if manifest.kind != "transformer":
        message = f"{folder} holds a {manifest.kind}, which answers without torch as it is; export a transformer."
        raise StanceError(message)
    from pipeline.models.transformer import TransformerModel

    model = TransformerModel.load(folder)
    plain = out / f"plain-{GRAPH}"
    _write_graph(model.encoder, plain)
    _fuse(plain, out / GRAPH)
    plain.unlink()
    shutil.copyfile(folder / TOKENIZER, out / TOKENIZER)
    shutil.copyfile(folder / MANIFEST, out / MANIFEST)


def _write_graph(encoder: "StanceEncoder", path: Path) -> None:
    import torch

    class Logits(torch.nn.Module):
        """The encoder with a plain tensor as its answer."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder.to(device="cpu", dtype=torch.float32).eval()  # type: ignore[call-arg]

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            """Return logits, shape (batch, labels)."""
            logits: torch.Tensor = self.encoder(input_ids=input_ids, attention_mask=attention_mask).logits
            return logits

    ids = torch.full((2, 7), 5)  # both sizes differ from 1, which would be taken for a constant
    any_size = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch's own deprecated parts
        program = torch.onnx.export(
            Logits(),
            (ids, torch.ones_like(ids)),
            dynamo=True,
            opset_version=OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_shapes={"input_ids": any_size, "attention_mask": any_size},
            verbose=False,
        )
    if program is None:
        message = "The transformer could not be exported to ONNX; use --engine torch."
        raise StanceError(message)
    program.save(str(path))


def _fuse(plain: Path, fused: Path) -> None:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Not the highest level: that one writes layouts of this machine's processor.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(fused)
    options.log_severity_level = 3  # it warns that a written graph may hold extended operators: that is what it is for
    onnxruntime.InferenceSession(str(plain), options, providers=["CPUExecutionProvider"])
