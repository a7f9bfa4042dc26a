import numpy as np
import pytest

from pipeline.params import EvaluateParams
from pipeline.records import Kind, LabelledStatement
from pipeline.stance import STANCES


@pytest.fixture(scope="session")
def config():
    return EvaluateParams(resamples=200, confidence=0.95, calibration_bins=10)


@pytest.fixture(scope="session")
def planted():
    """A function that makes n gold labels and probabilities, of which about the asked share is right."""

    def make(count, share_right, seed=0):
        random = np.random.default_rng(seed)
        gold = random.integers(5, size=count)
        answers = np.where(random.random(count) < share_right, gold, random.integers(5, size=count))
        probabilities = random.dirichlet(np.ones(5), size=count) * 0.4
        probabilities[np.arange(count), answers] += 0.6
        return [STANCES[index] for index in gold], probabilities

    return make


@pytest.fixture(scope="session")
def statements(planted):
    """A function that makes n labelled statements of ever longer texts, some with a second label, and probabilities."""

    def make(count, share_right=0.7, seed=0):
        gold, probabilities = planted(count, share_right, seed)
        made = [
            LabelledStatement(
                id=f"made-{number}",
                text=" ".join(["word"] * (1 + number % 60)),
                kind=list(Kind)[number % 4],
                label=label,
                confidence=0.6 + 0.1 * (number % 4),
                second_label=STANCES[number % 5] if number % 7 == 0 and STANCES[number % 5] != label else None,
                group=f"pair-{number // 2}" if number % 3 else None,
                domain="harbours" if number % 2 else f"rare-{number}",
            )
            for number, label in enumerate(gold)
        ]
        return made, probabilities

    return make
