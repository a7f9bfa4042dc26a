"""What an answer costs: engines side by side, what a reduced precision changes, and one quote from a cold shell.

    python benchmarks/inference.py --texts data/splits/test.jsonl --out reports/benchmarks.md

Every engine scores the same texts in turn, round after round, so that a busy machine slows all of them alike; medians
and ratios are reported. All but the first take batches of like length. Reduced precisions are made for it by
benchmarks/reduced.py.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from reduced import reduced

from pipeline.atomic import replacing_file
from pipeline.engines.onnx_model import OnnxModel
from pipeline.engines.openvino_model import OpenVinoModel
from pipeline.markdown import table
from pipeline.models.baseline import BaselineModel
from pipeline.models.transformer import TransformerModel

Score = Callable[[Sequence[str]], np.ndarray]  # texts -> probabilities
MODELS = Path("models")
REFERENCE = "torch fp32"
LABELS_BAR, PROBABILITY_BAR = 0.995, 0.02
QUOTE = "If they cross the river again, the harbour will be closed to them."


def main() -> None:
    options = arguments()
    rows = [json.loads(line) for line in options.texts.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows][: options.limit]
    with tempfile.TemporaryDirectory() as scratch:
        scorers = engines(options.threads, learned_from(options.learned_from), Path(scratch))
    times, answers = measured(scorers, texts, options.rounds)
    page = [
        "# Benchmarks",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, {options.threads} threads, Python "
        f"{platform.python_version()}. {len(texts)} texts of `{options.texts.name}`, {options.rounds} rounds, "
        "interleaved; medians.",
        "",
        "## Batch scoring",
        "",
        batch_table(times, len(texts)),
        "",
        "## Agreement with torch in fp32",
        "",
        f"Fit to ship: at least {LABELS_BAR:.1%} of the labels equal, and |dp| of at most {PROBABILITY_BAR}.",
        "",
        agreement_table(answers),
        "",
        "## One quote, warm",
        "",
        warm_table(scorers, texts, options.calls),
        "",
        "## One quote from a cold shell",
        "",
        cold_table(options.rounds),
    ]
    with replacing_file(options.out) as beside:
        beside.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=Path("data/splits/test.jsonl"))
    parser.add_argument("--learned-from", type=Path, default=Path("data/splits/train.jsonl"), help="calibrates int8")
    parser.add_argument("--out", type=Path, default=Path("reports/benchmarks.md"))
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def learned_from(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def engines(threads: int, learned: Sequence[str], scratch: Path) -> dict[str, Score]:
    """Open every engine; the first is what the ratios are to."""
    torch_model = TransformerModel.load(MODELS / "transformer", threads=threads)
    baseline = BaselineModel.load(MODELS / "baseline")
    many = OpenVinoModel.load(MODELS / "onnx", threads=threads)
    return {
        "transformers pipeline, batches of 32": transformers_pipeline(torch_model),
        REFERENCE: torch_model.probabilities,
        "ONNX fp32 (the default for a few texts)": OnnxModel.load(MODELS / "onnx", threads=threads).probabilities,
        f"{many.arithmetic.replace('Model', '')} (the default for many)": many.probabilities,
        **reduced(MODELS / "onnx", torch_model, learned, scratch, threads),
        "baseline": baseline.probabilities,
    }


def transformers_pipeline(model: TransformerModel) -> Score:
    """Return what a user of transformers would write."""
    from transformers import TextClassificationPipeline
    from transformers.utils import logging

    logging.set_verbosity_error()  # it warns of every model type that is not its own
    classify = TextClassificationPipeline(model=model.encoder, tokenizer=model.tokenizer, device=-1)

    def score(texts: Sequence[str]) -> np.ndarray:
        found = classify(
            list(texts), batch_size=min(32, len(texts)), top_k=None, truncation=True, padding=True,
            max_length=model.encoder.config.longest_tokens, function_to_apply="softmax",
        )  # fmt: skip
        by_label = [{one["label"]: one["score"] for one in row} for row in found]
        return np.array([[row[label] for label in model.labels] for row in by_label])

    return score


def measured(
    scorers: dict[str, Score], texts: list[str], rounds: int
) -> tuple[dict[str, list[float]], dict[str, np.ndarray]]:
    times: dict[str, list[float]] = {name: [] for name in scorers}
    answers = {}
    for _ in range(rounds):
        for name, score in scorers.items():
            started = time.perf_counter()
            answers[name] = score(texts)
            times[name].append(time.perf_counter() - started)
    return times, answers


def batch_table(times: dict[str, list[float]], texts: int) -> str:
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    first = next(iter(medians.values()))
    rows = [[name, f"{texts / seconds:,.0f}", f"{first / seconds:.1f}"] for name, seconds in medians.items()]
    return table(["engine", "texts a second", "times the first"], rows)


def agreement_table(answers: dict[str, np.ndarray]) -> str:
    reference = answers[REFERENCE]
    rows = []
    for name, found in answers.items():
        if name.startswith(("ONNX", "Open", "torch")) and name != REFERENCE:
            equal = float((found.argmax(axis=1) == reference.argmax(axis=1)).mean())
            difference = float(np.abs(found - reference).max())
            fit = equal >= LABELS_BAR and difference <= PROBABILITY_BAR
            rows.append([name, f"{equal:.2%}", f"{difference:.6f}", "yes" if fit else "no"])
    return table(["engine", "labels equal", "largest |dp|", "fit to ship"], rows)


def warm_table(scorers: dict[str, Score], texts: list[str], calls: int) -> str:
    chosen = [text for text, _ in zip(texts, range(calls), strict=False)]
    times: dict[str, list[float]] = {name: [] for name in scorers}
    for text in chosen:
        for name, score in scorers.items():
            started = time.perf_counter()
            score([text])
            times[name].append(1000 * (time.perf_counter() - started))
    rows = [[name, *(f"{np.percentile(taken, share):.1f}" for share in (50, 99))] for name, taken in times.items()]
    return table(["engine", "p50 ms", "p99 ms"], rows)


def cold_table(rounds: int) -> str:
    piped = (
        "from transformers import TextClassificationPipeline\n"
        "from pipeline.models.transformer import TransformerModel\n"
        "from pathlib import Path\n"
        "m = TransformerModel.load(Path('models/transformer'))\n"
        f"print(TextClassificationPipeline(model=m.encoder, tokenizer=m.tokenizer)({QUOTE!r}))"
    )
    stance = [sys.executable, "-m", "pipeline", "predict", QUOTE, "--model", "transformer"]
    commands = {
        "transformers pipeline": [sys.executable, "-c", piped],
        "stance predict --engine torch": [*stance, "--engine", "torch"],
        "stance predict": stance,
        "python, nothing imported": [sys.executable, "-c", "pass"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
            times[name].append(time.perf_counter() - started)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    first = medians["transformers pipeline"]
    rows = [[name, f"{seconds:.2f}", f"{first / seconds:.1f}"] for name, seconds in medians.items()]
    return table(["command", "seconds", "times the first"], rows)


if __name__ == "__main__":
    main()
