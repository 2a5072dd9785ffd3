"""Keeps one connection to a platform open for as long as we live: opens, watches, renews, and tells how it is."""

import logging
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from bot.wire import Patience, Wire

HANDS = 8
log = logging.getLogger("tenday.connection")


class Refused(Exception):
    """The platform does not take us; the message is its word for it, never an address. seconds: how long to stay away at least."""

    def __init__(self, word: str, seconds: float = 0.0) -> None:
        super().__init__(word)
        self.seconds = seconds


class Kept:
    """A connection and a few hands for what comes over it. open: one attempt; raises Refused, or whatever the network raises.

    chance: a number from 0 to 1, so that many processes do not come back in the same moment.
    """

    def __init__(
        self,
        name: str,
        open: Callable[[], Wire],
        *,
        patience: Patience,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._name, self._open, self._patience, self._clock, self._chance = name, open, patience, clock, chance
        self._stopping = threading.Event()
        self._wire: Wire | None = None
        self._former: Wire | None = None
        self._failures, self._stay, self._why = 0, 0.0, "connecting"
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix=f"tenday-{name}")
        self._busy: set[Future[None]] = set()
        self._thread = threading.Thread(target=self._live, name=f"tenday-{name}-connection", daemon=True)
        self._began = clock()

    def start(self) -> None:
        """Begins to connect, and goes on trying."""
        self._began = self._clock()
        self._thread.start()

    def stop(self) -> None:
        """Takes nothing more, finishes what is under way, and closes."""
        self._stopping.set()
        wire = self._wire
        if wire is not None:
            self._leave(wire)
        self._hands.shutdown(wait=False)
        if self._thread.is_alive():
            self._thread.join(timeout=self._patience.closing)

    def hand(self, work: Callable[..., None], *given: Any) -> None:
        """Does something away from the thread that listens. When we are leaving it is not done: the platform gives it to another."""
        if self._stopping.is_set():
            return
        doing = self._hands.submit(self._done, work, given)
        self._busy.add(doing)
        doing.add_done_callback(self._busy.discard)

    def send(self, said: str | bytes, over: Wire) -> bool:
        """Answers over the connection that was asked, or over the newest when that one is gone."""
        newest = self._wire
        return over.send(said) or (newest is not None and newest is not over and newest.send(said))

    def trouble(self) -> str:
        """ "" while it is connected, and for a moment after the start; else why not."""
        if self._connected() or (self._why == "connecting" and self._clock() - self._began < self._patience.opening):
            return ""
        return self._reason()

    def told(self) -> str:
        """How it is, in words."""
        quiet = [wire.quiet_for() for wire in (self._wire, self._former) if wire is not None and self._well(wire)]
        return f"connected, last heard {min(quiet):.0f} s ago" if quiet else self._reason()

    def _reason(self) -> str:
        """Why it is not connected; what has gone deaf is not noticed in the same moment by everybody."""
        wire = self._wire
        return "deaf" if wire is not None and wire.greeted and not wire.lost else self._why

    def _connected(self) -> bool:
        """The predecessor counts while it is still listened to: a planned break is none."""
        return any(wire is not None and self._well(wire) for wire in (self._wire, self._former))

    def _well(self, wire: Wire) -> bool:
        return wire.greeted and not wire.lost and wire.quiet_for() <= self._patience.deaf

    def _done(self, work: Callable[..., None], given: tuple[Any, ...]) -> None:
        try:
            work(*given)
        except Exception as error:
            log.error("%s: a delivery failed: %s", self._name, type(error).__name__)

    def _live(self) -> None:
        while not self._stopping.is_set():
            wire = self._tried()
            failed = wire is None or not self._used(wire)
            self._failures = self._failures + 1 if failed else 0
            self._stopping.wait(self._pause())

    def _tried(self) -> Wire | None:
        try:
            return self._open()
        except Refused as refused:
            self._say(f"refused: {refused}", refused.seconds)
        except Exception as error:
            self._say(f"unreachable ({type(error).__name__})")
        return None

    def _used(self, wire: Wire) -> bool:
        """Puts it in its predecessor's place until it is lost or to be replaced; whether it lasted."""
        old = self._former = self._wire
        self._wire = wire
        wire.start()
        if old is not None and not old.lost:  # the old one is still listened to: what it brings is answered, then it is left
            threading.Thread(target=old.finish, name="tenday-connection", daemon=True).start()
        while not self._stopping.is_set() and not wire.due.wait(min(self._patience.ping, self._patience.opening) / 2):
            wire.judge()
        if self._stopping.is_set():
            self._leave(wire)
            return True
        self._say(wire.why, wire.stay, planned=wire.planned)
        return wire.lasted() >= self._patience.settled

    def _leave(self, wire: Wire) -> None:
        wait(list(self._busy), timeout=self._patience.closing)
        wire.replace("leaving")
        wire.close()

    def _say(self, why: str, stay: float = 0.0, *, planned: bool = False) -> None:
        if why != self._why or not self._failures:
            log.log(logging.INFO if planned else logging.WARNING, "%s: the connection is renewed: %s", self._name, why)
        self._why, self._stay = why, stay

    def _pause(self) -> float:
        """Seconds until the next try: none after a connection that lasted, unless the platform asks for some."""
        if not self._failures:
            return self._stay
        grown = min(self._patience.longest, self._patience.pause * 2.0 ** min(self._failures - 1, 20))
        return max(self._stay, grown * (0.5 + self._chance() / 2))
