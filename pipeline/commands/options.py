"""Options that several commands share."""

from typing import Annotated

import typer

from pipeline.commands.output import Format
from pipeline.engines.choosing import Engine

FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", "-f", help="table, json (one array), jsonl or csv. [default: table on a terminal, else jsonl]"
    ),
]
ModelOption = Annotated[
    str, typer.Option("--model", "-m", help="champion, baseline, transformer, a model folder, or an MLflow URI.")
]
EngineOption = Annotated[
    Engine,
    typer.Option(
        "--engine",
        help="What runs a transformer: onnx (one quote), openvino (many; bf16 where there is), torch, or auto.",
    ),
]
