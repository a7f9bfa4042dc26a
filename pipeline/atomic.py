"""Write beside, then rename: a reader sees the old output or the new one, never half of one."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import StanceError

DISK_ERRORS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR}
)


@contextmanager
def replacing_file(target: Path) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; on success it becomes ``target``, on an error it vanishes.

    :raises StanceError: if the target's folder cannot be written or the disk is full.
    """
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent)
        os.close(handle)
        beside = Path(name)
        try:
            yield beside
            beside.chmod(0o666 & ~_umask())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder beside ``target``; on success it takes the target's place, on an error it vanishes.

    :raises StanceError: if the target's parent cannot be written or the disk is full.
    """
    with _disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        beside.chmod(0o777 & ~_umask())
        try:
            yield beside
            if target.exists():
                old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
                target.replace(old / target.name)
                beside.replace(target)
                shutil.rmtree(old)
            else:
                beside.replace(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _disk_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        reason = os.strerror(error.errno).lower()
        message = f"Cannot write {target}: {reason}; earlier output is unchanged."
        raise StanceError(message) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
