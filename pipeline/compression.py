"""Files that are compressed as a whole: .gz and .zst after the name of the format."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.errors import StanceError

SUFFIXES = (".gz", ".zst")


def format_of(path: Path) -> str:
    """Return the suffix that names the format, in lower case: ".csv" of quotes.csv and of quotes.CSV.gz."""
    return (path.with_suffix("") if _compression(path) else path).suffix.lower()


def is_compressed(path: Path) -> bool:
    """Say whether the name ends in a suffix of compression."""
    return bool(_compression(path))


@contextmanager
def decompressed(path: Path, stream: BinaryIO) -> Iterator[BinaryIO]:
    """Yield what a stream of a file's bytes holds, decompressed where the file's name says so.

    :raises StanceError: if the file is cut off, compressed in another way, or damaged where its format can tell.
    """
    import zlib

    kind = _compression(path)
    if not kind:
        yield stream
        return
    if not path.stat().st_size:
        message = f"{path} is empty, not even a compressed file of nothing; get it again."
        raise StanceError(message)
    try:
        if kind == ".gz":
            import gzip

            with gzip.GzipFile(fileobj=stream) as inner:
                yield cast("BinaryIO", inner)
        else:
            yield from _zstd(stream)
    except (EOFError, zlib.error, OSError, ValueError) as error:  # pyarrow's errors are ValueError and OSError
        if isinstance(error, UnicodeError):  # a ValueError too, and about what was read
            raise
        reason = " ".join(str(error).split()).rstrip(".")
        message = f"{path} cannot be decompressed ({reason}); write the file again."
        raise StanceError(message) from error


def _zstd(stream: BinaryIO) -> Iterator[BinaryIO]:
    import io

    import pyarrow

    with pyarrow.CompressedInputStream(stream, "zstd") as inner:
        yield cast("BinaryIO", io.BufferedReader(inner, 1 << 20))


@contextmanager
def compressing(path: Path, kind_of: Path) -> Iterator[BinaryIO]:
    """Yield a stream into a new file, compressed as the name ``kind_of`` says."""
    kind = _compression(kind_of)
    with path.open("wb") as stream:
        if kind == ".gz":
            import gzip

            # Without name and time, so that equal rows give equal bytes.
            with gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0) as inner:
                yield cast("BinaryIO", inner)
        elif kind == ".zst":
            import pyarrow

            with pyarrow.CompressedOutputStream(stream, "zstd") as inner:
                yield inner
        else:
            yield stream


def _compression(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if suffix in SUFFIXES else ""
