"""Hears Feishu over its long connection: the same deliveries in frames over a connection that we open; it answers nothing by itself.

The frames are the SDK's; its client is not used (decision 007).
https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
"""

import base64
import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import InvalidStatus

from bot.feishu import sdk
from bot.feishu.pieces import Pieces
from bot.kept import Kept, Refused
from bot.sending import Response
from bot.wire import Patience, Wire, dial

log = logging.getLogger(__name__)
Deliver = Callable[[Mapping[str, Any]], Response]
_ENDPOINT = "/callback/ws/endpoint"
_CONTROL, _DATA = 0, 1
_BUSY = frozenset((1, 1000040343))  # "system busy", "internal error": of another cause than our settings
_TOO_MANY = 1000040350  # more than 50 connections
BEAT_SECONDS = 120.0


class LongConnection:
    """One connection of one app. deliver: FeishuFront's. Of several processes on one app each gets some of the deliveries.

    beat: seconds between Feishu's own pings, until it names another number; one that is not answered by the next means it is deaf.
    """

    def __init__(
        self,
        *,
        app_id: str,
        app_secret: str,
        deliver: Deliver,
        domain: str = "https://open.feishu.cn",
        patience: Patience = Patience(),  # noqa: B008  (frozen)
        clock: Callable[[], float] = time.monotonic,
        beat: float = BEAT_SECONDS,
    ) -> None:
        self._app_id, self._secret, self._domain = app_id, app_secret, domain.rstrip("/")
        self._deliver, self._patience, self._clock, self._beat = deliver, patience, clock, beat
        self._service, self._pieces, self._next, self._waiting = 0, Pieces(clock), 0.0, False
        self.kept = Kept("feishu", self._open, patience=patience, clock=clock)

    def _open(self) -> Wire:
        sdk.lark()  # before anything comes that needs it
        address = self._address()
        self._service = int((parse_qs(urlsplit(address).query).get("service_id") or ["0"])[0])
        try:
            opened = dial(address, self._patience)
        except InvalidStatus as refused:  # its words may hold anything; its numbers do not
            codes = [refused.response.headers.get(name) for name in ("handshake-status", "handshake-autherrcode")]
            known = " ".join(code for code in codes if code and code.isdecimal())
            raise Refused(known or f"http {refused.response.status_code}") from None
        self._pieces, self._next, self._waiting = Pieces(self._clock), self._clock(), False
        wire = Wire(opened, self._take, patience=self._patience, clock=self._clock, beat=self._ping)
        wire.greeted = True
        return wire

    def _address(self) -> str:
        """Good for one connection, and a secret."""
        import requests  # noqa: PLC0415  # as the SDK does; here with a timeout

        asked = {"AppID": self._app_id, "AppSecret": self._secret}
        answer: Any = requests.post(self._domain + _ENDPOINT, json=asked, headers={"locale": "zh"}, timeout=self._patience.opening)
        try:
            said: Any = answer.json()
            code, data = said["code"], said.get("data") or {}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refused(f"http {answer.status_code}") from None
        if answer.status_code != 200 or code != 0:
            raise Refused(str(code), 0.0 if code in _BUSY else self._patience.longest)
        self._configure(data.get("ClientConfig"))
        return str(data["URL"])

    def _configure(self, told: Any) -> None:
        """Takes over how often Feishu wants to be pinged. When to come back we decide by ourselves."""
        every = told.get("PingInterval") if isinstance(told, dict) else None
        if isinstance(every, int) and every > 0:
            self._beat = float(every)

    def _take(self, wire: Wire, raw: str | bytes) -> None:
        frame = sdk.frame()
        frame.ParseFromString(raw)
        headers = {header.key: header.value for header in frame.headers}
        if frame.method == _CONTROL and headers.get("type") == "pong":
            self._waiting = False
            self._configure(json.loads(frame.payload or b"null"))
        elif frame.method == _DATA and headers.get("type") == "event":
            whole = self._pieces.whole(headers, frame.payload)
            if whole is not None:
                self.kept.hand(self._answer, wire, frame, whole)

    def _ping(self, wire: Wire) -> None:
        """Feishu's own ping, when it is time for one."""
        if self._clock() < self._next:
            return
        if self._waiting:
            wire.cut("deaf")
            return
        self._waiting, self._next = True, self._clock() + self._beat
        wire.send(ping_of(self._service))

    def _answer(self, wire: Wire, frame: Any, payload: bytes) -> None:
        """Answered after our commit, in the frame that came; 500 when it could not be stored, and Feishu pushes it again."""
        began = self._clock()
        answer = self._answered(payload)
        said: dict[str, Any] = {"code": answer.status}
        if answer.status == 200 and answer.body not in (b"", b"{}"):
            said["data"] = base64.b64encode(answer.body).decode()
        took = frame.headers.add()
        took.key, took.value = "biz_rt", str(round((self._clock() - began) * 1000))
        frame.payload = json.dumps(said).encode()
        if not self.kept.send(frame.SerializeToString(), wire):
            log.warning("an answer did not reach Feishu")

    def _answered(self, payload: bytes) -> Response:
        try:
            said: Any = json.loads(payload)
        except (ValueError, RecursionError):
            said = None
        return self._deliver(said) if isinstance(said, dict) else Response(200)


def ping_of(service: int) -> bytes:
    """Feishu's own ping, as a frame. service: the number in the connection's address."""
    frame = sdk.frame()
    frame.SeqID, frame.LogID, frame.service, frame.method = 0, 0, service, _CONTROL
    kind = frame.headers.add()
    kind.key, kind.value = "type", "ping"
    said: bytes = frame.SerializeToString()
    return said
