"""Articles from files: one article a file, refused with a clear sentence where it cannot be one."""

from pathlib import Path

from pipeline.errors import StanceError
from pipeline.jsonl import opened
from pipeline.params import ExtractParams
from pipeline.records import Article


def read_article(path: Path, params: ExtractParams) -> Article:
    """Read one UTF-8 text file as an article whose id is the file's name without its ending.

    The text is kept as it stands in the file (a byte order mark aside), so that spans point into the file's text.

    :raises StanceError: if the file cannot be read, is too large, is not UTF-8 or has no text.
    """
    with opened(path) as stream:
        content = stream.read(params.largest_article_bytes + 1)  # a pipe does not say beforehand how much it holds
    if len(content) > params.largest_article_bytes:
        message = (
            f"{path} has more than an article may have ({params.largest_article_bytes:,} bytes, "
            "extract.largest_article_bytes in params.yaml); split it or raise the limit."
        )
        raise StanceError(message)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 (byte {error.start + 1}); save the file as UTF-8."
        raise StanceError(message) from error
    if not text.strip():
        message = f"{path} is empty; an article needs text."
        raise StanceError(message)
    return Article(id=path.stem, text=text)
