"""Where more text stops helping: macro-F1 against the number of training statements, by model, over seeds.

    python benchmarks/learning_curves.py --splits data/splits --measure test=data/splits/test.jsonl \
        --measure real=real.jsonl --fine-tune

Three learners see the same samples: the baseline; a logistic regression on the frozen encoder's mean-pooled states
(is it the encoder or the text?); and, with ``--fine-tune``, the transformer as `make` trains it, which takes minutes a
point. Files to measure on are JSON Lines with ``text``, ``label`` and, where it is to be told apart, ``register``.
Samples are whole corpora thinned by chance, so every register and stance grows alike.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from pipeline.atomic import replacing_file
from pipeline.jsonl import read_records
from pipeline.markdown import table
from pipeline.models.calibration import shift_to_expected
from pipeline.models.training import train_model
from pipeline.params import ModelName, Params, read_params
from pipeline.records import LabelledStatement
from pipeline.stance import STANCES

Statements = Sequence[LabelledStatement]
Answers = Callable[[Sequence[str]], np.ndarray]  # texts -> number of the stance of each
SHARES = (0.1, 0.25, 0.5, 1.0)
SEEDS = (13, 14, 15)


@dataclass(frozen=True)
class Part:
    """Statements that a figure is about."""

    name: str
    texts: list[str]
    gold: np.ndarray
    registers: list[str | None]

    def figures(self, found: np.ndarray) -> Iterator[tuple[str, float]]:
        """Yield macro-F1, the F1 of each stance and macro-F1 of each register, by name."""
        yield self.name, macro_f1(self.gold, found)
        each = f1_score(self.gold, found, labels=range(len(STANCES)), average=None, zero_division=0)
        yield from ((f"{self.name}: {stance}", float(one)) for stance, one in zip(STANCES, each, strict=True))
        for register in sorted({one for one in self.registers if one is not None}):
            chosen = np.array([one == register for one in self.registers])
            yield f"{self.name}: register {register}", macro_f1(self.gold[chosen], found[chosen])


def macro_f1(gold: np.ndarray, found: np.ndarray) -> float:
    """Return the mean F1 over the stances that occur among the gold labels, as the reports do."""
    return float(f1_score(gold, found, labels=np.unique(gold), average="macro", zero_division=0))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def part(name: str, path: Path) -> Part:
    rows = rows_of(path)
    gold = np.array([STANCES.index(row["label"]) for row in rows])
    return Part(name, [row["text"] for row in rows], gold, [row.get("register") for row in rows])


def frozen_encoder(params: Params) -> Callable[[Sequence[str]], np.ndarray]:
    """Return a function from texts to mean-pooled states of the encoder that fine-tuning starts from."""
    import torch
    from transformers import AutoTokenizer

    from pipeline.models.checkpoint import resolve_checkpoint
    from pipeline.models.encoder import from_checkpoint, mean_pool

    settings = params.models.transformer
    folder = resolve_checkpoint(settings.checkpoint, settings.checkpoint_sha256)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = from_checkpoint(folder, head_dropout=0.0, dropout=0.0, longest_tokens=settings.longest_tokens).eval()

    def states(texts: Sequence[str]) -> np.ndarray:
        rows = []
        with torch.inference_mode():
            for start in range(0, len(texts), 64):
                batch = tokenizer(
                    list(texts[start : start + 64]),
                    truncation=True,
                    max_length=settings.longest_tokens,
                    padding=True,
                    return_tensors="pt",
                )
                found = model.encoder(
                    input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
                ).last_hidden_state
                rows.append(mean_pool(found, batch["attention_mask"]).numpy())
        return np.vstack(rows)

    return states


def learners(params: Params, validation: Statements, *, fine_tune: bool) -> dict[str, Callable[..., Answers]]:
    states = frozen_encoder(params)
    known: dict[str, np.ndarray] = {}

    def encoded(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, states(new), strict=True))
        return np.vstack([known[text] for text in texts])

    def frozen(train: Statements, seed: int) -> Answers:
        numbers = [STANCES.index(one.label) for one in train]
        fitted = LogisticRegression(C=3.0, max_iter=2000, random_state=seed)
        fitted.fit(encoded([one.text for one in train]), numbers)
        shift = np.zeros(len(STANCES))
        if params.models.expected_other is not None:
            counts = np.bincount(numbers, minlength=len(STANCES)).tolist()
            shift = np.array(shift_to_expected(counts, params.models.expected_other))
        known_ones = fitted.classes_
        return lambda texts: known_ones[(fitted.predict_log_proba(encoded(texts)) + shift[known_ones]).argmax(axis=1)]

    def ours(name: ModelName) -> Callable[..., Answers]:
        def fit(train: Statements, seed: int) -> Answers:
            trained = train_model(name, params.models, train, validation, seed=seed, threads=params.threads)
            return lambda texts: trained.model.probabilities(texts).argmax(axis=1)

        return fit

    tuned = {"fine-tuned": ours("transformer")} if fine_tune else {}
    return {"baseline": ours("baseline"), "frozen encoder": frozen} | tuned


def main() -> None:
    options = arguments()
    params = read_params(Path("params.yaml"))
    train = read_records(options.splits / "train.jsonl", LabelledStatement)
    validation = read_records(options.splits / "validation.jsonl", LabelledStatement)
    parts = [part(name, Path(path)) for name, path in (pair.split("=", maxsplit=1) for pair in options.measure)]
    parts = parts or [part("validation", options.splits / "validation.jsonl")]
    columns: list[str] = []
    seen: dict[str, dict[str, list[float]]] = {}  # name of a figure -> learner and size -> one for each seed
    for learner, fit in learners(params, validation, fine_tune=options.fine_tune).items():
        for share in options.shares:
            size = round(share * len(train))
            columns.append(f"{learner}, {size:,}")
            for seed in options.seeds:
                drawn = np.random.default_rng(seed).permutation(len(train))[:size]
                answers = fit([train[position] for position in drawn], seed)
                for one in parts:
                    for name, figure in one.figures(answers(one.texts)):
                        seen.setdefault(name, {}).setdefault(columns[-1], []).append(figure)
                print(
                    columns[-1],
                    seed,
                    *(f"{one.name} {seen[one.name][columns[-1]][-1]:.3f}" for one in parts),
                    flush=True,
                )
    rows = [
        [name, *(f"{np.mean(taken[column]):.3f} ± {np.std(taken[column]):.3f}" for column in columns)]
        for name, taken in seen.items()
    ]
    page = (
        "# Learning curves\n\nMacro-F1, and F1 of each stance, against the number of training statements; mean and "
        f"standard deviation over {len(options.seeds)} seeds, each with a sample of its own.\n\n"
        + table(["measured on", *columns], rows)
        + "\n"
    )
    with replacing_file(options.out) as beside:
        beside.write_text(page, encoding="utf-8")
    print(page)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--splits", type=Path, default=Path("data/splits"))
    parser.add_argument("--measure", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--fine-tune", action="store_true")
    parser.add_argument("--shares", type=float, nargs="+", default=SHARES)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--out", type=Path, default=Path("reports/learning-curves.md"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
