"""One open WebSocket to a platform: listened to, pinged, and cut when it goes deaf; it knows no platform's words."""

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

LARGEST = 4 * 1024 * 1024  # what is larger would close the connection, and come again for ever
log = logging.getLogger("tenday.connection")
_quiet = logging.getLogger("tenday.connection.library")  # addresses hold tickets, and messages are people's: never log them
_quiet.setLevel(logging.CRITICAL + 1)
_quiet.propagate = False
_quiet.addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Patience:
    """How long a connection waits, in seconds.

    opening: for the platform to take us, and to greet. ping: between two pings; pong: for the answer to one.
    pause: before the second try, doubled with each failure up to `longest`. settled: what lasted so long has not failed.
    closing: for what is under way on a connection that is being replaced or left.
    """

    opening: float = 10.0
    ping: float = 10.0
    pong: float = 10.0
    pause: float = 1.0
    longest: float = 60.0
    settled: float = 30.0
    closing: float = 5.0

    @property
    def deaf(self) -> float:
        """After so many seconds without a sign of life a connection is taken for dead."""
        return self.ping + 2 * self.pong


def dial(address: str, patience: Patience) -> ClientConnection:
    """An open WebSocket. We ping by ourselves: the library's own pings do not tell when the last answer came."""
    return connect(
        address,
        open_timeout=patience.opening,
        close_timeout=min(1.0, patience.closing),
        ping_interval=None,
        max_size=LARGEST,
        compression=None,
        logger=_quiet,
    )


class Wire:
    """A WebSocket in use. take: is given each message, in the thread that listens, and must be quick. beat: called before each ping.

    `due` is set when it is lost or is to be replaced; `why` says which, in a word.
    """

    def __init__(
        self,
        opened: ClientConnection,
        take: "Callable[[Wire, str | bytes], None]",
        *,
        patience: Patience,
        clock: Callable[[], float],
        beat: "Callable[[Wire], None] | None" = None,
    ) -> None:
        self._socket, self._take, self._beat = opened, take, beat
        self._patience, self._clock = patience, clock
        self._opened = self._heard = clock()
        self._gone = threading.Event()
        self.due = threading.Event()
        self.greeted = False
        self.why, self.stay, self.planned = "", 0.0, False

    @property
    def lost(self) -> bool:
        """Whether nothing can be heard or said here any more."""
        return self._gone.is_set()

    def start(self) -> None:
        """Begins to listen and to ping."""
        for work in (self._listen, self._ping):
            threading.Thread(target=work, name="tenday-connection", daemon=True).start()

    def send(self, said: str | bytes) -> bool:
        """Says something; whether it left."""
        try:
            self._socket.send(said)
        except (ConnectionClosed, OSError):
            return False
        return True

    def quiet_for(self) -> float:
        """Seconds since the last sign of life."""
        return self._clock() - self._heard

    def lasted(self) -> float:
        """Seconds since it was opened."""
        return self._clock() - self._opened

    def judge(self) -> None:
        """Cuts it when it has gone deaf, or has never greeted."""
        if self.quiet_for() > self._patience.deaf:
            self.cut("deaf")
        elif not self.greeted and self.lasted() > self._patience.opening:
            self.cut("not greeted")

    def replace(self, why: str, stay: float = 0.0, *, planned: bool = False) -> None:
        """Asks for another in its place, after so many seconds; until then it is still listened to. The first reason counts."""
        if not self.due.is_set():
            self.why, self.stay, self.planned = why, stay, planned
        self.due.set()

    def cut(self, why: str) -> None:
        """Ends it without a word to the other side, which may not be there."""
        self.replace(why)
        with suppress(OSError):  # not through the library: who sends into a full buffer holds its lock
            self._socket.socket.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        """Leaves time to what is under way, then closes it."""
        self._gone.wait(self._patience.closing)
        self.close()

    def close(self) -> None:
        """Closes it politely; a platform that does not answer is not waited for."""
        with suppress(Exception):
            self._socket.close()

    def _listen(self) -> None:
        try:
            for said in self._socket:
                self._heard = self._clock()
                self._given(said)
        except (ConnectionClosed, OSError):
            pass
        finally:
            self._gone.set()
            self.replace("closed")

    def _given(self, said: str | bytes) -> None:
        try:
            self._take(self, said)
        except Exception as error:  # one message that we cannot read is no reason to be deaf for the others
            log.warning("a message could not be read: %s", type(error).__name__)

    def _ping(self) -> None:
        try:
            while not self.lost:
                if self._beat is not None:
                    self._beat(self)
                if self._socket.ping().wait(self._patience.pong) and not self.lost:
                    self._heard = self._clock()
                self._gone.wait(self._patience.ping)
        except (ConnectionClosed, OSError):
            return
