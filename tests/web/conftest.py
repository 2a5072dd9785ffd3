"""A town, and the chat page on it: in memory, or over a real socket."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.web import view
from bot.web.listen import routes
from bot.web.render import render
from tests.web.samples import sample_words
from tests.web.town import Town

BASE = "http://127.0.0.1:3000"


@pytest.fixture(autouse=True)
def _sample_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "render", lambda reply, locale, _kept, *, key: render(reply, locale, sample_words(locale), key=key))


@pytest.fixture
def town() -> Town:
    return Town()


class Client:
    """Requests to the page in memory, as a browser on this machine makes them."""

    def __init__(self, town: Town) -> None:
        self.app = Starlette(routes=routes(town.backend()))

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=BASE) as client:
                return await client.request(method, path, **more)

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return self.request("POST", path, json=body, **more)


@pytest.fixture
def client(town: Town) -> Client:
    return Client(town)


@dataclass
class Serving:
    """A running server: where it is, and how it is told to stop."""

    url: str
    server: uvicorn.Server
    thread: threading.Thread


@pytest.fixture
def serve() -> Callable[[Town], AbstractContextManager[Serving]]:
    return serving


@contextmanager
def serving(town: Town) -> Iterator[Serving]:
    """The page on a free port of this machine; uvicorn in a thread takes no signals, so its leaving is told by hand."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    leaving: list[uvicorn.Server] = []
    app = Starlette(routes=routes(town.backend(), leaves=lambda: bool(leaving and leaving[0].should_exit)))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    leaving.append(server)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Serving(f"http://127.0.0.1:{listening.getsockname()[1]}", server, thread)
    finally:
        server.should_exit = True
        thread.join(5)
