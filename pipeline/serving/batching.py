"""Requests that arrive while the model is busy are answered together."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from pipeline.records import Prediction

Answer = Callable[[Sequence[str]], list[Prediction]]
TEXTS_AT_ONCE = 256


class Batcher:
    """One model, many askers: whatever has queued up by the time the model is free makes the next batch.

    Nobody waits for others to come, so a lone request is answered at once, and the more there are the larger the
    batches grow, up to ``TEXTS_AT_ONCE``. Used inside one event loop; the model runs in a thread beside it.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._waiting: asyncio.Queue[tuple[Sequence[str], asyncio.Future[list[Prediction]]]] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Batcher":
        """Start answering."""
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop; what still waits is cancelled."""
        assert self._worker is not None  # noqa: S101 - entered
        self._worker.cancel()
        with suppress(asyncio.CancelledError):
            await self._worker
        while not self._waiting.empty():
            self._waiting.get_nowait()[1].cancel()

    async def ask(self, texts: Sequence[str]) -> list[Prediction]:
        """Return the predictions of some texts, in their order.

        :raises Exception: what the model raised on the batch that they were in.
        """
        future: asyncio.Future[list[Prediction]] = asyncio.get_running_loop().create_future()
        await self._waiting.put((texts, future))
        return await future

    async def _work(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            texts = len(batch[0][0])
            while texts < TEXTS_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
                texts += len(batch[-1][0])
            batch = [one for one in batch if not one[1].done()]  # whoever has left is not answered
            if not batch:
                continue
            try:
                found = await asyncio.to_thread(self._answer, [text for asked, _ in batch for text in asked])
            except Exception as error:
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for asked, future in batch:
                mine, found = found[: len(asked)], found[len(asked) :]
                if not future.done():
                    future.set_result(mine)
