"""Texts that come again are scored once: archives repeat themselves."""

import hashlib
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Score = Callable[[Sequence[str]], "NDArray[np.float64]"]

REMEMBERED = 100_000  # texts, about 20 MB; the oldest is forgotten first


class ScoringOnce:
    """A model's probabilities, window after window, each text asked for once as long as it is remembered."""

    def __init__(self, score: "Score") -> None:
        self._score = score
        self._rows: dict[bytes, bytes] = {}  # a dict keeps the order in which texts came

    def __call__(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return probabilities, shape (number of texts, stances); equal texts have equal ones."""
        import numpy as np

        digests = [_digest(text) for text in texts]
        fresh = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in self._rows}
        rows = dict(zip(fresh, map(_bytes, self._score(list(fresh.values()))), strict=True)) if fresh else {}
        found = [rows.get(digest) or self._rows[digest] for digest in digests]
        self._remember(rows)
        return np.frombuffer(b"".join(found), dtype="<f8").reshape(len(texts), -1)

    def recall(self, texts: Sequence[str], probabilities: "NDArray[np.float64]") -> None:
        """Take over answers from elsewhere; what is remembered afterwards is as if they had been asked for here."""
        digests = [_digest(text) for text in texts]
        answers = zip(digests, probabilities, strict=True)
        self._remember({digest: _bytes(row) for digest, row in answers if digest not in self._rows})

    def _remember(self, rows: dict[bytes, bytes]) -> None:
        self._rows |= rows
        for digest in list(islice(self._rows, max(0, len(self._rows) - REMEMBERED))):
            del self._rows[digest]


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _bytes(row: "NDArray[np.float64]") -> bytes:
    return row.astype("<f8").tobytes()
