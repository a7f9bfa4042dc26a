"""Which arithmetic the processor is good at."""

from pathlib import Path
from typing import Literal


def use_bf16(precision: Literal["auto", "fp32", "bf16"]) -> bool:
    """Say whether to run matrix products in bfloat16.

    "auto" takes it only where the hardware has instructions for it; elsewhere it is emulated and slower than fp32.
    """
    if precision != "auto":
        return precision == "bf16"
    import torch

    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return processor_has_bf16()


def processor_has_bf16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Say whether a Linux processor lists bfloat16 instructions (AVX-512 BF16, AMX or Arm BF16)."""
    try:
        text = cpuinfo.read_text(encoding="utf-8")
    except OSError:
        return False
    lines = (line.partition(":")[2].split() for line in text.splitlines() if line.startswith(("flags", "Features")))
    return bool({"avx512_bf16", "amx_bf16", "bf16"} & set(next(lines, [])))
