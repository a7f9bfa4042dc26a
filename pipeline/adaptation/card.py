"""The model card of an adapted encoder (Mitchell et al. 2019, Model Cards for Model Reporting)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.adaptation.encoder import Adapted
from pipeline.markdown import table

if TYPE_CHECKING:
    from pipeline.params import AdaptParams

LIMITS = """## Limits

The annotators are language models that worked from the codebook; their agreement with people has not been measured. The
texts are English, from a few institutions and years; what the encoder learned of them is no statement about any of the
speakers. The texts themselves are not passed on."""


def encoder_card(adapted: Adapted, config: "AdaptParams", sums: Mapping[str, str]) -> str:
    """Return the card in Markdown.

    :param sums: sha256 of each file that went in and of the weights that came out, by name.
    """
    start = config.fine_tuning.checkpoint
    origin = "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), as bundled" if start == "bundled" else f"`{start}`"
    parts = [
        "# Encoder adapted to statements of officials",
        (
            f"Started from {origin}. {_weights(adapted)} "
            "`models.transformer.checkpoint` in params.yaml names this folder, or `bundled` for the origin. Written by "
            "the stage `adapt`; `make encoder TEXT=FILE` makes one from texts of your own."
        ),
        _plain_texts(adapted, config),
        _annotated(adapted, config),
        LIMITS,
        "## Sums\n\n" + table(("what", "sha256"), sums.items()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _weights(adapted: Adapted) -> str:
    if adapted.fine_tunings:
        return "Weights in fp16 (safetensors), with a head for the five stances of the codebook."
    return "Weights in safetensors, without a head for stances: no text was annotated."


def _plain_texts(adapted: Adapted, config: "AdaptParams") -> str:
    if not adapted.masked_words:
        return ""
    rows = [(int(row["epoch"]), f"{row['masked_word_loss']:.3f}") for row in adapted.masked_words]
    return (
        f"## Plain texts\n\n{adapted.texts:,} texts, {config.masked_words.masked_share:.0%} of their words masked.\n\n"
        + table(("epoch", "loss of a masked word"), rows)
    )


def _annotated(adapted: Adapted, config: "AdaptParams") -> str:
    if not adapted.fine_tunings:
        return ""
    settings = config.fine_tuning
    lines = adapted.lines
    return "\n\n".join(
        [
            "## Annotated texts",
            (
                f"Fine-tuned at a rate of {settings.learning_rate:g} on {len(lines.train):,} annotated texts, "
                f"{settings.frozen_layers} layers frozen; {len(lines.validation):,} more chose the epoch that is kept, "
                f"the best of the table.{_averaged(adapted)}"
            ),
            table(("source", "texts"), [(name, f"{count:,}") for name, count in sorted(lines.sources.items())]),
            table(("stance", "texts"), [(name, f"{count:,}") for name, count in lines.stances.items()]),
            table(
                ("fine-tuning", "epoch", "macro-F1 on those that chose", "loss"),
                [
                    (number, int(row["epoch"]), f"{row['validation_macro_f1']:.3f}", f"{row['train_loss']:.3f}")
                    for number, history in enumerate(adapted.fine_tunings, start=1)
                    for row in history
                ],
            ),
        ]
    )


def _averaged(adapted: Adapted) -> str:
    if len(adapted.fine_tunings) == 1:
        return ""
    return f" The weights are the mean of {len(adapted.fine_tunings)} fine-tunings from one start."
