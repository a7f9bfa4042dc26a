"""A deleted store can be made anew from git and the DVC cache."""

import shutil

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def two_commits(untracked):
    """The project, its commits, and the fingerprints of the three models in them; the second one is checked out."""
    project, models = untracked, untracked.fingerprints()
    first = project.git("rev-parse", "HEAD").strip()
    project.set_strength("baseline", 3)
    project.dvc("repro", "-q", "compare", "evaluate")
    return project, (first, project.commit("A stronger baseline")), (*models, project.fingerprint("baseline"))


def test_every_commit_gets_its_runs(two_commits):
    project, (first, second), models = two_commits
    assert project.track_history().created == models
    assert project.track_history().existing == models
    assert project.holds_exactly(*models)
    commits = [project.run_of(fingerprint).data.tags["git.commit"] for fingerprint in models]
    assert commits == [first, first, second]
    scores = [project.run_of(fingerprint).data.metrics["test/macro_f1"] for fingerprint in models]
    assert scores == pytest.approx([0.1, 0.2, 0.3])


def test_aliases_stay_with_the_working_tree(two_commits):
    project, (first, _), (baseline, transformer, newer) = two_commits
    project.git("checkout", "-q", first)
    project.dvc("checkout", "-q")
    project.track()
    project.track_history()
    assert project.holds_exactly(baseline, transformer, newer)
    assert project.alias("champion") == transformer
    assert project.alias("baseline") == baseline


def test_a_manifest_of_another_version_is_passed_over(two_commits):
    project, (_, second), models = two_commits
    manifest = project.folder / "models" / "baseline" / "manifest.json"
    content = manifest.read_text()
    manifest.unlink()  # it may be a link into the cache
    manifest.write_text(content.replace("{", '{"of_tomorrow": 1, ', 1))
    project.dvc("commit", "-q", "-f")
    third = project.commit("A manifest of tomorrow")
    project.git("checkout", "-q", second)
    project.dvc("checkout", "-q", "-f")
    done = project.track_history()
    assert done.created == models
    assert done.out_of_reach == (third,)


def test_what_the_cache_has_lost_is_counted(two_commits):
    project, (first, second), (_, _, newer) = two_commits
    shutil.rmtree(project.folder / ".dvc" / "cache")
    project.dvc("commit", "-q", "-f")
    done = project.track_history()
    assert newer in done.created
    assert done.out_of_reach == (first,)
    assert second not in done.out_of_reach
