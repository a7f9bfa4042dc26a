"""Stage ``split``: labelled statements -> train, validation and test."""

from pathlib import Path

from pipeline.jsonl import read_records, write_records
from pipeline.params import SplitParams
from pipeline.records import LabelledStatement
from pipeline.splitting.split import split_by_group, untied


def run(config: SplitParams, labelled: Path, out: Path, *, seed: int) -> None:
    """Split ``gold.jsonl`` by group; weak labels join only train, and only when the parameters say so.

    A weak statement that anything ties to a gold one outside train is left out: it would straddle.
    """
    parts = split_by_group(read_records(labelled / "gold.jsonl", LabelledStatement), config, seed=seed)
    if config.weak_labels_in_training:
        weak = read_records(labelled / "weak.jsonl", LabelledStatement)
        parts["train"].extend(untied(weak, [*parts["validation"], *parts["test"]], config.near_duplicate_similarity))
    for name, part in parts.items():
        write_records(out / f"{name}.jsonl", part)
