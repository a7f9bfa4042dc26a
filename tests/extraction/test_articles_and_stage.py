"""Reading files: what is no article is refused, and the stage writes all or nothing."""

from pathlib import Path

import pytest

from pipeline.errors import StanceError
from pipeline.extraction import extract, read_article
from pipeline.jsonl import read_records
from pipeline.params import ExtractParams
from pipeline.records import Statement
from pipeline.stages.extract import run

PARAMS = ExtractParams(largest_article_bytes=1000, fewest_words=2)


def test_an_article_keeps_its_text_exactly(tmp_path: Path) -> None:
    path = tmp_path / "quay.txt"
    path.write_bytes("“É” said Venn.\r\nEnd. ".encode())
    article = read_article(path, PARAMS)
    assert (article.id, article.text) == ("quay", "“É” said Venn.\r\nEnd. ")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"\xff\xfe", "not UTF-8"), (b"", "is empty"), (b" \n\t", "is empty"), (b"a" * 1001, "more than an article")],
)
def test_bad_articles_are_refused_by_name(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(StanceError, match=complaint) as caught:
        read_article(path, PARAMS)
    assert "bad.txt" in str(caught.value)


def test_a_missing_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StanceError, match="not a file"):
        read_article(tmp_path / "none.txt", PARAMS)


def test_the_stage_reads_articles_in_order_and_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Venn said the quay was shut.", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Sund denied the report.", encoding="utf-8")
    (tmp_path / "notes.md").write_text("Orsa said nothing of use here.", encoding="utf-8")
    out = tmp_path / "out" / "extracted.jsonl"
    run(PARAMS, tmp_path, out)
    once = out.read_bytes()
    run(PARAMS, tmp_path, out)
    assert out.read_bytes() == once
    statements = read_records(out, Statement)
    assert [statement.id for statement in statements] == ["a:12-22", "b:10-27"]
    assert statements == [
        *extract("Sund denied the report.", article_id="a"),
        *extract("Venn said the quay was shut.", article_id="b"),
    ]


def test_the_stage_refuses_the_same_article_twice_and_keeps_what_was_there(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Venn said the quay was shut.", encoding="utf-8")
    out = tmp_path / "extracted.jsonl"
    out.write_text("before", encoding="utf-8")
    with pytest.raises(StanceError, match=r"b\.txt holds the same article as .*a\.txt"):
        run(PARAMS, tmp_path, out)
    assert out.read_text(encoding="utf-8") == "before"


def test_the_stage_refuses_a_folder_without_articles(tmp_path: Path) -> None:
    with pytest.raises(StanceError, match="holds no article"):
        run(PARAMS, tmp_path / "none", tmp_path / "out.jsonl")
    with pytest.raises(StanceError, match="holds no article"):
        run(PARAMS, tmp_path, tmp_path / "out.jsonl")


def test_fewest_words_drops_shorter_statements() -> None:
    text = "“No,” Venn said. “We will not leave the quay,” he added."
    strict = ExtractParams(largest_article_bytes=1000, fewest_words=4)
    assert [statement.cue for statement in extract(text, params=strict)] == ["added"]
