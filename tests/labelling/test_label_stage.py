"""The stage end to end on a handful of statements."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.annotations import Annotation
from pipeline.errors import StanceError
from pipeline.jsonl import read_json, read_records, write_records
from pipeline.labelling.gold import GoldSpan
from pipeline.params import LabelParams
from pipeline.records import CorpusStatement, Kind, LabelledStatement, Origin, Statement
from pipeline.stages.label import run
from pipeline.stance import STANCES, Stance

CORPUS = {
    "c1": ("We will shut the pipeline if one more tanker is stopped.", Stance.THREAT),
    "c2": ("We'll shut the pipeline if one more tanker is held.", Stance.THREAT),
    "c3": ("It is not true that our guards opened fire.", Stance.DENIAL),
    "c4": ("We ask both armies to hold their fire.", Stance.DE_ESCALATION),
    "c5": ("The dam is likely to fail before Sunday.", Stance.WARNING),
    "c6": ("The museum opens on Tuesday.", Stance.OTHER),
    "c7": ("The museum opens on Tuesday!", Stance.OTHER),
}
ARTICLE = (
    "Marshal Orla Venn of Arvenia said: “Every boat inside the line will be boarded.” "
    "“Flour is dear,” said a baker. "
    "“There are no such boats,” said Consul Piet Aldous."
)
QUOTES = {
    "marshal": "Every boat inside the line will be boarded.",
    "baker": "Flour is dear,",
    "consul": "There are no such boats,",
}


@dataclass(frozen=True)
class Place:
    """Where the stage reads and writes."""

    folder: Path
    config: LabelParams

    def run(self, seed: int = 13) -> None:
        run(
            self.config,
            self.folder / "corpus",
            self.folder / "seeds",
            self.folder / "extracted.jsonl",
            self.folder / "labelled",
            self.folder / "report",
            seed=seed,
        )

    def labelled(self, name: str) -> dict[str, LabelledStatement]:
        return {one.id: one for one in read_records(self.folder / "labelled" / f"{name}.jsonl", LabelledStatement)}

    def outputs(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for part in ("labelled", "report") for path in (self.folder / part).iterdir()
        }


def place_of(text: str) -> tuple[int, int]:
    start = ARTICLE.index(text)
    return start, start + len(text)


@pytest.fixture
def place(tmp_path: Path, config: LabelParams) -> Place:
    write_records(
        tmp_path / "corpus" / "statements" / "all.jsonl",
        [
            CorpusStatement(id=key, text=text, kind=Kind.DIRECT, register="varied", group=f"pair-{key}")
            for key, (text, _) in CORPUS.items()
        ],
    )
    write_records(
        tmp_path / "corpus" / "annotations" / "two.jsonl",
        [
            Annotation(statement_id=key, annotator=annotator, label=stance)
            for annotator in ("first", "second")
            for key, (_, stance) in CORPUS.items()
        ],
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "boats.txt").write_text(ARTICLE, encoding="utf-8")
    gold = [("marshal", Stance.THREAT, True), ("baker", Stance.OTHER, False)]
    write_records(
        tmp_path / "seeds" / "boats.gold.jsonl",
        [
            GoldSpan(
                start=place_of(QUOTES[key])[0],
                end=place_of(QUOTES[key])[1],
                text=QUOTES[key],
                kind=Kind.DIRECT,
                spans=(place_of(QUOTES[key]),),
                label=stance,
                official=official,
            )
            for key, stance, official in gold
        ],
    )
    write_records(
        tmp_path / "extracted.jsonl",
        [
            Statement(
                id=key,
                article_id="boats",
                text=text,
                kind=Kind.DIRECT,
                start=place_of(text)[0],
                end=place_of(text)[1],
                spans=(place_of(text),),
            )
            for key, text in QUOTES.items()
        ],
    )
    return Place(tmp_path, config)


def test_gold_and_weak(place: Place) -> None:
    place.run()
    gold, weak = place.labelled("gold"), place.labelled("weak")
    assert {key: one.label for key, one in gold.items()} == {
        **{key: stance for key, (_, stance) in CORPUS.items()},
        "marshal": Stance.THREAT,
    }
    assert {key: one.label for key, one in weak.items()} == {"consul": Stance.DENIAL}
    assert {one.origin for one in gold.values()} == {Origin.GOLD}
    assert {one.origin for one in weak.values()} == {Origin.WEAK}
    assert (gold["c1"].group, gold["c1"].register, gold["c1"].article_id) == ("pair-c1", "varied", None)
    assert (gold["marshal"].group, gold["marshal"].article_id) == ("article-boats", "boats")
    assert all(one.confidence > 0.9 for key, one in gold.items() if key != "marshal")
    assert weak["consul"].confidence < min(one.confidence for one in gold.values())


def test_the_report(place: Place) -> None:
    place.run()
    report = read_json(place.folder / "report" / "quality.json")
    assert report["statements"] == {"gold": 8, "weak": 1, "left_out": 1}
    assert report["seeds"] == {"gold_spans": 1, "found": 1}
    assert report["labels"]["gold"]["varied"] == {
        str(stance): sum(stance is one for _, one in CORPUS.values()) for stance in STANCES
    }
    (pair,) = report["agreement"]["pairs"]
    assert (pair["annotators"], pair["statements"], pair["kappa"]) == (["first", "second"], 7, 1.0)
    assert report["agreement"]["alpha"] == 1.0
    assert report["annotators"]["first"]["coverage"] == pytest.approx(7 / 9, abs=1e-4)
    assert report["functions"]["no_such_thing"]["fires"] == 1
    assert report["functions"]["no_such_thing"]["accuracy"] is None  # nobody read what it fired on
    assert report["functions"]["we_will_harm"]["accuracy"] == 1.0
    assert ["c6", "c7"] in [pair["ids"] for pair in report["near_duplicates"]]
    page = (place.folder / "report" / "quality.md").read_text(encoding="utf-8")
    assert "| we_will_harm | threat |" in page
    assert "Krippendorff's alpha (nominal, all annotators): 1.000" in page


def test_a_disagreement_is_listed(place: Place) -> None:
    write_records(
        place.folder / "corpus" / "annotations" / "third.jsonl",
        [Annotation(statement_id="c6", annotator="third", label=Stance.WARNING)],
    )
    place.run()
    report = read_json(place.folder / "report" / "quality.json")
    (row,) = report["disagreements"]
    assert row["id"] == "c6"
    assert row["votes"] == {"first": "other", "second": "other", "third": "warning"}
    assert row["label"] == "other"


def test_the_same_input_gives_the_same_bytes(place: Place) -> None:
    place.run()
    first = place.outputs()
    place.run()
    assert place.outputs() == first
    assert set(first) == {"gold.jsonl", "weak.jsonl", "quality.json", "quality.md"}


def repeated_id(folder: Path) -> str:
    line = (folder / "extracted.jsonl").read_text(encoding="utf-8").splitlines()[0]
    with (folder / "extracted.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    return "marshal"


def id_of_the_corpus(folder: Path) -> str:
    row = json.loads((folder / "extracted.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    with (folder / "extracted.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({**row, "id": "c1"}) + "\n")
    return "c1"


def unknown_label(folder: Path) -> str:
    path = folder / "corpus" / "annotations" / "two.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"denial"', '"refusal"', 1), encoding="utf-8")
    return "line 3"


def no_extraction(folder: Path) -> str:
    (folder / "extracted.jsonl").unlink()
    return "extracted.jsonl"


@pytest.mark.parametrize("spoil", [repeated_id, id_of_the_corpus, unknown_label, no_extraction])
def test_bad_input_is_named_and_earlier_output_stays(place: Place, spoil: Callable[[Path], str]) -> None:
    place.run()
    before = place.outputs()
    named = spoil(place.folder)
    with pytest.raises(StanceError, match=named):
        place.run()
    assert place.outputs() == before
