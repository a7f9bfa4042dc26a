"""The quality report: how good the labels are, as far as the data itself can tell."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pipeline.labelling.aggregation import Labelling
from pipeline.labelling.agreement import cohen_kappa, krippendorff_alpha
from pipeline.labelling.dawid_skene import MISSING
from pipeline.labelling.duplicates import near_duplicates
from pipeline.labelling.gold import GoldMatch
from pipeline.labelling.suspects import suspected_errors
from pipeline.params import LabelParams
from pipeline.records import LabelledStatement, Origin
from pipeline.stance import STANCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DECIMALS = 4
_NO_REGISTER = "articles"  # statements that were extracted have no register


def quality_report(labelling: Labelling, match: GoldMatch, config: LabelParams, *, seed: int) -> dict[str, Any]:
    """Return the report as JSON types; shares are 0 to 1, undefined figures None."""
    gold = [statement for statement in labelling.statements if statement.origin is Origin.GOLD]
    weak = [statement for statement in labelling.statements if statement.origin is Origin.WEAK]
    return {
        "statements": {"gold": len(gold), "weak": len(weak), "left_out": len(match.left_out)},
        "seeds": {"gold_spans": match.spans, "found": len(match.annotations)},
        "labels": {"gold": _labels_by_register(gold), "weak": _labels_by_register(weak)},
        "confidence": _confidence(gold),
        "label_model": _label_model(labelling),
        "annotators": _annotators(labelling),
        "agreement": _agreement(labelling),
        "disagreements": _disagreements(labelling),
        "functions": _functions(labelling),
        "function_votes": _function_votes(labelling),
        "suspected_errors": [
            {"id": one.id, "given": str(one.given), "suggested": str(one.suggested), "score": one.score}
            for one in suspected_errors(gold, folds=config.folds, seed=seed)
        ],
        "near_duplicates": _near_duplicates(labelling.statements, config.near_duplicate_similarity),
    }


def _labels_by_register(statements: Sequence[LabelledStatement]) -> dict[str, dict[str, int]]:
    counts = Counter((statement.register or _NO_REGISTER, statement.label) for statement in statements)
    registers = sorted({register for register, _ in counts})
    return {register: {str(stance): counts[register, stance] for stance in STANCES} for register in registers}


def _confidence(statements: Sequence[LabelledStatement]) -> dict[str, Any]:
    values = [statement.confidence for statement in statements]
    return {
        "mean": _share(sum(values), len(values)),
        "below_0.9": sum(value < 0.9 for value in values),  # noqa: PLR2004 - the key says it
        "second_labels": sum(statement.second_label is not None for statement in statements),
    }


def _label_model(labelling: Labelling) -> dict[str, Any]:
    return {
        "steps": len(labelling.model.objective),
        "converged": labelling.model.converged,
        "prior": {
            str(stance): round(float(share), _DECIMALS)
            for stance, share in zip(STANCES, labelling.model.prior, strict=True)
        },
    }


def _annotators(labelling: Labelling) -> dict[str, dict[str, Any]]:
    import numpy as np

    final = _labels(labelling)
    report = {}
    for column, name in enumerate(labelling.annotators):
        votes = labelling.votes[:, column]
        read = votes != MISSING
        others = (np.delete(labelling.votes, column, axis=1) != MISSING).any(axis=1)
        report[name] = {
            "statements": int(read.sum()),
            "coverage": _share(read.sum(), len(votes)),
            "same_as_label": _share((votes == final)[read].sum(), read.sum()),
            "same_as_label_where_others_read": _share((votes == final)[read & others].sum(), (read & others).sum()),
            "estimated_accuracy": {
                str(stance): round(float(labelling.model.confusion[column, number, number]), _DECIMALS)
                for number, stance in enumerate(STANCES)
            },
        }
    return report


def _agreement(labelling: Labelling) -> dict[str, Any]:
    votes = labelling.votes
    pairs = []
    for first, second in combinations(range(len(labelling.annotators)), 2):
        both = (votes[:, first] != MISSING) & (votes[:, second] != MISSING)
        if both.any():
            pairs.append(
                {
                    "annotators": [labelling.annotators[first], labelling.annotators[second]],
                    "statements": int(both.sum()),
                    "agreement": _share((votes[both, first] == votes[both, second]).sum(), both.sum()),
                    "kappa": _rounded(cohen_kappa(votes[:, first], votes[:, second], len(STANCES))),
                }
            )
    return {"pairs": pairs, "alpha": _rounded(krippendorff_alpha(votes, len(STANCES)))}


def _disagreements(labelling: Labelling) -> list[dict[str, Any]]:
    found = []
    for statement, votes in zip(labelling.statements, labelling.votes, strict=True):
        given = {
            name: str(STANCES[vote])
            for name, vote in zip(labelling.annotators, votes.tolist(), strict=True)
            if vote != MISSING
        }
        if len(set(given.values())) > 1:
            found.append(
                {
                    "id": statement.id,
                    "votes": given,
                    "label": str(statement.label),
                    "confidence": round(statement.confidence, _DECIMALS),
                }
            )
    return sorted(found, key=lambda row: str(row["id"]))


def _functions(labelling: Labelling) -> dict[str, dict[str, Any]]:
    """Measure each function against annotators only: where none read, nobody knows."""
    import numpy as np

    stances = np.array([STANCES.index(function.stance) for function in labelling.functions], dtype=np.int64)
    fires, annotated = labelling.fires, labelling.annotated
    truth = labelling.model.posterior.argmax(axis=1)
    report = {}
    for column, function in enumerate(labelling.functions):
        fired = fires[:, column]
        against = fires[:, stances != stances[column]].any(axis=1)
        measured = fired[annotated]
        right = truth[measured] == stances[column]
        report[function.name] = {
            "stance": str(function.stance),
            "rule": function.rule,
            "fires": int(fired.sum()),
            "coverage": _share(fired.sum(), len(fired)),
            "measured_on": int(measured.sum()),
            "accuracy": _share(right.sum(), measured.sum()),
            "conflicts": _share((fired & against).sum(), fired.sum()),
        }
    return report


def _function_votes(labelling: Labelling) -> dict[str, Any]:
    """Measure all functions together, by their shared evidence alone, where annotators read the statement."""
    import numpy as np

    from pipeline.labelling.evidence import posterior_with, shared_evidence

    fires = labelling.fires
    stances = [function.stance for function in labelling.functions]
    voted = np.stack([fires[:, [one is stance for one in stances]].any(axis=1) for stance in STANCES], axis=1)
    heard = fires[labelling.annotated]
    evidence = shared_evidence(heard, labelling.profiles, labelling.model.prior)
    guess = posterior_with(np.repeat(labelling.model.prior[None], len(heard), axis=0), evidence).argmax(axis=1)
    speaks = heard.any(axis=1)
    truth = labelling.model.posterior.argmax(axis=1)
    return {
        "coverage": _share(voted.any(axis=1).sum(), len(voted)),
        "conflicts": _share((voted.sum(axis=1) > 1).sum(), voted.any(axis=1).sum()),
        "measured_on": int(speaks.sum()),
        "accuracy": _share((guess == truth)[speaks].sum(), speaks.sum()),
        "accuracy_where_none_fires": _share((guess == truth)[~speaks].sum(), (~speaks).sum()),
    }


def _near_duplicates(statements: Sequence[LabelledStatement], similarity: float) -> list[dict[str, Any]]:
    pairs = near_duplicates([statement.text for statement in statements], similarity)
    return [
        {
            "ids": [statements[left].id, statements[right].id],
            "similarity": round(cosine, _DECIMALS),
            "same_group": statements[left].group is not None and statements[left].group == statements[right].group,
            "same_label": statements[left].label is statements[right].label,
        }
        for left, right, cosine in pairs
    ]


def _labels(labelling: Labelling) -> "NDArray[np.int64]":
    import numpy as np

    return np.array([STANCES.index(statement.label) for statement in labelling.statements], dtype=np.int64)


def _share(part: float, whole: float) -> float | None:
    return round(float(part) / float(whole), _DECIMALS) if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
