"""Say what an official does by saying something.

Statements of officials out of news articles, each with its speaker and its stance::

    from pipeline import extract, predict

    predict("If they cross the border, we will answer.").stance
    extract(article_text)[0].speaker_name

Importing this module is cheap; models and libraries are loaded by the first call that needs them.
"""

from collections.abc import Iterable, Sized
from typing import overload

from pipeline.errors import StanceError
from pipeline.records import Kind, Prediction, Statement
from pipeline.stance import STANCES, Stance

__all__ = ["STANCES", "Kind", "Prediction", "Stance", "StanceError", "Statement", "extract", "predict"]


def extract(text: str) -> list[Statement]:
    """Find the statements of an article, in reading order.

    ``text[s.start:s.end] == s.text`` for every statement ``s``.

    :raises StanceError: if the text is empty or no string.
    """
    from pipeline.extraction import extract as find

    if not isinstance(text, str) or not text.strip():
        message = "extract() needs the text of an article as a non-empty string."
        raise StanceError(message)
    return find(text)


@overload
def predict(texts: str, *, model: str = "champion") -> Prediction: ...  # type: ignore[overload-overlap] # a string is iterable
@overload
def predict(texts: Iterable[str], *, model: str = "champion") -> list[Prediction]: ...


def predict(texts: str | Iterable[str], *, model: str = "champion") -> Prediction | list[Prediction]:
    """Label one statement or many.

    :param texts: one string gives one Prediction; any other iterable of strings gives a list in the same order.
    :param model: ``champion``, ``baseline``, ``transformer``, a model folder, or an MLflow URI.
    :raises StanceError: if a text is empty or no string, or if the model has not been trained (run ``make``).
    """
    from pipeline.prediction.locate import FEW, project_predictor

    few = isinstance(texts, str) or (isinstance(texts, Sized) and len(texts) <= FEW)
    return project_predictor(model, few_texts=few)(texts)
