"""What a user might train instead: seconds from labelled texts to answers, and how right these are.

    python benchmarks/alternatives.py --statements 1600 --test 500

sentence-transformers with a logistic regression, SetFit where it is installed (one pass over two pairs of texts for
each statement; its own default takes many times as many), and both models of this project as params.yaml has them. What
can start from another checkpoint than the bundled one is measured with both.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from pipeline.atomic import replacing_file
from pipeline.markdown import table
from pipeline.models.checkpoint import resolve_checkpoint
from pipeline.models.training import train_on_examples
from pipeline.params import Params, read_params
from pipeline.stance import STANCES

Example = tuple[str, int]
Way = Callable[[list[Example], list[str]], np.ndarray]  # what is learned, texts -> number of the stance of each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--splits", type=Path, default=Path("data/splits"))
    parser.add_argument("--out", type=Path, default=Path("reports/benchmarks-alternatives.md"))
    parser.add_argument("--statements", type=int, default=1600)
    parser.add_argument("--test", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    params = read_params(Path("params.yaml"))
    train, validation, test = (examples(options.splits / f"{name}.jsonl") for name in ("train", "validation", "test"))
    train, validation, test = train[: options.statements], validation[: options.test], test[: options.test]
    texts, gold = [text for text, _ in test], [number for _, number in test]
    taken: dict[str, list[float]] = {}
    right: dict[str, float] = {}
    for _ in range(options.rounds):
        for name, way in ways(params, validation).items():
            started = time.perf_counter()
            found = way(train, texts)
            taken.setdefault(name, []).append(time.perf_counter() - started)
            right[name] = float(f1_score(gold, found, average="macro", zero_division=0))
    rows = [[name, f"{statistics.median(seconds):.0f}", f"{right[name]:.3f}"] for name, seconds in taken.items()]
    page = (
        f"# What a user might train instead\n\n{len(train)} invented statements learned, {len(test)} of the test split "
        f"answered, one thread for each processor, {options.rounds} rounds in turn.\n\n"
        + table(["way", "seconds", "macro-F1"], rows)
        + "\n"
    )
    with replacing_file(options.out) as beside:
        beside.write_text(page, encoding="utf-8")
    print(page)


def examples(path: Path) -> list[Example]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], STANCES.index(row["label"])) for row in rows]


def ways(params: Params, validation: list[Example]) -> dict[str, Way]:
    def ours(name: str, chosen: Params) -> Way:
        def way(train: list[Example], texts: list[str]) -> np.ndarray:
            trained = train_on_examples(
                name,  # type: ignore[arg-type]
                chosen.models.model_copy(update={"expected_other": None}),
                train,
                validation,
                seed=chosen.seed,
                threads=chosen.threads,
            )
            return trained.model.probabilities(texts).argmax(axis=1)

        return way

    from_bundled = params.models.transformer.model_copy(
        update={"checkpoint": "bundled", "checkpoint_sha256": params.adapt.fine_tuning.checkpoint_sha256}
    )
    bundled = params.model_copy(update={"models": params.models.model_copy(update={"transformer": from_bundled})})
    found: dict[str, Way] = {
        "sentence-transformers, logistic regression": encode_and_regress,
        "baseline": ours("baseline", params),
        "transformer from the bundled checkpoint": ours("transformer", bundled),
        "transformer from models/encoder (ships)": ours("transformer", params),
    }
    if find_spec("setfit") is not None:
        found["SetFit"] = setfit
    return found


def encode_and_regress(train: list[Example], texts: list[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    encoder = SentenceTransformer(resolve_checkpoint("bundled", None), device="cpu")

    def states(of: Sequence[str]) -> np.ndarray:
        return np.asarray(encoder.encode(list(of), batch_size=32, show_progress_bar=False))

    head = LogisticRegression(max_iter=2000, class_weight="balanced").fit(
        states([text for text, _ in train]), [number for _, number in train]
    )
    return np.asarray(head.predict(states(texts)))


def setfit(train: list[Example], texts: list[str]) -> np.ndarray:
    from datasets import Dataset
    from setfit import SetFitModel, Trainer, TrainingArguments

    model = SetFitModel.from_pretrained(resolve_checkpoint("bundled", None), device="cpu")
    with tempfile.TemporaryDirectory() as scratch:
        told = TrainingArguments(
            output_dir=scratch, batch_size=16, num_epochs=1, num_iterations=1, report_to="none", save_strategy="no"
        )
        data = Dataset.from_dict({"text": [text for text, _ in train], "label": [number for _, number in train]})
        Trainer(model=model, args=told, train_dataset=data).train()
    return np.asarray(model.predict(texts, show_progress_bar=False))


if __name__ == "__main__":
    main()
