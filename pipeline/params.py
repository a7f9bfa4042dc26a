"""params.yaml as frozen, typed sections: one per stage, unknown keys and impossible values refused by name."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import StanceError
from pipeline.jsonl import opened

Share = Annotated[float, Field(gt=0, lt=1)]
Probability = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(gt=0)]
ModelName = Literal["baseline", "transformer"]
MODEL_NAMES: tuple[ModelName, ...] = ("baseline", "transformer")


class Section(BaseModel):
    """What every section of params.yaml shares: frozen, complete, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ExtractParams(Section):
    """``extract``: articles -> statements."""

    largest_article_bytes: Count  # beyond this a file is a dump, not an article, and is refused
    fewest_words: Count  # a statement with fewer words says too little to carry a stance


class LabelParams(Section):
    """``label``: annotations and labelling functions -> gold and weak labels."""

    annotator_accuracy: Share  # prior belief in a person or model that read the codebook
    function_accuracy: Share  # prior belief in a labelling function that fires
    prior_strength: Positive  # how many votes that belief is worth, per voter and label
    iterations: Count  # of expectation-maximisation, at most
    tolerance: Positive  # stop when no posterior moves by more
    second_label_above: Share  # a runner-up with at least this posterior becomes the second label
    near_duplicate_similarity: Share  # cosine of character n-gram TF-IDF vectors
    folds: Annotated[int, Field(ge=2)]  # of the out-of-fold probabilities behind suspected label errors
    smallest_overlap: Share  # intersection over union at which an extracted span is an annotated one


class SplitParams(Section):
    """``split``: labelled statements -> train, validation and test."""

    validation: Share
    test: Share
    near_duplicate_similarity: Share  # statements at least this alike stay on one side
    weak_labels_in_training: bool

    @model_validator(mode="after")
    def _leave_something_to_train_on(self) -> "SplitParams":
        if self.validation + self.test >= 1:
            message = "validation and test together leave nothing to train on"
            raise ValueError(message)
        return self


class BaselineParams(Section):
    """``models.baseline``: word and character TF-IDF with a linear model; lists are searched on validation."""

    word_ngrams: Annotated[int, Field(ge=1, le=4)]
    character_ngrams: Annotated[int, Field(ge=2, le=8)]
    fewest_documents: Count
    cue_weight: Positive  # of a cue of the codebook, beside TF-IDF values of at most 1
    regularisation: Annotated[list[Positive], Field(min_length=1)]  # C of the logistic regression
    class_weights: Annotated[list[Literal["none", "balanced"]], Field(min_length=1)]


class TransformerParams(Section):
    """``models.transformer``: a fine-tuned encoder with a mean-pooled head."""

    checkpoint: Annotated[str, Field(min_length=1)]  # "bundled", a hub id or a folder
    checkpoint_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None  # of model.safetensors
    longest_tokens: Annotated[int, Field(ge=8, le=512)]
    train_embeddings: bool  # half the bundled encoder's parameters; frozen they cost no optimiser time
    frozen_layers: Annotated[int, Field(ge=0)]  # so many lowest layers keep their weights and cost no backward pass
    epochs: Count
    batch_size: Count
    learning_rate: Positive
    head_learning_rate: Positive
    weight_decay: Annotated[float, Field(ge=0)]
    warmup: Annotated[float, Field(ge=0, lt=1)]  # share of all steps
    label_smoothing: Annotated[float, Field(ge=0, lt=1)]
    second_label_share: Annotated[float, Field(ge=0, lt=0.5)]  # of the target, where a statement has a second label
    dropout: Annotated[float, Field(ge=0, lt=1)]  # of hidden states that are trained
    attention_dropout: Annotated[float, Field(ge=0, lt=1)]  # of attention weights; drawing it takes a fifth of the time
    runs: Count  # trainings from one start, which differ by chance; the model is the mean of their weights
    patience: Count  # epochs without a better validation macro-F1
    precision: Literal["auto", "fp32", "bf16"]  # auto: bf16 where the processor has instructions for it

    @model_validator(mode="after")
    def _freeze_from_below(self) -> "TransformerParams":
        if self.train_embeddings and self.frozen_layers:
            message = "frozen_layers above 0 needs train_embeddings to be false: layers are frozen from below"
            raise ValueError(message)
        return self


