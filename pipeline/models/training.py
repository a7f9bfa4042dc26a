"""Train either model on the splits, calibrate it on validation, and describe it in a manifest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StanceError
from pipeline.models.calibration import calibrated, fit_temperature, shift_to_expected
from pipeline.models.contract import StanceModel
from pipeline.models.manifest import Manifest, sha256_of_code
from pipeline.stance import STANCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.models.averaging import History
    from pipeline.params import BaselineParams, ModelName, ModelsParams, TransformerParams
    from pipeline.records import LabelledStatement

Example = tuple[str, int]
MODELS = Path(__file__).parent
LABELLING = MODELS.parent / "labelling"
CUES = (LABELLING / "cues", LABELLING / "functions.py")  # what the baseline reads beside words
_DECIMALS_OF_ANSWERS = 4  # coarser than what equal trainings may differ by


@dataclass(frozen=True, kw_only=True)
class Trained:
    """A trained model before it becomes a folder."""

    model: StanceModel
    temperature: float
    shift: tuple[float, ...]  # of the log-probabilities, towards the shares of real talk; empty for none
    history: tuple[dict[str, float], ...]
    metrics: dict[str, float]
    chosen: dict[str, Any]
    answers: str  # sha256 of the rounded probabilities on validation


def train_model(
    name: "ModelName",
    params: "ModelsParams",
    train: "Sequence[LabelledStatement]",
    validation: "Sequence[LabelledStatement]",
    *,
    seed: int,
    threads: int,
) -> Trained:
    """Train one of the two models to tell the stances apart.

    :raises StanceError: if a split is empty or lacks a second stance to tell apart.
    """
    learn, check = _examples(train), _examples(validation)
    if len({label for _, label in learn}) < 2 or not check:  # noqa: PLR2004 - one class is no classification
        message = (
            f"Training needs statements of at least two stances and a validation split; got {len(learn)} and "
            f"{len(check)} statements. Add annotations to data/corpus, or lower split.test and split.validation."
        )
        raise StanceError(message)
    targets = _targets(train, params.transformer.second_label_share) if name == "transformer" else None
    return train_on_examples(name, params, learn, check, targets=targets, seed=seed, threads=threads)


def train_on_examples(  # noqa: PLR0913 - what is learned, on what and how
    name: "ModelName",
    params: "ModelsParams",
    train: Sequence[Example],
    validation: Sequence[Example],
    *,
    labels: Sequence[str] = STANCES,
    targets: Sequence[Sequence[float]] | None = None,
    seed: int,
    threads: int,
) -> Trained:
    """Train one of the two models to tell any labels apart.

    :param train: texts, each with the number of its label in ``labels``.
    :param targets: for each of them the probabilities that the transformer learns; None asks for its label alone.
    """
    shift: tuple[float, ...] = ()
    if params.expected_other is not None and tuple(labels) == STANCES:
        counts = Counter(number for _, number in train)
        shift = shift_to_expected([counts[number] for number in range(len(labels))], params.expected_other)
    if name == "baseline":
        return train_baseline(train, validation, params.baseline, labels=labels, shift=shift, seed=seed)
    return train_transformer(
        train,
        validation,
        params.transformer,
        labels=labels,
        targets=targets,
        shift=shift,
        seed=seed,
        threads=threads,
    )


def train_baseline(
    train: Sequence[Example],
    validation: Sequence[Example],
    params: "BaselineParams",
    *,
    labels: Sequence[str] = STANCES,
    shift: tuple[float, ...] = (),
    seed: int,
) -> Trained:
    """Fit every candidate setting on train and keep the one with the best validation macro-F1 (ties: log loss)."""
    from sklearn.pipeline import Pipeline

    from pipeline.models.baseline import BaselineModel, candidates, classifier, features, texts_and_cues

    names = tuple(map(str, labels))
    texts, numbers = [text for text, _ in train], [number for _, number in train]
    table = texts_and_cues(texts)
    vectoriser = features(params).fit(table)
    matrix = vectoriser.transform(table)
    held_out = [text for text, _ in validation]
    tried, history = [], []
    for step, setting in enumerate(candidates(params), start=1):
        fitted = classifier(setting, seed).fit(matrix, numbers)
        fit = Pipeline([("features", vectoriser), ("classifier", fitted)])
        temperature, metrics, answers = _calibration(
            BaselineModel(fit, labels=names).logits(held_out), validation, shift
        )
        tried.append(
            Trained(
                model=BaselineModel(fit, temperature, shift, names),
                temperature=temperature,
                shift=shift,
                metrics=metrics,
                chosen=setting,
                answers=answers,
                history=(),
            )
        )
        history.append({"epoch": float(step), "regularisation": setting["regularisation"], **metrics})
    best = max(tried, key=lambda one: (one.metrics["validation_macro_f1"], -one.metrics["validation_log_loss"]))
    return replace(best, history=tuple(history))


def train_transformer(  # noqa: PLR0913 - what is learned, on what and how
    train: Sequence[Example],
    validation: Sequence[Example],
    params: "TransformerParams",
    *,
    labels: Sequence[str] = STANCES,
    targets: Sequence[Sequence[float]] | None = None,
    shift: tuple[float, ...] = (),
    seed: int,
    threads: int,
) -> Trained:
    """Fine-tune on train with early stopping on validation, and calibrate on validation."""
    from pipeline.models.averaging import fine_tune_and_average
    from pipeline.models.transformer import TransformerModel

    model, histories = fine_tune_and_average(
        train, validation, params, labels=labels, targets=targets, seed=seed, threads=threads
    )
    logits = model.logits([text for text, _ in validation])
    temperature, metrics, answers = _calibration(logits, validation, shift)
    best = [max(rows, key=lambda row: (row["validation_macro_f1"], -row["epoch"])) for rows in histories]
    return Trained(
        model=TransformerModel(model.encoder, model.tokenizer, temperature, shift),
        temperature=temperature,
        shift=shift,
        metrics=metrics,
        history=_numbered(histories),
        chosen={"epoch": int(best[0]["epoch"])}
        if len(best) == 1
        else {f"epoch_of_run_{run}": int(row["epoch"]) for run, row in enumerate(best, start=1)},
        answers=answers,
    )


def _numbered(histories: "Sequence[History]") -> "History":
    """Put the histories of several runs one after another, with the number of each."""
    if len(histories) == 1:
        return histories[0]
    return tuple({"run": float(run), **row} for run, rows in enumerate(histories, start=1) for row in rows)


def save_model(
    trained: Trained,
    folder: Path,
    *,
    name: "ModelName",
    params: dict[str, Any],
    seed: int,
    inputs: dict[str, str],
) -> Manifest:
    """Write a trained model and its manifest into an existing, empty folder."""
    trained.model.save(folder)
    manifest = Manifest(
        kind=name,
        labels=trained.model.labels,
        seed=seed,
        params=params,
        inputs=inputs,
        code=sha256_of_code(MODELS, *(CUES if name == "baseline" else ())),
        temperature=trained.temperature,
        shift=trained.shift,
        metrics=trained.metrics,
        history=trained.history,
        chosen=trained.chosen,
        answers=trained.answers,
    ).with_fingerprint()
    manifest.write(folder)
    return manifest


def _examples(statements: "Sequence[LabelledStatement]") -> list[Example]:
    number = {stance: index for index, stance in enumerate(STANCES)}
    return [(statement.text, number[statement.label]) for statement in statements]


def _targets(statements: "Sequence[LabelledStatement]", share: float) -> list[list[float]]:
    """Give a share of each target to the statement's second label, where it has one."""
    rows = []
    for statement in statements:
        row = dict.fromkeys(STANCES, 0.0)
        row[statement.label] = 1.0
        if statement.second_label is not None and statement.second_label is not statement.label:
            row[statement.label], row[statement.second_label] = 1 - share, share
        rows.append(list(row.values()))
    return rows


def _calibration(
    logits: "NDArray[np.float64]", validation: Sequence[Example], shift: tuple[float, ...]
) -> tuple[float, dict[str, float], str]:
    """Return the temperature, the metrics on validation and a digest of the calibrated and shifted answers there.

    The metrics are of the answers before the shift: validation has the shares of training.
    """
    import hashlib

    import numpy as np
    from sklearn.metrics import accuracy_score, f1_score, log_loss

    gold = np.array([label for _, label in validation])
    labels = list(range(logits.shape[1]))
    temperature = fit_temperature(logits, gold)
    found = logits.argmax(axis=1)
    answers = calibrated(logits, temperature)
    metrics = {
        "validation_macro_f1": round(float(f1_score(gold, found, labels=labels, average="macro", zero_division=0)), 6),
        "validation_accuracy": round(float(accuracy_score(gold, found)), 6),
        "validation_log_loss": round(float(log_loss(gold, answers, labels=labels)), 6),
    }
    shifted = calibrated(logits, temperature, shift)
    rounded = (shifted.round(_DECIMALS_OF_ANSWERS) + 0.0).astype("<f8")
    return temperature, metrics, hashlib.sha256(rounded.tobytes()).hexdigest()
