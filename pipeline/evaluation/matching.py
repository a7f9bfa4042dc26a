"""Bring predictions and gold labels of the same statements together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from pipeline.errors import StanceError
from pipeline.evaluation.sample import Floats
from pipeline.jsonl import read_records
from pipeline.records import LabelledStatement, PredictedStatement
from pipeline.stance import STANCES


def read_matched(labelled: Path, predictions: Path) -> tuple[list[LabelledStatement], Floats]:
    """Read labelled statements and, in their order, the (n, 5) probabilities of a predictions file.

    :raises StanceError: if an id stands twice, only one file has it, or a stance lacks its probability.
    """
    statements = read_records(labelled, LabelledStatement)
    predicted = read_records(predictions, PredictedStatement)
    for path, ids in ((labelled, [each.id for each in statements]), (predictions, [each.id for each in predicted])):
        _refuse_duplicates(path, ids)
    by_id = {each.id: each for each in predicted}
    gold_ids = [each.id for each in statements]
    _refuse_strangers(labelled, predictions, gold_ids, list(by_id))
    rows = [_row(predictions, by_id[each]) for each in gold_ids]
    return statements, np.array(rows, dtype=np.float64).reshape(len(rows), len(STANCES))


def _row(path: Path, predicted: PredictedStatement) -> list[float]:
    missing = [stance for stance in STANCES if stance not in predicted.probabilities]
    if missing:
        message = f"{path}: statement {predicted.id} has no probability for {', '.join(missing)}; predict again."
        raise StanceError(message)
    return [predicted.probabilities[stance] for stance in STANCES]


def _refuse_duplicates(path: Path, ids: Iterable[str]) -> None:
    twice = [each for each, count in Counter(ids).items() if count > 1]
    if twice:
        message = f"{path}: {len(twice)} id(s) stand more than once ({_some(twice)}); keep one line for each statement."
        raise StanceError(message)


def _refuse_strangers(labelled: Path, predictions: Path, gold: Sequence[str], predicted: Sequence[str]) -> None:
    known = set(gold)
    answered = set(predicted)
    missing = [each for each in gold if each not in answered]
    strange = [each for each in predicted if each not in known]
    if missing:
        message = f"{predictions} lacks {len(missing)} statement(s) of {labelled} ({_some(missing)}); predict again."
        raise StanceError(message)
    if strange:
        message = (
            f"{predictions} has {len(strange)} statement(s) that {labelled} lacks ({_some(strange)}); predict again."
        )
        raise StanceError(message)


def _some(ids: Sequence[str], most: int = 3) -> str:
    return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")
