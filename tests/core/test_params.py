"""An unknown or impossible value is refused by name."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import StanceError
from pipeline.params import Params, check_params, read_params

ROOT = Path(__file__).parents[2]


@pytest.fixture
def content() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))


def changed(content: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    *path, last = key.split(".")
    section = content
    for part in path:
        section = section[part]
    section[last] = value
    return content


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("models.transformer.learning_rat", 0.1),
        ("models.transformer.learning_rate", -0.1),
        ("models.transformer.learning_rate", "fast"),
        ("models.transformer.epochs", 0),
        ("models.transformer.epochs", 2.5),
        ("models.transformer.frozen_layers", -1),
        ("models.transformer.warmup", 1.0),
        ("predict.decimals", 2),
        ("models.transformer.precision", "fp64"),
        ("models.transformer.checkpoint_sha256", "abc"),
        ("models.baseline.regularisation", []),
        ("models.baseline.class_weights", ["heavy"]),
        ("split.test", 1.2),
        ("seed", -1),
        ("threads", True),
        ("compare.metric", "luck"),
        ("evaluate.confidence", 1.0),
        ("nonsense", 1),
    ],
)
def test_the_key_is_named(content: dict[str, Any], key: str, value: object):
    with pytest.raises(StanceError) as raised:
        check_params(changed(content, key, value))
    assert key in str(raised.value)
    assert "\n" not in str(raised.value)


def test_layers_are_frozen_from_below(content: dict[str, Any]):
    content["models"]["transformer"] |= {"train_embeddings": True, "frozen_layers": 1}
    with pytest.raises(StanceError, match="frozen_layers above 0 needs train_embeddings to be false"):
        check_params(content)


def test_a_missing_key_is_named(content: dict[str, Any]):
    del content["predict"]["abstain_below"]
    with pytest.raises(StanceError, match=r"missing key predict\.abstain_below"):
        check_params(content)


def test_splits_that_leave_nothing_to_train_on_are_refused(content: dict[str, Any]):
    with pytest.raises(StanceError, match="nothing to train on"):
        check_params(changed(changed(content, "split.test", 0.6), "split.validation", 0.5))


def test_params_are_frozen(content: dict[str, Any]):
    params: Params = check_params(content)
    with pytest.raises(ValueError, match="frozen"):
        params.seed = 3  # type: ignore[misc]


def test_a_file_that_is_missing_or_no_yaml_is_one_sentence(tmp_path: Path):
    with pytest.raises(StanceError, match=r"no such file or directory.*project's folder"):
        read_params(tmp_path / "params.yaml")
    with pytest.raises(StanceError, match="not a file that can be read"):
        read_params(tmp_path)
    (tmp_path / "params.yaml").write_text("seed: [1")
    with pytest.raises(StanceError, match="not valid YAML"):
        read_params(tmp_path / "params.yaml")
    (tmp_path / "params.yaml").write_text("")
    with pytest.raises(StanceError, match="the file"):
        read_params(tmp_path / "params.yaml")
