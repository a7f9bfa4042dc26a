"""The command as a process: what the shell sees when it is misused, stopped, or no longer listened to."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests_support import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
STANCE = (sys.executable, "-m", "pipeline")
# Commands of the command line that need no model; each prints in one of the ways that the real ones do.
PRINTING = """
import sys
from pipeline.cli import main
from pipeline.commands.app import app

@app.command()
def little():
    print("one line")

@app.command()
def much():
    for _ in range(100_000):
        sys.stdout.write("a line\\n")

@app.command()
def table():
    from rich.table import Table
    from pipeline.commands.output import print_table
    print_table(Table("a table"))

main()
"""


def run(command: Sequence[str], **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a command whose exit code is what is asked about."""
    return subprocess.run(command, check=False, env=ENVIRONMENT, text=True, **options)


def test_an_interrupt_is_one_sentence_and_leaves_the_old_output(tmp_path: Path):
    (tmp_path / "out.csv").write_text("earlier")
    command = [*STANCE, "predict", "-i", "-", "-o", "out.csv"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        process.stdin.write("a line\n" * 100_000)  # more than a pipe holds: when it is written, the command is reading
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err) == (130, "stance: stopped; earlier outputs are unchanged.\n")
    assert (tmp_path / "out.csv").read_text() == "earlier"


@pytest.mark.parametrize("command", ["little", "much", "table", "--version", "--help"])
def test_a_reader_that_goes_away_ends_it_quietly(command: str):
    reading, writing = os.pipe()
    os.close(reading)
    done = run([sys.executable, "-c", PRINTING, command], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("predict", "--nonsense"), "No such option: --nonsense"),
        (("predict", "a", "--format", "xml"), "Invalid value for '--format'"),
        (("forecast",), "No such command 'forecast'"),
        (("article",), "Missing argument 'FILE'"),
        (("run", "train"), "Missing argument"),
    ],
)
def test_a_misused_command_shows_its_usage(arguments: tuple[str, ...], complaint: str, tmp_path: Path):
    done = run([*STANCE, *arguments], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.lstrip().startswith("Usage:")
    assert complaint in done.stderr


def test_help_is_no_mistake(tmp_path: Path):
    done = run([*STANCE, "predict", "-h"], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--provenance" in done.stdout


def test_a_mistake_is_one_sentence(tmp_path: Path):
    done = run([*STANCE, "predict"], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("stance: Give texts or --input")
