"""What a call of ``track`` did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """The fingerprints of the models that were looked at, each in exactly one of the first three.

    ``created`` got a run; ``refreshed`` had one, whose metrics and reports were brought up to date; ``existing`` had
    one that needed nothing. ``out_of_reach`` are commits with a model that neither the working tree nor the DVC cache
    can give back (only ``track_history`` looks for them).
    """

    store: str
    experiment_id: str
    created: tuple[str, ...] = ()
    refreshed: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    out_of_reach: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return one line for a terminal."""
        parts = [
            f"{len(self.created)} created",
            f"{len(self.refreshed)} refreshed",
            f"{len(self.existing)} there already",
        ]
        if self.out_of_reach:
            parts.append(f"{len(self.out_of_reach)} commits with models that are not in the DVC cache")
        return f"MLflow runs in {self.store}: {', '.join(parts)}."
