from pathlib import Path

import pytest

from pipeline.models.precision import processor_has_bf16, use_bf16


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
