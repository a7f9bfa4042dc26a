"""Stage ``adapt``: texts, and annotations that stand off from them -> an encoder to start fine-tuning from."""

from pathlib import Path

from pipeline.adaptation.card import encoder_card
from pipeline.adaptation.encoder import adapt_encoder
from pipeline.atomic import replacing_folder
from pipeline.labelling.standoff import read_standoff
from pipeline.models.manifest import sha256_of_file
from pipeline.params import AdaptParams
from pipeline.tables.reading import iterate_table, survey

WEIGHTS = "model.safetensors"


def run(  # noqa: PLR0913 - one argument for each input and output
    config: AdaptParams, texts: Path, standoff: Path, out: Path, *, column: str = "text", seed: int, threads: int
) -> str:
    """Write an encoder folder with its model card; the earlier folder stays until the new one is whole.

    :param texts: CSV, JSON Lines or Parquet file with a column of texts.
    :param standoff: file or folder of annotations; those of other texts are passed over.
    :return: the sha256 of the weights, which params.yaml asks for.
    :raises StanceError: if an input is not valid, or there is too little to learn from.
    """
    survey(texts, column)
    annotations = read_standoff(standoff)
    with replacing_folder(out) as folder:
        adapted = adapt_encoder(
            config,
            [row[column] for _, row in iterate_table(texts)],
            annotations,
            folder,
            seed=seed,
            threads=threads,
        )
        read = sorted(standoff.glob("*.jsonl")) if standoff.is_dir() else [standoff]
        sums = {"the texts": sha256_of_file(texts)} | {file.name: sha256_of_file(file) for file in read}
        sums[WEIGHTS] = sha256_of_file(folder / WEIGHTS)
        (folder / "README.md").write_text(encoder_card(adapted, config, sums), encoding="utf-8", newline="\n")
    return sums[WEIGHTS]
