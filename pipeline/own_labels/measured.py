"""How a model fared on own labels, as figures and as a table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipeline.evaluation.records import StanceScore
from pipeline.markdown import table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.params import EvaluateParams


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What training on own labels came to."""

    model: str
    learned: int  # texts to learn from
    chosen_on: int  # texts to stop and calibrate on
    measured: int  # texts of the test
    macro_f1: float  # over the labels that the test has
    interval: tuple[float, float]  # of the macro-F1
    accuracy: float
    per_label: dict[str, StanceScore]  # 0 where a figure is not defined

    def as_dict(self) -> dict[str, Any]:
        """Return JSON types."""
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


def measured(  # noqa: PLR0913 - the counts of one table
    model: str,
    labels: Sequence[str],
    gold: Sequence[int],
    answers: "NDArray[np.integer]",
    config: "EvaluateParams",
    *,
    seed: int,
    learned: int,
    chosen_on: int,
) -> Measured:
    """Compare answers with right labels, both as numbers in ``labels``: shape (number of texts,).

    The interval is that of the percentile bootstrap (Efron and Tibshirani 1993).
    """
    import numpy as np
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    from pipeline.evaluation.metrics import accuracy, macro_f1

    numbers = list(range(len(labels)))
    counts = confusion_matrix(gold, answers, labels=numbers).astype(np.float64)
    columns = precision_recall_fscore_support(gold, answers, labels=numbers, zero_division=0.0)
    draws = (
        np.random.default_rng(seed)
        .multinomial(len(gold), counts.ravel() / len(gold), size=config.resamples)
        .reshape(-1, *counts.shape)
    )
    edge = (1 - config.confidence) / 2
    low, high = np.quantile(macro_f1(draws.astype(np.float64)), (edge, 1 - edge))
    return Measured(
        model=model,
        learned=learned,
        chosen_on=chosen_on,
        measured=len(gold),
        macro_f1=float(macro_f1(counts)),
        interval=(float(low), float(high)),
        accuracy=float(accuracy(counts)),
        per_label={
            label: StanceScore(precision=float(p), recall=float(r), f1=float(f), support=int(n))
            for label, p, r, f, n in zip(labels, *columns, strict=True)
        },
    )
