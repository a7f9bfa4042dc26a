"""Stage ``label``: annotations, labelling functions and gold spans -> labelled statements and a quality report."""

from pathlib import Path

from pipeline.atomic import replacing_file
from pipeline.jsonl import read_records, write_json, write_records
from pipeline.labelling.aggregation import label_units, unit_of_article, unit_of_corpus
from pipeline.labelling.corpus import read_corpus, refuse_repeated_ids
from pipeline.labelling.gold import match_gold, read_gold
from pipeline.labelling.quality import quality_report
from pipeline.labelling.quality_page import quality_page
from pipeline.params import LabelParams
from pipeline.records import Origin, Statement


def run(  # noqa: PLR0913 - one argument for each input and output
    config: LabelParams, corpus: Path, seeds: Path, extracted: Path, out: Path, report: Path, *, seed: int
) -> None:
    """Write ``out/gold.jsonl``, ``out/weak.jsonl``, ``report/quality.json`` and ``report/quality.md``.

    Gold are the statements that an annotator read, in the corpus or as a gold span of a seed article; weak are those
    on which only labelling functions can speak. Extracted statements whose gold speaker is no official are left out.

    :param corpus: folder with ``statements/*.jsonl`` and ``annotations/*.jsonl``.
    :param seeds: folder with the articles and ``NAME.gold.jsonl`` beside them.
    :param extracted: file of Statement.
    :raises StanceError: if an input is not valid; nothing is written then.
    """
    annotated = read_corpus(corpus)
    statements = read_records(extracted, Statement)
    match = match_gold(statements, read_gold(seeds), config.smallest_overlap)
    units = [unit_of_corpus(statement) for statement in annotated.statements]
    units += [unit_of_article(statement) for statement in statements if statement.id not in match.left_out]
    refuse_repeated_ids((unit.id for unit in units), f"{corpus} and {extracted}")
    labelling = label_units(units, (*annotated.annotations, *match.annotations), config)
    quality = quality_report(labelling, match, config, seed=seed)
    for origin in Origin:
        chosen = [statement for statement in labelling.statements if statement.origin is origin]
        write_records(out / f"{origin}.jsonl", chosen)
    write_json(report / "quality.json", quality)
    with replacing_file(report / "quality.md") as beside:
        beside.write_text(quality_page(quality), encoding="utf-8", newline="\n")
