"""Texts of like length together: little padding, bounded memory."""

from collections.abc import Iterator, Sequence

TOKENS_IN_A_BATCH = 2048


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
