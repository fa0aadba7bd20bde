"""Who may speak to the review server: the page it served itself, opened with its token.

Pages of other sites and other programs on this machine can reach a local port.
They do not know the token, cannot name another Host or Origin unnoticed (DNS
rebinding, cross-site requests), and get a policy under which nothing but the
server's own files runs.
"""

from __future__ import annotations

from secrets import compare_digest
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 16 * 2**10  # a decision is some hundred bytes

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware: 403 for whoever has no business here, 413 for a body too large."""

    def __init__(self, app: ASGIApp, *, host: str, token: str) -> None:
        self.app = app
        self.host = host
        self.token = token
        # A cookie is shared by all ports of a host: the name keeps two reviews apart.
        self.cookie = f"lkjip-{host.rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._entry(scope)
        if answer is None:
            await self.app(scope, _limited(receive), _with_headers(send))
        else:
            await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        if scope["type"] != "http":
            return PlainTextResponse("HTTP only", 403)
        headers = Headers(scope=scope)
        if headers.getlist("host") != [self.host]:
            return PlainTextResponse("wrong Host", 403)
        origins = headers.getlist("origin")
        needed = scope["method"] not in ("GET", "HEAD")
        if (needed or origins) and origins != [f"http://{self.host}"]:
            return PlainTextResponse("wrong Origin", 403)
        if not headers.get("content-length", "0").isdigit():
            return PlainTextResponse("bad Content-Length", 400)
        if int(headers.get("content-length", "0")) > MAX_BODY:
            return PlainTextResponse("too large", 413)
        return None

    def _entry(self, scope: Scope) -> Response | None:
        """The door: the link with the token sets a cookie; everything else needs that cookie."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["path"] == "/" and self._is_token(query.get("token", [""])[0]):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        if self._is_token(cookies.get(self.cookie, "")):
            return None
        return PlainTextResponse("Open the link that `lkjip review` printed: it has the key.", 403)

    def _is_token(self, given: str) -> bool:
        return compare_digest(given.encode(), self.token.encode())


class TooLarge(Exception):
    """The body is larger than it said."""


def _limited(receive: Receive) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            raise TooLarge
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return with_headers
