"""How many requests of one quote `stance serve` answers in a second, and how long each waits.

    python benchmarks/serving.py --model transformer --requests 2000 --clients 16

The clients run in a process of their own, on the same cores as the service: what they cost counts against it.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SECONDS_TO_START = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=Path("data/splits/test.jsonl"))
    parser.add_argument("--model", default="transformer")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=16)
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.texts.read_text(encoding="utf-8").splitlines()]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipeline", "serve", "--model", options.model, "--port", str(port)]
    with subprocess.Popen(command) as service:  # noqa: S603 - our own command
        try:
            wait(port)
            shares = [range(client, options.requests, options.clients) for client in range(options.clients)]
            with ThreadPoolExecutor(options.clients) as pool:
                list(pool.map(lambda share: ask(port, [texts[n % len(texts)] for n in share[:5]]), shares))
                started = time.perf_counter()
                waited = [
                    one
                    for client in pool.map(lambda share: ask(port, [texts[n % len(texts)] for n in share]), shares)
                    for one in client
                ]
                seconds = time.perf_counter() - started
        finally:
            service.terminate()
    middle, slow = statistics.median(waited), statistics.quantiles(waited, n=100)[98]
    print(
        f"{len(waited)} requests of one quote by {options.clients} clients at once, {os.cpu_count()} processors: "
        f"{len(waited) / seconds:.0f} a second; waited {1000 * middle:.0f} ms in the median, {1000 * slow:.0f} ms at "
        "the 99th percentile"
    )


def wait(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The service did not start.")


def ask(port: int, texts: list[str]) -> list[float]:
    """Ask for one text after the other on one connection; return the seconds that each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    waited = []
    for text in texts:
        started = time.perf_counter()
        connection.request("POST", "/predict", json.dumps({"texts": [text]}), {"Content-Type": "application/json"})
        reply = connection.getresponse()
        reply.read()
        if reply.status != http.HTTPStatus.OK:
            sys.exit(f"The service answered {reply.status}.")
        waited.append(time.perf_counter() - started)
    return waited


if __name__ == "__main__":
    main()
