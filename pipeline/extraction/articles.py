"""Articles from files: one article a file, refused with a clear sentence where it cannot be one."""

from pathlib import Path

from pipeline.errors import StanceError
from pipeline.params import ExtractParams
from pipeline.records import Article


def read_article(path: Path, params: ExtractParams) -> Article:
    """Read one UTF-8 text file as an article whose id is the file's name without its ending.

    The text is kept as it stands in the file (a byte order mark aside), so that spans point into the file's text.

    :raises StanceError: if the file is missing, too large, not UTF-8 or has no text.
    """
    try:
        size = path.stat().st_size
        if size > params.largest_article_bytes:
            message = (
                f"{path} has {size:,} bytes, more than an article may have ({params.largest_article_bytes:,}, "
                "extract.largest_article_bytes in params.yaml); split it or raise the limit."
            )
            raise StanceError(message)
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        message = f"{path} is not a file that can be read; check the path."
        raise StanceError(message) from error
    except PermissionError as error:
        message = f"{path} may not be read; check its permissions."
        raise StanceError(message) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 (byte {error.start + 1}); save the file as UTF-8."
        raise StanceError(message) from error
    if not text.strip():
        message = f"{path} is empty; an article needs text."
        raise StanceError(message)
    return Article(id=path.stem, text=text)
