"""Near-duplicates: pairs of texts that are almost the same string."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_BLOCK = 256  # texts whose partners are looked for at a time: bounds the memory
_SLACK = 1e-9  # so that rounding does not lose a pair that is exactly as near as asked for


def near_duplicates(texts: Sequence[str], similarity: float) -> list[tuple[int, int, float]]:
    """Return (i, j, cosine) for every pair i < j whose cosine is at least ``similarity`` (0 to 1), in order.

    Texts are vectors of character 3- to 5-grams within words, lower case, weighted by TF-IDF over ``texts`` with
    logarithmic term frequency. Blank texts are near to nothing.

    The search is exact and compares few pairs (R. J. Bayardo, Y. Ma and R. Srikant, "Scaling Up All Pairs Similarity
    Search", 2007): cut from each vector of length 1 its most common n-grams, as long as what is cut stays shorter
    than ``similarity``. Two texts whose remaining, rare n-grams have none in common share only n-grams of one cut-off
    part, so that their cosine is below ``similarity``.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    told = [number for number, text in enumerate(texts) if text.strip()]
    if len(told) < 2:  # noqa: PLR2004 - a pair
        return []
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    vectors = vectorizer.fit_transform([texts[number] for number in told]).tocsr()
    rare = _rarest_part(vectors, similarity)
    columns = rare.T.tocsr()
    pairs = []
    for start in range(0, len(told), _BLOCK):
        shared = (rare[start : start + _BLOCK] @ columns).tocoo()
        left, right = shared.row + start, shared.col
        left, right = left[right > left], right[right > left]
        for some in np.array_split(np.arange(len(left)), len(left) // 4096 + 1):
            cosines = np.asarray(vectors[left[some]].multiply(vectors[right[some]]).sum(axis=1)).ravel()
            pairs += [
                (told[i], told[j], min(float(cosine), 1.0))
                for i, j, cosine in zip(left[some], right[some], cosines, strict=True)
                if cosine >= similarity - _SLACK
            ]
    return sorted(pairs)


def _rarest_part(vectors: "csr_matrix", similarity: float) -> "csr_matrix":
    """Return the vectors without their most common n-grams, of which each row loses less than ``similarity``."""
    import numpy as np
    from scipy.sparse import csr_matrix

    documents = np.bincount(vectors.indices, minlength=vectors.shape[1])
    rows = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
    # Common n-grams first within each row, so that a running sum of squares says how many can be cut.
    order = np.lexsort((vectors.indices, -documents[vectors.indices], rows))
    running = np.concatenate([[0.0], np.cumsum(vectors.data[order] ** 2)])
    length = running[1:] - running[vectors.indptr[rows]]
    kept = length >= (similarity - 2 * _SLACK) ** 2
    chosen = order[kept]
    return csr_matrix((vectors.data[chosen], (rows[kept], vectors.indices[chosen])), shape=vectors.shape)
