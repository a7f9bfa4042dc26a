"""Nothing happens at import, and what is light stays light."""

import subprocess
import sys

import pytest

HEAVY = {"torch", "transformers", "mlflow", "pandas", "sklearn", "datasets", "matplotlib", "dvc", "scipy"}


@pytest.mark.parametrize(
    "statement", ["import pipeline", "import pipeline.commands.app", "from pipeline import predict, extract"]
)
def test_importing_loads_nothing_heavy(statement: str):
    code = f"import sys; {statement}; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


def test_answering_a_text_loads_no_parser_of_options():
    code = "import sys, pipeline.cli, pipeline.commands.texts; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"typer", "rich", *HEAVY} & set(loaded)


def test_functions_stay_functions_after_their_rooms_are_imported():
    imports = "import pipeline.extraction, pipeline.prediction; from pipeline import extract, predict"
    code = f"{imports}; print(callable(extract), callable(predict))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
