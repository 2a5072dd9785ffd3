"""A WebSocket server on a line that can be cut, or go deaf: open on both sides, and nothing passes any more."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

Guard = Callable[[ServerConnection, Request], Response | None]


class _Link:
    """One TCP connection through the line."""

    def __init__(self, near: socket.socket, far: socket.socket) -> None:
        self.ends, self.deaf = (near, far), False

    def start(self) -> None:
        near, far = self.ends
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self.deaf:
                    target.sendall(data)
        if not self.deaf:
            self.cut()

    def cut(self) -> None:
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Sockets:
    """handler: talks on each connection until it returns. guard: what to answer a handshake instead of taking it."""

    def __init__(self, handler: Callable[[ServerConnection], None], guard: Guard) -> None:
        self._server = serve(handler, "127.0.0.1", 0, process_request=guard, compression=None)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._links: list[_Link] = []
        self.opened = 0  # TCP connections so far

    @property
    def url(self) -> str:
        """ws://127.0.0.1:PORT"""
        return f"ws://127.0.0.1:{self._door.getsockname()[1]}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self.cut()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._server.shutdown()

    def cut(self) -> None:
        """Every connection breaks, without a word."""
        while self._links:
            self._links.pop().cut()

    def go_deaf(self) -> None:
        """What is open now stays open, and nothing passes; new connections are well."""
        for link in list(self._links):
            link.deaf = True

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self.opened += 1
                far = socket.create_connection(self._server.socket.getsockname())
                link = _Link(near, far)
                self._links.append(link)  # before anything passes: who is connected can be cut
                link.start()
