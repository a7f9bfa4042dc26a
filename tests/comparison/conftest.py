import numpy as np
import pytest

from pipeline.evaluation import sample_of
from pipeline.params import CompareParams
from pipeline.stance import STANCES


@pytest.fixture(scope="session")
def compare_config():
    return CompareParams(metric="macro_f1", significance=0.05, resamples=400)


@pytest.fixture(scope="session")
def sample():
    """A function that makes a sample whose gold labels depend on ``gold_seed`` alone: two models on one set."""

    def make(count, share_right, seed, *, gold_seed=0, groups=None):
        gold = np.random.default_rng(gold_seed).integers(5, size=count)
        random = np.random.default_rng(seed)
        answers = np.where(random.random(count) < share_right, gold, (gold + 1 + random.integers(4, size=count)) % 5)
        probabilities = random.dirichlet(np.ones(5), size=count) * 0.4
        probabilities[np.arange(count), answers] += 0.6
        return sample_of([STANCES[index] for index in gold], probabilities, groups=groups)

    return make
