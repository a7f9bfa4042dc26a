"""``stance serve``: answer over HTTP."""

from typing import Annotated

import typer

from pipeline.commands.options import EngineOption, ModelOption
from pipeline.engines.choosing import Engine
from pipeline.errors import StanceError


def serve(
    *,
    host: Annotated[
        str, typer.Option(help="Who may ask: 127.0.0.1 this machine only, 0.0.0.0 everyone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    model: ModelOption = "champion",
    engine: EngineOption = Engine.AUTO,
) -> None:
    """Answer POST /predict with {"texts": [...]}; GET /health and /openapi.json."""
    from pipeline.prediction.locate import project_predictor

    _refuse_taken(host, port)  # before the model is opened, which may take seconds
    predictor = project_predictor(model, engine=engine)
    import uvicorn

    from pipeline.serving.app import create_app

    typer.echo(f"http://{host}:{port}/predict answers; Ctrl+C stops it.", err=True)
    uvicorn.run(create_app(predictor), host=host, port=port, log_level="warning", access_log=False)


def _refuse_taken(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on.

    :raises StanceError: naming it.
    """
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{host}:{port} cannot be listened on ({reason}); name another with --host or --port."
        raise StanceError(message) from error
