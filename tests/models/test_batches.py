from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.batches import batches_by_length, batches_of_one_width


@given(st.lists(st.integers(1, 200), max_size=200), st.integers(1, 500))
def test_every_row_once_and_padded_size_bounded(lengths: list[int], tokens: int):
    batches = list(batches_by_length(lengths, tokens))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[row] for row in batch)
        assert len(batch) == 1 or len(batch) * longest <= tokens


@given(st.lists(st.integers(1, 200), max_size=200), st.integers(1, 500), st.integers(1, 16))
def test_every_row_once_in_a_width_that_its_own_length_decides(lengths: list[int], tokens: int, step: int):
    batches = list(batches_of_one_width(lengths, step, tokens))
    assert sorted(row for _, rows in batches for row in rows) == list(range(len(lengths)))
    for width, rows in batches:
        assert rows
        assert width % step == 0
        assert all(0 <= width - lengths[row] < step for row in rows)
        assert len(rows) == 1 or len(rows) * width <= tokens
