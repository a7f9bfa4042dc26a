"""How far a long piece of work is: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how many more are done; it shows the rate and the time left on standard error."""
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

        yield advance


def _lines(what: str, total: int) -> Callable[[int], None]:
    start = told = time.monotonic()
    finished = 0

    def advance(done: int) -> None:
        nonlocal told, finished
        finished += done
        now = time.monotonic()
        if now - told < SECONDS_BETWEEN_LINES or finished >= total:
            return
        told = now
        rate = finished / (now - start)
        left = timedelta(seconds=round((total - finished) / rate))
        sys.stderr.write(f"{what}: {finished:,} of {total:,}, {rate:,.0f} a second, {left} left\n")
        sys.stderr.flush()

    return advance
