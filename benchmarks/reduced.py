"""Reduced precisions of the exported model, made to be measured; none ships unless it answers as fp32 does."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.engines.exported_model import GRAPH
from pipeline.engines.onnx_model import OnnxModel
from pipeline.engines.openvino_model import OpenVinoModel, openvino
from pipeline.models.precision import use_bf16
from pipeline.models.transformer import TransformerModel

Score = Callable[[Sequence[str]], np.ndarray]  # texts -> probabilities
CALIBRATION = 200  # texts, on which static int8 learns its scales


def reduced(
    exported: Path, model: TransformerModel, texts: Sequence[str], scratch: Path, threads: int
) -> dict[str, Score]:
    """Return what can be made here, by name: bf16 only where the processor has it.

    :param texts: to calibrate on; not those that are measured.
    """
    found: dict[str, Score] = {
        "ONNX dynamic int8 per channel": dynamic_int8(exported, scratch / "dynamic", threads).probabilities,
        "ONNX static int8 per channel, calibrated": static_int8(
            exported, texts, scratch / "static", threads
        ).probabilities,
        "ONNX weight-only int8, blocks of 32": weights_int8(exported, scratch / "weights", threads).probabilities,
    }
    if use_bf16("auto"):
        found["torch bf16"] = torch_bf16(model)
    found["OpenVINO f32"] = openvino_f32(exported, threads).probabilities
    return found


def dynamic_int8(exported: Path, folder: Path, threads: int) -> OnnxModel:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    shutil.copytree(exported, folder)
    quantize_dynamic(
        exported / GRAPH, folder / GRAPH, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"]
    )
    return OnnxModel.load(folder, threads=threads)


def static_int8(exported: Path, texts: Sequence[str], folder: Path, threads: int) -> OnnxModel:
    """Calibrate the scales of activations; attention's own products (between activations) stay in fp32."""
    from onnxruntime.quantization import (
        CalibrationDataReader,
        CalibrationMethod,
        QuantFormat,
        QuantType,
        quantize_static,
    )

    shutil.copytree(exported, folder)
    plain = OnnxModel.load(exported, threads=threads)

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            encoded = [one.ids for one in plain.tokenizer.encode_batch(list(texts[:CALIBRATION]))]
            self.rows = iter(
                {"input_ids": np.array([ids], dtype=np.int64), "attention_mask": np.ones((1, len(ids)), dtype=np.int64)}
                for ids in encoded
            )

        def get_next(self) -> dict[str, np.ndarray] | None:
            return next(self.rows, None)

    quantize_static(
        exported / GRAPH,
        folder / GRAPH,
        Reader(),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        calibrate_method=CalibrationMethod.MinMax,
        nodes_to_exclude=products_of_activations(exported / GRAPH),
    )
    return OnnxModel.load(folder, threads=threads)


def products_of_activations(graph: Path) -> list[str]:
    import onnx

    content = onnx.load(graph).graph
    constant = {one.name for one in content.initializer}
    return [node.name for node in content.node if node.op_type == "MatMul" and node.input[1] not in constant]


def weights_int8(exported: Path, folder: Path, threads: int) -> OnnxModel:
    """Keep weights in int8 with a scale for 32 of them; activations get one for each 32 of a row as they come."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    shutil.copytree(exported, folder)
    settings = DefaultWeightOnlyQuantConfig(block_size=32, is_symmetric=True, accuracy_level=4, bits=8)
    quantizer = MatMulNBitsQuantizer(onnx.load(exported / GRAPH), algo_config=settings)
    quantizer.process()
    quantizer.model.save_model_to_file(str(folder / GRAPH))
    return OnnxModel.load(folder, threads=threads)


def torch_bf16(model: TransformerModel) -> Score:
    def score(texts: Sequence[str]) -> np.ndarray:
        import torch

        with torch.autocast("cpu", torch.bfloat16):
            return model.probabilities(texts)

    return score


def openvino_f32(exported: Path, threads: int) -> OpenVinoModel:
    """Compile as for `stance`, but without bf16 where the processor has it."""
    plain = OpenVinoModel.load(exported, threads=threads)
    graph = (
        openvino()
        .Core()
        .compile_model(
            exported / GRAPH,
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": "f32",
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads,
                "ENABLE_CPU_PINNING": False,
            },
        )
    )
    return replace(plain, graph=graph)
