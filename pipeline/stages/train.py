"""Stage ``train``: splits -> a model folder."""

from pathlib import Path

from pipeline.atomic import replacing_folder
from pipeline.jsonl import read_records
from pipeline.models.manifest import sha256_of_file
from pipeline.models.training import save_model, train_model
from pipeline.params import ModelName, ModelsParams
from pipeline.records import LabelledStatement


def run(config: ModelsParams, name: ModelName, splits: Path, out: Path, *, seed: int, threads: int) -> None:
    """Train one model on ``train.jsonl`` of a splits folder, with ``validation.jsonl`` to choose and calibrate on."""
    files = {part: splits / f"{part}.jsonl" for part in ("train", "validation")}
    trained = train_model(
        name,
        config,
        read_records(files["train"], LabelledStatement),
        read_records(files["validation"], LabelledStatement),
        seed=seed,
        threads=threads,
    )
    with replacing_folder(out) as folder:
        save_model(
            trained,
            folder,
            name=name,
            params=getattr(config, name).model_dump(mode="json"),
            seed=seed,
            inputs={part: sha256_of_file(path) for part, path in files.items()},
        )
