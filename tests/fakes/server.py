"""A small threaded HTTP server whose answers can be late, refused or lost."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request: path without its query, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Told:
    """One answer."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one call. told: answered instead, and the call has no effect.

    lose: the effect happens, and the connection is closed without an answer. delay: seconds before answering.
    """

    told: Told | None = None
    lose: bool = False
    delay: float = 0.0


class Server:
    """`with Server(answer, name) as server:` — server.url is http://127.0.0.1:PORT. name: a call's name for `troubles`."""

    def __init__(self, answer: Callable[[Asked], Told], name: Callable[[Asked], str]) -> None:
        self._answer, self._name = answer, name
        self._lock = threading.Lock()
        self._troubles: dict[str, list[Trouble]] = defaultdict(list)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # its two writes would wait for each other on a kept connection

            def log_message(self, format: str, *args: Any) -> None:
                return

            def _any(self) -> None:
                outer._serve(self)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _any

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def trouble(self, name: str, trouble: Trouble, times: int = 1) -> None:
        """The next calls of this name go wrong in this way; "*" is any call."""
        self._troubles[name] += [trouble] * times

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        asked = Asked(handler.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
        with self._lock:
            waiting = self._troubles[self._name(asked)] or self._troubles["*"]
            trouble = waiting.pop(0) if waiting else Trouble()
            told = trouble.told or self._answer(asked)
        time.sleep(trouble.delay)
        if trouble.lose:
            handler.close_connection = True
            return
        handler.send_response(told.status)
        for name, value in {
            "content-type": "application/json; charset=utf-8",
            **told.headers,
            "content-length": str(len(told.body)),
        }.items():
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(OSError):  # the caller did not wait
            handler.wfile.write(told.body)
