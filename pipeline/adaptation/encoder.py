"""Texts, and annotations that stand off from them -> an encoder to start fine-tuning from."""

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.adaptation.targets import Target, mean_target
from pipeline.annotations import SURENESS, StandoffAnnotation
from pipeline.errors import StanceError
from pipeline.labelling.standoff import JoinedAnnotation, join, normalised
from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    from pipeline.models.fine_tuning import Example
    from pipeline.models.transformer import TransformerModel
    from pipeline.params import AdaptParams

FEWEST_TO_LEARN_FROM = 50  # annotated texts; with fewer the head would be fitted to chance


@dataclass(frozen=True)
class LabelledLines:
    """Annotated texts as a model learns from them, in two parts."""

    train: "tuple[Example, ...]"
    targets: tuple[Target, ...]  # of the training texts
    validation: "tuple[Example, ...]"
    sources: Counter[str]  # lines of each source, both parts


@dataclass(frozen=True)
class Adapted:
    """An adapted encoder and how it came about."""

    model: "TransformerModel | None"  # with a head for the stances; None where no text is annotated
    texts: int
    lines: LabelledLines
    masked_words: tuple[dict[str, float], ...]  # one row an epoch
    fine_tuning: tuple[dict[str, float], ...]  # one row an epoch


def labelled_lines(
    annotations: Iterable[StandoffAnnotation], texts: Iterable[str], config: "AdaptParams"
) -> LabelledLines:
    """Join annotations to the texts and divide them; a text is on the side that its own sum says, whatever the rest.

    Of those to learn from that are `other` beyond doubt a share is left out; those to check on are all kept.

    Where annotators differ on a text, the mean of what they say is learned, and its first highest label checked.
    """
    wanted = (one for one in annotations if one.source in config.sources)
    by_text: defaultdict[str, list[JoinedAnnotation]] = defaultdict(list)
    for joined in join(wanted, texts):
        by_text[joined.text].append(joined)
    train, targets, validation = [], [], []
    sources: Counter[str] = Counter()
    for text, found in by_text.items():
        sources[found[0].annotation.source] += 1
        target = mean_target(found, config.second_label_share)
        example = (text, target.index(max(target)))
        if _drawn(text) < config.validation:
            validation.append(example)
        elif not _surely_other(found) or _drawn(text, "kept") < config.sure_others:
            train.append(example)
            targets.append(target)
    return LabelledLines(tuple(train), tuple(targets), tuple(validation), sources)


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
    from pipeline.models.checkpoint import resolve_checkpoint
    from pipeline.models.fine_tuning import fine_tune

    plain = list(dict.fromkeys(text for text in map(normalised, texts) if text))
    lines = labelled_lines(annotations, plain, config)
    start = resolve_checkpoint(config.fine_tuning.checkpoint, config.fine_tuning.checkpoint_sha256)
    if not config.masked_words.epochs and len(lines.train) < FEWEST_TO_LEARN_FROM:
        message = (
            f"{len(lines.train)} of {len(plain)} texts are annotated, too few to learn from; hand over the texts that "
            "the annotations are about, or set adapt.masked_words.epochs to 1 or more to learn from plain texts."
        )
        raise StanceError(message)
    with tempfile.TemporaryDirectory(prefix="stance-encoder-") as scratch:
        losses: tuple[dict[str, float], ...] = ()
        if config.masked_words.epochs:
            from pipeline.adaptation.masked_words import learn_masked_words

            learned = Path(scratch) / "masked-words"
            losses = learn_masked_words(start, plain, config.masked_words, learned, seed=seed, threads=threads)
            start = str(learned)
        if len(lines.train) < FEWEST_TO_LEARN_FROM:
            _copy(Path(start), out)
            return Adapted(None, len(plain), lines, losses, ())
        settings = config.fine_tuning.model_copy(update={"checkpoint": start, "checkpoint_sha256": None})
        model, history = fine_tune(
            lines.train, lines.validation, settings, targets=lines.targets, seed=seed, threads=threads
        )
    save_in_half_precision(model, out)
    return Adapted(model, len(plain), lines, losses, history)


def save_in_half_precision(model: "TransformerModel", out: Path) -> None:
    """Write an encoder with its head in fp16: half the size, and fine-tuning starts from it in fp32 all the same."""
    import torch

    model.encoder.to(torch.float16)  # type: ignore[arg-type] # transformers wraps torch's method
    model.save(out)
    model.encoder.to(torch.float32)  # type: ignore[arg-type]


def lines_of_labels(lines: LabelledLines) -> dict[str, int]:
    """Return how many annotated texts each stance has, both parts."""
    counts = Counter(number for _, number in (*lines.train, *lines.validation))
    return {str(stance): counts[index] for index, stance in enumerate(STANCES)}


def _surely_other(found: Sequence[JoinedAnnotation]) -> bool:
    return all(
        one.annotation.label is Stance.OTHER
        and one.annotation.second_label is None
        and one.annotation.sureness == SURENESS[-1]
        for one in found
    )


def _drawn(text: str, purpose: str = "") -> float:
    """Return a number from 0 to 1 that depends on nothing but the text and what it is drawn for."""
    return int.from_bytes(hashlib.sha256((purpose + text).encode("utf-8", "surrogatepass")).digest()[:8], "big") / 2**64


def _copy(folder: Path, out: Path) -> None:
    import shutil

    shutil.copytree(folder, out, dirs_exist_ok=True)
