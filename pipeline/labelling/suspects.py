"""Labels that a model, trained on the other statements, finds hard to believe."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.records import LabelledStatement
from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """A label that is worth a second look. ``score`` is the given label's out-of-fold probability: low is suspect."""

    id: str
    given: Stance
    suggested: Stance
    score: float


def suspected_errors(statements: Sequence[LabelledStatement], *, folds: int, seed: int) -> list[Suspect]:
    """Return the labels that confident learning finds wrong, the most suspect first.

    C. G. Northcutt, L. Jiang and I. L. Chuang, "Confident Learning" (2021), as cleanlab has it. The probabilities
    come from a logistic regression on word TF-IDF that has seen no statement of the same group. With fewer groups
    than folds, or fewer than two labels, there is nothing to learn from and the list is empty.
    """
    import numpy as np
    from cleanlab.filter import find_label_issues

    labels = np.array([STANCES.index(statement.label) for statement in statements], dtype=np.int64)
    groups = [statement.group or statement.id for statement in statements]
    if len(set(groups)) < folds or len(np.unique(labels)) < 2:  # noqa: PLR2004 - something to tell apart
        return []
    probabilities = _out_of_fold(statements, labels, groups, folds=folds, seed=seed)
    # Labels that nobody gave have no threshold of confidence: leave their columns out.
    used, dense = np.unique(labels, return_inverse=True)
    among = probabilities[:, used] / probabilities[:, used].sum(axis=1, keepdims=True)
    ranked = find_label_issues(
        dense, among, return_indices_ranked_by="self_confidence", min_examples_per_class=0, n_jobs=1
    )
    suspects = [
        Suspect(
            id=statements[row].id,
            given=statements[row].label,
            suggested=STANCES[int(used[among[row].argmax()])],
            score=round(float(among[row, dense[row]]), 4),
        )
        for row in ranked
    ]
    return sorted(suspects, key=lambda suspect: (suspect.score, suspect.id))


def _out_of_fold(
    statements: Sequence[LabelledStatement],
    labels: "NDArray[np.int64]",
    groups: Sequence[str],
    *,
    folds: int,
    seed: int,
) -> "NDArray[np.float64]":
    """Return probabilities (statements, stances) of models that saw no statement of the same group."""
    import numpy as np
    from sklearn.dummy import DummyClassifier
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline

    texts = np.array([statement.text for statement in statements], dtype=object)
    probabilities = np.full((len(texts), len(STANCES)), 1e-6)
    for train, held_out in GroupKFold(n_splits=folds, shuffle=True, random_state=seed).split(texts, groups=groups):
        varied = len(np.unique(labels[train])) > 1
        classifier = LogisticRegression(C=10, class_weight="balanced", tol=1e-3) if varied else DummyClassifier()
        model = make_pipeline(TfidfVectorizer(analyzer=_words, sublinear_tf=True, max_features=20_000), classifier)
        model.fit(texts[train], labels[train])
        probabilities[np.ix_(held_out, model.classes_)] += model.predict_proba(texts[held_out])
    normalised: NDArray[np.float64] = probabilities / probabilities.sum(axis=1, keepdims=True)
    return normalised


def _words(text: str) -> list[str]:
    """Return words and pairs of words, of every length: negations and pronouns matter here."""
    words = re.findall(r"[\w'’]+", text.lower())
    return words + [f"{first} {second}" for first, second in pairwise(words)]
