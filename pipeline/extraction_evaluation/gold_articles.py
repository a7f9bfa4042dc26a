"""Articles with gold statements: a folder as ``seeds/`` is one, or a file of attributions as PolNeAR has them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import StanceError
from pipeline.extraction_evaluation.cues_of_saying import is_cue_of_saying
from pipeline.extraction_evaluation.matching import Reference
from pipeline.labelling.gold import read_gold
from pipeline.records import Kind

_KINDS = {"direct": Kind.DIRECT, "mixed": Kind.MIXED, "indirect": Kind.REPORTED, "reported": Kind.REPORTED}


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article and what people marked in it.

    ``named`` says that the gold resolves speakers to their names; else it marks only the mention beside the cue.
    """

    id: str
    text: str
    references: tuple[Reference, ...]
    named: bool


def read_gold_articles(path: Path) -> Iterator[GoldArticle]:
    """Yield the articles of a folder (``NAME.txt`` beside ``NAME.gold.jsonl``) or of a JSON Lines file (also .gz).

    A line of the file is an article: ``text`` and ``quotes``, each with ``type`` (direct, mixed, indirect),
    ``content_spans`` (pairs of characters), ``cue`` and ``speaker`` (texts or null); see docs/EXTRACTION.md.

    :raises StanceError: naming what is missing or malformed.
    """
    if path.is_dir():
        return _from_folder(path)
    if path.is_file():
        return _from_file(path)
    message = f"{path} is neither a folder of articles with gold files nor a JSON Lines file; check the path."
    raise StanceError(message)


def _from_folder(folder: Path) -> Iterator[GoldArticle]:
    gold = read_gold(folder)
    if not gold:
        message = f"{folder} holds no NAME.gold.jsonl beside a NAME.txt; there is nothing to measure on."
        raise StanceError(message)
    for name, spans in gold.items():
        text = (folder / f"{name}.txt").read_bytes().decode("utf-8-sig")
        yield GoldArticle(
            name,
            text,
            tuple(Reference(one.kind, one.spans, one.speaker, one.speaker_name, one.cue) for one in spans),
            named=True,
        )


def _from_file(path: Path) -> Iterator[GoldArticle]:
    opener = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opener(path, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _article(json.loads(line), number)
    except (ValueError, KeyError, TypeError, OSError) as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = f"{path}, line {number}: no article with gold statements ({what}); see docs/EXTRACTION.md."
        raise StanceError(message) from error


def _article(row: dict[str, Any], number: int) -> GoldArticle:
    references = tuple(
        Reference(
            _KINDS[quote["type"]],
            tuple(sorted((int(start), int(end)) for start, end in quote["content_spans"])),
            quote.get("speaker"),
            None,
            quote.get("cue"),
            counted=quote["type"] == "direct" or is_cue_of_saying(quote.get("cue")),
        )
        for quote in row["quotes"]
    )
    return GoldArticle(str(row.get("doc_id") or row.get("id") or number), str(row["text"]), references, named=False)
