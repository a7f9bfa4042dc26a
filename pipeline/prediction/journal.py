"""The answers of a long run, kept beside its output until that is whole, so that a killed run can go on."""

import fcntl
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.atomic import disk_errors
from pipeline.errors import StanceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Run:
    """What the answers of a run depend on; only an equal run can go on with them."""

    input_sha256: str
    rows: int
    column: str
    model: str | None  # the fingerprint
    engine: str  # what runs it, and in which precision
    window: int  # rows that are scored together
    stances: int


class Journal:
    """Windows of probabilities, written as they are found, by one process at a time.

    A line of JSON that describes the run, then a row of little-endian 64-bit numbers for each row of the input. What a
    kill left of an unfinished window is passed over.
    """

    def __init__(self, path: Path, run: Run, stream: "FileIO", known: int) -> None:
        self.known = known  # rows that are answered already
        self.kept = False  # whether anything came to them
        self._path = path
        self._run = run
        self._stream = stream

    @staticmethod
    def beside(output: Path) -> Path:
        """Return where the answers of an unfinished output lie."""
        return output.with_name(f".{output.name}.answers")

    @classmethod
    @contextmanager
    def started(cls, output: Path, run: Run) -> "Iterator[Journal]":
        """Begin with nothing.

        :raises StanceError: if answers of an interrupted run lie there (they may be the work of hours), or none can be
            written.
        """
        with _opened(output, "xb") as stream:
            _write(stream, _header(run))
            journal = cls(cls.beside(output), run, stream, 0)
            try:
                yield journal
            except BaseException:
                if not journal.kept:
                    journal.delete()
                raise

    @classmethod
    @contextmanager
    def resumed(cls, output: Path, run: Run) -> "Iterator[Journal]":
        """Go on with the answers that are there, without an unfinished window.

        :raises StanceError: if there are none, they are of another run, or that run is still going on.
        """
        with _opened(output, "r+b") as stream:
            header = _header(run)
            if stream.read(len(header)) != header:
                message = (
                    f"{cls.beside(output)} holds answers about another input, column, model or engine; run with those, "
                    "or delete the file and start over."
                )
                raise StanceError(message)
            row_bytes = 8 * run.stances
            rows = min((stream.seek(0, 2) - len(header)) // row_bytes, run.rows)
            if rows < run.rows:
                rows -= rows % run.window
            stream.truncate(len(header) + rows * row_bytes)
            stream.seek(len(header))
            yield cls(cls.beside(output), run, stream, rows)

    def windows(self) -> "Iterator[NDArray[np.float64]]":
        """Yield what is known, shape (rows of a window, stances); afterwards :meth:`append` goes on behind it.

        :raises StanceError: if it holds what is no probability, as a disk may after a loss of power.
        """
        import numpy as np

        left = self.known
        while left > 0:
            count = min(left, self._run.window)
            rows = np.frombuffer(self._stream.read(8 * count * self._run.stances), dtype="<f8").reshape(count, -1)
            if not np.allclose(rows.sum(axis=1), 1.0, atol=1e-6):  # false of holes and of what is no number
                message = f"{self._path} is damaged; delete the file and start over."
                raise StanceError(message)
            yield rows
            left -= count

    def append(self, probabilities: "NDArray[np.float64]") -> None:
        """Keep a window; it outlives the process from here on."""
        self.kept = True
        _write(self._stream, probabilities.astype("<f8").tobytes())

    def delete(self) -> None:
        """Forget the answers: the output is whole."""
        self._path.unlink(missing_ok=True)


@contextmanager
def _opened(output: Path, mode: str) -> "Iterator[FileIO]":
    """Open the file beside an output without a buffer and lock it until the end."""
    path = Journal.beside(output)
    with disk_errors(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        try:
            stream: FileIO = path.open(mode, buffering=0)  # type: ignore[assignment] # no buffer: a FileIO
        except FileExistsError:
            message = (
                f"{path} holds the answers of a run that was interrupted or is still going on; add --resume to go on "
                "with it, or delete the file to start over."
            )
            raise StanceError(message) from None
        except FileNotFoundError:
            message = f"{path} is not there: no run of this output was interrupted; leave out --resume."
            raise StanceError(message) from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"{path} is being written by another process; wait for it, or name another output."
            raise StanceError(message) from None
        yield stream


def _write(stream: "FileIO", content: bytes) -> None:
    """Write all of it: a full disk may take a part, and the next row must not begin in the middle of one."""
    left = memoryview(content)
    while left:
        left = left[stream.write(left) :]


def _header(run: Run) -> bytes:
    return json.dumps(asdict(run), sort_keys=True).encode() + b"\n"
