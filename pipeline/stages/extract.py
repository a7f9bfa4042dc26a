"""Stage ``extract``: every article of a folder -> statements."""

from pathlib import Path

from pipeline.errors import StanceError
from pipeline.extraction import extract, read_article
from pipeline.jsonl import write_records
from pipeline.params import ExtractParams
from pipeline.records import Article


def run(config: ExtractParams, seeds: Path, out: Path) -> None:
    """Extract the statements of every ``*.txt`` in ``seeds``, in the order of the file names, into one file.

    :raises StanceError: if the folder has no article, two files hold the same article, or a file is no article.
    """
    articles = _read_articles(config, seeds)
    write_records(
        out,
        [
            statement
            for article in articles
            for statement in extract(article.text, article_id=article.id, params=config)
        ],
    )


def _read_articles(config: ExtractParams, seeds: Path) -> list[Article]:
    names = seeds.glob("*.txt") if seeds.is_dir() else ()
    paths = sorted((path for path in names if not path.name.startswith(".")), key=lambda path: path.name)
    if not paths:
        message = f"{seeds} holds no article; put UTF-8 text files (*.txt), one article each, into it."
        raise StanceError(message)
    articles = [read_article(path, config) for path in paths]
    seen: dict[str, Path] = {}
    for article, path in zip(articles, paths, strict=True):
        words = " ".join(article.text.split())
        if words in seen:
            message = f"{path} holds the same article as {seen[words]}; remove one of them."
            raise StanceError(message)
        seen[words] = path
    return articles
