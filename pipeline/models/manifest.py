"""What a model folder says about itself: how it was made, how it did on validation, and who it is."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.errors import StanceError
from pipeline.jsonl import read_json, write_json

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The manifest of one trained model; equal makings have equal fingerprints.

    ``inputs`` and ``code`` are sha256 sums; ``history`` has one row of numbers a step, in order; ``chosen`` holds
    what a search on validation settled on. ``answers`` is a sha256 of the model's rounded probabilities on validation:
    it tells models apart that a different machine, library or thread count made of the same ingredients. No times and
    no paths of a machine: they would differ between equal models.
    """

    kind: str
    labels: tuple[str, ...]
    seed: int
    params: dict[str, Any]
    inputs: dict[str, str]
    code: str
    temperature: float
    metrics: dict[str, float]
    history: tuple[dict[str, float], ...]
    chosen: dict[str, Any] = field(default_factory=dict)
    shift: tuple[float, ...] = ()
    answers: str = ""
    fingerprint: str = ""

    def with_fingerprint(self) -> "Manifest":
        """Return a copy that carries the sha256 of all that went into the model and of how it answers."""
        making = {
            "kind": self.kind,
            "seed": self.seed,
            "params": self.params,
            "inputs": self.inputs,
            "code": self.code,
            "answers": self.answers,
        }
        digest = hashlib.sha256(json.dumps(making, sort_keys=True).encode()).hexdigest()
        return replace(self, fingerprint=digest)

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into a model folder."""
        write_json(folder / MANIFEST, asdict(self))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model folder.

    :raises StanceError: if the folder is missing or holds no valid manifest.
    """
    if not folder.is_dir():
        message = f"There is no model in {folder}; run `make` to train it, or name another with --model."
        raise StanceError(message)
    content = read_json(folder / MANIFEST)
    try:
        return Manifest(
            **{
                **content,
                "labels": tuple(content["labels"]),
                "history": tuple(content["history"]),
                "shift": tuple(content.get("shift", ())),
            },
        )
    except (TypeError, KeyError) as error:
        message = f"{folder / MANIFEST} is not a model manifest ({error}); run `make` to train again."
        raise StanceError(message) from error


def sha256_of_file(path: Path) -> str:
    """Return the hexadecimal sha256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of_code(*places: Path) -> str:
    """Return one sha256 over the names and bytes of files, and of the Python files directly in folders, in order."""
    digest = hashlib.sha256()
    for path in (path for place in places for path in ([place] if place.is_file() else sorted(place.glob("*.py")))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
