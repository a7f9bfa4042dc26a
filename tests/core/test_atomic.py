"""Nothing is lost: an output is the old one or the whole new one."""

import errno
from pathlib import Path

import pytest

from pipeline.atomic import replacing_file, replacing_folder
from pipeline.errors import StanceError


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    target = tmp_path / "out.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError, match="half-way"), replacing_file(target) as beside:
        beside.write_text("ne")
        raise RuntimeError("half-way")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_failed_folder_leaves_the_old_one_and_nothing_else(tmp_path: Path):
    target = tmp_path / "model"
    target.mkdir()
    (target / "weights").write_text("old")
    with pytest.raises(RuntimeError, match="half-way"), replacing_folder(target) as beside:
        (beside / "weights").write_text("ne")
        raise RuntimeError("half-way")
    assert (target / "weights").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_whole_folder_takes_the_place_of_the_old_one(tmp_path: Path):
    target = tmp_path / "model"
    for content in ("old", "new"):
        with replacing_folder(target) as beside:
            (beside / content).write_text(content)
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize("writing", [replacing_file, replacing_folder])
def test_a_full_disk_is_one_sentence(writing, tmp_path: Path):
    with (
        pytest.raises(StanceError, match="no space left on device; earlier output is unchanged"),
        writing(tmp_path / "a"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_one_sentence(tmp_path: Path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StanceError, match="Cannot write"), replacing_file(tmp_path / "taken" / "out.txt"):
        pass
