"""What several tests share and no fixture is."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from pipeline.params import BaselineParams

ROOT = Path(__file__).parents[1]


def small_settings(checkpoint: Path) -> dict[str, object]:
    """The project's params.yaml, made small enough for a test."""
    settings = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
    settings["threads"] = 1
    settings["models"]["baseline"] |= {"fewest_documents": 1, "regularisation": [1.0, 10.0]}
    small_transformer = {
        "checkpoint": str(checkpoint),
        "checkpoint_sha256": None,
        "train_embeddings": True,
        "frozen_layers": 0,
        "longest_tokens": 64,
        "epochs": 4,
        "batch_size": 5,
        "learning_rate": 0.01,
        "head_learning_rate": 0.02,
        "dropout": 0.0,
        "runs": 1,
        "patience": 4,
    }
    settings["models"]["transformer"] |= small_transformer
    settings["adapt"]["fine_tuning"] |= small_transformer
    small_masked_words = {"epochs": 0, "tokens_in_a_batch": 512, "learning_rate": 0.01, "longest_tokens": 64}
    settings["adapt"]["masked_words"] |= small_masked_words
    settings["evaluate"]["resamples"] = 100
    settings["compare"]["resamples"] = 100
    return settings


def tiny_baseline_params() -> BaselineParams:
    """Settings of a baseline that is trained in a moment."""
    return BaselineParams(
        word_ngrams=1,
        character_ngrams=2,
        fewest_documents=1,
        cue_weight=1.0,
        regularisation=[1.0],
        class_weights=["none"],
    )


def run_command(
    arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> tuple[int, str, str]:
    """Run ``stance`` in this process; return its exit code, standard output and standard error."""
    from pipeline.cli import main

    monkeypatch.setattr("sys.argv", ["stance", *arguments])
    capsys.readouterr()
    try:
        main()
        code = 0
    except SystemExit as left:
        code = int(left.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err
