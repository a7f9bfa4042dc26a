"""The two numbers of params.yaml that answering needs, read without the machinery that checks all of it.

Building the typed sections of params.yaml costs tenths of a second, which one quote from a cold shell feels. Whatever
looks unusual is left to that machinery, which names what is wrong.
"""

from pathlib import Path
from typing import NamedTuple

import yaml

from pipeline.jsonl import opened


class PredictionSettings(NamedTuple):
    """``predict.abstain_below`` (a probability) and ``threads`` (a count)."""

    abstain_below: float
    threads: int


def read_prediction_settings(path: Path) -> PredictionSettings:
    """Return the settings of predictions.

    :raises StanceError: if params.yaml is missing, or these settings are not valid.
    """
    with opened(path, "run the command in the project's folder") as stream:
        content = stream.read()
    try:
        parsed = yaml.load(content.decode("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        abstain_below, threads = parsed["predict"]["abstain_below"], parsed["threads"]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError):
        return _checked(path)
    if type(abstain_below) is float and 0 <= abstain_below <= 1 and type(threads) is int and threads > 0:
        return PredictionSettings(abstain_below, threads)
    return _checked(path)


def _checked(path: Path) -> PredictionSettings:
    from pipeline.params import read_params

    params = read_params(path)
    return PredictionSettings(params.predict.abstain_below, params.threads)
