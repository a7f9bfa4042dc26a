"""Train one of the two models on own labels, exactly as on the stances, and measure it."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.own_labels.dividing import divided
from pipeline.own_labels.labelled_texts import LabelledTexts
from pipeline.own_labels.measured import Measured, measured

if TYPE_CHECKING:
    from pipeline.models.training import Trained
    from pipeline.params import ModelName, Params


def train_and_measure(
    data: LabelledTexts, test: LabelledTexts | None, name: "ModelName", params: "Params", *, out: Path | None = None
) -> Measured:
    """Train on ``data`` and measure on ``test``.

    A share of ``data`` (``split.validation`` of params.yaml) is held out to stop and calibrate on; where there is no
    ``test``, a fifth is held out before that.

    :param out: a folder that receives the model, with its manifest.
    :raises StanceError: if a label has too few texts.
    """
    from pipeline.models.training import train_on_examples

    learn, choose, measure = divided(data, test, params.split.validation, seed=params.seed)
    trained = train_on_examples(
        name, params.models, learn, choose, labels=data.labels, seed=params.seed, threads=params.threads
    )
    if out is not None:
        _keep(trained, out, name, params, data)
    return measured(
        name,
        data.labels,
        [number for _, number in measure],
        trained.model.probabilities([text for text, _ in measure]).argmax(axis=1),
        params.evaluate,
        seed=params.seed,
        learned=len(learn),
        chosen_on=len(choose),
    )


def _keep(trained: "Trained", out: Path, name: "ModelName", params: "Params", data: LabelledTexts) -> None:
    from pipeline.atomic import replacing_folder
    from pipeline.models.manifest import sha256_of_file
    from pipeline.models.training import save_model

    settings = getattr(params.models, name).model_dump(mode="json")
    with replacing_folder(out) as folder:
        sums = {"data": sha256_of_file(data.source)}
        save_model(trained, folder, name=name, params=settings, seed=params.seed, inputs=sums)
