"""Stage ``evaluate``: a model's predictions against gold labels -> metrics, plots."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.atomic import replacing_folder
from pipeline.errors import StanceError
from pipeline.evaluation import evaluate_statements, read_matched, sample_of_statements
from pipeline.evaluation.curves import write_tables
from pipeline.evaluation.plots import write_plots
from pipeline.jsonl import write_json
from pipeline.params import EvaluateParams


def run(
    config: EvaluateParams, labelled: Sequence[tuple[str, Path]], predictions: Path, out: Path, *, seed: int
) -> None:
    """Write ``metrics.json`` with one report a labelled file, and ``plots/`` of the first.

    :param labelled: (name, file of LabelledStatement); the predictions for it are ``predictions/<name>.jsonl``.
    :param out: the folder for the reports; other files in it stay.
    :raises StanceError: if no file is named, or the ids of predictions and labels do not match.
    """
    if not labelled:
        message = "There is nothing to evaluate: name at least one file of labelled statements."
        raise StanceError(message)
    matched = {name: read_matched(path, predictions / f"{name}.jsonl") for name, path in labelled}
    reports = {
        name: evaluate_statements(statements, probabilities, config=config, seed=seed)
        for name, (statements, probabilities) in matched.items()
    }
    first = labelled[0][0]
    sample = sample_of_statements(*matched[first])
    with replacing_folder(out / "plots") as folder:
        write_tables(sample, config.calibration_bins, folder)
        write_plots(sample, config.calibration_bins, folder, title=f"{predictions.name}, {first}")
    write_json(out / "metrics.json", {name: report.as_dict() for name, report in reports.items()})
