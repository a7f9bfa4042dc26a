"""The file that says which model answers by default."""

from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import StanceError
from pipeline.jsonl import read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Champion:
    """The name of the model that answers by default, why it was chosen, and the fingerprint that it had then."""

    champion: str
    reason: str
    fingerprint: str


def read_champion(path: Path) -> Champion:
    """Read the file that `compare` wrote.

    :raises StanceError: if it is missing or not what `compare` writes; says to run `make`.
    """
    if not path.is_file():
        message = f"No champion has been chosen yet ({path} is missing); run `make` to train and compare."
        raise StanceError(message)
    content = read_json(path)
    names = [field.name for field in fields(Champion)]
    if not isinstance(content, dict) or any(not isinstance(content.get(name), str) for name in names):
        message = f"{path} does not say {', '.join(names)} as `compare` writes them; run `make` to write it again."
        raise StanceError(message)
    return Champion(**{name: content[name] for name in names})
