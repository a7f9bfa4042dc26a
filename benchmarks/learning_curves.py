"""Where more text stops helping: macro-F1 against the number of training statements, by model, over seeds.

    python benchmarks/learning_curves.py --splits data/splits --measure test=data/splits/test.jsonl \
        --measure real=real.jsonl --fine-tune

Three learners see the same samples: the baseline; a logistic regression on the frozen encoder's mean-pooled states
(is it the encoder or the text?); and, with ``--fine-tune``, the transformer as `make` trains it, which takes minutes a
point. Files to measure on are JSON Lines with ``text`` and ``label``.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from pipeline.markdown import table
from pipeline.models.training import train_baseline, train_transformer
from pipeline.params import Params, read_params
from pipeline.stance import STANCES

Example = tuple[str, int]
Answers = Callable[[Sequence[str]], np.ndarray]  # texts -> number of the stance of each
SHARES = (0.1, 0.25, 0.5, 1.0)
SEEDS = (13, 14, 15)


def examples(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream if line.strip()]
    return [(row["text"], STANCES.index(row["label"])) for row in rows]


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


def learners(params: Params, validation: list[Example], *, fine_tune: bool) -> dict[str, Callable[..., Answers]]:
    states = frozen_encoder(params)
    known: dict[str, np.ndarray] = {}

    def encoded(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, states(new), strict=True))
        return np.vstack([known[text] for text in texts])

    def baseline(train: list[Example], seed: int) -> Answers:
        model = train_baseline(train, validation, params.models.baseline, seed=seed).model
        return lambda texts: model.probabilities(texts).argmax(axis=1)

    def frozen(train: list[Example], seed: int) -> Answers:
        fitted = LogisticRegression(C=3.0, class_weight="balanced", max_iter=2000, random_state=seed)
        fitted.fit(encoded([text for text, _ in train]), [number for _, number in train])
        return lambda texts: fitted.predict(encoded(texts))

    def tuned(train: list[Example], seed: int) -> Answers:
        model = train_transformer(train, validation, params.models.transformer, seed=seed, threads=params.threads).model
        return lambda texts: model.probabilities(texts).argmax(axis=1)

    return {"baseline": baseline, "frozen encoder": frozen} | ({"fine-tuned": tuned} if fine_tune else {})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--splits", type=Path, default=Path("data/splits"))
    arguments.add_argument("--measure", action="append", default=[], metavar="NAME=FILE")
    arguments.add_argument("--fine-tune", action="store_true")
    chosen = arguments.parse_args()
    params = read_params(Path("params.yaml"))
    train = examples(chosen.splits / "train.jsonl")
    validation = examples(chosen.splits / "validation.jsonl")
    measured = {
        name: examples(Path(path)) for name, path in (pair.split("=", maxsplit=1) for pair in chosen.measure)
    } or {"validation": validation}
    rows = []
    for learner, fit in learners(params, validation, fine_tune=chosen.fine_tune).items():
        for share in SHARES:
            scores: dict[str, list[float]] = {name: [] for name in measured}
            for seed in SEEDS:
                drawn = np.random.default_rng(seed).permutation(len(train))[: round(share * len(train))]
                sample = [train[position] for position in drawn]
                answers = fit(sample, seed)
                for name, held in measured.items():
                    gold = [number for _, number in held]
                    found = answers([text for text, _ in held])
                    scores[name].append(f1_score(gold, found, average="macro", zero_division=0))
            cells = [f"{np.mean(values):.3f} ± {np.std(values):.3f}" for values in scores.values()]
            rows.append((learner, f"{round(share * len(train)):,}", *cells))
            print(*rows[-1], sep=" | ", flush=True)
    print("\n" + table(("learner", "statements", *measured), rows))


if __name__ == "__main__":
    main()
