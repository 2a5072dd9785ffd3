"""A strict Slack that also speaks Socket Mode: single-use addresses, envelopes, acknowledgements."""

import itertools
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection

from tests.fakes.server import Asked, Told
from tests.fakes.slack import FakeSlack, _json
from tests.fakes.slack_deliveries import Delivery
from tests.fakes.sockets import Sockets

SOON = 30.0


class NotAcknowledged(AssertionError):
    """Nobody acknowledged an envelope."""


class FakeSlackSocket(FakeSlack):
    """`push(slack.command("/okr mine"))` goes to one of the open connections in turn, and gives what it was acknowledged with.

    connections: those that are open, oldest first. problems: what Slack would not have understood; checked when it is left.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.app_token = "xapp-1-fake-app-token"
        self.greets = True
        self.connections: list[ServerConnection] = []
        self.problems: list[str] = []
        self.acknowledged_over: list[ServerConnection] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[bool, threading.Event, list[Any]]] = {}
        self._turn = itertools.count()
        self._change = threading.Condition()
        self._sockets = Sockets(self._talk, self._guard)
        self.cut, self.go_deaf = self._sockets.cut, self._sockets.go_deaf

    def __enter__(self) -> Self:
        self._sockets.start()
        return super().__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._sockets.stop()
        super().__exit__(kind, error, trace)
        if kind is None:
            assert not self.problems, self.problems

    @property
    def opened(self) -> int:
        """Connections so far."""
        return self._sockets.opened

    def connected(self, number: int = 1, *, beyond: tuple[ServerConnection, ...] = ()) -> list[ServerConnection]:
        """Waits for so many connections that are none of these."""

        def there() -> list[ServerConnection]:
            return [c for c in self.connections if c not in beyond]

        with self._change:
            assert self._change.wait_for(lambda: len(there()) >= number, SOON), f"{len(there())} connections"
            return there()

    def leave(self, reason: str) -> None:
        """Tells every connection that it is going to be closed."""
        for connection in list(self.connections):
            connection.send(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}))

    def push(self, delivery: Delivery, *, over: ServerConnection | None = None, wait: float = SOON, attempt: int = 0) -> Any:
        """The payload of the acknowledgement, None for a bare one; raises NotAcknowledged."""
        return self.ack(self.send(delivery, over=over, attempt=attempt), wait=wait)

    def send(self, delivery: Delivery, *, over: ServerConnection | None = None, attempt: int = 0) -> str:
        """Sends it in an envelope of its own, and gives the envelope's id."""
        chosen = over or (there := self.connected())[next(self._turn) % len(there)]
        envelope = enveloped(delivery, attempt) | {"envelope_id": f"env-{next(self._count)}"}
        self._waiting[envelope["envelope_id"]] = (envelope["accepts_response_payload"], threading.Event(), [])
        with suppress(ConnectionClosed):  # then it is as if it had been lost on its way
            chosen.send(json.dumps(envelope))
        return str(envelope["envelope_id"])

    def ack(self, envelope: str, *, wait: float = SOON) -> Any:
        """What this envelope is acknowledged with."""
        _, done, payload = self._waiting[envelope]
        if not done.wait(wait):
            raise NotAcknowledged(envelope)
        return payload[0]

    def acked(self, envelope: str) -> bool:
        """Whether it was acknowledged."""
        return self._waiting[envelope][1].is_set()

    def _answer(self, asked: Asked) -> Told:
        if not asked.path.endswith("/apps.connections.open"):
            return super()._answer(asked)
        self.calls.append(("apps.connections.open", {}))
        if asked.headers.get("authorization") != f"Bearer {self.app_token}":
            return _json({"ok": False, "error": "invalid_auth"})
        ticket = f"ticket-{next(self._count)}"
        self._tickets.add(ticket)
        return _json({"ok": True, "url": f"{self._sockets.url}/link/?ticket={ticket}&app_id=A1"})

    def _guard(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = dict(parse_qsl(urlsplit(request.path).query)).get("ticket", "")
        if ticket not in self._tickets:
            return connection.respond(403, "no such ticket\n")
        self._tickets.discard(ticket)
        return None

    def _talk(self, connection: ServerConnection) -> None:
        if self.greets:
            hello = {"type": "hello", "num_connections": len(self.connections) + 1, "connection_info": {"app_id": "A1"}}
            connection.send(json.dumps(hello | {"debug_info": {"host": "applink-1", "approximate_connection_time": 3600}}))
        with self._change:
            self.connections.append(connection)
            self._change.notify_all()
        try:
            with suppress(ConnectionClosed):
                for said in connection:
                    self._acknowledged(connection, json.loads(said))
        finally:
            with self._change:
                self.connections.remove(connection)
                self._change.notify_all()

    def _acknowledged(self, connection: ServerConnection, said: dict[str, Any]) -> None:
        waiting = self._waiting.get(said.get("envelope_id", ""))
        if waiting is None or set(said) - {"envelope_id", "payload"}:
            self.problems.append(f"no acknowledgement: {said}")
            return
        accepts, done, payload = waiting
        if done.is_set():
            self.problems.append(f"acknowledged twice: {said}")
        if "payload" in said and not accepts:
            self.problems.append(f"a payload that is not accepted: {said}")
        self.acknowledged_over.append(connection)
        payload.append(said.get("payload"))
        done.set()


def enveloped(delivery: Delivery, attempt: int = 0) -> dict[str, Any]:
    """What came over HTTP as it comes over a socket."""
    body = delivery[1].decode()
    if body.startswith("{"):
        more = {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        return {"type": "events_api", "payload": json.loads(body), "accepts_response_payload": False} | more
    form = dict(parse_qsl(body, keep_blank_values=True))
    interactive = "payload" in form and "command" not in form
    payload: Callable[[], Any] = lambda: json.loads(form["payload"]) if interactive else form  # noqa: E731
    return {"type": "interactive" if interactive else "slash_commands", "payload": payload(), "accepts_response_payload": True}
