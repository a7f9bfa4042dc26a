"""Annotations and labelling functions -> one label for each statement, with its confidence and second label."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.annotations import Annotation
from pipeline.labelling.cues import FUNCTIONS
from pipeline.labelling.dawid_skene import MISSING, LabelModel, fit_label_model
from pipeline.labelling.evidence import firing_profiles, held_down, posterior_with, shared_evidence
from pipeline.labelling.functions import LabellingFunction, firings
from pipeline.params import LabelParams
from pipeline.records import CorpusStatement, Kind, LabelledStatement, Origin, Statement
from pipeline.stance import STANCES, Stance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DECIMALS = 6  # of the confidence: fewer than what differs between builds of the linear algebra library


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A statement to be labelled, wherever it comes from."""

    id: str
    text: str
    kind: Kind
    group: str | None = None
    article_id: str | None = None
    domain: str | None = None
    register: str | None = None


@dataclass(frozen=True)
class Labelling:
    """Labelled statements and all that they rest on, for the quality report. Rows follow ``statements``."""

    statements: tuple[LabelledStatement, ...]
    annotators: tuple[str, ...]  # by name
    functions: tuple[LabellingFunction, ...]
    votes: "NDArray[np.int64]"  # (statements, annotators): number of the stance, or MISSING
    fires: "NDArray[np.bool_]"  # (statements, functions)
    model: LabelModel  # of the statements that somebody annotated, in their order
    profiles: "NDArray[np.float64]"  # (functions, stances)

    @property
    def annotated(self) -> "NDArray[np.bool_]":
        """Which statements somebody annotated: (statements,)."""
        read: NDArray[np.bool_] = (self.votes != MISSING).any(axis=1)
        return read


def unit_of_corpus(statement: CorpusStatement) -> Unit:
    """Return a corpus statement as a unit."""
    return Unit(
        id=statement.id,
        text=statement.text,
        kind=statement.kind,
        group=statement.group,
        domain=statement.domain,
        register=statement.register,
    )


def unit_of_article(statement: Statement) -> Unit:
    """Return an extracted statement as a unit: what a classifier reads, grouped by article."""
    return Unit(
        id=statement.id,
        text=statement.model_text,
        kind=statement.kind,
        group=f"article-{statement.article_id}",
        article_id=statement.article_id,
    )


def label_units(
    units: Sequence[Unit],
    annotations: Iterable[Annotation],
    config: LabelParams,
    functions: Sequence[LabellingFunction] = FUNCTIONS,
) -> Labelling:
    """Label every unit: gold where an annotator read it, weak where only functions can speak.

    Annotators are weighed by :mod:`pipeline.labelling.dawid_skene`, functions by :mod:`pipeline.labelling.evidence`.

    :param annotations: of these units; others are passed over.
    """
    import numpy as np

    readings: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        readings[annotation.statement_id].append(annotation)
    annotators, votes = _votes(units, readings)
    annotated = (votes != MISSING).any(axis=1)
    model = fit_label_model(
        votes[annotated],
        labels=len(STANCES),
        accuracy=config.annotator_accuracy,
        strength=config.prior_strength,
        iterations=config.iterations,
        tolerance=config.tolerance,
    )
    fires = firings([unit.text for unit in units], functions)
    profiles = firing_profiles(
        fires[annotated],
        model.posterior,
        np.array([STANCES.index(function.stance) for function in functions], dtype=np.int64),
        prior=model.prior,
        accuracy=config.function_accuracy,
        strength=config.prior_strength,
    )
    evidence = shared_evidence(fires, profiles, model.prior)
    posterior = posterior_with(np.repeat(model.prior[None], len(units), axis=0), evidence)
    posterior[annotated] = posterior_with(model.posterior, held_down(evidence[annotated], config.function_accuracy))
    statements = tuple(
        _labelled(unit, row, readings[unit.id], config.second_label_above)
        for unit, row in zip(units, posterior, strict=True)
    )
    return Labelling(statements, annotators, tuple(functions), votes, fires, model, profiles)


def _votes(units: Sequence[Unit], readings: dict[str, list[Annotation]]) -> "tuple[tuple[str, ...], NDArray[np.int64]]":
    import numpy as np

    annotators = tuple(sorted({one.annotator for unit in units for one in readings.get(unit.id, ())}))
    column = {name: number for number, name in enumerate(annotators)}
    votes = np.full((len(units), len(annotators)), MISSING, dtype=np.int64)
    for row, unit in enumerate(units):
        for one in readings.get(unit.id, ()):
            votes[row, column[one.annotator]] = STANCES.index(one.label)
    return annotators, votes


def _labelled(
    unit: Unit, posterior: "NDArray[np.float64]", readings: Sequence[Annotation], second_label_above: float
) -> LabelledStatement:
    best = int(posterior.argmax())  # the first of equals: the codebook lets the earlier stance win
    return LabelledStatement(
        id=unit.id,
        text=unit.text,
        kind=unit.kind,
        label=STANCES[best],
        confidence=round(float(posterior[best]), _DECIMALS),
        second_label=_second_label(posterior, best, readings, second_label_above),
        origin=Origin.GOLD if readings else Origin.WEAK,
        group=unit.group,
        article_id=unit.article_id,
        domain=unit.domain,
        register=unit.register,
    )


def _second_label(
    posterior: "NDArray[np.float64]", best: int, readings: Sequence[Annotation], second_label_above: float
) -> Stance | None:
    """Return the second label that most annotators name, else the runner-up if it is likely enough."""
    named = Counter(one.second_label for one in readings if one.second_label not in (None, STANCES[best]))
    if named:
        return min(named, key=lambda stance: (-named[stance], STANCES.index(stance) if stance else len(STANCES)))
    runner_up = max((stance for stance in range(len(STANCES)) if stance != best), key=lambda stance: posterior[stance])
    return STANCES[runner_up] if posterior[runner_up] >= second_label_above else None
