"""Annotated texts as an encoder learns from them, and as it is checked on them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.adaptation.targets import Target, mean_target
from pipeline.annotations import SURENESS, StandoffAnnotation
from pipeline.labelling.standoff import JoinedAnnotation, join
from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    from pipeline.models.fine_tuning import Example
    from pipeline.params import AdaptParams


@dataclass(frozen=True)
class LabelledLines:
    """Annotated texts in two parts; counts are of both together."""

    train: "tuple[Example, ...]"
    targets: tuple[Target, ...]  # of the training texts
    validation: "tuple[Example, ...]"
    sources: Counter[str]

    @property
    def stances(self) -> dict[str, int]:
        """How many texts each stance has."""
        counts = Counter(number for _, number in (*self.train, *self.validation))
        return {str(stance): counts[index] for index, stance in enumerate(STANCES)}


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
        target = mean_target(found, config.second_label_share)
        example = (text, target.index(max(target)))
        if _drawn(text) < config.validation:
            validation.append(example)
        elif not _surely_other(found) or _drawn(text, "kept") < config.sure_others:
            train.append(example)
            targets.append(target)
        else:
            continue
        sources[found[0].annotation.source] += 1
    return LabelledLines(tuple(train), tuple(targets), tuple(validation), sources)


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
