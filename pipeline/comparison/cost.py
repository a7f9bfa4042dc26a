"""What a model costs: bytes on disk, time for one text, texts a second."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pipeline.errors import StanceError

WARM_UP = 5  # calls before the clock starts: the first ones load caches
CALLS = 200  # single texts that are timed
TEXTS_AT_ONCE = 256
REPEATS = 3  # of the many-texts measurement; the median counts


class Answering(Protocol):
    """Anything that gives probabilities for texts."""

    def probabilities(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return probabilities, shape (number of texts, 5)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Size in bytes, latency of a warm model for one text in milliseconds, throughput in texts a second."""

    size: int
    median_milliseconds: float
    p99_milliseconds: float
    texts_per_second: float


def measure(model: Answering, folder: Path, texts: Sequence[str], *, calls: int = CALLS) -> Cost:
    """Measure a loaded model; ``texts`` are taken in turn.

    :raises StanceError: if there is no text.
    """
    if not texts:
        message = "There is no text to measure the models' speed with."
        raise StanceError(message)
    one_by_one = [[texts[call % len(texts)]] for call in range(WARM_UP + calls)]
    single = [_seconds(model, text) for text in one_by_one][WARM_UP:]
    many = texts[:TEXTS_AT_ONCE]
    together = float(np.median([_seconds(model, many) for _ in range(REPEATS)]))
    return Cost(
        size=folder_size(folder),
        median_milliseconds=1000 * float(np.median(single)),
        p99_milliseconds=1000 * float(np.quantile(single, 0.99)),
        texts_per_second=len(many) / together,
    )


def folder_size(folder: Path) -> int:
    """Return the bytes of all files in a folder and below it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _seconds(model: Answering, texts: Sequence[str]) -> float:
    start = perf_counter()
    model.probabilities(texts)
    return perf_counter() - start
