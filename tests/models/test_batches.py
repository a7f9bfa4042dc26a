from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.batches import batches_by_length


@given(st.lists(st.integers(1, 200), max_size=200), st.integers(1, 500))
def test_every_row_once_and_padded_size_bounded(lengths: list[int], tokens: int):
    batches = list(batches_by_length(lengths, tokens))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[row] for row in batch)
        assert len(batch) == 1 or len(batch) * longest <= tokens
