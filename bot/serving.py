"""The HTTP server's side of it all: routes, the cap on bodies, and what /healthz and /readyz say; knows no platform's insides."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sending import Response as Answer

LARGEST_BODY = 256 * 1024
Handle = Callable[[Mapping[str, str], bytes], Answer]


def application(
    fronts: Mapping[str, Handle], pages: Sequence[BaseRoute], ready: Callable[[], dict[str, Any]], *, guards: Sequence[Any] = ()
) -> Starlette:
    """The whole server. fronts: what handles a POST to each path. ready: {"ok": bool, …reasons}. guards: middleware around it all."""

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def readyz(_request: Request) -> Response:
        state = await run_in_threadpool(ready)
        return JSONResponse(state, status_code=200 if state["ok"] else 503)

    doors = [Route(path, _door(handle), methods=["POST"]) for path, handle in fronts.items()]
    routes = [Route("/healthz", healthz), Route("/readyz", readyz), *doors, *pages]
    app = Starlette(routes=routes, middleware=[Middleware(guard) for guard in guards])
    app.router.redirect_slashes = False  # a redirect would repeat whatever Host was asked for
    return app


def _door(handle: Handle) -> Callable[[Request], Awaitable[Response]]:
    async def door(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        answer = await run_in_threadpool(handle, request.headers, body)
        return Response(answer.body, status_code=answer.status, media_type=answer.content_type)

    return door


async def _body(request: Request) -> bytes | None:
    """The body, None when it is larger than anything a platform sends; what is too large is not even kept."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > LARGEST_BODY:
        return None
    pieces, size = [], 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > LARGEST_BODY:
                return None
            pieces.append(piece)
    except ClientDisconnect:
        return b""
    return b"".join(pieces)


def as_line(state: Mapping[str, Any]) -> str:
    """A result as one line of JSON."""
    return json.dumps(state, ensure_ascii=False)
