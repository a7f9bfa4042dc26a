"""Layers are frozen from below, and stay as the checkpoint has them."""

from pathlib import Path

import pytest
import torch

from pipeline.errors import StanceError
from pipeline.models.encoder import StanceEncoder, freeze_from_below, from_checkpoint
from pipeline.models.fine_tuning import fine_tune
from pipeline.params import Params
from pipeline.records import LabelledStatement
from pipeline.stance import STANCES


@pytest.fixture
def encoder(tiny_checkpoint: Path) -> StanceEncoder:
    return from_checkpoint(str(tiny_checkpoint), head_dropout=0.0, dropout=0.0, longest_tokens=16)


def trainable(model: StanceEncoder) -> set[str]:
    """Return the parameters that training may change; BERT's pooler is never asked, so nothing ever changes it."""
    return {name for name, weight in model.named_parameters() if weight.requires_grad and "pooler" not in name}


def test_word_embeddings_alone_may_be_frozen(encoder: StanceEncoder):
    before = trainable(encoder)
    freeze_from_below(encoder, train_embeddings=False, layers=0)
    assert before - trainable(encoder) == {"encoder.embeddings.word_embeddings.weight"}


def test_all_below_the_lowest_trained_layer_is_frozen(encoder: StanceEncoder):
    freeze_from_below(encoder, train_embeddings=False, layers=1)
    assert trainable(encoder) == {"head.weight", "head.bias"}


def test_frozen_parts_answer_in_training_as_they_always_do(tiny_checkpoint: Path):
    encoder = from_checkpoint(str(tiny_checkpoint), head_dropout=0.5, dropout=0.5, longest_tokens=16)
    ids = torch.tensor([[1, 2, 3, 4]])
    freeze_from_below(encoder, train_embeddings=False, layers=1)
    encoder.train()
    states = [encoder.encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state for _ in range(2)]
    assert torch.equal(*states)
    answers = [encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).logits for _ in range(2)]
    assert not torch.equal(*answers), "the head, which is trained, drops"


def test_dropout_of_attention_has_a_rate_of_its_own(tiny_checkpoint: Path):
    encoder = from_checkpoint(
        str(tiny_checkpoint), head_dropout=0.0, dropout=0.0, attention_dropout=0.5, longest_tokens=16
    )
    encoder.train()
    ids = torch.tensor([[1, 2, 3, 4]])
    assert not torch.equal(*(encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).logits for _ in range(2)))


def test_more_layers_than_there_are_is_refused(encoder: StanceEncoder):
    with pytest.raises(StanceError, match=r"frozen_layers: the checkpoint has 1 layers"):
        freeze_from_below(encoder, train_embeddings=False, layers=2)


def test_fine_tuning_leaves_frozen_layers_as_they_were(
    encoder: StanceEncoder, small_params: Params, statements: list[LabelledStatement]
):
    examples = [(one.text, STANCES.index(one.label)) for one in statements]
    params = small_params.models.transformer.model_copy(
        update={"train_embeddings": False, "frozen_layers": 1, "epochs": 1}
    )
    tuned, _ = fine_tune(examples, examples, params, seed=1, threads=1)
    before, after = encoder.encoder.state_dict(), tuned.encoder.encoder.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before if "pooler" not in name)
