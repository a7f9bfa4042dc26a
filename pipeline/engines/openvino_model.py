"""A transformer that OpenVINO runs: in bf16 where the processor multiplies it, several batches at a time."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.engines.exported_model import Batch, ExportedModel
from pipeline.models.precision import processor_has_bf16

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WAITING = 2  # batches given to each thread, so that none waits for the next to be padded


def openvino() -> Any:  # noqa: ANN401 - a module
    """Import OpenVINO without its telemetry, which would tell its makers of every import over the network."""
    import sys

    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type] # None: it cannot be imported
    import openvino as module

    return module


@dataclass(frozen=True)
class OpenVinoModel(ExportedModel):
    """An exported transformer for long work; it takes longer to open than ONNX Runtime and less to answer.

    Matrix products are in bf16 where the processor has instructions for it, else in fp32. benchmarks/inference.py
    measures what that changes in the answers.
    """

    @property
    def arithmetic(self) -> str:
        """What multiplies, and whether in fp32 or bf16."""
        return f"{type(self).__name__} {self.graph.get_property('INFERENCE_PRECISION_HINT').get_type_name()}"

    @classmethod
    def open_graph(cls, path: Path, *, threads: int | None, few_texts: bool) -> Any:  # noqa: ANN401, ARG003
        """Compile a graph so that each thread answers batches of its own, rather than all share each product."""
        import os

        core = openvino().Core()
        # OpenVINO says that it can where it would emulate, too.
        bf16 = processor_has_bf16() and "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        streams = threads or os.cpu_count() or 1
        return core.compile_model(
            path,
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": "bf16" if bf16 else "f32",
                "INFERENCE_NUM_THREADS": streams,
                "NUM_STREAMS": streams,
                "ENABLE_CPU_PINNING": False,  # else two processes of one thread each would share a core
            },
        )

    def scored(self, batches: Iterator[Batch]) -> "Iterator[tuple[list[int], NDArray[np.float32]]]":
        """Yield the rows of each batch with their logits, first begun first."""
        most = WAITING * self.graph.get_property("NUM_STREAMS")
        begun: deque[tuple[list[int], Any]] = deque()
        for batch in batches:
            if len(begun) < most:
                request = self.graph.create_infer_request()
            else:
                rows, request = begun.popleft()
                yield self._finished(rows, request)
            request.start_async([batch.input_ids, batch.attention_mask])
            begun.append((batch.rows, request))
        for rows, request in begun:
            yield self._finished(rows, request)

    @staticmethod
    def _finished(rows: list[int], request: Any) -> "tuple[list[int], NDArray[np.float32]]":  # noqa: ANN401
        request.wait()
        return rows, request.get_output_tensor(0).data.copy()
