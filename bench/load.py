"""Loads one server from a process of its own: signed commands over kept connections, every answer read and checked.

Told by one line of JSON on standard input, answers with one on standard output.
"""

import json
import re
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot.slack.guard import signature

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Person:
    """One person on one connection, who says the same thing until the time is over. value: what their key result stands at."""

    told: dict[str, Any]
    number: int
    value: int
    said: int = 0
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _socket: socket.socket | None = None

    def speak(self, start: threading.Barrier) -> None:
        """Warms up, waits for everybody, then speaks for as long as was asked."""
        try:
            self._until(time.monotonic() + self.told["warm"])
            self.seconds.clear()
            start.wait()
            self._until(time.monotonic() + self.told["seconds"])
        except (OSError, threading.BrokenBarrierError) as problem:
            self.wrong.append(repr(problem))
            start.abort()

    def _until(self, end: float) -> None:
        while time.monotonic() < end and not self.wrong:
            request = self._request()
            begun = time.perf_counter()
            status, body = self._asked(request)
            self.seconds.append(time.perf_counter() - begun)
            self.said += 1
            self.value += self.told["grows"]
            wanted = self.told["expect"].replace("{n}", f"{self.value}").replace("{n,}", f"{self.value:,}")
            if status != 200 or wanted not in body or (not wanted and body):
                self.wrong.append(f"{status} without {wanted!r}: {body[:300]}")

    def _request(self) -> bytes:
        form = {
            "team_id": "T1",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": f"U{self.number}",
            "user_name": f"u{self.number}",
            "command": self.told["command"],
            "text": self.told["text"],
            "response_url": "http://127.0.0.1:1/hook",
            "trigger_id": f"{self.told['run']}.{self.number}.{self.said}",
        }
        body, stamp = urlencode(form).encode(), str(int(time.time()))
        head = {
            "Host": "127.0.0.1",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.told["secret"], stamp, body),
            "Content-Length": str(len(body)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + body

    def _asked(self, request: bytes) -> tuple[int, str]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.told["port"]), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        wanted = int(length[1]) if length else 0
        while len(body) < wanted:
            body += self._more()
        if b"connection: close" in head.lower() or head.startswith(b"HTTP/1.0"):
            self._socket.close()
            self._socket = None
        return int(head[9:12]), body.decode()

    def _more(self) -> bytes:
        assert self._socket is not None
        piece = self._socket.recv(65536)
        if not piece:
            raise ConnectionError("closed in the middle of an answer")
        return piece


def main() -> None:
    """One load, from the first word to the last."""
    told = json.loads(sys.stdin.readline())
    people = [Person(told, number, value) for number, value in enumerate(told["values"], 1)]
    start = threading.Barrier(len(people))
    threads = [threading.Thread(target=person.speak, args=(start,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = sorted(s for person in people for s in person.seconds) or [0.0]
    answer = {
        "each_second": len(spent) / told["seconds"],
        "p50": spent[len(spent) // 2],
        "p99": spent[min(len(spent) - 1, int(len(spent) * 0.99))],
        "values": [person.value for person in people],
        "wrong": [fault for person in people for fault in person.wrong],
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
