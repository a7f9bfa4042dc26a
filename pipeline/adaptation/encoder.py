"""Texts, and annotations that stand off from them -> an encoder to start fine-tuning from."""

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.adaptation.lines import LabelledLines, labelled_lines
from pipeline.annotations import StandoffAnnotation
from pipeline.errors import StanceError
from pipeline.labelling.standoff import normalised

if TYPE_CHECKING:
    from pipeline.models.transformer import TransformerModel
    from pipeline.params import AdaptParams

FEWEST_TO_LEARN_FROM = 50  # annotated texts; with fewer the head would be fitted to chance


@dataclass(frozen=True)
class Adapted:
    """How an adapted encoder came about."""

    texts: int
    lines: LabelledLines
    masked_words: tuple[dict[str, float], ...]  # one row an epoch; none where it was left out
    fine_tunings: tuple[tuple[dict[str, float], ...], ...]  # a row an epoch; none where too few are annotated


def adapt_encoder(
    config: "AdaptParams",
    texts: Sequence[str],
    annotations: Iterable[StandoffAnnotation],
    out: Path,
    *,
    seed: int,
    threads: int,
) -> Adapted:
    """Go on with pre-training on the texts, fine-tune on those that are annotated, and save the encoder in ``out``.

    :raises StanceError: if there is nothing to learn from, or too little.
    """
    from pipeline.models.averaging import fine_tune_and_average
    from pipeline.models.checkpoint import resolve_checkpoint

    plain = list(dict.fromkeys(text for text in map(normalised, texts) if text))
    lines = labelled_lines(annotations, plain, config)
    labelled = len(lines.train) >= FEWEST_TO_LEARN_FROM and bool(lines.validation)
    _refuse_too_little(config, plain, lines, labelled=labelled)
    start = resolve_checkpoint(config.fine_tuning.checkpoint, config.fine_tuning.checkpoint_sha256)
    with tempfile.TemporaryDirectory(prefix="stance-encoder-") as scratch:
        losses: tuple[dict[str, float], ...] = ()
        if config.masked_words.epochs:
            from pipeline.adaptation.masked_words import learn_masked_words

            learned = Path(scratch) / "masked-words"
            losses = learn_masked_words(start, plain, config.masked_words, learned, seed=seed, threads=threads)
            start = str(learned)
        if not labelled:
            shutil.copytree(start, out, dirs_exist_ok=True)
            return Adapted(len(plain), lines, losses, ())
        settings = config.fine_tuning.model_copy(update={"checkpoint": start, "checkpoint_sha256": None})
        model, histories = fine_tune_and_average(
            lines.train, lines.validation, settings, targets=lines.targets, seed=seed, threads=threads
        )
    save_in_half_precision(model, out)
    return Adapted(len(plain), lines, losses, histories)


def save_in_half_precision(model: "TransformerModel", out: Path) -> None:
    """Write an encoder with its head in fp16: half the size, and fine-tuning starts from it in fp32 all the same."""
    import torch

    model.encoder.to(torch.float16)  # type: ignore[arg-type] # transformers wraps torch's method
    model.save(out)
    model.encoder.to(torch.float32)  # type: ignore[arg-type]


def _refuse_too_little(config: "AdaptParams", plain: Sequence[str], lines: LabelledLines, *, labelled: bool) -> None:
    if not plain:
        message = "The archive holds no text; there is nothing to learn from."
        raise StanceError(message)
    if not config.masked_words.epochs and not labelled:
        found = len(lines.train) + len(lines.validation)
        message = (
            f"{found} of {len(plain)} texts are annotated lines of adapt.sources, too few to learn from; hand over the "
            "texts that the annotations are about, or set adapt.masked_words.epochs to learn from plain texts."
        )
        raise StanceError(message)
