"""Train one of the two models on own labels, exactly as on the stances, and measure it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.markdown import table
from pipeline.own_labels.labelled_texts import Example, LabelledTexts, divided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.params import ModelName, Params

SHARE_TO_MEASURE = 0.2  # where no test file is given


@dataclass(frozen=True, kw_only=True)
class LabelScore:
    """How one label fared; 0 where a figure is not defined."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What training on own labels came to."""

    model: str
    learned: int  # texts to learn from
    chosen_on: int  # texts to stop and calibrate on
    measured: int  # texts of the test
    macro_f1: float
    interval: tuple[float, float]  # of the macro-F1
    accuracy: float
    per_label: dict[str, LabelScore]

    def as_dict(self) -> dict[str, Any]:
        """Return JSON types."""
        from dataclasses import asdict

        return asdict(self)

    def as_markdown(self) -> str:
        """Return one sentence and a table."""
        low, high = self.interval
        head = (
            f"{self.model}: macro-F1 {self.macro_f1:.3f} ({low:.3f} to {high:.3f}), accuracy {self.accuracy:.3f} on "
            f"{self.measured} texts; learned from {self.learned}, stopped and calibrated on {self.chosen_on}.\n\n"
        )
        rows = [
            (name, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", one.support)
            for name, one in self.per_label.items()
        ]
        return head + table(("label", "precision", "recall", "F1", "texts"), rows) + "\n"


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

    learn: Sequence[Example] = data.examples
    if test is None:
        learn, measure = divided(data, SHARE_TO_MEASURE, seed=params.seed)
    else:
        measure = test.examples
    rest = LabelledTexts(data.source, data.labels, tuple(learn))
    train, validation = divided(rest, params.split.validation, seed=params.seed)
    trained = train_on_examples(
        name, params.models, train, validation, labels=data.labels, seed=params.seed, threads=params.threads
    )
    if out is not None:
        _keep(trained, out, name, params, data)
    gold = [number for _, number in measure]
    answers = trained.model.probabilities([text for text, _ in measure]).argmax(axis=1)
    return measured(name, data.labels, gold, answers, params, learned=len(train), chosen_on=len(validation))


def _keep(trained: Any, out: Path, name: "ModelName", params: "Params", data: LabelledTexts) -> None:  # noqa: ANN401
    from pipeline.atomic import replacing_folder
    from pipeline.models.manifest import sha256_of_file
    from pipeline.models.training import save_model

    settings = getattr(params.models, name).model_dump(mode="json")
    with replacing_folder(out) as folder:
        sums = {"data": sha256_of_file(data.source)}
        save_model(trained, folder, name=name, params=settings, seed=params.seed, inputs=sums)


def measured(  # noqa: PLR0913 - the counts of one table
    name: str,
    labels: Sequence[str],
    gold: Sequence[int],
    answers: "NDArray[np.integer]",
    params: "Params",
    *,
    learned: int,
    chosen_on: int,
) -> Measured:
    """Compare answers with right labels, both as numbers in ``labels``: shape (number of texts,)."""
    import numpy as np
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support

    right = np.asarray(gold)
    numbers = list(range(len(labels)))
    columns = precision_recall_fscore_support(right, answers, labels=numbers, zero_division=0.0)
    return Measured(
        model=name,
        learned=learned,
        chosen_on=chosen_on,
        measured=len(right),
        macro_f1=float(columns[2].mean()),
        interval=_interval(right, answers, len(labels), params),
        accuracy=float(accuracy_score(right, answers)),
        per_label={
            label: LabelScore(precision=float(p), recall=float(r), f1=float(f), support=int(n))
            for label, p, r, f, n in zip(labels, *columns, strict=True)
        },
    )


def _interval(
    right: "NDArray[np.integer]", answers: "NDArray[np.integer]", labels: int, params: "Params"
) -> tuple[float, float]:
    """Return the percentile bootstrap interval of the macro-F1 (Efron and Tibshirani 1993)."""
    import numpy as np

    random = np.random.default_rng(params.seed)
    cells = right * labels + answers
    draws = random.multinomial(
        len(cells), np.bincount(cells, minlength=labels * labels) / len(cells), size=params.evaluate.resamples
    ).reshape(-1, labels, labels)
    hits = np.einsum("nii->ni", draws)
    shown = draws.sum(axis=1) + draws.sum(axis=2)
    f1 = np.divide(2 * hits, shown, out=np.zeros(hits.shape), where=shown > 0)
    edge = (1 - params.evaluate.confidence) / 2
    low, high = np.quantile(f1.mean(axis=1), (edge, 1 - edge))
    return float(low), float(high)
