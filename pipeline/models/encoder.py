"""The network: an encoder whose mean-pooled token states feed a linear head.

all-MiniLM-L6-v2 was trained on mean-pooled states (Reimers and Gurevych 2019, Sentence-BERT) and its pooler was never
trained, so the stock sequence-classification head, which reads the pooler, starts from noise.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

from pipeline.errors import StanceError
from pipeline.jsonl import read_json
from pipeline.stance import STANCES


class StanceEncoderConfig(PretrainedConfig):
    """The encoder's own configuration, and that of the head."""

    model_type = "stance-encoder"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        head_dropout: float = 0.1,
        longest_tokens: int = 128,
        **kwargs: Any,  # noqa: ANN401 - whatever transformers stores beside it
    ) -> None:
        self.encoder = encoder or {}
        self.head_dropout = head_dropout
        self.longest_tokens = longest_tokens
        kwargs.setdefault("id2label", {index: str(stance) for index, stance in enumerate(STANCES)})
        kwargs.setdefault("label2id", {str(label): index for index, label in kwargs["id2label"].items()})
        super().__init__(**kwargs)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the head tells apart, in the order of its logits."""
        names: dict[int, str] = self.id2label  # type: ignore[assignment] # transformers turns the keys into numbers
        return tuple(names[index] for index in range(len(names)))


class StanceEncoder(PreTrainedModel):
    """Token ids -> logits of the labels (the five stances, in the order of ``STANCES``)."""

    config_class = StanceEncoderConfig
    base_model_prefix = "encoder"
    _supports_sdpa = True
    _supports_attention_backend = True

    def __init__(self, config: StanceEncoderConfig) -> None:
        super().__init__(config)
        settings = dict(config.encoder)
        encoder = AutoConfig.for_model(settings.pop("model_type"), **settings)
        self.encoder = AutoModel.from_config(encoder, attn_implementation="eager")
        self.dropout = nn.Dropout(config.head_dropout)
        self.head = nn.Linear(encoder.hidden_size, len(config.labels))
        self.frozen: tuple[nn.Module, ...] = ()  # see freeze_from_below
        self.post_init()  # type: ignore[no-untyped-call]

    def train(self, mode: bool = True) -> "StanceEncoder":
        """Set the mode; frozen parts stay as they answer, since noise from dropout has nothing to teach them."""
        super().train(mode)
        for module in self.frozen:
            module.train(mode=False)
        return self

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor | None = None,  # noqa: ARG002 - tokenizers hand it over; one segment needs none
        labels: torch.Tensor | None = None,
    ) -> SequenceClassifierOutput:
        """Classify a padded batch.

        :param input_ids: shape (batch, tokens).
        :param attention_mask: shape (batch, tokens), 0 where padded.
        :param labels: shape (batch, labels), probabilities to learn; with them the output has the cross-entropy.
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits = self.head(self.dropout(mean_pool(states, attention_mask)))
        loss = None if labels is None else nn.functional.cross_entropy(logits.float(), labels)
        return SequenceClassifierOutput(loss=loss, logits=logits)


def mean_pool(states: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    """Average token states, shape (batch, tokens, hidden), over the tokens that are not padding."""
    mask = attention_mask.unsqueeze(-1).to(states.dtype)
    return (states * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)


def from_checkpoint(
    folder: str,
    *,
    labels: Sequence[str] = STANCES,
    head_dropout: float,
    dropout: float,
    attention_dropout: float | None = None,
    longest_tokens: int,
) -> StanceEncoder:
    """Put a head on a pre-trained encoder: its own where it was trained on the same labels, otherwise a new one.

    :param folder: a folder that :class:`StanceEncoder` wrote, or a folder or hub id that ``AutoModel`` can load.
    :param attention_dropout: of the attention weights; None takes that of the hidden states.
    """
    dropouts = {
        "hidden_dropout_prob": dropout,
        "attention_probs_dropout_prob": dropout if attention_dropout is None else attention_dropout,
    }
    names = {"id2label": dict(enumerate(map(str, labels)))}
    settings: dict[str, Any] = {"head_dropout": head_dropout, "longest_tokens": longest_tokens} | names
    if is_stance_encoder(folder):
        return _continued(folder, settings, dropouts)
    pretrained = AutoModel.from_pretrained(
        folder,
        attn_implementation="eager",
        dtype=torch.float32,
        **dropouts,
    )
    inner = pretrained.config.to_diff_dict() | {"model_type": pretrained.config.model_type}
    for key in ("transformers_version", "dtype", "architectures", "_name_or_path"):
        inner.pop(key, None)
    model = StanceEncoder(StanceEncoderConfig(encoder=inner, **settings))
    model.encoder.load_state_dict(pretrained.state_dict())
    return model


def is_stance_encoder(folder: str) -> bool:
    """Say whether a folder holds an encoder with a head that :class:`StanceEncoder` wrote."""
    config = Path(folder) / "config.json"
    return config.is_file() and read_json(config).get("model_type") == StanceEncoderConfig.model_type


def _continued(folder: str, settings: dict[str, Any], dropouts: dict[str, float]) -> StanceEncoder:
    trained = StanceEncoder.from_pretrained(folder, dtype=torch.float32)
    inner = trained.config.encoder | dropouts
    model = StanceEncoder(StanceEncoderConfig(encoder=inner, **settings))
    model.encoder.load_state_dict(trained.encoder.state_dict())
    if trained.config.labels == model.config.labels:
        model.head.load_state_dict(trained.head.state_dict())
    return model


def freeze_from_below(model: StanceEncoder, *, train_embeddings: bool, layers: int) -> None:
    """Keep the pre-trained weights of the embeddings and of the lowest layers.

    No gradient passes below the lowest trained layer, so each frozen one saves the two thirds of its cost that the
    backward pass takes. Lee, Tang and Lin (2019), "What would Elsa do?", found that the upper layers of BERT suffice.

    :raises StanceError: if the encoder has fewer layers, or none that can be told apart.
    """
    model.encoder.get_input_embeddings().requires_grad_(train_embeddings)
    if not layers:
        return
    stack = getattr(getattr(model.encoder, "encoder", None), "layer", ())
    if layers > len(stack):
        message = (
            f"models.transformer.frozen_layers: the checkpoint has {len(stack)} layers that can be frozen, "
            f"not {layers}; set a lower number."
        )
        raise StanceError(message)
    model.frozen = (model.encoder.embeddings, *stack[:layers])
    for module in model.frozen:
        module.requires_grad_(False)
