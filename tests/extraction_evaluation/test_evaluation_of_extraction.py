"""The evaluation of the extraction, on a tiny corpus whose figures can be counted by hand."""

import gzip
import json
from pathlib import Path

import pytest
from tests_support import ROOT, run_command

from pipeline.errors import StanceError
from pipeline.extraction_evaluation import evaluate_extraction, read_gold_articles
from pipeline.extraction_evaluation.cues_of_saying import is_cue_of_saying

TEXT = (
    "“The quay is shut for good,” Ardal Venn said.\n\n"
    "Mira Sund denied any part in the raid. The crews think that the ice is early.\n"
)


def quote(kind: str, content: str, speaker: str | None, cue: str) -> dict[str, object]:
    start = TEXT.index(content)
    return {"type": kind, "content_spans": [[start, start + len(content)]], "speaker": speaker, "cue": cue}


QUOTES = [
    quote("direct", "The quay is shut for good", "Ardal Venn", "said"),
    quote("indirect", "any part in the raid", "Ardal Venn", "denied"),
    quote("indirect", "that the ice is early", "The crews", "think"),
]


def write(path: Path, *articles: dict[str, object]) -> Path:
    content = "".join(json.dumps(article) + "\n" for article in articles).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture(params=["gold.jsonl", "gold.jsonl.gz"])
def gold(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return write(tmp_path / request.param, {"id": "a", "text": TEXT, "quotes": QUOTES})


def test_what_is_only_thought_counts_in_one_scope_alone(gold: Path) -> None:
    report = evaluate_extraction(read_gold_articles(gold))
    assert {name: scope.gold for name, scope in report.scopes.items()} == {
        "cues of saying": 2,
        "all attributions": 3,
    }
    saying, everything = report.scopes.values()
    assert saying.content["all"]["exact"].f1 == 1
    assert everything.content["reported"]["exact"].recall == 0.5
    assert everything.content["reported"]["exact"].precision == 1


def test_content_speaker_and_cue_are_scored_apart_and_together(gold: Path) -> None:
    scope = evaluate_extraction(read_gold_articles(gold)).scopes["cues of saying"]
    assert (scope.parts["cue of found statements"].matched, scope.parts["cue of found statements"].gold) == (2, 2)
    assert (scope.parts["speaker of found statements"].matched, scope.parts["speaker of found quotes"].matched) == (
        1,
        1,
    )
    assert scope.parts["end to end"].f1 == 0.5
    assert scope.parts["content where the cue is right, exact"].recall == 1


def test_every_error_is_listed_in_its_place(gold: Path) -> None:
    (error,) = evaluate_extraction(read_gold_articles(gold)).errors
    assert (error.sort, error.gold, error.found) == ("speaker", "Ardal Venn / None", "Mira Sund / Mira Sund")
    assert "denied any part" in error.around


def test_a_missed_and_a_spurious_statement_are_errors(tmp_path: Path) -> None:
    missed = quote("indirect", "the ice is early", "The crews", "said")
    path = write(tmp_path / "gold.jsonl", {"text": TEXT, "quotes": [missed]})
    report = evaluate_extraction(read_gold_articles(path))
    assert sorted(error.sort for error in report.errors) == ["missed", "spurious", "spurious"]
    assert report.scopes["all attributions"].content["all"]["overlap 0.3"].f1 == 0


@pytest.mark.parametrize(
    ("cue", "saying"),
    [("said", True), ("has denied", True), ("according to", True), ("did not say", False), ("thinks", False),
     ("declined to say", False), ("chanted", True), (None, False)],
)  # fmt: skip
def test_cues_of_saying(cue: str | None, saying: bool) -> None:
    assert is_cue_of_saying(cue) is saying


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("{", "line 1"), ('{"text": "x"}', "quotes"), ('{"text": "x", "quotes": [{"type": "odd"}]}', "odd")],
)
def test_a_malformed_gold_file_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(StanceError, match=complaint):
        evaluate_extraction(read_gold_articles(path))


def test_a_missing_path_and_a_folder_without_gold_are_named(tmp_path: Path) -> None:
    with pytest.raises(StanceError, match="neither a folder"):
        read_gold_articles(tmp_path / "nothing")
    with pytest.raises(StanceError, match=r"no NAME\.gold\.jsonl"):
        evaluate_extraction(read_gold_articles(tmp_path))


def test_the_command_measures_the_seeds_and_lists_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    errors = tmp_path / "errors.jsonl"
    arguments = ["eval-extraction", str(ROOT / "seeds"), "--errors", str(errors)]
    code, out, _ = run_command([*arguments, "--format", "json"], monkeypatch, capsys)
    figures = json.loads(out)
    assert code == 0
    assert figures["articles"] >= 12
    (scope,) = figures["scopes"].values()
    # The rules were written while these articles were read: far below today's figures something broke.
    assert scope["content"]["direct and mixed"]["overlap 0.3"]["f1"] > 0.9
    assert scope["content"]["reported"]["overlap 0.3"]["f1"] > 0.85
    assert scope["parts"]["end to end"]["f1"] > 0.8
    assert len(errors.read_text().splitlines()) == sum(figures["errors"].values())
    code, out, _ = run_command(arguments, monkeypatch, capsys)
    assert code == 0
    assert "| direct and mixed |" in out
