"""Fine-tuning of the transformer with transformers' Trainer."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.models.checkpoint import resolve_checkpoint
from pipeline.models.encoder import StanceEncoder, freeze_from_below, from_checkpoint
from pipeline.models.precision import use_bf16
from pipeline.models.transformer import TransformerModel
from pipeline.stance import STANCES

if TYPE_CHECKING:
    from datasets import Dataset

    from pipeline.params import TransformerParams

Example = tuple[str, int]  # text, index of its stance


def fine_tune(  # noqa: PLR0913 - what is learned, on what and how
    train: Sequence[Example],
    validation: Sequence[Example],
    params: "TransformerParams",
    *,
    labels: Sequence[str] = STANCES,
    targets: Sequence[Sequence[float]] | None = None,
    seed: int,
    run: int = 0,
    threads: int,
) -> tuple[TransformerModel, tuple[dict[str, float], ...]]:
    """Fine-tune the encoder of ``params.checkpoint`` and keep the epoch with the best validation macro-F1.

    :param run: number of several trainings from the same start, which ``seed`` alone decides.
    :param targets: for each training example the probabilities of the labels to learn; None asks for its label alone.
    :return: the model, not yet calibrated, and one row of numbers an epoch.
    :raises StanceError: if the checkpoint is missing or has another sum than expected.
    """
    import torch
    from transformers import AutoTokenizer, EarlyStoppingCallback, Trainer, set_seed

    torch.set_num_threads(threads)
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it a GPU refuses to be deterministic
    set_seed(seed, deterministic=True)
    torch.use_deterministic_algorithms(mode=True)
    # It guards against reading memory that nobody wrote, at the price of writing all of it twice.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    folder = resolve_checkpoint(params.checkpoint, params.checkpoint_sha256)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = from_checkpoint(
        folder,
        labels=labels,
        head_dropout=params.dropout,
        dropout=params.dropout,
        attention_dropout=params.attention_dropout,
        longest_tokens=params.longest_tokens,
    )
    freeze_from_below(model, train_embeddings=params.train_embeddings, layers=params.frozen_layers)
    wanted = targets if targets is not None else one_hot(train, len(labels))
    wanted = [_smoothed(target, params.label_smoothing) for target in wanted]
    checked = [_smoothed(target, params.label_smoothing) for target in one_hot(validation, len(labels))]
    with tempfile.TemporaryDirectory(prefix="stance-fine-tuning-") as scratch:
        trainer = Trainer(
            model=model,
            args=training_arguments(params, Path(scratch), seed + run),
            train_dataset=tokenised([text for text, _ in train], wanted, tokenizer, params.longest_tokens),
            eval_dataset=tokenised([text for text, _ in validation], checked, tokenizer, params.longest_tokens),
            processing_class=tokenizer,
            optimizers=(adamw(model, params), None),
            compute_metrics=_macro_f1,
            callbacks=[EarlyStoppingCallback(early_stopping_patience=params.patience)],
        )
        trainer.train()
        # Else the model would go on answering in bf16 until it is saved, and be calibrated on that.
        trainer.accelerator.unwrap_model(model, keep_fp32_wrapper=False)
        history = _history(trainer.state.log_history)
    return TransformerModel(model.train(mode=False), tokenizer), history


def training_arguments(params: "TransformerParams", scratch: Path, seed: int) -> Any:  # noqa: ANN401 - TrainingArguments
    """Return what the Trainer is told; bf16 runs on CUDA where there is one, else on the processor."""
    import torch
    from transformers import TrainingArguments

    bf16 = use_bf16(params.precision)
    return TrainingArguments(
        output_dir=str(scratch),
        num_train_epochs=params.epochs,
        per_device_train_batch_size=params.batch_size,
        per_device_eval_batch_size=64,
        train_sampling_strategy="group_by_length",
        length_column_name="length",
        warmup_steps=params.warmup,
        lr_scheduler_type="linear",
        bf16=bf16,
        use_cpu=bf16 and not torch.cuda.is_available(),  # unsaid, the Trainer refuses bf16 on a processor that has it
        eval_strategy="epoch",
        save_strategy="epoch",
        save_only_model=True,
        save_total_limit=1,
        load_best_model_at_end=True,
        metric_for_best_model="macro_f1",
        greater_is_better=True,
        logging_strategy="epoch",
        report_to=[],
        seed=seed,
        data_seed=seed,
        dataloader_pin_memory=False,
    )


def one_hot(examples: Sequence[Example], labels: int) -> list[list[float]]:
    """Return targets, shape (number of examples, labels): all probability on each example's own label."""
    return [[float(index == number) for index in range(labels)] for _, number in examples]


def _smoothed(target: Sequence[float], share: float) -> list[float]:
    """Give a share of the target to all labels alike (Szegedy et al. 2016)."""
    return [(1 - share) * probability + share / len(target) for probability in target]


def tokenised(
    texts: Sequence[str],
    targets: Sequence[Sequence[float]],
    tokenizer: Any,  # noqa: ANN401 - transformers' tokenizers share no typed base
    longest: int,
) -> "Dataset":
    """Return what the Trainer reads: token ids, cut at ``longest``, targets, and lengths to group by."""
    from datasets import Dataset

    # The checkpoint's own tokenizer settings pad everything to 128 tokens: length and padding are always said here.
    encoded = tokenizer(list(texts), truncation=True, max_length=longest, padding=False)
    return Dataset.from_dict(
        {
            "input_ids": encoded["input_ids"],
            "attention_mask": encoded["attention_mask"],
            "labels": [list(target) for target in targets],
            "length": [len(ids) for ids in encoded["input_ids"]],
        }
    )


def adamw(model: StanceEncoder, params: "TransformerParams") -> Any:  # noqa: ANN401 - torch's AdamW
    """Return AdamW with a faster rate for the new head, and no decay of biases and norms (Loshchilov and Hutter)."""
    from torch.optim import AdamW

    groups: dict[tuple[bool, bool], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        groups.setdefault((name.startswith("head."), parameter.ndim > 1), []).append(parameter)
    return AdamW(
        [
            {
                "params": parameters,
                "lr": params.head_learning_rate if is_head else params.learning_rate,
                "weight_decay": params.weight_decay if is_matrix else 0.0,
            }
            for (is_head, is_matrix), parameters in groups.items()
        ],
        fused=True,
    )


def _macro_f1(prediction: Any) -> dict[str, float]:  # noqa: ANN401 - transformers' EvalPrediction
    from sklearn.metrics import f1_score

    found = prediction.predictions.argmax(axis=1)
    gold = prediction.label_ids.argmax(axis=1)
    labels = list(range(prediction.predictions.shape[1]))
    return {"macro_f1": float(f1_score(gold, found, labels=labels, average="macro", zero_division=0))}


def _history(log: list[dict[str, float]]) -> tuple[dict[str, float], ...]:
    """Merge the Trainer's log into one row an epoch; times and rates stay out, they differ between equal runs."""
    wanted = {"loss": "train_loss", "eval_loss": "validation_loss", "eval_macro_f1": "validation_macro_f1"}
    rows: dict[int, dict[str, float]] = {}
    for entry in log:
        found = {wanted[key]: round(float(value), 6) for key, value in entry.items() if key in wanted}
        if found:
            rows.setdefault(round(entry["epoch"]), {}).update(found)
    return tuple({"epoch": float(epoch), **rows[epoch]} for epoch in sorted(rows))
