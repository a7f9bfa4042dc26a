"""A statement that two readers take for two acts teaches both."""

from dataclasses import replace

import numpy as np

from pipeline.models.training import train_model
from pipeline.params import Params
from pipeline.records import LabelledStatement
from pipeline.stance import STANCES, Stance


def share_of_other(statements: list[LabelledStatement], params: Params, share: float) -> float:
    """Train on threats that could be `other`; return how much of the answers to them goes there, uncalibrated."""
    read_twice = [replace(one, second_label=Stance.OTHER) if one.label is Stance.THREAT else one for one in statements]
    changed = {"second_label_share": share, "label_smoothing": 0.0}
    models = params.models.model_copy(update={"transformer": params.models.transformer.model_copy(update=changed)})
    model = train_model("transformer", models, read_twice[:40], read_twice[40:], seed=1, threads=1).model
    logits = model.logits([one.text for one in read_twice if one.label is Stance.THREAT])
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return float((odds / odds.sum(axis=1, keepdims=True))[:, STANCES.index(Stance.OTHER)].mean())


def test_a_second_label_gets_its_share_of_the_answer(statements: list[LabelledStatement], small_params: Params):
    alone, shared = (share_of_other(statements, small_params, share) for share in (0.0, 0.45))
    assert alone < 0.2
    assert shared > alone + 0.15
