"""Stage ``score``: the champion over the extracted statements."""

from pathlib import Path

from pipeline.atomic import replacing_file
from pipeline.jsonl import read_records
from pipeline.params import PredictParams
from pipeline.prediction import load_predictor
from pipeline.prediction.champion import read_champion
from pipeline.records import Statement
from pipeline.scoring.table import scored_table


def run(config: PredictParams, extracted: Path, champion: Path, out: Path, *, threads: int) -> None:
    """Write ``out/statements.parquet`` and ``out/statements.csv``: who said what, with which stance.

    :param champion: the file that ``compare`` wrote; the model lies beside it in a folder of that name.
    """
    model = champion.parent / read_champion(champion).champion
    predictor = load_predictor(model, abstain_below=config.abstain_below, threads=threads)
    statements = read_records(extracted, Statement)
    predictions = predictor.predict_many([statement.model_text for statement in statements])
    table = scored_table(statements, predictions, config.decimals)
    with replacing_file(out / "statements.parquet") as beside:
        table.to_parquet(beside, index=False)
    with replacing_file(out / "statements.csv") as beside:
        table.to_csv(beside, index=False, lineterminator="\n")
