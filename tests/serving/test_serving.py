"""The service on a real socket: right answers to many at once, limits, and errors that say what to do."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn

from pipeline.prediction import load_predictor
from pipeline.prediction.predictor import Predictor
from pipeline.serving.app import LARGEST_BODY, MOST_TEXTS, create_app
from pipeline.serving.batching import Batcher

pytestmark = pytest.mark.xdist_group("serving")


@pytest.fixture(scope="module")
def predictor(baseline_folder: Path) -> Predictor:
    return load_predictor(baseline_folder)


@pytest.fixture(scope="module")
def address(predictor: Predictor) -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(predictor), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield "127.0.0.1", port
    server.should_exit = True
    thread.join(timeout=30)


def asked(
    address: tuple[str, int], body: bytes, path: str = "/predict", kind: str = "application/json"
) -> tuple[int, dict]:
    request = urllib.request.Request(f"http://{address[0]}:{address[1]}{path}", data=body or None)
    request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_many_at_once_each_get_the_answers_to_their_own_texts(address, predictor: Predictor):
    questions = [[f"We deny claim {number}.", "Stay calm.", "They will pay."][: 1 + number % 3] for number in range(60)]
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda texts: asked(address, json.dumps({"texts": texts}).encode()), questions))
    for texts, (status, reply) in zip(questions, replies, strict=True):
        assert status == 200
        assert reply["model"] == predictor.fingerprint
        assert [one["text"] for one in reply["predictions"]] == texts
        for one, expected in zip(reply["predictions"], predictor(texts), strict=True):
            assert one["stance"] == expected.stance
            assert one["probabilities"] == pytest.approx(expected.probabilities)


def test_it_says_how_it_is_and_what_it_takes(address, predictor: Predictor):
    assert asked(address, b"", "/health") == (200, {"status": "ok", "model": predictor.fingerprint})
    status, described = asked(address, b"", "/openapi.json")
    assert status == 200
    assert "/predict" in described["paths"]


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"{", 422, "send {"),
        (b"{}", 422, "texts: field required"),
        (b'{"texts": []}', 422, "texts"),
        (b'{"texts": "one"}', 422, "texts"),
        (b'{"texts": ["fine", " "]}', 422, "Text 2 is empty"),
        (json.dumps({"texts": ["a"] * (MOST_TEXTS + 1)}).encode(), 422, "texts"),
        (b'{"texts": ["' + b"a" * LARGEST_BODY + b'"]}', 413, "several requests"),
    ],
)
def test_a_bad_request_is_answered_with_a_sentence(address, body: bytes, status: int, sentence: str):
    found, reply = asked(address, body)
    assert found == status
    assert sentence in reply["error"]


def test_a_body_that_is_not_announced_as_json_is_told_the_header(address):
    status, reply = asked(address, b'{"texts": ["a"]}', kind="application/x-www-form-urlencoded")
    assert status == 422
    assert "send the header Content-Type: application/json" in reply["error"]


def test_a_body_of_unknown_length_is_not_read(address):
    connection = HTTPConnection(*address, timeout=30)
    connection.request("POST", "/predict", body=iter([b'{"texts": ["a"]}']), encode_chunked=True,
                       headers={"Transfer-Encoding": "chunked", "Content-Type": "application/json"})  # fmt: skip
    assert connection.getresponse().status == 411
    connection.close()


def test_what_waits_while_the_model_is_busy_is_answered_together(predictor: Predictor):
    sizes: list[int] = []
    free = threading.Event()

    def answer(texts):
        sizes.append(len(texts))
        free.wait(10)
        return predictor.predict_many(texts)

    async def run():
        async with Batcher(answer) as batcher:
            first = asyncio.create_task(batcher.ask(["We deny it."]))
            while not sizes:
                await asyncio.sleep(0.01)
            rest = [asyncio.create_task(batcher.ask([f"Text {number}."])) for number in range(5)]
            await asyncio.sleep(0.05)
            free.set()
            return await asyncio.gather(first, *rest)

    replies = asyncio.run(run())
    assert sizes == [1, 5]
    assert [reply[0].text for reply in replies] == ["We deny it.", *(f"Text {number}." for number in range(5))]


def test_a_failing_batch_is_told_to_those_who_asked_and_the_next_is_answered(predictor: Predictor):
    def answer(texts):
        if "fail" in texts:
            raise RuntimeError("broken")
        return predictor.predict_many(texts)

    async def run():
        async with Batcher(answer) as batcher:
            with pytest.raises(RuntimeError, match="broken"):
                await batcher.ask(["fail"])
            return await batcher.ask(["We deny it."])

    assert asyncio.run(run())[0].text == "We deny it."


def test_a_taken_port_is_said_in_one_sentence(address, baseline_folder: Path):
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "serve", "--port", str(address[1]), "--model", str(baseline_folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(f"stance: 127.0.0.1:{address[1]} cannot be listened on")
    assert len(done.stderr.splitlines()) == 1
