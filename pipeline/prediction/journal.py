"""The answers of a long run, kept beside its output until that is whole, so that a killed run can go on."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.errors import StanceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Run:
    """What the answers of a run depend on; only an equal run can go on with them."""

    input_sha256: str
    rows: int
    column: str
    model: str | None  # the fingerprint
    window: int  # rows that are scored together
    stances: int


class Journal:
    """Windows of probabilities, written as they are found.

    A line of JSON that describes the run, then a row of little-endian 64-bit numbers for each row of the input. What a
    kill left of an unfinished window is passed over.
    """

    def __init__(self, path: Path, run: Run) -> None:
        self.path = path
        self.run = run
        self._row_bytes = 8 * run.stances
        self._stream: BinaryIO | None = None

    @staticmethod
    def beside(output: Path) -> Path:
        """Return where the answers of an unfinished output lie."""
        return output.with_name(f".{output.name}.answers")

    def start(self) -> None:
        """Begin with nothing.

        :raises StanceError: if answers of an interrupted run lie there: they may be the work of hours.
        """
        try:
            self._stream = self.path.open("xb", buffering=0)
        except FileExistsError:
            message = (
                f"{self.path} holds the answers of a run that was interrupted or is still going on; add --resume to go "
                "on with it, or delete the file to start over."
            )
            raise StanceError(message) from None
        self._stream.write(self._header())

    def resume(self) -> int:
        """Open the answers that are there, without an unfinished window; return how many rows they answer.

        :raises StanceError: if there are none, or they are of another input, model or way of scoring.
        """
        try:
            stream = self.path.open("r+b", buffering=0)
        except FileNotFoundError:
            message = f"{self.path} is not there: no run of this output was interrupted; leave out --resume."
            raise StanceError(message) from None
        header = self._header()
        if stream.read(len(header)) != header:
            stream.close()
            message = (
                f"{self.path} holds answers about another input, column or model; run with those, or delete the file "
                "and start over."
            )
            raise StanceError(message)
        rows = (stream.seek(0, 2) - len(header)) // self._row_bytes
        if rows < self.run.rows:
            rows -= rows % self.run.window
        stream.truncate(len(header) + rows * self._row_bytes)
        stream.seek(len(header))
        self._stream = stream
        return rows

    def windows(self, rows: int) -> "Iterator[NDArray[np.float64]]":
        """Yield what is known, shape (rows of a window, stances); afterwards :meth:`append` goes on behind it."""
        import numpy as np

        assert self._stream is not None  # noqa: S101 - started or resumed before
        while rows > 0:
            count = min(rows, self.run.window)
            yield np.frombuffer(self._stream.read(count * self._row_bytes), dtype="<f8").reshape(count, -1)
            rows -= count

    def append(self, probabilities: "NDArray[np.float64]") -> None:
        """Keep a window; it outlives the process from here on."""
        assert self._stream is not None  # noqa: S101 - started or resumed before
        self._stream.write(probabilities.astype("<f8").tobytes())

    def close(self) -> None:
        """Close the file and leave it where it is: whoever knows that the output is whole deletes it."""
        if self._stream is not None:
            self._stream.close()

    def _header(self) -> bytes:
        return json.dumps(asdict(self.run), sort_keys=True).encode() + b"\n"
