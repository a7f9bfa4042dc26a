"""Stage ``export``: the trained transformer -> a folder that answers without torch."""

from pathlib import Path

from pipeline.atomic import replacing_folder
from pipeline.engines.exporting import export_transformer


def run(model: Path, out: Path) -> None:
    """Write the ONNX graph, tokenizer and manifest of a model folder to ``out``."""
    with replacing_folder(out) as folder:
        export_transformer(model, folder)
