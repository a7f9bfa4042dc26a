"""The names of the two models, as a user types them."""

from typing import TYPE_CHECKING

from pipeline.errors import StanceError

if TYPE_CHECKING:
    from pipeline.params import ModelName


def model_named(name: str) -> "ModelName":
    """Return the model of that name.

    :raises StanceError: naming those that there are.
    """
    from pipeline.params import MODEL_NAMES

    for known in MODEL_NAMES:
        if name == known:
            return known
    message = f"There is no model {name!r}; the models are {' and '.join(MODEL_NAMES)}."
    raise StanceError(message)
