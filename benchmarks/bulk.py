"""What a long file costs: time and memory of `stance predict --input`, and a kill in the middle.

    python benchmarks/bulk.py --rows 1000000 --model baseline

The rows are the texts of a split with a number behind each, so that no two are equal, except that every tenth
repeats the one before it.
"""

import argparse
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.prediction.journal import Journal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=Path("data/splits/test.jsonl"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--model", default="champion")
    parser.add_argument("--suffix", default=".jsonl", help="of input and output, for instance .csv.zst")
    parser.add_argument("--kill-after", type=float, help="seconds; then the run is killed and resumed")
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.texts.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / f"in{options.suffix}", Path(folder) / f"out{options.suffix}"
        write_input(source, texts, options.rows)
        command = [sys.executable, "-m", "pipeline", "predict", "--model", options.model, "-i", source, "-o", target]
        known = 0
        if options.kill_after:
            known = kill(command, options.kill_after, target)
            print(f"killed after {options.kill_after} s: {known:,} rows kept")
            command.append("--resume")
        started = time.perf_counter()
        subprocess.run(command, check=True)  # noqa: S603 - our own command
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = target.stat().st_size
        with target.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        rate = (options.rows - known) / seconds
        print(
            f"{options.rows:,} rows, {options.model}, {os.cpu_count()} processors: {seconds:.0f} s, {rate:,.0f} scored "
            f"a second, peak {peak:.0f} MB, {size / 1e6:.0f} MB out, sha256 {digest[:16]}"
        )


def write_input(path: Path, texts: list[str], rows: int) -> None:
    from pipeline.tables.writing import writing_table

    with writing_table(path, ["number", "text"], None) as writer:
        for number in range(rows):
            twin = max(0, number - (not number % 10))  # every tenth row repeats the one before it
            writer.write([{"number": number, "text": f"{texts[twin % len(texts)]} {twin}"}])


def kill(command: list[str | Path], after: float, target: Path) -> int:
    with subprocess.Popen(command) as process:  # noqa: S603 - our own command
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    journal = Journal.beside(target)
    if not journal.exists():
        sys.exit("Nothing was kept yet; give --kill-after more seconds.")
    with journal.open("rb") as stream:
        run = json.loads(stream.readline())
        return (journal.stat().st_size - stream.tell()) // (8 * run["stances"])


if __name__ == "__main__":
    main()
