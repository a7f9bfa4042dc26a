"""Stage ``predict``: a model's rounded probabilities for labelled statements."""

from pathlib import Path

from pipeline.jsonl import read_records, write_records
from pipeline.params import PredictParams
from pipeline.prediction import load_predictor
from pipeline.records import LabelledStatement, PredictedStatement


def run(config: PredictParams, model: Path, labelled: dict[str, Path], out: Path, *, threads: int) -> None:
    """Predict each named file of labelled statements into ``out/<name>.jsonl``.

    Rounded, because the last digits of a floating-point sum depend on the number of threads and the library's build.
    """
    predictor = load_predictor(model, threads=threads)
    for name, path in labelled.items():
        statements = read_records(path, LabelledStatement)
        predictions = predictor.predict_many([statement.text for statement in statements])
        write_records(
            out / f"{name}.jsonl",
            (
                PredictedStatement(
                    id=statement.id,
                    probabilities={
                        stance: round(value, config.decimals) for stance, value in prediction.probabilities.items()
                    },
                )
                for statement, prediction in zip(statements, predictions, strict=True)
            ),
        )
