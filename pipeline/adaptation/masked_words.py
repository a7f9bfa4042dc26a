"""Go on with an encoder's pre-training on plain texts: masked words (Devlin et al. 2019, BERT).

Pre-training on texts of the domain before fine-tuning on its labels is that of Gururangan et al. (2020), "Don't Stop
Pretraining".
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

if TYPE_CHECKING:
    from pipeline.params import MaskedWordsParams

IGNORED = -100  # what torch's cross entropy passes over: a token that was not masked


class MaskedWords(nn.Module):
    """An encoder with BERT's head for masked words, whose output words are the encoder's own input embeddings.

    Only the masked positions go through the head: with 30,000 words it costs as much as the six layers below.
    """

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        from transformers.models.bert.modeling_bert import BertPredictionHeadTransform

        self.encoder = encoder
        self.transform = BertPredictionHeadTransform(encoder.config)
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))  # type: ignore[arg-type, union-attr]

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        labels: torch.Tensor,
        token_type_ids: torch.Tensor | None = None,  # noqa: ARG002 - collators hand it over; one segment needs none
    ) -> dict[str, torch.Tensor]:
        """Return the mean loss over the masked tokens; all tensors have the shape (batch, tokens)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        masked = labels != IGNORED
        words = self.encoder.get_input_embeddings().weight  # type: ignore[operator]
        scores = nn.functional.linear(self.transform(states[masked]), words, self.bias)
        return {"loss": nn.functional.cross_entropy(scores, labels[masked])}


def learn_masked_words(
    folder: str, texts: Sequence[str], params: "MaskedWordsParams", out: Path, *, seed: int, threads: int
) -> tuple[dict[str, float], ...]:
    """Train the encoder in ``folder`` to restore masked words of ``texts``, and save it with its tokenizer in ``out``.

    :return: one row an epoch with the mean loss of a masked word, in nats.
    """
    from transformers import AutoTokenizer, DataCollatorForLanguageModeling, Trainer, set_seed

    torch.set_num_threads(threads)
    set_seed(seed, deterministic=True)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = _encoder(folder)
    with tempfile.TemporaryDirectory(prefix="stance-masked-words-") as scratch:
        trainer = Trainer(
            model=MaskedWords(encoder),
            args=_arguments(params, Path(scratch), seed),
            train_dataset=_tokenised(texts, tokenizer, params.longest_tokens),
            data_collator=DataCollatorForLanguageModeling(tokenizer, mlm_probability=params.masked_share, seed=seed),
        )
        trainer.train()
        log = trainer.state.log_history
    encoder.save_pretrained(out)
    tokenizer.save_pretrained(out)
    return tuple(
        {"epoch": float(round(row["epoch"])), "masked_word_loss": round(float(row["loss"]), 6)}
        for row in log
        if "loss" in row
    )


def _encoder(folder: str) -> Any:  # noqa: ANN401 - transformers' models
    """Return the encoder without any dropout: with one pass over the texts there is nothing to overfit."""
    from transformers import AutoModel

    from pipeline.models.encoder import StanceEncoder, is_stance_encoder

    if is_stance_encoder(folder):
        encoder = StanceEncoder.from_pretrained(folder, dtype=torch.float32).encoder
    else:
        encoder = AutoModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
    for module in encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return encoder


def _arguments(params: "MaskedWordsParams", scratch: Path, seed: int) -> Any:  # noqa: ANN401 - TrainingArguments
    from transformers import TrainingArguments

    return TrainingArguments(
        output_dir=str(scratch),
        num_train_epochs=params.epochs,
        per_device_train_batch_size=params.batch_size,
        train_sampling_strategy="group_by_length",
        length_column_name="length",
        learning_rate=params.learning_rate,
        weight_decay=0.01,
        warmup_steps=params.warmup,
        lr_scheduler_type="linear",
        optim="adamw_torch_fused",
        save_strategy="no",
        logging_strategy="epoch",
        report_to=[],
        seed=seed,
        data_seed=seed,
        dataloader_pin_memory=False,
    )


def _tokenised(texts: Sequence[str], tokenizer: Any, longest: int) -> Any:  # noqa: ANN401 - a tokenizer; a Dataset
    from datasets import Dataset

    lengths = {"truncation": True, "max_length": longest, "padding": False}
    encoded = tokenizer(list(texts), return_special_tokens_mask=True, **lengths)
    columns = {name: encoded[name] for name in ("input_ids", "attention_mask", "special_tokens_mask")}
    return Dataset.from_dict(columns | {"length": [len(ids) for ids in encoded["input_ids"]]})
