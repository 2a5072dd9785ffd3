"""The platforms' own limits, held strictly: what is too much is refused, does not count, and says when to come back."""

import json
import math
from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

from tests.fakes.server import Asked, Told

MINUTE = 60.0


class Sliding:
    """At most so many in any so many seconds."""

    def __init__(self, most: int, span: float) -> None:
        self.most, self.span = most, span
        self._at: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        while self._at and self._at[0] <= now - self.span + 1e-9:
            self._at.popleft()
        return self._at[0] + self.span - now if len(self._at) >= self.most else 0.0

    def count(self, now: float) -> None:
        self._at.append(now)


class _Limits:
    def __init__(self) -> None:
        self.refused: list[float] = []

    def _wait(self, windows: list[Sliding], now: float) -> float:
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            self.refused.append(now)
        else:
            for window in windows:
                window.count(now)
        return wait


class SlackLimits(_Limits):
    """One message a second in a channel, so many a minute in the workspace. retry_after False: a 429 that does not say for how long."""

    def __init__(self, each_minute: int = 300, *, retry_after: bool = True) -> None:
        super().__init__()
        self._workspace, self._retry_after = Sliding(each_minute, MINUTE), retry_after
        self._channels: dict[str, Sliding] = defaultdict(lambda: Sliding(1, 1.0))

    def refusal(self, method: str, said: Mapping[str, Any], now: float) -> Told | None:
        if method != "chat.postMessage":
            return None
        wait = self._wait([self._workspace, self._channels[str(said.get("channel"))]], now)
        headers = {"retry-after": str(math.ceil(wait))} if self._retry_after else {}
        return Told(b'{"ok":false,"error":"ratelimited"}', 429, headers) if wait > 0 else None


class FeishuLimits(_Limits):
    """50 a second and 1,000 a minute for the app, 5 a second to one person or group."""

    def __init__(self) -> None:
        super().__init__()
        self._second, self._minute = Sliding(50, 1.0), Sliding(1000, MINUTE)
        self._receivers: dict[str, Sliding] = defaultdict(lambda: Sliding(5, 1.0))

    def refusal(self, name: str, asked: Asked, said: Mapping[str, Any], now: float) -> Told | None:
        if name != "message":
            return None
        receiver = self._receivers[str(said.get("receive_id"))]
        if receiver.wait(now) > 0:
            self.refused.append(now)
            return Told(json.dumps({"code": 230020, "msg": "frequency limit"}).encode(), 400)
        wait = self._wait([self._second, self._minute, receiver], now)
        body = json.dumps({"code": 99991400, "msg": "request trigger frequency limit"}).encode()
        return Told(body, 429, {"x-ogw-ratelimit-reset": str(math.ceil(wait))}) if wait > 0 else None
