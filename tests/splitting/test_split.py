"""No group straddles; the same seed gives the same splits; stances keep their shares."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import StanceError
from pipeline.jsonl import read_records, write_records
from pipeline.labelling.duplicates import near_duplicates
from pipeline.params import SplitParams
from pipeline.records import Kind, LabelledStatement, Origin
from pipeline.splitting.split import PARTS, split_by_group
from pipeline.stages.split import run
from pipeline.stance import STANCES

CONFIG = SplitParams(validation=0.2, test=0.2, near_duplicate_similarity=0.85, weak_labels_in_training=False)
WORDS = [
    "harbour",
    "treaty",
    "convoy",
    "budget",
    "ceasefire",
    "border",
    "wheat",
    "tariff",
    "pardon",
    "vaccine",
    "ferry",
    "reactor",
    "strike",
    "senate",
    "ration",
]


def statement(number: int, stance_index: int = 0, **fields: object) -> LabelledStatement:
    words = " ".join(WORDS[(number * step + step) % len(WORDS)] for step in (1, 2, 4, 7, 11))
    return LabelledStatement(
        id=str(number),
        text=f"{words} and then {words[::-1]} {number * 7919}",
        kind=Kind.DIRECT,
        label=STANCES[stance_index],
        confidence=1.0,
        **fields,  # type: ignore[arg-type]
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.none() | st.sampled_from("abcdefgh"), st.none() | st.sampled_from("xyz")),
        min_size=30,
        max_size=60,
    ),
    st.integers(0, 99),
)
@settings(max_examples=30, deadline=None)
def test_nothing_is_lost_and_no_group_or_article_straddles(rows: list, seed: int):
    statements = [
        statement(n, stance, group=group, article_id=article) for n, (stance, group, article) in enumerate(rows)
    ]
    try:
        parts = split_by_group(statements, CONFIG, seed=seed)
    except StanceError:
        return  # fewer groups than parts
    assert sorted(one.id for part in parts.values() for one in part) == sorted(one.id for one in statements)
    for attribute in ("group", "article_id"):
        homes: dict[str, set[str]] = {}
        for name, part in parts.items():
            for one in part:
                if getattr(one, attribute):
                    homes.setdefault(getattr(one, attribute), set()).add(name)
        assert all(len(home) == 1 for home in homes.values())


def test_near_duplicates_do_not_leak():
    statements = [statement(n, n % 5) for n in range(60)]
    copies = [replace(one, id=f"{one.id}-copy", text=f"{one.text}!") for one in statements]
    parts = split_by_group([*statements, *copies], CONFIG, seed=1)
    home = {one.text: name for name, part in parts.items() for one in part}
    texts = list(home)
    pairs = near_duplicates(texts, CONFIG.near_duplicate_similarity)
    assert len(pairs) >= len(statements)
    assert all(home[texts[left]] == home[texts[right]] for left, right, _ in pairs)


def test_shares_and_stances_are_kept():
    statements = [statement(n, n % 5, group=f"g{n // 2}") for n in range(1000)]
    parts = split_by_group(statements, CONFIG.model_copy(update={"near_duplicate_similarity": 0.999}), seed=5)
    assert abs(len(parts["test"]) - 200) <= 10
    assert abs(len(parts["validation"]) - 200) <= 10
    for part in parts.values():
        counts = Counter(one.label for one in part)
        assert max(counts.values()) - min(counts.values()) <= 8


def test_the_seed_decides():
    statements = [statement(n, n % 5) for n in range(200)]
    first, again, other = (split_by_group(statements, CONFIG, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_too_few_groups_are_refused():
    with pytest.raises(StanceError, match="cannot make 3 splits"):
        split_by_group([statement(n, group="one") for n in range(10)], CONFIG, seed=1)


def test_a_part_that_would_stay_empty_is_refused():
    with pytest.raises(StanceError, match="validation, test would be empty"):
        split_by_group([statement(n, n) for n in range(5)], CONFIG, seed=1)


def test_a_weak_statement_that_repeats_a_tested_one_is_left_out(tmp_path: Path):
    gold = [statement(n, n % 5) for n in range(100)]
    weak = [replace(one, id=f"{one.id}-weak", article_id="elsewhere-" + one.id, origin=Origin.WEAK) for one in gold]
    write_records(tmp_path / "labelled" / "gold.jsonl", gold)
    write_records(tmp_path / "labelled" / "weak.jsonl", weak)
    run(CONFIG.model_copy(update={"weak_labels_in_training": True}), tmp_path / "labelled", tmp_path / "s", seed=1)
    parts = {name: read_records(tmp_path / "s" / f"{name}.jsonl", LabelledStatement) for name in PARTS}
    outside = {one.text for name in ("validation", "test") for one in parts[name]}
    assert any(one.origin is Origin.WEAK for one in parts["train"])
    assert not outside & {one.text for one in parts["train"]}


@pytest.mark.parametrize("weak_in_training", [True, False])
def test_weak_labels_join_train_only_and_never_beside_their_own_article(weak_in_training: bool, tmp_path: Path):
    gold = [statement(n, n % 5, article_id=f"article-{n % 20}") for n in range(100)]
    weak = [statement(1000 + n, article_id=f"article-{n}", origin=Origin.WEAK) for n in range(22)]
    write_records(tmp_path / "labelled" / "gold.jsonl", gold)
    write_records(tmp_path / "labelled" / "weak.jsonl", weak)
    config = CONFIG.model_copy(update={"weak_labels_in_training": weak_in_training, "near_duplicate_similarity": 0.999})
    run(config, tmp_path / "labelled", tmp_path / "splits", seed=1)
    parts = {name: read_records(tmp_path / "splits" / f"{name}.jsonl", LabelledStatement) for name in PARTS}
    assert all(one.origin is Origin.GOLD for name in ("validation", "test") for one in parts[name])
    joined = {one.article_id for one in parts["train"] if one.origin is Origin.WEAK}
    apart = {one.article_id for name in ("validation", "test") for one in parts[name]}
    assert not joined & apart
    assert joined == ({one.article_id for one in weak} - apart if weak_in_training else set())
