"""The review page's server: this machine only, for whoever has the link."""

from __future__ import annotations

import socket
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lkjip.errors import UsageError
from lkjip.review.desk import Desk
from lkjip.review.guard import Guard, TooLarge
from lkjip.review.picture import NoPicture, Pictures
from lkjip.review.routes import ROUTES, static_files

HOST = "127.0.0.1"


def application(desk: Desk, pictures: Pictures, token: str, lang: str, host: str) -> Starlette:
    """The page and its data for `host` (name and port), to whoever has the token."""
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Guard, host=host, token=token)],
        exception_handlers={UsageError: _said(422), NoPicture: _said(404), TooLarge: _said(413)},
    )
    app.state.desk, app.state.pictures, app.state.lang = desk, pictures, lang
    app.state.files = static_files()
    return app


def serve(app: Callable[[str], Starlette], port: int, ready: Callable[[str], None]) -> None:
    """Serve `app(host)` on this machine until interrupted; port 0 takes a free one.

    `ready` is called with the host once the port is taken. Raises UsageError
    where another program has the port.
    """
    import uvicorn

    # asyncio sends without delay only where the protocol is named: 40 ms an answer otherwise.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise UsageError(f"port {port} is taken; leave --port out for a free one") from error
        listener.listen()
        host = f"{HOST}:{listener.getsockname()[1]}"
        settings = uvicorn.Config(
            app(host), log_level="warning", access_log=False, server_header=False
        )
        ready(host)
        uvicorn.Server(settings).run(sockets=[listener])


def _said(status: int) -> Callable[[Request, Exception], Response]:
    def said(_: Request, error: Exception) -> Response:
        return JSONResponse({"error": str(error) or type(error).__name__}, status)

    return said
