"""Several trainings from one start become one model: the mean of their weights."""

import torch

from pipeline.models.averaging import fine_tune_and_average
from pipeline.models.fine_tuning import fine_tune
from pipeline.models.training import train_model
from pipeline.params import Params
from pipeline.records import LabelledStatement
from pipeline.stance import STANCES


def test_the_model_has_the_mean_of_the_weights(small_params: Params, statements: list[LabelledStatement]):
    examples = [(one.text, STANCES.index(one.label)) for one in statements]
    params = small_params.models.transformer.model_copy(update={"epochs": 1, "runs": 2})
    both, histories = fine_tune_and_average(examples, examples, params, seed=1, threads=1)
    first, second = (
        fine_tune(examples, examples, params, seed=1, run=run, threads=1)[0].encoder.state_dict() for run in (0, 1)
    )
    assert len(histories) == 2
    assert not torch.equal(first["head.weight"], second["head.weight"])
    for name, weight in both.encoder.state_dict().items():
        torch.testing.assert_close(weight, (first[name] + second[name]) / 2 if weight.is_floating_point() else weight)


def test_the_manifest_tells_the_runs_apart(small_params: Params, statements: list[LabelledStatement]):
    transformer = small_params.models.transformer.model_copy(update={"epochs": 2, "runs": 2})
    params = small_params.models.model_copy(update={"transformer": transformer})
    trained = train_model("transformer", params, statements, statements, seed=1, threads=1)
    assert [(row["run"], row["epoch"]) for row in trained.history] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert set(trained.chosen) == {"epoch_of_run_1", "epoch_of_run_2"}
