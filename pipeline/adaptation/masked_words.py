"""Go on with an encoder's pre-training on plain texts: masked words (Devlin et al. 2019, BERT).

Pre-training on texts of the domain before fine-tuning on its labels is that of Gururangan et al. (2020), "Don't Stop
Pretraining". It runs on a GPU where there is one.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from pipeline.models.batches import batches_by_length
from pipeline.models.precision import use_bf16

if TYPE_CHECKING:
    from pipeline.params import MaskedWordsParams

IGNORED = -100  # what torch's cross entropy passes over: a token that was not masked
WINDOW = 20_000  # texts; those of like length are looked for among so many, so that an epoch's order stays random
LARGEST_GRADIENT = 1.0


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

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return the mean loss over the masked tokens, in nats; all tensors have the shape (batch, tokens)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        masked = labels != IGNORED
        words = self.encoder.get_input_embeddings().weight  # type: ignore[operator]
        scores = nn.functional.linear(self.transform(states[masked]), words, self.bias)
        return nn.functional.cross_entropy(scores.float(), labels[masked])


def learn_masked_words(
    folder: str, texts: Sequence[str], params: "MaskedWordsParams", out: Path, *, seed: int, threads: int
) -> tuple[dict[str, float], ...]:
    """Train the encoder in ``folder`` to restore masked words of ``texts``, and save it with its tokenizer in ``out``.

    :return: one row an epoch with the mean loss of a masked word, in nats.
    """
    from tqdm.auto import tqdm
    from transformers import AutoTokenizer, DataCollatorForLanguageModeling, get_linear_schedule_with_warmup, set_seed

    torch.set_num_threads(threads)
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # fine-tuning, in the same process, needs it of a GPU
    set_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    bf16 = use_bf16("auto")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = _encoder(folder)
    model = MaskedWords(encoder).to(device).train()
    ids = _token_ids(texts, tokenizer, params.longest_tokens)
    mask = DataCollatorForLanguageModeling(tokenizer, mlm_probability=params.masked_share).torch_mask_tokens
    epochs = [list(_batches([len(row) for row in ids], params.tokens_in_a_batch)) for _ in range(params.epochs)]
    steps = sum(map(len, epochs))
    optimizer = _optimizer(model, params.learning_rate)
    schedule = get_linear_schedule_with_warmup(optimizer, round(params.warmup * steps), steps)
    history = []
    for epoch, batches in enumerate(epochs, start=1):
        total, restored = torch.zeros((), device=device), 0
        for rows in tqdm(batches, desc=f"masked words, epoch {epoch} of {params.epochs}", mininterval=5):
            padded, attention = _padded([ids[row] for row in rows], tokenizer.pad_token_id)
            special = torch.isin(padded, torch.tensor(tokenizer.all_special_ids))
            inputs, labels = mask(padded, special_tokens_mask=special)
            masked = int((labels != IGNORED).sum())
            if not masked:  # of a few short texts chance may mask none
                continue
            with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
                loss = model(inputs.to(device), attention.to(device), labels.to(device))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), LARGEST_GRADIENT)
            optimizer.step()
            schedule.step()
            total += loss.detach() * masked
            restored += masked
        history.append({"epoch": float(epoch), "masked_word_loss": round(float(total) / max(1, restored), 6)})
    encoder.cpu().save_pretrained(out)
    tokenizer.save_pretrained(out)
    return tuple(history)


def _encoder(folder: str) -> Any:  # noqa: ANN401 - transformers' models
    """Return the encoder without any dropout: in the few passes over an archive there is little to overfit."""
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


def _token_ids(texts: Sequence[str], tokenizer: Any, longest: int) -> list[torch.Tensor]:  # noqa: ANN401 - a tokenizer
    encoded = tokenizer(list(texts), truncation=True, max_length=longest, padding=False)["input_ids"]
    return [torch.tensor(row, dtype=torch.int32) for row in encoded]


def _batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Yield each row once, in batches of like length and in an order that torch's generator decides."""
    order = torch.randperm(len(lengths)).tolist()
    batches = []
    for start in range(0, len(order), WINDOW):
        window = order[start : start + WINDOW]
        found = batches_by_length([lengths[row] for row in window], tokens)
        batches += [[window[place] for place in batch] for batch in found]
    for number in torch.randperm(len(batches)).tolist():
        yield batches[number]


def _padded(rows: Sequence[torch.Tensor], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return token ids and attention, both of shape (batch, tokens)."""
    ids = nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=pad).long()
    lengths = torch.tensor([len(row) for row in rows])
    return ids, (torch.arange(ids.shape[1]) < lengths[:, None]).long()


def _optimizer(model: MaskedWords, rate: float) -> torch.optim.Optimizer:
    """Return AdamW without decay of biases and norms, with the second moment that masked words are trained with."""
    # The pooler takes no part: without a gradient AdamW passes it over.
    parameters = list(model.parameters())
    groups = [
        {"params": [one for one in parameters if one.ndim > 1], "weight_decay": 0.01},
        {"params": [one for one in parameters if one.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
