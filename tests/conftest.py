"""Fixtures for every room: a tiny corpus that can be learned, and a tiny checkpoint with the real tokenizer."""

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # the tests run in two processes

from pathlib import Path

import pytest
from tests_support import small_settings

from pipeline.params import Params, check_params
from pipeline.records import Kind, LabelledStatement
from pipeline.stance import STANCES, Stance

SENTENCES = {
    Stance.THREAT: "We will strike {} if a single soldier crosses the river.",
    Stance.DENIAL: "It is a fabrication that our troops ever entered {}.",
    Stance.DE_ESCALATION: "We urge both sides in {} to cease fire and return to talks.",
    Stance.WARNING: "A famine is coming to {} unless the rains arrive soon.",
    Stance.OTHER: "The budget for {} was adopted on Tuesday by a wide margin.",
}
PLACES = (
    "Arvenia",
    "Bresk",
    "Corlund",
    "Dovar",
    "Estmark",
    "Falun Ridge",
    "Gorath",
    "Hallenby",
    "Istria Bay",
    "Jorvale",
)


def labelled(number: int, stance: Stance, text: str, **fields: object) -> LabelledStatement:
    return LabelledStatement(
        id=f"t-{number:04d}",
        text=text,
        kind=Kind.DIRECT,
        label=stance,
        confidence=1.0,
        **fields,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def statements() -> list[LabelledStatement]:
    """Fifty statements whose stances a bag of words can tell."""
    texts = [(stance, SENTENCES[stance].format(place)) for place in PLACES for stance in STANCES]
    return [labelled(number, stance, text) for number, (stance, text) in enumerate(texts)]


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A one-layer encoder with the bundled tokenizer; random weights, always the same."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    from pipeline.models.checkpoint import resolve_checkpoint

    folder = tmp_path_factory.mktemp("checkpoint")
    tokenizer = AutoTokenizer.from_pretrained(resolve_checkpoint("bundled", None))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def small_params(tiny_checkpoint: Path) -> Params:
    return check_params(small_settings(tiny_checkpoint))


def trained_folder(
    name: str, factory: pytest.TempPathFactory, statements: list[LabelledStatement], params: Params
) -> Path:
    """Write a folder as the train stage writes it."""
    from pipeline.jsonl import write_records
    from pipeline.stages.train import run

    folder = factory.mktemp(name)
    write_records(folder / "splits" / "train.jsonl", statements[:40])
    write_records(folder / "splits" / "validation.jsonl", statements[40:])
    run(params.models, name, folder / "splits", folder / name, seed=1, threads=1)
    return folder / name


@pytest.fixture(scope="session")
def baseline_folder(
    tmp_path_factory: pytest.TempPathFactory, statements: list[LabelledStatement], small_params: Params
) -> Path:
    return trained_folder("baseline", tmp_path_factory, statements, small_params)


@pytest.fixture(scope="session")
def transformer_folder(
    tmp_path_factory: pytest.TempPathFactory, statements: list[LabelledStatement], small_params: Params
) -> Path:
    return trained_folder("transformer", tmp_path_factory, statements, small_params)


@pytest.fixture(scope="session", params=["baseline", "transformer"])
def model_folder(request: pytest.FixtureRequest) -> Path:
    """Each of the two models in turn."""
    folder: Path = request.getfixturevalue(f"{request.param}_folder")
    return folder
