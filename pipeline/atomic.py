"""Write beside, then rename: a reader sees the old output or the new one, never half of one."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import StanceError

DISK_ERRORS = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOTDIR,
        errno.EEXIST,
        errno.EISDIR,
        errno.ENAMETOOLONG,
    }
)


@contextmanager
def replacing_file(target: Path, *, fixed_name: bool = False) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; on success it becomes ``target``, on an error it vanishes.

    :param fixed_name: of the file beside, so that what a killed process left is written over; for a caller who makes
        sure that no other process writes the same target.
    :raises StanceError: if the target is a folder, its folder cannot be written or the disk is full.
    """
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        if fixed_name:
            beside = target.with_name(f".{target.name}.part{target.suffix}")
            beside.touch()
        else:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=target.suffix, dir=target.parent)
            os.close(handle)
            beside = Path(name)
    try:
        with disk_errors(target, only=beside):
            yield beside
        with disk_errors(target):
            beside.chmod(0o666 & ~_umask())
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder beside ``target``; on success it takes the target's place, on an error it vanishes.

    A folder that is not empty cannot be renamed over: the old one is moved aside first and put back if the new one
    cannot take its place. For that moment ``target`` is missing, and a process that is killed in it leaves the old
    folder as ``.NAME.old.*/NAME``.

    :raises StanceError: if the target's parent cannot be written or the disk is full.
    """
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        with disk_errors(target, only=beside):
            yield beside
        with disk_errors(target):
            beside.chmod(0o777 & ~_umask())
            if target.exists():
                _swap(beside, target)
            else:
                beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    old = aside / target.name
    try:
        target.replace(old)
        try:
            new.replace(target)
        except BaseException:
            _put_back(old, target)
            raise
    except BaseException:
        with suppress(OSError):
            aside.rmdir()  # only where it is empty: what could not be put back stays
        raise
    shutil.rmtree(aside, ignore_errors=True)  # the new folder is in place; what is left of the old one is litter


def _put_back(old: Path, target: Path) -> None:
    try:
        old.replace(target)
    except OSError as error:
        message = f"Cannot write {target}, nor put its earlier content back; that is kept in {old}: move it yourself."
        raise StanceError(message) from error


@contextmanager
def disk_errors(target: Path, *, only: Path | None = None) -> Iterator[None]:
    """Say in one sentence that a target cannot be written.

    :param only: pass over errors that name a file elsewhere than here, for instance one that is read meanwhile.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_ERRORS or (only is not None and not _concerns(error, only)):
            raise
        reason = os.strerror(error.errno).lower()
        message = f"Cannot write {target}: {reason}; earlier output is unchanged."
        raise StanceError(message) from error


def _concerns(error: OSError, path: Path) -> bool:
    """Say whether an error is about a path, what lies in it, or a stream whose name is unknown, as of a full disk."""
    if not isinstance(error.filename, str | bytes):
        return True
    return Path(os.fsdecode(error.filename)).absolute().is_relative_to(path.absolute())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
