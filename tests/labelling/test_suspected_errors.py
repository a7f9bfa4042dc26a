"""A label that was swapped on purpose is suspected, and too little data is no reason to fail."""

from dataclasses import replace

from pipeline.labelling.suspects import suspected_errors
from pipeline.records import LabelledStatement
from pipeline.stance import Stance


def test_a_swapped_label_is_the_first_suspect(statements: list[LabelledStatement]) -> None:
    victim = next(one for one in statements if one.label is Stance.DENIAL)
    swapped = [replace(one, label=Stance.WARNING) if one.id == victim.id else one for one in statements]
    first = suspected_errors(swapped, folds=5, seed=1)[0]
    assert first.id == victim.id
    assert first.given is Stance.WARNING
    assert first.suggested is Stance.DENIAL
    assert first.score < 0.5


def test_labels_that_the_words_bear_out_are_not_suspected(statements: list[LabelledStatement]) -> None:
    assert suspected_errors(statements, folds=5, seed=1) == []


def test_a_label_is_judged_without_its_group(statements: list[LabelledStatement]) -> None:
    victim = next(one for one in statements if one.label is Stance.DENIAL)
    twins = [replace(victim, id=f"twin-{number}", label=Stance.WARNING) for number in range(6)]
    siblings = [replace(twin, group="siblings") for twin in twins]

    def scores(added: list[LabelledStatement]) -> dict[str, float]:
        return {one.id: one.score for one in suspected_errors([*statements, *added], folds=5, seed=1)}

    # Strangers with the same words and the same wrong label vouch for each other; siblings must not be asked.
    assert set(scores(siblings)) >= {twin.id for twin in twins}
    assert not set(scores(twins)) & {twin.id for twin in twins}


def test_the_seed_decides_the_folds(statements: list[LabelledStatement]) -> None:
    swapped = [replace(one, label=Stance.OTHER) if number % 7 == 0 else one for number, one in enumerate(statements)]
    assert suspected_errors(swapped, folds=5, seed=1) == suspected_errors(swapped, folds=5, seed=1)


def test_too_little_to_learn_from(statements: list[LabelledStatement]) -> None:
    assert suspected_errors([], folds=5, seed=1) == []
    assert suspected_errors(statements[:3], folds=5, seed=1) == []
    assert suspected_errors([replace(one, label=Stance.OTHER) for one in statements], folds=5, seed=1) == []
