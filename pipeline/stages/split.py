"""Stage ``split``: labelled statements -> train, validation and test."""

from pathlib import Path

from pipeline.jsonl import read_records, write_records
from pipeline.params import SplitParams
from pipeline.records import LabelledStatement
from pipeline.splitting.split import split_by_group


def run(config: SplitParams, labelled: Path, out: Path, *, seed: int) -> None:
    """Split ``gold.jsonl`` by group; weak labels join only train, and only when the parameters say so.

    A weak statement whose article has gold statements outside train is left out: it would straddle.
    """
    parts = split_by_group(read_records(labelled / "gold.jsonl", LabelledStatement), config, seed=seed)
    if config.weak_labels_in_training:
        kept_apart = {one.article_id for part in ("validation", "test") for one in parts[part] if one.article_id}
        weak = read_records(labelled / "weak.jsonl", LabelledStatement)
        parts["train"].extend(statement for statement in weak if statement.article_id not in kept_apart)
    for name, part in parts.items():
        write_records(out / f"{name}.jsonl", part)
