"""The confusion matrix, precision-recall and reliability pictures as PNG files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.evaluation.curves import precision_recall, reliability
from pipeline.evaluation.metrics import calibration_error
from pipeline.evaluation.sample import Sample
from pipeline.evaluation.totals import confusion_counts, totals_by_group
from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito (2008): told apart by colour-blind readers; the dashes tell them apart in grey as well.
COLOURS = {
    Stance.THREAT: "#D55E00",
    Stance.DENIAL: "#0072B2",
    Stance.DE_ESCALATION: "#009E73",
    Stance.WARNING: "#E69F00",
    Stance.OTHER: "#666666",
}
DASHES = {
    Stance.THREAT: "-",
    Stance.DENIAL: "--",
    Stance.DE_ESCALATION: "-.",
    Stance.WARNING: (0, (5, 1, 1, 1, 1, 1)),
    Stance.OTHER: ":",
}
INK, FAINT, FILL = "#222222", "#BBBBBB", "#0072B2"
FEW_STATEMENTS = 10  # a confidence bin with fewer is drawn hollow: its accuracy is mostly chance
DOTS_PER_INCH = 150
SMALLEST_PERCENT = 0.005  # below, a share would be rounded to "0%"
DARK_CELL = 0.55  # share from which white figures read better on the cell than black ones
STYLE: Any = {  # matplotlib types its keys as literals
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that the picture is the same everywhere
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titlepad": 12,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
}


def write_plots(sample: Sample, bins: int, folder: Path, *, title: str) -> None:
    """Write ``confusion.png``, ``precision_recall.png`` and ``reliability.png``; equal samples give equal bytes.

    :param title: whose answers on what, for the head of each picture.
    """
    import matplotlib as mpl

    # From matplotlib's own defaults, not from whatever style the user's machine sets.
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        pictures = {
            "confusion": confusion_figure(sample, title),
            "precision_recall": precision_recall_figure(sample, title),
            "reliability": reliability_figure(sample, bins, title),
        }
        for name, figure in pictures.items():
            path = folder / f"{name}.png"
            figure.savefig(path, dpi=DOTS_PER_INCH, facecolor="white", metadata={"Software": None})


def confusion_figure(sample: Sample, title: str) -> "Figure":
    """Draw counts and, as shade and in percent, the share of each gold label's statements."""
    figure = _figure(7.0, 6.0)
    axes = figure.subplots()
    counts = confusion_counts(sample.gold, sample.answers)
    support = counts.sum(axis=1, keepdims=True)
    shares = counts / support.clip(min=1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row in range(len(STANCES)):
        for column in range(len(STANCES)):
            axes.text(
                column,
                row,
                _cell_text(counts[row, column], shares[row, column]),
                ha="center",
                va="center",
                color="white" if shares[row, column] >= DARK_CELL else INK if counts[row, column] else FAINT,
                fontweight="bold" if row == column else "normal",
            )
    axes.set_xticks(range(len(STANCES)), STANCES)
    axes.set_yticks(
        range(len(STANCES)), [f"{stance}\n({int(n)})" for stance, n in zip(STANCES, support[:, 0], strict=True)]
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("answer", labelpad=8)
    axes.set_ylabel("gold label (statements)", labelpad=8)
    axes.set_title(f"Confusion matrix: {title}")
    return figure


def _cell_text(count: float, share: float) -> str:
    if not count:
        return "0"
    return f"{count:.0f}\n" + (f"{share:.0%}" if share >= SMALLEST_PERCENT else "<1%")


def precision_recall_figure(sample: Sample, title: str) -> "Figure":
    """Draw one precision-recall curve a stance, each against the rest."""
    figure = _figure(8.0, 4.8)
    axes = figure.subplots()
    for curve in precision_recall(sample):
        axes.step(
            [*curve.recall, 0],
            [*curve.precision, curve.precision[-1]],
            where="post",  # recall falls along the array: a precision holds down to the next lower recall
            color=COLOURS[curve.stance],
            linestyle=DASHES[curve.stance],
            linewidth=1.8,
            label=f"{curve.stance} ({curve.average_precision:.2f})",
        )
    axes.set_xlim(0, 1.01)
    axes.set_ylim(0, 1.01)
    axes.grid(color="#EEEEEE")
    axes.set_axisbelow(True)
    axes.set_xlabel("recall")
    axes.set_ylabel("precision")
    axes.legend(
        title="stance (average precision)",
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        alignment="left",
        handlelength=3.5,
    )
    axes.set_title(f"Precision and recall: {title}")
    return figure


def reliability_figure(sample: Sample, bins: int, title: str) -> "Figure":
    """Draw accuracy against confidence, bin by bin, above the number of statements in each bin."""
    figure = _figure(7.6, 5.8)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3.4, 1])
    table = reliability(sample, bins)
    count, confidence, accuracy = table[table[:, 0] > 0].T
    middles = [(place + 0.5) / bins for place in range(bins)]
    upper.plot([0, 1], [0, 1], color=FAINT, linestyle="--", linewidth=1.2, label="perfectly calibrated")
    upper.vlines(confidence, confidence, accuracy, color="#D55E00", linewidth=3, alpha=0.45, label="gap")
    line: dict[str, Any] = {"color": FILL, "marker": "o", "markersize": 7, "clip_on": False}
    upper.plot(confidence, accuracy, linewidth=1.6, label="this model", **line)
    few = count < FEW_STATEMENTS
    if few.any():
        note = f"fewer than {FEW_STATEMENTS} statements"
        upper.plot(confidence[few], accuracy[few], linewidth=0, markerfacecolor="white", label=note, **line)
    upper.set_xlim(0, 1)
    upper.set_ylim(0, 1.02)
    upper.grid(color="#EEEEEE")
    upper.set_axisbelow(True)
    upper.set_ylabel("accuracy")
    error = float(calibration_error(totals_by_group(sample, bins).whole().bins))
    upper.legend(title=f"calibration error {error:.3f}", loc="upper left", bbox_to_anchor=(1.0, 1.0), alignment="left")
    upper.set_title(f"Reliability: {title}")
    lower.bar(middles, table[:, 0], width=0.92 / bins, color=FILL, alpha=0.75)
    lower.bar_label(lower.containers[0], fmt="{:.0f}", fontsize=8, padding=2)
    lower.set_ylim(0, table[:, 0].max() * 1.2)
    lower.set_ylabel("statements")
    lower.set_xlabel("confidence in the answer")
    figure.align_ylabels()
    return figure


def _figure(width: float, height: float) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)  # not the machine's default: no window, the same pixels everywhere
    return figure
