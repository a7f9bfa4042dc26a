"""The project's own parameters, as every test of this room uses them."""

from pathlib import Path

import pytest

from pipeline.params import LabelParams, read_params


@pytest.fixture(scope="session")
def config() -> LabelParams:
    return read_params(Path(__file__).parents[2] / "params.yaml").label
