"""Stage ``compare``: both models' predictions -> a comparison to read, and the champion."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.atomic import replacing_file
from pipeline.comparison import choose_champion, compare_models, comparison_page, measure
from pipeline.errors import StanceError
from pipeline.evaluation import read_matched, sample_of_statements
from pipeline.jsonl import read_records, write_json
from pipeline.models import load_model
from pipeline.models.manifest import read_manifest
from pipeline.params import CompareParams
from pipeline.prediction.champion import Champion
from pipeline.records import LabelledStatement

INCUMBENT, CHALLENGER = "baseline", "transformer"  # the smaller one, and the one that has to prove itself


def run(  # noqa: PLR0913 - one argument for each input and output
    config: CompareParams,
    labelled: Sequence[tuple[str, Path]],
    predictions: Mapping[str, Path],
    models: Mapping[str, Path],
    out: Path,
    champion: Path,
    *,
    seed: int,
    threads: int,
) -> None:
    """Write ``comparison.json``, ``comparison.md`` and ``timings.json`` into ``out``, and the ``champion`` file.

    ``comparison.json`` and ``champion`` follow from the predictions and manifests alone; times and sizes stand only in
    the other two, on which nothing may depend.

    :param labelled: (name, file of LabelledStatement); the first decides.
    :param predictions: for each model the folder with ``<name>.jsonl``.
    :param models: for each model its folder.
    :raises StanceError: if a model is missing or ids of predictions and labels do not match.
    """
    for given in (predictions, models):
        missing = sorted({INCUMBENT, CHALLENGER} - set(given))
        if missing:
            message = f"A comparison needs the {INCUMBENT} and the {CHALLENGER}; {', '.join(missing)} is missing."
            raise StanceError(message)
    pairs = {}
    for name, path in labelled:
        first, second = (
            sample_of_statements(*read_matched(path, predictions[model] / f"{name}.jsonl"))
            for model in (INCUMBENT, CHALLENGER)
        )
        pairs[name] = (first, second)
    comparison = compare_models(pairs, incumbent=INCUMBENT, challenger=CHALLENGER, config=config, seed=seed)
    choice = choose_champion(comparison, config)
    fingerprints = {model: read_manifest(models[model]).fingerprint for model in (INCUMBENT, CHALLENGER)}
    texts = [statement.text for statement in read_records(labelled[0][1], LabelledStatement)]
    costs = {
        model: measure(load_model(models[model], threads=threads), models[model], texts)
        for model in (INCUMBENT, CHALLENGER)
    }
    write_json(out / "comparison.json", {**comparison.as_dict(), **asdict(choice), "fingerprints": fingerprints})
    write_json(
        out / "timings.json", {"threads": threads, "models": {name: asdict(cost) for name, cost in costs.items()}}
    )
    with replacing_file(out / "comparison.md") as beside:
        page = comparison_page(comparison, choice, costs, config=config, threads=threads)
        beside.write_text(page, encoding="utf-8", newline="\n")
    write_json(champion, asdict(Champion(**asdict(choice), fingerprint=fingerprints[choice.champion])))
