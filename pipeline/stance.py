"""The five stances of the codebook (docs/CODEBOOK.md)."""

from enum import StrEnum


class Stance(StrEnum):
    """What a speaker does by saying something, in the codebook's order of deciding.

    The order matters: where two acts weigh the same, the codebook lets the earlier one win.
    It is also the column order of every probability matrix in the project.
    """

    THREAT = "threat"
    DENIAL = "denial"
    DE_ESCALATION = "de-escalation"
    WARNING = "warning"
    OTHER = "other"


STANCES: tuple[Stance, ...] = tuple(Stance)
