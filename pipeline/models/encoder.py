"""The network: an encoder whose mean-pooled token states feed a linear head.

all-MiniLM-L6-v2 was trained on mean-pooled states (Reimers and Gurevych 2019, Sentence-BERT) and its pooler was never
trained, so the stock sequence-classification head, which reads the pooler, starts from noise.
"""

from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

from pipeline.errors import StanceError
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
        kwargs.setdefault("label2id", {str(stance): index for index, stance in enumerate(STANCES)})
        super().__init__(**kwargs)


class StanceEncoder(PreTrainedModel):
    """Token ids -> logits of the five stances, in the order of ``STANCES``."""

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
        self.head = nn.Linear(encoder.hidden_size, len(STANCES))
        self.post_init()  # type: ignore[no-untyped-call]

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
        :param labels: shape (batch,); with them the output carries the cross-entropy loss.
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits = self.head(self.dropout(mean_pool(states, attention_mask)))
        loss = None if labels is None else nn.functional.cross_entropy(logits.float(), labels)
        return SequenceClassifierOutput(loss=loss, logits=logits)


def mean_pool(states: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    """Average token states, shape (batch, tokens, hidden), over the tokens that are not padding."""
    mask = attention_mask.unsqueeze(-1).to(states.dtype)
    return (states * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)


def from_checkpoint(folder: str, *, head_dropout: float, dropout: float, longest_tokens: int) -> StanceEncoder:
    """Put a new head on a pre-trained encoder.

    :param folder: a folder or hub id that ``AutoModel`` can load.
    """
    pretrained = AutoModel.from_pretrained(
        folder,
        attn_implementation="eager",
        dtype=torch.float32,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    settings = pretrained.config.to_diff_dict() | {"model_type": pretrained.config.model_type}
    for key in ("transformers_version", "dtype", "architectures", "_name_or_path"):
        settings.pop(key, None)
    config = StanceEncoderConfig(encoder=settings, head_dropout=head_dropout, longest_tokens=longest_tokens)
    model = StanceEncoder(config)
    model.encoder.load_state_dict(pretrained.state_dict())
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
    model.encoder.embeddings.requires_grad_(False)
    for layer in stack[:layers]:
        layer.requires_grad_(False)
