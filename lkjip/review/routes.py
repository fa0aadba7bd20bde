"""What the review server answers: the page's own files, issues, pictures, decisions."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lkjip import __version__
from lkjip.errors import UsageError
from lkjip.review.corrections import Action
from lkjip.review.desk import Desk, fresh
from lkjip.review.detail import choice, detail, equations, summary
from lkjip.review.typed import read_typed

# The only files that are ever served; a name from outside is looked up here, never opened.
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def static_files() -> dict[str, tuple[str, bytes]]:
    """The page's own files by name: type and bytes."""
    own = {}
    for item in (files("lkjip.review") / "static").iterdir():
        kind = TYPES.get(item.name.rpartition(".")[2])
        if kind is not None:
            own[item.name] = (kind, item.read_bytes())
    return own


async def static(request: Request) -> Response:
    name = request.path_params.get("name", "index.html")
    if name not in request.app.state.files:
        raise HTTPException(404)
    kind, body = request.app.state.files[name]
    return Response(body, media_type=kind)


async def start(request: Request) -> Response:
    desk = request.app.state.desk = fresh(_desk(request))
    session = {"lang": request.app.state.lang, "reviewer": desk.reviewer, "version": __version__}
    issues = [summary(desk, issue) for issue in desk.issues.values()]
    return JSONResponse(session | {"issues": issues, "states": desk.states()})


async def show(request: Request) -> Response:
    return JSONResponse(detail(_desk(request), _issue(request)))


async def attempt(request: Request) -> Response:
    """What a typed value would do, before it is set."""
    issue = _issue(request)
    new = read_typed(request.query_params.get("value", ""), issue["column"] or "")
    return JSONResponse({"value": new, "checks": equations(_desk(request), issue, new)})


async def picture(request: Request) -> Response:
    """A page of a document of the output, by its number there: no path comes from outside."""
    documents = _desk(request).output.documents
    number, page = request.path_params["document"], request.path_params["page"]
    if number >= len(documents):
        raise HTTPException(404)
    file, doc_id = documents[number]["file"], documents[number]["doc_id"]
    drawn = await run_in_threadpool(request.app.state.pictures.page, file, doc_id, page)
    size = {"Page-Width": f"{drawn.width:g}", "Page-Height": f"{drawn.height:g}"}
    kept = {"Cache-Control": "private, max-age=3600"}
    return Response(drawn.png, media_type="image/png", headers=size | kept)


async def decide(request: Request) -> Response:
    desk, issue, wish = _desk(request), _issue(request), await _body(request)
    action = _action(wish)
    desk.decide(issue["issue_id"], action, _value(issue, wish) if action == "set" else None)
    return JSONResponse({"states": desk.states()})


async def undo(request: Request) -> Response:
    desk, wanted = _desk(request), (await _body(request)).get("issue")
    taken = desk.undo_of(wanted) if isinstance(wanted, str) else desk.undo()
    return JSONResponse({"states": desk.states(), "issue": taken.issue})


ROUTES = [
    Route("/", static),
    Route("/static/{name}", static),
    Route("/api/start", start),
    Route("/api/issues/{issue}", show),
    Route("/api/issues/{issue}/try", attempt),
    Route("/api/issues/{issue}/decision", decide, methods=["POST"]),
    Route("/api/undo", undo, methods=["POST"]),
    Route("/api/pages/{document:int}/{page:int}.png", picture),
]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _issue(request: Request) -> dict[str, Any]:
    try:
        return _desk(request).issue(request.path_params["issue"])
    except KeyError:
        raise HTTPException(404) from None


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that a request brings; raises UsageError for anything else."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise UsageError("send application/json")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise UsageError("not JSON") from error
    if not isinstance(body, dict):
        raise UsageError("send a JSON object")
    return body


def _action(wish: dict[str, Any]) -> Action:
    allowed = [a for a in (Action.SET, Action.ACCEPT, Action.NOT_A_ROW) if a == wish.get("action")]
    if not allowed:
        raise UsageError("no such action")
    return allowed[0]


def _value(issue: dict[str, Any], wish: dict[str, Any]) -> str:
    """The value to set: what was typed, or the candidate of that number."""
    match wish:
        case {"typed": str(text)}:
            return read_typed(text, issue["column"] or "")
        case {"candidate": int(number)} if (value := choice(issue, number)) is not None:
            return value
    raise UsageError("name a value: typed, or the number of a candidate")
