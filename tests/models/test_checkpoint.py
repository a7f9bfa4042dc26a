from pathlib import Path

import pytest

from pipeline.errors import StanceError
from pipeline.models.checkpoint import resolve_checkpoint
from pipeline.params import read_params

ROOT = Path(__file__).parents[2]


def test_bundled_weights_have_the_sum_in_params():
    params = read_params(ROOT / "params.yaml").adapt.fine_tuning
    assert params.checkpoint == "bundled"
    assert Path(resolve_checkpoint("bundled", params.checkpoint_sha256)).is_dir()


def test_the_encoder_that_ships_has_the_sum_in_params_and_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    params = read_params(ROOT / "params.yaml").models.transformer
    monkeypatch.chdir(tmp_path)
    folder = Path(resolve_checkpoint(params.checkpoint, params.checkpoint_sha256))
    assert params.checkpoint_sha256 is not None
    assert params.checkpoint_sha256 in (folder / "README.md").read_text(encoding="utf-8"), (
        "the card is of these weights"
    )
    assert (folder / "model.safetensors").stat().st_size < 50_000_000


def test_other_weights_are_refused(tiny_checkpoint: Path):
    with pytest.raises(StanceError, match=r"checkpoint_sha256.*not the expected"):
        resolve_checkpoint(str(tiny_checkpoint), "0" * 64)


def test_folder_without_weights_is_refused(tmp_path: Path):
    with pytest.raises(StanceError, match=r"model\.safetensors"):
        resolve_checkpoint(str(tmp_path), None)


def test_name_that_is_no_folder_and_cannot_be_fetched_is_refused():
    with pytest.raises(StanceError, match="no folder here"):
        resolve_checkpoint("nobody/no-such-checkpoint", None)
