"""dvc.yaml against the code: every stage declares what it reads, and nothing runs stale."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from pipeline.params import read_params

ROOT = Path(__file__).parents[2]
# Plumbing: how bytes and settings get in and out. A change here does not change what a stage computes.
PLUMBING = {
    "pipeline/__init__.py",
    "pipeline/atomic.py",
    "pipeline/compression.py",
    "pipeline/errors.py",
    "pipeline/jsonl.py",
    "pipeline/params.py",
    "pipeline/stages/__init__.py",
}
STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
COMPUTING = [name for name, stage in STAGES.items() if "outs" in stage]  # `track` has none: its store is derived


def imported_files(path: Path, seen: set[Path] | None = None) -> set[Path]:
    """Return every file of the package that a file imports, at its top or inside its functions, and so on."""
    seen = seen if seen is not None else set()
    if path in seen:
        return seen
    seen.add(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.split(".")[0] != "pipeline":
                continue
            base = ROOT / name.replace(".", "/")
            for candidate in (base.with_suffix(".py"), base / "__init__.py"):
                if candidate.is_file():
                    imported_files(candidate, seen)
    return seen


@pytest.mark.parametrize("stage", COMPUTING)
def test_a_stage_depends_on_all_code_that_it_runs(stage: str):
    declared = [dep for dep in STAGES[stage]["deps"] if dep.startswith("pipeline/")]
    needed = {str(path.relative_to(ROOT)) for path in imported_files(ROOT / "pipeline" / "stages" / f"{stage}.py")}
    missing = {
        file
        for file in needed - PLUMBING
        if not any(file == dep or file.startswith(f"{dep}/") for dep in declared)
        # A room's empty front door is no reason to run again when only one file of the room is needed.
        and not (
            file.endswith("__init__.py") and any(dep.startswith(file.removesuffix("__init__.py")) for dep in declared)
        )
    }
    assert not missing


@pytest.mark.parametrize("stage", STAGES)
def test_every_dependency_is_there_or_is_made(stage: str):
    made = {
        path
        for other in STAGES.values()
        for out in [*other.get("outs", []), *other.get("metrics", [])]
        for path in expanded(out if isinstance(out, str) else next(iter(out)))  # an out with settings is a mapping
    }
    for dep in STAGES[stage]["deps"]:
        for path in expanded(dep):
            assert (ROOT / path).exists() or any(
                path == out or path.startswith(f"{out}/") or out.startswith(f"{path}/") for out in made
            ), path


@pytest.mark.parametrize("stage", COMPUTING)
def test_a_stage_declares_the_params_that_its_command_reads(stage: str):
    """What pipeline/commands/stages.py hands to a stage's run() is what dvc.yaml must list."""
    tree = ast.parse((ROOT / "pipeline" / "commands" / "stages.py").read_text(encoding="utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == stage)
    source = ast.unparse(function)
    read = set(re.findall(r"\bparams\.(\w+)|_params\(\)\.(\w+)", source))
    keys = {first or second for first, second in read}
    declared = {param.split(".")[0] for param in STAGES[stage].get("params", [])}
    assert keys == declared


def test_params_file_is_valid_and_every_declared_key_exists():
    params = read_params(ROOT / "params.yaml").model_dump()
    for stage in STAGES.values():
        for declared in stage.get("params", []):
            for key in expanded(declared):
                value: object = params
                for part in key.split("."):
                    assert isinstance(value, dict)
                    value = value[part]


def expanded(text: str) -> list[str]:
    return [text.replace("${item.model}", model) for model in ("baseline", "transformer")] if "${" in text else [text]
