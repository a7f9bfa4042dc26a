"""The table that analysts take away, and its schema."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.records import Kind, Prediction, Statement
from pipeline.stance import STANCES

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

TOLERANCE = 1e-3  # of a row of rounded probabilities from 1


def scored_schema() -> "pa.DataFrameSchema":
    """Return what every scored table promises; no column is left out and none is added."""
    import pandera.pandas as pa

    probability = pa.Check.in_range(0, 1)
    return pa.DataFrameSchema(
        {
            "id": pa.Column("string", unique=True),
            "article_id": pa.Column("string"),
            "start": pa.Column("int64", pa.Check.ge(0)),
            "end": pa.Column("int64", pa.Check.gt(0)),
            "kind": pa.Column("string", checks=pa.Check.isin([str(kind) for kind in Kind])),
            **{
                name: pa.Column("string", nullable=True)
                for name in ("speaker", "speaker_name", "role", "affiliation", "country", "cue")
            },
            "text": pa.Column("string", checks=pa.Check.str_length(min_value=1)),
            "stance": pa.Column("string", checks=pa.Check.isin([str(stance) for stance in STANCES])),
            "confidence": pa.Column("float64", probability),
            "abstained": pa.Column("bool"),
            **{f"p_{stance}": pa.Column("float64", probability) for stance in STANCES},
            "model": pa.Column("string"),
        },
        checks=pa.Check(
            lambda table: (table[[f"p_{stance}" for stance in STANCES]].sum(axis=1) - 1).abs() < TOLERANCE,
            error="probabilities of a row must sum to 1",
        ),
        strict=True,
        ordered=True,
    )


def scored_table(statements: Sequence[Statement], predictions: Sequence[Prediction], decimals: int) -> "pd.DataFrame":
    """Return one row a statement, checked against the schema; probabilities are rounded."""
    import pandas as pd

    schema = scored_schema()
    rows = [
        {
            **{name: getattr(statement, name) for name in ("id", "article_id", "start", "end")},
            "kind": str(statement.kind),
            **{
                name: getattr(statement, name)
                for name in ("speaker", "speaker_name", "role", "affiliation", "country", "cue", "text")
            },
            "stance": str(prediction.stance),
            "confidence": round(prediction.confidence, decimals),
            "abstained": prediction.abstained,
            **{f"p_{stance}": round(value, decimals) for stance, value in prediction.probabilities.items()},
            "model": prediction.model,
        }
        for statement, prediction in zip(statements, predictions, strict=True)
    ]
    types = {name: str(column.dtype) for name, column in schema.columns.items()}
    return schema.validate(pd.DataFrame(rows, columns=list(schema.columns)).astype(types))
