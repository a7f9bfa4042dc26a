"""``mlflow models serve`` answers over HTTP on this machine as the predictor does."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from pipeline.prediction.locate import project_predictor
from pipeline.tracking.store import store_of

pytestmark = pytest.mark.slow

LONGEST_START = 120.0  # seconds
TEXTS = ["We will strike Bresk if a single soldier crosses the river.", "A famine is coming to Jorvale."]
BODIES = [{"inputs": TEXTS}, {"dataframe_split": {"columns": ["text"], "data": [[text] for text in TEXTS]}}]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def is_up(address: str) -> bool:
    try:
        with urlopen(f"{address}/ping", timeout=5) as answer:
            return answer.status == 200
    except (URLError, TimeoutError, ConnectionError):
        return False


@contextmanager
def serving(project: Path, log: Path):
    """Run the command of the README in a process group of its own, and end the whole group."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    programs = Path(sys.executable).parent
    command = [programs / "mlflow", "models", "serve", "--model-uri", "models:/statement-stance@champion"]
    environment = os.environ | {
        "MLFLOW_TRACKING_URI": store_of(project).uri,
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),  # MLflow starts uvicorn by its name
    }
    with log.open("w") as told:
        server = subprocess.Popen(
            [*command, "--env-manager", "local", "--host", "127.0.0.1", "--port", str(port)],
            cwd=log.parent,  # not the project: nothing of it may be found by chance
            env=environment,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
    try:
        give_up = time.monotonic() + LONGEST_START
        while not is_up(address):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < give_up, log.read_text()
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def post(address: str, body: dict) -> list[dict]:
    request = Request(
        f"{address}/invocations", json.dumps(body).encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)["predictions"]


def test_the_served_champion_answers_as_the_predictor_does(exported_project, tmp_path):
    wanted = project_predictor("champion", exported_project).predict_many(TEXTS)
    with serving(exported_project, tmp_path / "server.log") as address:
        for body in BODIES:
            rows = post(address, body)
            assert [row.pop("stance") for row in rows] == [str(one.stance) for one in wanted]
            assert [row.pop("confidence") for row in rows] == pytest.approx([one.confidence for one in wanted])
            for row, one in zip(rows, wanted, strict=True):
                assert row == pytest.approx({str(stance): value for stance, value in one.probabilities.items()})
    assert not is_up(address)
