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


def test_a_name_too_long_is_one_sentence(tmp_path: Path):
    with pytest.raises(StanceError, match="file name too long"), replacing_file(tmp_path / f"{'n' * 300}.csv"):
        pass


@pytest.mark.parametrize("writing", [replacing_file, replacing_folder])
def test_an_error_of_reading_another_file_is_not_put_on_the_output(writing, tmp_path: Path):
    (tmp_path / "input").mkdir()
    with pytest.raises(IsADirectoryError), writing(tmp_path / "out"):
        (tmp_path / "input").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["input"]


def test_an_error_of_writing_into_the_new_folder_is_put_on_the_output(tmp_path: Path):
    with (
        pytest.raises(StanceError, match=r"Cannot write .*out: is a directory"),
        replacing_folder(tmp_path / "out") as new,
    ):
        new.write_text("in the place of the folder")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_text("old")
    return tmp_path / "model"


def fail_renames(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
    """Let the renames of these numbers, from 1, fail as those of a disk may."""
    rename, calls = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) in numbers:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("which", [1, 2])
def test_a_folder_that_cannot_be_replaced_is_still_there(folder: Path, which: int, monkeypatch: pytest.MonkeyPatch):
    fail_renames(monkeypatch, which)
    with pytest.raises(StanceError, match="earlier output is unchanged"), replacing_folder(folder) as new:
        (new / "weights").write_text("new")
    assert (folder / "weights").read_text() == "old"
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_an_old_folder_that_cannot_be_put_back_is_kept_and_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    fail_renames(monkeypatch, 2, 3)
    with pytest.raises(StanceError, match="kept in") as raised, replacing_folder(folder) as new:
        (new / "weights").write_text("new")
    [kept] = folder.parent.rglob("weights")
    assert kept.read_text() == "old"
    assert str(kept.parent) in str(raised.value)


def test_an_old_folder_that_cannot_be_deleted_does_not_matter(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse_deletion(*arguments: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("os.unlink", refuse_deletion)
    with replacing_folder(folder) as new:
        (new / "weights").write_text("new")
    assert (folder / "weights").read_text() == "new"
