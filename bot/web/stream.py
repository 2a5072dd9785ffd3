"""Tells an open page what is new, as server-sent events; it looks every half second, or when the bell rings."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.messages import OutOfReach
from bot.web.backend import Backend, Resident
from bot.web.view import clock, lines_json, local

LOOK, HEARTBEAT = 0.5, 15.0
TURNED = 30.0  # seconds by which business time has to leave the machine's: then somebody turned it
Run = Callable[..., Awaitable[Any]]


class Bell:
    """Wakes the open streams of this process, so that one's own line appears at once."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def ring(self) -> None:
        """Something was posted."""
        for event in self._waiting:
            event.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or so many seconds."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(event)


def server_leaves() -> bool:
    """Whether uvicorn was told to stop.

    It waits for open responses before it says so to the application, and a stream never ends by itself; its signal handler
    is a method of the server, which knows.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))


@dataclass
class Stream:
    """One open page. after: the revision that it has; gone: whether the visitor left."""

    backend: Backend
    viewer: Resident
    after: int
    run: Run
    bell: Bell
    gone: Callable[[], Awaitable[bool]]
    leaves: Callable[[], bool] = server_leaves
    _newest: int = field(default=-1, init=False)
    _told: tuple[datetime, float] | None = field(default=None, init=False)

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events until the visitor or the server leaves."""
        loop = asyncio.get_running_loop()
        yield "retry: 1500\n\n"
        spoke = loop.time()
        while not (self.leaves() or await self.gone()):
            event = await self._news()
            if not event and loop.time() - spoke >= HEARTBEAT:
                event = ": still here\n\n"
            if event:
                yield event
                spoke = loop.time()
            else:
                await self.bell.wait(LOOK)

    async def _news(self) -> str:
        """The next event, "" when there is none; a database out of reach is asked again later."""
        try:
            newest, today = await self.run(self._look)
            turned = f'event: clock\ndata: {{"today": "{today}"}}\n\n' if today else ""
            if newest == self._newest:
                return turned
            event, is_all = await self.run(self._read)
        except OutOfReach:
            return ""
        if is_all:
            self._newest = newest
        return turned + str(event)

    def _look(self) -> tuple[int, str]:
        """The newest revision, and what the clock shows when it was turned since it was last told, else ""."""
        newest, now, machine = self.backend.latest(), local(self.backend.today(), self.viewer), time.monotonic()
        told, self._told = self._told, (now, machine)
        went = (now - told[0]).total_seconds() - (machine - told[1]) if told else 0.0
        return newest, clock(now, now) if abs(went) > TURNED else ""

    def _read(self) -> tuple[str, bool]:
        """What is new, and whether that is all of it: the log gives much in pieces."""
        lines, now = self.backend.read(self.viewer.user, self.after), local(self.backend.today(), self.viewer)
        if not lines:
            return "", True
        self.after = max(self.after, *(line.revision for line in lines))
        seen = lines_json(lines, self.viewer.user, now)
        if not seen:
            return "", False
        body = json.dumps({"lines": seen, "today": clock(now, now)}, ensure_ascii=False)
        return f"event: lines\nid: {self.after}\ndata: {body}\n\n", False
