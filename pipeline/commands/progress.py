"""How far a long piece of work is: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

SECONDS_BETWEEN_LINES = 30.0


@dataclass(frozen=True, slots=True)
class Steps:
    """Whom to tell how many more are done, and how many need not be done."""

    advance: Callable[[int], None]
    skip: Callable[[int], None]


@contextmanager
def progress(what: str, total: int) -> Iterator[Steps]:
    """Show on standard error how much is done, the rate and the time left; what is skipped counts for no rate."""
    if not sys.stderr.isatty():
        yield _lines(what, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total, rate="")

        def advance(done: int) -> None:
            bar.advance(task, done)
            speed = bar.tasks[task].speed
            bar.update(task, rate=f"{speed:,.0f}/s" if speed else "")

        def skip(known: int) -> None:
            bar.reset(task, completed=known)

        yield Steps(advance, skip)


def _lines(what: str, total: int) -> Steps:
    start = told = time.monotonic()
    finished = skipped = 0

    def advance(done: int) -> None:
        nonlocal told, finished
        finished += done
        now = time.monotonic()
        if now - told < SECONDS_BETWEEN_LINES or finished >= total:
            return
        told = now
        rate = (finished - skipped) / (now - start)
        left = timedelta(seconds=round((total - finished) / rate))
        sys.stderr.write(f"{what}: {finished:,} of {total:,}, {rate:,.1f} a second, {left} left\n")
        sys.stderr.flush()

    def skip(known: int) -> None:
        nonlocal finished, skipped
        finished = skipped = known

    return Steps(advance, skip)
