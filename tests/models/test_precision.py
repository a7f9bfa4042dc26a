from pathlib import Path

import numpy as np
import pytest

from pipeline.models import load_model
from pipeline.models.precision import processor_has_bf16, use_bf16
from pipeline.models.training import save_model, train_model
from pipeline.params import Params
from pipeline.records import LabelledStatement
from pipeline.stance import STANCES


@pytest.mark.parametrize(
    ("line", "has"),
    [
        ("flags\t\t: fpu avx2 avx512_bf16 amx_tile", True),
        ("flags\t\t: fpu amx_bf16", True),
        ("Features\t: fp asimd bf16", True),
        ("flags\t\t: fpu avx2 sse4_2", False),
        ("model name\t: amx_bf16 lookalike", False),
    ],
)
def test_reads_the_processor(line: str, has: bool, tmp_path: Path):
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\n{line}\n")
    assert processor_has_bf16(tmp_path / "cpuinfo") is has


def test_no_list_of_the_processor_means_fp32(tmp_path: Path):
    assert processor_has_bf16(tmp_path / "missing") is False


def test_a_wish_is_followed():
    assert use_bf16("bf16") is True
    assert use_bf16("fp32") is False


def test_bf16_learns_on_a_processor(small_params: Params, statements: list[LabelledStatement], tmp_path: Path):
    """Emulated where the processor lacks it: what `precision: auto` does on one that has it."""
    texts = [one.text for one in statements]
    models = small_params.models
    in_bf16 = models.model_copy(update={"transformer": models.transformer.model_copy(update={"precision": "bf16"})})
    trained = train_model("transformer", in_bf16, statements[:40], statements[40:], seed=1, threads=1)
    found = trained.model.probabilities(texts)
    assert [STANCES[index] for index in found.argmax(axis=1)] == [one.label for one in statements]
    save_model(trained, tmp_path, name="transformer", params={}, seed=1, inputs={})
    np.testing.assert_array_equal(load_model(tmp_path, threads=1).probabilities(texts), found)  # calibrated on fp32
