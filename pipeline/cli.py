"""The ``stance`` command: where a process starts, and how it ends when something is wrong."""

import os
import sys
from collections.abc import Sequence

from pipeline.commands.stopping import READER_GONE, STOPPED, STOPPED_MESSAGE
from pipeline.errors import StanceError


def main() -> None:
    """Run the command line; a user's mistake ends in one sentence on standard error and exit code 1."""
    try:
        try:
            _run(sys.argv[1:])
        finally:
            sys.stdout.flush()  # not at the interpreter's end, where a closed pipe is complained about
    except StanceError as error:
        sys.stderr.write(f"stance: {error}\n")
        sys.exit(1)
    except BrokenPipeError:
        _leave_to_no_reader()
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # typer and rich caught it and leave with code 1
            _leave_to_no_reader()
        raise


def _run(arguments: Sequence[str]) -> None:
    """Answer texts without the parser of options, where there are none: to load it takes a quarter of the time."""
    if not _are_only_texts(arguments):
        from pipeline.commands.app import app

        app()
        return
    from pipeline.commands.texts import predict_texts

    try:
        predict_texts(arguments[1:])
    except KeyboardInterrupt:
        sys.stderr.write(f"{STOPPED_MESSAGE}\n")
        sys.exit(STOPPED)


def _are_only_texts(arguments: Sequence[str]) -> bool:
    return arguments[:1] == ["predict"] and len(arguments) > 1 and not any(one.startswith("-") for one in arguments)


def _leave_to_no_reader() -> None:
    """Leave quietly: the reader of standard output went away, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be flushed
    sys.exit(READER_GONE)
