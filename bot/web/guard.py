"""Refuses whatever does not come from this very machine's own chat page; it knows headers, and no chat.

The page lets anyone be anyone. So a foreign Host (DNS rebinding), a foreign Origin or another site (CSRF), and anything that
came through a proxy are refused before the request is looked at.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

_LOCAL = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.IGNORECASE)
_OWN_SITE = {"same-origin", "none"}
_FORWARDED = ("x-forwarded-", "forwarded", "x-real-ip")

# No inline script or style: whatever slipped through the escaping would still not run.
HEADERS = {
    "content-security-policy": ("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def is_own(headers: Headers) -> bool:
    """Whether a request with these headers was made by our own page, or by hand on this machine."""
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or not _LOCAL.fullmatch(hosts[0]):
        return False
    # Another port of this machine is another program: an Origin has to name the very host that was asked.
    if any(origin.lower() not in {f"http://{hosts[0].lower()}", f"https://{hosts[0].lower()}"} for origin in origins):
        return False
    if any(site not in _OWN_SITE for site in headers.getlist("sec-fetch-site")):
        return False
    return not any(name.startswith(_FORWARDED) for name in headers)


class Guard:
    """ASGI: answers 403 to strangers, and gives every response the headers that keep a browser careful."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self.app if is_own(Headers(scope=scope)) else PlainTextResponse("Refused.\n", 403)
        await app(scope, receive, careful)
