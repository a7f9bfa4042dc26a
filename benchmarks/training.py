"""What fine-tuning costs: the recipe that ships beside a plain Trainer, step by step, and against the processor's peak.

    python benchmarks/training.py --statements 1600 --rounds 3

Every recipe learns the same statements for one epoch, in turn, round after round, so that a busy machine slows all of
them alike; medians and ratios are reported. The peak is the best rate of a large matrix product in the recipe's own
precision, measured in the same process; the share counts the network's products, those on padding included.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.atomic import replacing_file
from pipeline.markdown import table
from pipeline.models.fine_tuning import Example, adamw, one_hot, tokenised, training_arguments
from pipeline.models.precision import use_bf16
from pipeline.params import TransformerParams, read_params
from pipeline.stance import STANCES


@dataclass(frozen=True)
class Recipe:
    """One way to fine-tune."""

    name: str
    params: TransformerParams
    changed: dict[str, Any]  # what the Trainer is told otherwise than by the pipeline


def main() -> None:
    options = arguments()
    params = read_params(options.params)
    rows = [json.loads(line) for line in options.texts.read_text(encoding="utf-8").splitlines()][: options.statements]
    examples = [(row["text"], STANCES.index(row["label"])) for row in rows]
    chosen = recipes(params.models.transformer)
    taken: dict[str, list[float]] = {recipe.name: [] for recipe in chosen}
    work: dict[str, float] = {}
    rates: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(options.rounds):
        for recipe in chosen:
            seconds, work[recipe.name] = one_epoch(recipe, examples, threads=options.threads, seed=params.seed)
            taken[recipe.name].append(seconds)
        for bf16, seen in rates.items():
            seen.append(gemm_peak(bf16=bf16))
    peaks = {bf16: statistics.median(seen) for bf16, seen in rates.items()}
    page = [
        "# Benchmarks of training",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, {options.threads} threads, Python "
        f"{platform.python_version()}. {len(examples)} statements, one epoch, {options.rounds} rounds, interleaved; "
        f"medians. Best matrix product: {peaks[False]:,.0f} GFLOP/s in fp32, {peaks[True]:,.0f} in bf16.",
        "",
        results(chosen, taken, work, peaks, len(examples)),
    ]
    with replacing_file(options.out) as beside:
        beside.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=Path("data/splits/train.jsonl"))
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--out", type=Path, default=Path("reports/benchmarks-training.md"))
    parser.add_argument("--statements", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def recipes(shipped: TransformerParams) -> list[Recipe]:
    """Return the plain Trainer first, then one change after the other, up to what ships."""
    fp32 = shipped.model_copy(update={"precision": "fp32"})
    dropping = fp32.model_copy(update={"attention_dropout": shipped.dropout})
    everything = dropping.model_copy(update={"frozen_layers": 0, "train_embeddings": True})
    found = [
        Recipe("plain Trainer: random batches, fp32, all weights", everything, {"train_sampling_strategy": "random"}),
        Recipe("batches of like length", everything, {}),
        Recipe("... embeddings and lowest layers frozen", dropping, {}),
        Recipe("... no dropout of attention", fp32, {}),
    ]
    if use_bf16(shipped.precision):
        found.append(Recipe("... bf16 (ships)", shipped, {}))
    return found


def one_epoch(recipe: Recipe, examples: Sequence[Example], *, threads: int, seed: int) -> tuple[float, float]:
    """Train for an epoch; return its seconds and how many GFLOP its products are."""
    import torch
    from transformers import AutoTokenizer, Trainer, set_seed

    from pipeline.models.checkpoint import resolve_checkpoint
    from pipeline.models.encoder import freeze_from_below, from_checkpoint

    torch.set_num_threads(threads)
    set_seed(seed)
    params = recipe.params
    folder = resolve_checkpoint(params.checkpoint, params.checkpoint_sha256)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = from_checkpoint(
        folder,
        head_dropout=params.dropout,
        dropout=params.dropout,
        attention_dropout=params.attention_dropout,
        longest_tokens=params.longest_tokens,
    )
    freeze_from_below(model, train_embeddings=params.train_embeddings, layers=params.frozen_layers)
    config = model.encoder.config
    shapes: list[tuple[int, int]] = []
    model.encoder.register_forward_pre_hook(
        lambda _module, _args, given: shapes.append(tuple(given["input_ids"].shape)), with_kwargs=True
    )
    with tempfile.TemporaryDirectory() as scratch:
        told = training_arguments(params, Path(scratch), seed)
        for name, value in {
            "num_train_epochs": 1,
            "eval_strategy": "no",
            "save_strategy": "no",
            "load_best_model_at_end": False,
            "disable_tqdm": True,
            "use_cpu": True,
            **recipe.changed,
        }.items():
            setattr(told, name, value)
        trainer = Trainer(
            model=model,
            args=told,
            train_dataset=tokenised(
                [text for text, _ in examples], one_hot(examples, len(STANCES)), tokenizer, params.longest_tokens
            ),
            processing_class=tokenizer,
            optimizers=(adamw(model, params), None),
        )
        started = time.perf_counter()
        trainer.train()
        seconds = time.perf_counter() - started
    flop = sum(
        products(rows, width, config.hidden_size, config.intermediate_size)
        * (3 * config.num_hidden_layers - 2 * params.frozen_layers)  # a trained layer goes back at twice the cost
        for rows, width in shapes
    )
    return seconds, flop / 1e9


def products(rows: int, width: int, hidden: int, intermediate: int) -> float:
    """Count the floating-point operations of one layer's matrix products, forward (a product and a sum are two)."""
    weights = 4 * hidden * hidden + 2 * hidden * intermediate
    return 2.0 * rows * width * (weights + 2 * width * hidden)


def gemm_peak(*, bf16: bool) -> float:
    """Return the best rate of large products, GFLOP/s."""
    import torch

    best = 0.0
    for size in (1024, 2048):
        kind = torch.bfloat16 if bf16 else torch.float32
        left, right = (torch.randn(size, size).to(kind) for _ in range(2))
        for _ in range(8):
            started = time.perf_counter()
            left @ right
            best = max(best, 2 * size**3 / (time.perf_counter() - started) / 1e9)
    return best


def results(
    chosen: list[Recipe],
    taken: dict[str, list[float]],
    work: dict[str, float],
    peaks: dict[bool, float],
    statements: int,
) -> str:
    first = statistics.median(taken[chosen[0].name])
    rows = []
    for recipe in chosen:
        seconds = statistics.median(taken[recipe.name])
        peak = peaks[use_bf16(recipe.params.precision)]
        rows.append(
            [
                recipe.name,
                f"{statements / seconds:.0f}",
                f"{first / seconds:.1f}",
                f"{work[recipe.name] / seconds / peak:.0%}",
            ]
        )
    return table(["recipe", "statements a second", "times the first", "share of the peak"], rows)


if __name__ == "__main__":
    main()
