"""A strict Feishu that also speaks the long connection: an endpoint, frames in pieces, pings, answers."""

import base64
import itertools
import json
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection

from bot.feishu.guard import decrypt
from tests.fakes.feishu import Delivery, FakeFeishu, _json
from tests.fakes.server import Asked, Told
from tests.fakes.sockets import Sockets

SOON = 30.0
SERVICE = 33554678


class NotAnswered(AssertionError):
    """Nobody answered a delivery."""


class FakeFeishuSocket(FakeFeishu):
    """`push(feishu.direct("我的"))` goes to one of the open connections, and gives (code, answer as bytes).

    connections: those that are open. mute: Feishu's own pings are not answered. config: what the endpoint and pongs say of the client.
    refuse: the endpoint's code. problems: what Feishu would not have understood; checked when it is left.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.connections: list[ServerConnection] = []
        self.problems: list[str] = []
        self.config: dict[str, int] | None = None
        self.refuse, self.mute = 0, False
        self.handshake: dict[str, str] = {}
        self.pings = 0
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[threading.Event, list[Any]]] = {}
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

    def push(self, delivery: Delivery, *, pieces: int = 1, wait: float = SOON, over: ServerConnection | None = None) -> tuple[int, bytes]:
        """(code, answer); the answer is b"" when there is none. Raises NotAnswered."""
        return self.ack(self.send(delivery, pieces=pieces, over=over), wait=wait)

    def send(self, delivery: Delivery, *, pieces: int = 1, order: str = "", over: ServerConnection | None = None) -> str:
        """Sends it in so many pieces (order "last first": turned round), and gives its id."""
        chosen = over or (there := self.connected())[next(self._turn) % len(there)]
        body = json.dumps(self.opened_up(delivery)).encode()
        name, size = f"frame-{next(self._count)}", -(-len(body) // pieces)
        self._waiting[name] = (threading.Event(), [])
        places = range(pieces) if not order else reversed(range(pieces))
        with suppress(ConnectionClosed):
            for place in places:
                chosen.send(self._frame(name, body[place * size : (place + 1) * size], total=pieces, place=place))
        return name

    def ack(self, name: str, *, wait: float = SOON) -> tuple[int, bytes]:
        """What this delivery is answered with."""
        done, said = self._waiting[name]
        if not done.wait(wait):
            raise NotAnswered(name)
        return int(said[0]["code"]), base64.b64decode(said[0].get("data", ""))

    def acked(self, name: str) -> bool:
        """Whether it was answered."""
        return self._waiting[name][0].is_set()

    def opened_up(self, delivery: Delivery) -> Any:
        """What came by webhook, as it comes over a connection: not encrypted."""
        return json.loads(decrypt(json.loads(delivery[1])["encrypt"], self.encrypt_key))

    def _frame(self, name: str, piece: bytes, *, total: int, place: int, kind: str = "event") -> bytes:
        from lark_oapi.ws.pb.pbbp2_pb2 import Frame

        frame: Any = Frame(SeqID=place + 1, LogID=7, service=SERVICE, method=1, payload=piece, payload_type="json")
        for key, value in {"type": kind, "message_id": name, "sum": total, "seq": place, "trace_id": f"trace-{name}"}.items():
            frame.headers.add(key=key, value=str(value))
        said: bytes = frame.SerializeToString()
        return said

    def _answer(self, asked: Asked) -> Told:
        if asked.path != "/callback/ws/endpoint":
            return super()._answer(asked)
        said = json.loads(asked.body)
        self.calls.append(("endpoint", {}))
        if (said.get("AppID"), said.get("AppSecret")) != (self.app_id, self.app_secret):
            return _json({"code": 1000040344, "msg": "no credential"})
        if self.refuse:
            return _json({"code": self.refuse, "msg": "refused"})
        ticket = f"ticket{next(self._count)}"
        self._tickets.add(ticket)
        url = f"{self._sockets.url}/ws/v2?fpid=493&aid=552564&device_id=7{ticket}&access_key={ticket}&service_id={SERVICE}&ticket={ticket}"
        return _json({"code": 0, "msg": "", "data": {"URL": url} | ({"ClientConfig": self.config} if self.config else {})})

    def _guard(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = request.path.rpartition("ticket=")[2]
        if ticket in self._tickets and not self.handshake:
            self._tickets.discard(ticket)
            return None
        refused = connection.respond(403, "")
        for name, value in self.handshake.items():
            refused.headers[name] = value
        return refused

    def _talk(self, connection: ServerConnection) -> None:
        with self._change:
            self.connections.append(connection)
            self._change.notify_all()
        try:
            with suppress(ConnectionClosed):
                for said in connection:
                    self._heard(connection, said)
        finally:
            with self._change:
                self.connections.remove(connection)
                self._change.notify_all()

    def _heard(self, connection: ServerConnection, said: str | bytes) -> None:
        from lark_oapi.ws.pb.pbbp2_pb2 import Frame

        frame: Any = Frame()
        frame.ParseFromString(said)
        headers = {header.key: header.value for header in frame.headers}
        if frame.service != SERVICE:
            self.problems.append(f"another service: {frame.service}")
        if frame.method == 0:
            self.pings += 1
            if headers != {"type": "ping"}:
                self.problems.append(f"no ping: {headers}")
            if not self.mute:
                frame.headers[0].value = "pong"
                frame.payload = json.dumps(self.config).encode() if self.config else b""
                connection.send(frame.SerializeToString())
        else:
            self._done(headers, json.loads(frame.payload))

    def _done(self, headers: dict[str, str], said: dict[str, Any]) -> None:
        name = headers.get("message_id", "")
        waiting = self._waiting.get(name)
        if waiting is None or headers.get("type") != "event" or headers.get("trace_id") != f"trace-{name}" or "biz_rt" not in headers:
            self.problems.append(f"no answer: {headers}")
            return
        if waiting[0].is_set():
            self.problems.append(f"answered twice: {name}")
        if said.get("code") not in (200, 400, 500) or set(said) - {"code", "headers", "data"}:
            self.problems.append(f"no answer: {said}")
        waiting[1].append(said)
        waiting[0].set()
