"""Texts of like length together: little padding, bounded memory."""

from collections.abc import Iterator, Sequence

TOKENS_IN_A_BATCH = 2048
TOKENS_OF_ONE_WIDTH = 1024  # measured: with more, a processor's caches no longer hold the batch
WIDTH_STEP = 8  # tokens: a twelfth of the tokens are padding; with finer steps batches of one width are too small


def batches_by_length(lengths: Sequence[int], tokens: int = TOKENS_IN_A_BATCH) -> Iterator[list[int]]:
    """Yield row numbers, longest rows first, so that a padded batch holds at most about ``tokens`` tokens."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: (-lengths[row], row)):
        if batch and (len(batch) + 1) * lengths[batch[0]] > tokens:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def batches_of_one_width(
    lengths: Sequence[int], step: int = WIDTH_STEP, tokens: int = TOKENS_OF_ONE_WIDTH
) -> Iterator[tuple[int, list[int]]]:
    """Yield widths and the numbers of the rows that are padded to them, widest first.

    Each row is padded to the next multiple of ``step``, whatever rows come with it: what an encoder says of a row
    changes in its last digits with the padding, so that these rows get the same answer in any company.
    """
    by_width: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_width.setdefault(-(-length // step) * step, []).append(row)
    for width in sorted(by_width, reverse=True):
        rows, most = by_width[width], max(1, tokens // width)
        yield from ((width, rows[start : start + most]) for start in range(0, len(rows), most))
