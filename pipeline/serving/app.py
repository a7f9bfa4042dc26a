"""The HTTP interface: ``POST /predict``, ``GET /health`` and ``GET /openapi.json``."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import StanceError
from pipeline.prediction.predictor import Predictor, checked_texts
from pipeline.serving.batching import Batcher

LARGEST_BODY = 1_000_000  # bytes
MOST_PASSED_OVER = 64_000_000  # bytes of a body that is too large, before the connection is closed
MOST_TEXTS = 1_000  # in one request
TOO_LARGE, NO_LENGTH, NOT_VALID = 413, 411, 422


class Question(BaseModel):
    """What is asked."""

    model_config = ConfigDict(extra="forbid")
    texts: Annotated[list[str], Field(min_length=1, max_length=MOST_TEXTS, description="Statements to label.")]


class Answer(BaseModel):
    """What is answered of one text."""

    text: str
    stance: str
    probabilities: dict[str, float]
    abstained: bool


class Answers(BaseModel):
    """What is answered: one a text, in the same order, and the fingerprint of the model."""

    predictions: list[Answer]
    model: str | None


class Health(BaseModel):
    """That the service runs, and which model answers."""

    status: str
    model: str | None


def create_app(predictor: Predictor) -> FastAPI:
    """Return the service of one model, which is open already."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with Batcher(predictor.predict_many) as batcher:
            app.state.batcher = batcher
            yield

    # No pages of documentation: they would be drawn by scripts from the network.
    app = FastAPI(title="statement-stance", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.middleware("http")(_limit_body)
    app.exception_handler(StanceError)(_not_valid)
    app.exception_handler(RequestValidationError)(_not_understood)

    @app.post("/predict")
    async def predict(question: Question) -> Answers:
        """Say what an official does by saying each of some texts."""
        found = await app.state.batcher.ask(checked_texts(question.texts))
        return Answers(predictions=[Answer.model_validate(one.as_dict()) for one in found], model=predictor.fingerprint)

    @app.get("/health")
    async def health() -> Health:
        """Say that the service runs."""
        return Health(status="ok", model=predictor.fingerprint)

    return app


async def _limit_body(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    length = request.headers.get("content-length")
    if request.method == "POST" and (length is None or not length.isdigit()):
        return _error(NO_LENGTH, "Send the length of the body (Content-Length); it is not read in chunks.")
    if length is not None and int(length) > LARGEST_BODY:
        if int(length) <= MOST_PASSED_OVER:  # many clients read no answer before they have sent everything
            async for _ in request.stream():
                pass
        return _error(TOO_LARGE, f"The body has more than {LARGEST_BODY} bytes; send the texts in several requests.")
    return await call_next(request)


async def _not_valid(_: Request, error: Exception) -> Response:
    return _error(NOT_VALID, str(error))


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - it is registered for nothing else
    if not request.headers.get("content-type", "").startswith("application/json"):
        return _error(NOT_VALID, "The body is not announced as JSON; send the header Content-Type: application/json.")
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:]) or "the body"
    return _error(NOT_VALID, f'{where}: {first["msg"].lower()}; send {{"texts": ["...", ...]}} as application/json.')


def _error(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status_code=status)