class MaskedWordsParams(Section):
    """``adapt.masked_words``: pre-training gone on with, on plain texts."""

    epochs: Annotated[int, Field(ge=0)]  # 0 leaves it out
    masked_share: Share  # of the tokens
    longest_tokens: Annotated[int, Field(ge=8, le=512)]
    tokens_in_a_batch: Count  # padding counted in
    learning_rate: Positive
    warmup: Annotated[float, Field(ge=0, lt=1)]  # share of all steps


class AdaptParams(Section):
    """``adapt``: texts, and annotations that stand off from them -> an encoder to start fine-tuning from."""

    sources: Annotated[list[str], Field(min_length=1)]  # whose annotated lines the encoder may learn from
    validation: Share  # of the annotated lines
    sure_others: Probability  # share of the lines that are `other` beyond doubt to learn from; they are the most
    second_label_share: dict[int, Annotated[float, Field(gt=0, lt=0.5)]]  # of the target, by the annotator's sureness
    masked_words: MaskedWordsParams
    fine_tuning: TransformerParams

    @model_validator(mode="after")
    def _a_share_for_each_sureness(self) -> "AdaptParams":
        if set(self.second_label_share) != {1, 2, 3}:
            message = "second_label_share needs a share for each sureness: 1, 2 and 3"
            raise ValueError(message)
        return self


class ModelsParams(Section):
    """``models``: one section a model, so that a change in one re-trains only that one."""

    # Share of `other` among the statements that a model will meet. The corpus has fewer than real talk: its answers
    # would find too many stances there. None leaves the answers as the corpus teaches them.
    expected_other: Share | None
    baseline: BaselineParams
    transformer: TransformerParams


class PredictParams(Section):
    """``predict``: how answers are given."""

    abstain_below: Probability  # confidence under which a prediction abstains
    decimals: Annotated[int, Field(ge=6, le=12)]  # of the probabilities in files; fewer would distort the log loss


class EvaluateParams(Section):
    """``evaluate``: metrics with intervals."""

    resamples: Annotated[int, Field(ge=100)]  # of the bootstrap over groups
    confidence: Share  # of the intervals
    calibration_bins: Annotated[int, Field(ge=2)]


class CompareParams(Section):
    """``compare``: which model is the champion."""

    metric: Literal["macro_f1", "accuracy", "mcc"]
    # The transformer is the champion where it is better on this metric and the paired bootstrap's p-value is at most
    # this; otherwise the smaller baseline is.
    significance: Share
    resamples: Annotated[int, Field(ge=100)]


class Params(Section):
    """All of params.yaml."""

    seed: Annotated[int, Field(ge=0, lt=2**32)]
    threads: Count
    extract: ExtractParams
    label: LabelParams
    split: SplitParams
    adapt: AdaptParams
    models: ModelsParams
    predict: PredictParams
    evaluate: EvaluateParams
    compare: CompareParams

    @model_validator(mode="after")
    def _a_seed_for_each_run(self) -> "Params":
        if self.seed + max(self.models.transformer.runs, self.adapt.fine_tuning.runs) > 2**32:
            message = "seed is too high: each of the runs takes the next one, and they must stay below 2**32"
            raise ValueError(message)
        return self


def read_params(path: Path) -> Params:
    """Read and check a parameter file.

    :raises StanceError: naming the file, and each key that is unknown, missing or out of range.
    """
    with opened(path, "run the command in the project's folder") as stream:
        content = stream.read()
    try:
        content = yaml.safe_load(content.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message = f"{path} is not valid YAML: {' '.join(str(error).split())}."
        raise StanceError(message) from error
    return check_params(content, source=str(path))


def check_params(content: Any, *, source: str = "params.yaml") -> Params:  # noqa: ANN401 - whatever YAML holds
    """Turn a parsed parameter file into typed sections.

    :raises StanceError: naming the source and each key that is unknown, missing or out of range.
    """
    try:
        return Params.model_validate(content)
    except ValidationError as error:
        message = f"{source}: {'; '.join(_complaint(item) for item in error.errors())}."
        raise StanceError(message) from error


def _complaint(item: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    key = ".".join(str(part) for part in item["loc"]) or "the file"
    match item["type"]:
        case "extra_forbidden":
            return f"unknown key {key}"
        case "missing":
            return f"missing key {key}"
        case _:
            return f"{key}: {item['msg'][:1].lower()}{item['msg'][1:]} (got {item['input']!r})"
