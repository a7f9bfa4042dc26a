"""The state of the git repository that a model comes from."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StanceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit, and the tracked files that differed from it when the model was tracked.

    ``experiment`` is the name that DVC gave, where ``dvc exp run`` trained the model.
    """

    commit: str
    summary: str
    changed: tuple[str, ...] = ()
    experiment: str | None = None


def revision_of(folder: Path) -> Revision | None:
    """Return the commit that is checked out in a folder; None without git or without a commit."""
    try:
        commit, summary = git(folder, "log", "-1", "--format=%H%n%s").splitlines()[:2]
        status = git(folder, "status", "--porcelain", "--untracked-files=no")
    except (StanceError, ValueError):
        return None
    changed = tuple(sorted(line[3:] for line in status.splitlines()))
    return Revision(commit=commit, summary=summary, changed=changed, experiment=os.environ.get("DVC_EXP_NAME"))


def git(folder: Path, *arguments: str) -> str:
    """Return what a git command prints.

    :raises StanceError: if git is lacking or refuses.
    """
    program = shutil.which("git")
    if program is None:
        message = "git is not installed; it is needed to read the project's history."
        raise StanceError(message)
    done = subprocess.run(  # noqa: S603 - arguments of this package only, no shell
        [program, "-C", str(folder), *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        message = f"git {arguments[0]} failed in {folder}: {' '.join(done.stderr.split())}"
        raise StanceError(message)
    return done.stdout
