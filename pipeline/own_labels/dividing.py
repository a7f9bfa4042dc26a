"""Dividing labelled texts so that nothing that is measured on was learned."""

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.errors import StanceError
from pipeline.own_labels.labelled_texts import Example, LabelledTexts

SHARE_TO_MEASURE = 0.2  # where no test file is given
FEWEST_OF_A_LABEL = 5  # different texts: some to learn from, and one at least for each part that is held out


def divided(
    data: LabelledTexts, test: LabelledTexts | None, share_to_choose: float, *, seed: int
) -> tuple[tuple[Example, ...], tuple[Example, ...], tuple[Example, ...]]:
    """Return the examples to learn from, to stop and calibrate on, and to measure on, each label in proportion.

    Texts that differ in nothing but white space and capitals stay on one side; those of the test are not learned.

    :param test: what to measure on; None holds out a fifth of the data.
    :raises StanceError: if a label has too few different texts, or all are in the test.
    """
    measured = {_key(text) for text, _ in test.examples} if test is not None else set()
    examples = [one for one in data.examples if _key(one[0]) not in measured]
    label_of: dict[str, int] = {}
    for text, number in examples:
        label_of.setdefault(_key(text), number)
    _refuse_rare_labels(label_of, data, left_out=len(data.examples) - len(examples))
    keys = sorted(label_of)
    if test is None:
        keys, held = _drawn_apart(keys, label_of, SHARE_TO_MEASURE, seed)
        measure = tuple(one for one in examples if _key(one[0]) in held)
    else:
        measure = test.examples
    learn, choose = _drawn_apart(keys, label_of, share_to_choose, seed)
    return (
        tuple(one for one in examples if _key(one[0]) in set(learn)),
        tuple(one for one in examples if _key(one[0]) in choose),
        measure,
    )


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _refuse_rare_labels(label_of: dict[str, int], data: LabelledTexts, *, left_out: int) -> None:
    counts = Counter(label_of.values())
    for index, label in enumerate(data.labels):
        if counts[index] < FEWEST_OF_A_LABEL:
            apart = f" that are not in the test ({left_out} are)" if left_out else ""
            message = (
                f"{data.source}: the label {label!r} has {counts[index]} different texts{apart}; at least "
                f"{FEWEST_OF_A_LABEL} are needed to learn, choose and measure. Add texts, or leave the label out."
            )
            raise StanceError(message)


def _drawn_apart(
    keys: Sequence[str], label_of: dict[str, int], share: float, seed: int
) -> tuple[list[str], frozenset[str]]:
    from sklearn.model_selection import train_test_split

    labels = [label_of[key] for key in keys]
    fewest = max(math.ceil(share * len(keys)), len(set(labels)))
    larger, smaller = train_test_split(list(keys), test_size=fewest, random_state=seed, stratify=labels)
    return sorted(larger), frozenset(smaller)
