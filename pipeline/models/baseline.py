"""The baseline: words, character n-grams and the codebook's cues, with one logistic regression a stance."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StanceError
from pipeline.models.calibration import calibrated
from pipeline.models.manifest import read_manifest
from pipeline.stance import STANCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sklearn.pipeline import Pipeline

    from pipeline.params import BaselineParams

WEIGHTS = "pipeline.skops"


@dataclass(frozen=True)
class BaselineModel:
    """A fitted scikit-learn pipeline whose classes are the numbers of ``labels``."""

    pipeline: "Pipeline"
    temperature: float = 1.0
    shift: tuple[float, ...] = ()  # of each label's log-probability; empty for none
    labels: tuple[str, ...] = tuple(map(str, STANCES))

    def logits(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return uncalibrated scores, shape (number of texts, labels)."""
        import numpy as np

        scores = np.full((len(texts), len(self.labels)), -30.0)  # a class that training never saw stays improbable
        if len(texts):
            margins = self.pipeline.decision_function(texts_and_cues(texts))
            # With two classes scikit-learn gives one column, the log-odds of the second.
            scores[:, self.pipeline.classes_] = margins if margins.ndim > 1 else np.outer(margins, (-0.5, 0.5))
        return scores

    def probabilities(self, texts: Sequence[str]) -> "NDArray[np.float64]":
        """Return calibrated probabilities, shape (number of texts, labels)."""
        return calibrated(self.logits(texts), self.temperature, self.shift)

    def save(self, folder: Path) -> None:
        """Write the pipeline with skops; temperature and shift stand in the manifest."""
        import skops.io

        skops.io.dump(self.pipeline, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> "BaselineModel":
        """Open a saved baseline.

        :raises StanceError: if the file is missing, damaged or holds types that scikit-learn models do not need.
        """
        import skops.io

        path = folder / WEIGHTS
        try:
            foreign = skops.io.get_untrusted_types(file=path)
            pipeline = None if foreign else skops.io.load(path)
        except Exception as error:  # skops raises whatever the damaged part raises
            message = f"{path} cannot be loaded ({type(error).__name__}: {error}); run `make` to train again."
            raise StanceError(message) from error
        if pipeline is not None and type(pipeline[0]).__name__ != "ColumnTransformer":
            message = f"{path} was made by an earlier version, which read no cues; run `make` to train again."
            raise StanceError(message)
        if pipeline is None:
            message = f"{path} holds types that a baseline does not need ({', '.join(foreign)}); it is not loaded."
            raise StanceError(message)
        manifest = read_manifest(folder)
        return cls(pipeline, manifest.temperature, manifest.shift, manifest.labels)


def candidates(params: "BaselineParams") -> list[dict[str, Any]]:
    """Return the settings that the search on validation tries, in a fixed order."""
    return [
        {"regularisation": strength, "class_weight": weight}
        for weight in params.class_weights
        for strength in params.regularisation
    ]


def texts_and_cues(texts: Sequence[str]) -> "NDArray[np.object_]":
    """Return what the features read: each text, and the names of the codebook's cues that it shows; shape (texts, 2).

    The cues are those of the labelling functions (``pipeline.labelling.cues``). They tell what a bag of words cannot:
    what is negated, who acts, which words stand together.
    """
    import numpy as np

    from pipeline.labelling.cues import FUNCTIONS
    from pipeline.labelling.functions import plain_text

    table = np.empty((len(texts), 2), dtype=object)
    for row, text in enumerate(texts):
        plain = plain_text(text)
        table[row] = text, " ".join(function.name for function in FUNCTIONS if function.fires_on_plain(plain))
    return table


def features(params: "BaselineParams") -> Any:  # noqa: ANN401 - a scikit-learn ColumnTransformer, untyped
    """Return the unfitted features of :func:`texts_and_cues`.

    Without functions of this project, so that skops needs no trust in them.
    """
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    from pipeline.labelling.cues import FUNCTIONS

    words = TfidfVectorizer(
        ngram_range=(1, params.word_ngrams),
        min_df=params.fewest_documents,
        sublinear_tf=True,
        token_pattern=r"(?u)\b\w[\w'’]*\b",  # noqa: S106 - "won't" and "we'll" are one word each, and tell stances apart
    )
    characters = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, params.character_ngrams),
        min_df=params.fewest_documents,
        sublinear_tf=True,
    )
    names = [function.name for function in FUNCTIONS]
    cues = CountVectorizer(vocabulary=names, token_pattern=r"\S+", lowercase=False, binary=True)  # noqa: S106 - a name is one word
    return ColumnTransformer(
        [("words", words, 0), ("characters", characters, 0), ("cues", cues, 1)],
        transformer_weights={"cues": params.cue_weight},
    )


def classifier(setting: dict[str, Any], seed: int) -> Any:  # noqa: ANN401 - a scikit-learn estimator, untyped
    """Return the unfitted linear model of one candidate setting.

    One stance against the rest, by dual coordinate descent (Yu, Huang and Lin 2011): on a few thousand texts with many
    more features than texts it takes a fraction of the time of a multinomial fit, and was the better of the two on
    validation.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    weight = None if setting["class_weight"] == "none" else setting["class_weight"]
    return OneVsRestClassifier(
        LogisticRegression(
            C=setting["regularisation"],
            class_weight=weight,
            solver="liblinear",
            dual=True,
            max_iter=1000,
            random_state=seed,
        )
    )
