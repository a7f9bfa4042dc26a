"""The encoder that is adapted to an archive of texts and to the annotations that stand off from them."""

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as some
from safetensors import safe_open
from safetensors.torch import load_file

from pipeline.adaptation.lines import labelled_lines
from pipeline.adaptation.targets import mean_target, target_of
from pipeline.annotations import StandoffAnnotation
from pipeline.errors import StanceError
from pipeline.jsonl import write_records, write_rows
from pipeline.labelling.standoff import JoinedAnnotation, digest
from pipeline.models.encoder import from_checkpoint
from pipeline.models.fine_tuning import fine_tune
from pipeline.models.manifest import sha256_of_file
from pipeline.params import AdaptParams, Params
from pipeline.records import LabelledStatement
from pipeline.stages.adapt import run
from pipeline.stance import STANCES, Stance

SHARES = {1: 0.4, 2: 0.3, 3: 0.1}
SOURCE = "owner/open"


def annotation(text: str, label: Stance = Stance.OTHER, **fields: object) -> StandoffAnnotation:
    values: dict[str, object] = {"source": SOURCE, "annotator": "first"}
    return StandoffAnnotation(sha256=digest(text), label=label, **(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def config(small_params: Params) -> AdaptParams:
    adapt = small_params.adapt
    return adapt.model_copy(update={"sources": [SOURCE], "validation": 0.2})


@pytest.fixture
def archive(tmp_path: Path, statements: list[LabelledStatement]) -> tuple[Path, Path]:
    """Texts in a file, and annotations of all of them in another."""
    texts = [one.text.replace(" a ", f" {word} ") for one in statements for word in ("a", "one", "some")]
    labels = [one.label for one in statements for _ in range(3)]
    pairs = dict(zip(texts, labels, strict=True))
    write_rows(tmp_path / "texts.jsonl", ({"text": text} for text in pairs))
    write_records(tmp_path / "standoff.jsonl", [annotation(text, label) for text, label in pairs.items()])
    return tmp_path / "texts.jsonl", tmp_path / "standoff.jsonl"


@given(
    some.sampled_from(STANCES),
    some.none() | some.sampled_from(STANCES),
    some.none() | some.sampled_from([1, 2, 3]),
)
def test_a_target_is_a_distribution_whose_best_is_the_label(
    label: Stance, second: Stance | None, sureness: int | None
) -> None:
    target = target_of(label, second, sureness, SHARES)
    assert sum(target) == pytest.approx(1)
    assert STANCES[target.index(max(target))] is label
    assert (max(target) < 1) == (second not in (None, label))


def test_the_less_sure_the_more_goes_to_the_second_label() -> None:
    shares = [target_of(Stance.THREAT, Stance.OTHER, sureness, SHARES)[-1] for sureness in (3, 2, 1)]
    assert shares == sorted(shares)
    assert target_of(Stance.THREAT, Stance.OTHER, None, SHARES)[-1] == SHARES[2]


def test_annotators_who_differ_are_averaged() -> None:
    both = [JoinedAnnotation("a", annotation("a", label)) for label in (Stance.THREAT, Stance.WARNING)]
    assert mean_target(both, SHARES) == (0.5, 0, 0, 0.5, 0)


def test_only_the_wanted_sources_are_learned_from(config: AdaptParams) -> None:
    texts = [f"Statement number {number}." for number in range(100)]
    annotations = [annotation(text, source=SOURCE if n % 2 else "owner/closed") for n, text in enumerate(texts)]
    lines = labelled_lines(annotations, texts, config)
    assert {text for text, _ in (*lines.train, *lines.validation)} == set(texts[1::2])
    assert lines.sources == {SOURCE: 50}
    assert lines.stances == {"threat": 0, "denial": 0, "de-escalation": 0, "warning": 0, "other": 50}
    assert lines.validation
    assert len(lines.targets) == len(lines.train)


def test_of_those_that_are_surely_other_a_share_is_learned_from(config: AdaptParams) -> None:
    texts = [f"Statement number {number}." for number in range(400)]
    sure = [annotation(text, sureness=3) for text in texts[:300]]
    doubtful = [annotation(text, sureness=2) for text in texts[300:]]
    some_kept = config.model_copy(update={"sure_others": 0.25})
    lines = labelled_lines([*sure, *doubtful], texts, some_kept)
    kept = {text for text, _ in lines.train}
    assert 0.1 < len(kept & set(texts[:300])) / 240 < 0.4
    everything = labelled_lines([*sure, *doubtful], texts, config.model_copy(update={"sure_others": 1.0}))
    assert lines.validation == everything.validation
    assert kept & set(texts[300:]) == {text for text, _ in everything.train} & set(texts[300:])


def test_a_text_stays_on_its_side_whatever_is_added(config: AdaptParams) -> None:
    texts = [f"Statement number {number}." for number in range(60)]
    few = labelled_lines(map(annotation, texts[:30]), texts, config)
    many = labelled_lines(map(annotation, texts), reversed(texts), config)
    assert set(few.validation) <= set(many.validation)
    assert set(few.train) <= set(many.train)


def test_the_stage_writes_an_encoder_that_fine_tuning_starts_from(
    archive: tuple[Path, Path], config: AdaptParams, small_params: Params, tmp_path: Path
) -> None:
    texts, standoff = archive
    weights = run(config, texts, standoff, tmp_path / "encoder", seed=1, threads=1)
    folder = tmp_path / "encoder"
    assert weights == sha256_of_file(folder / "model.safetensors")
    with safe_open(folder / "model.safetensors", framework="pt") as file:
        assert {file.get_slice(name).get_dtype() for name in file.keys()} == {"F16"}  # noqa: SIM118 - no mapping
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert weights in card
    assert f"| {SOURCE} |" in card
    start = {"checkpoint": str(folder), "checkpoint_sha256": weights, "epochs": 1, "learning_rate": 1e-9}
    settings = small_params.models.transformer.model_copy(update=start | {"head_learning_rate": 1e-9})
    examples = [("We will strike Arvenia if a single soldier crosses the river.", 0), ("It is a fabrication.", 1)]
    model, _ = fine_tune(examples * 3, examples, settings, seed=1, threads=1)
    with safe_open(folder / "model.safetensors", framework="pt") as file:
        head = file.get_tensor("head.weight").float()
    assert torch.allclose(model.encoder.head.weight, head, atol=1e-6), "the head went along"


def test_other_labels_get_a_new_head_on_the_adapted_encoder(
    archive: tuple[Path, Path], config: AdaptParams, tmp_path: Path
) -> None:
    run(config, *archive, tmp_path / "encoder", seed=1, threads=1)
    settings = {"head_dropout": 0.0, "dropout": 0.0, "longest_tokens": 16}
    same = from_checkpoint(str(tmp_path / "encoder"), **settings)  # type: ignore[arg-type]
    other = from_checkpoint(str(tmp_path / "encoder"), labels=("yes", "no"), **settings)  # type: ignore[arg-type]
    assert other.config.labels == ("yes", "no")
    assert other.head.weight.shape[0] == 2
    assert all((a == b).all() for a, b in zip(same.encoder.parameters(), other.encoder.parameters(), strict=True))


def test_two_runs_give_the_same_bytes(archive: tuple[Path, Path], config: AdaptParams, tmp_path: Path) -> None:
    masked = config.masked_words.model_copy(update={"epochs": 1})
    both = config.model_copy(update={"masked_words": masked})
    sums = {run(both, *archive, tmp_path / name, seed=1, threads=1) for name in ("one", "two")}
    assert len(sums) == 1


def test_several_fine_tunings_are_averaged_and_the_card_says_so(
    archive: tuple[Path, Path], config: AdaptParams, tmp_path: Path
) -> None:
    together = config.model_copy(update={"fine_tuning": config.fine_tuning.model_copy(update={"runs": 2})})
    for name, settings in {"one": config, "both": together}.items():
        run(settings, *archive, tmp_path / name, seed=1, threads=1)
    one, both = (load_file(tmp_path / name / "model.safetensors") for name in ("one", "both"))
    assert not torch.equal(one["head.weight"], both["head.weight"])
    assert "the mean of 2 fine-tunings" in (tmp_path / "both" / "README.md").read_text(encoding="utf-8")


def test_plain_texts_alone_are_learned_from_by_masked_words(
    archive: tuple[Path, Path], config: AdaptParams, tmp_path: Path
) -> None:
    texts, _ = archive
    write_records(tmp_path / "none.jsonl", [annotation("No text of the archive.")])
    masked = config.masked_words.model_copy(update={"epochs": 3})
    run(
        config.model_copy(update={"masked_words": masked}),
        texts,
        tmp_path / "none.jsonl",
        tmp_path / "out",
        seed=1,
        threads=1,
    )
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    losses = [float(line.split("|")[2]) for line in card.splitlines() if line.startswith(("| 1 |", "| 3 |"))]
    assert losses[1] < losses[0]
    from_checkpoint(str(tmp_path / "out"), head_dropout=0.0, dropout=0.0, longest_tokens=16)


def test_nothing_to_learn_from_is_said_and_leaves_the_old_encoder(
    archive: tuple[Path, Path], config: AdaptParams, tmp_path: Path
) -> None:
    texts, _ = archive
    write_records(tmp_path / "none.jsonl", [annotation("No text of the archive.")])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").touch()
    plain = config.model_copy(update={"masked_words": config.masked_words.model_copy(update={"epochs": 0})})
    with pytest.raises(StanceError, match=r"0 of 110 texts are annotated lines of adapt\.sources"):
        run(plain, texts, tmp_path / "none.jsonl", tmp_path / "out", seed=1, threads=1)
    assert (tmp_path / "out" / "kept").exists()


@pytest.mark.parametrize("content", ["", '{"text": " "}'])
def test_an_archive_without_texts_is_refused(
    content: str, archive: tuple[Path, Path], config: AdaptParams, tmp_path: Path
) -> None:
    (tmp_path / "empty.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(StanceError, match="nothing to"):
        run(config, tmp_path / "empty.jsonl", archive[1], tmp_path / "out", seed=1, threads=1)


def test_soft_targets_are_learned(small_params: Params, statements: list[LabelledStatement]) -> None:
    """Every text asks for half a threat and half a denial: no model that learned its label alone would say so."""
    examples = [(one.text, 0) for one in statements[:20]]
    settings = small_params.models.transformer.model_copy(update={"label_smoothing": 0.0})
    targets = [(0.5, 0.5, 0, 0, 0)] * len(examples)
    model, _ = fine_tune(examples, examples, settings, targets=targets, seed=1, threads=1)
    rows = torch.tensor(model.logits([text for text, _ in examples])).softmax(dim=1)
    assert rows[:, :2].mean(dim=0).tolist() == pytest.approx([0.5, 0.5], abs=0.1)
