"""One trained model with everything that is known about it: what a run is made of."""

import filecmp
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.engines.choosing import exported_folder
from pipeline.jsonl import read_json
from pipeline.models.manifest import Manifest, read_manifest
from pipeline.prediction.locate import export_beside
from pipeline.tracking.revision import Revision

METRICS = "metrics.json"
SERVED = "served_model.py"  # in the folder of this file, of each version of the package


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A model folder, its manifest, the folders of reports about it and the commit it belongs to.

    ``reports`` maps the folder in MLflow to the folder on disk; folders that do not exist are passed over.
    ``code`` is the package ``pipeline`` that can open the model.
    """

    folder: Path
    manifest: Manifest
    reports: dict[str, Path]
    code: Path
    revision: Revision | None = None

    @property
    def fingerprint(self) -> str:
        """The model's identity."""
        return self.manifest.fingerprint

    @property
    def title(self) -> str:
        """The name of its run, such as ``transformer 1f3a9c27``."""
        return f"{self.manifest.kind} {self.fingerprint[:8]}"

    @cached_property
    def served(self) -> Path:
        """The file that opens the model where MLflow serves it: that of its own package, which knows what it calls."""
        own, present = self.code / "tracking" / SERVED, Path(__file__).with_name(SERVED)
        return own if own.is_file() else present

    @cached_property
    def exported(self) -> Path | None:
        """The folder of its ONNX graph; None if it has none, or its package served by torch alone."""
        serves_exports = filecmp.cmp(self.served, Path(__file__).with_name(SERVED), shallow=False)
        return exported_folder(self.folder, export_beside(self.folder), self.manifest) if serves_exports else None

    @cached_property
    def evaluation(self) -> dict[str, Any]:
        """The content of metrics.json: a report for each set of labelled statements, the test split's first."""
        path = self.reports["evaluation"] / METRICS
        reports = dict(read_json(path)) if path.is_file() else {}
        return dict(sorted(reports.items(), key=lambda item: (item[0] != "test", item[0])))

    @cached_property
    def reports_digest(self) -> str:
        """A sha256 over the names and bytes of all reports; it changes when the model was evaluated otherwise."""
        digest = hashlib.sha256()
        for name, folder in sorted(self.reports.items()):
            for path in files_in(folder):
                relative = path.relative_to(folder).as_posix()
                digest.update(f"{name}/{relative}\0".encode() + path.read_bytes() + b"\0")
        return digest.hexdigest()


def subject_of(
    folder: Path, *, evaluation: Path, comparison: Path, code: Path | None = None, revision: Revision | None = None
) -> Subject:
    """Read a model folder; its own evaluation is the sub-folder of ``evaluation`` that bears its name.

    :raises StanceError: if the folder holds no valid model.
    """
    return Subject(
        folder=folder,
        manifest=read_manifest(folder),
        reports={"evaluation": evaluation / folder.name, "comparison": comparison},
        code=code or Path(__file__).parents[1],
        revision=revision,
    )


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its sub-folders in the order of their names, without the hidden ones."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path
