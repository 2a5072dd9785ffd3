"""A kept connection for Feishu's API: one session for each thread, closed when it has been idle; it knows no Feishu."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Response, Session

IDLE_SECONDS = 4.0  # a server closes what is idle, and a request on a closed connection may or may not have left


class Line(threading.local):
    """One thread's session. clock: the machine's, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._used = clock, 0.0
        self._session: Session | None = None

    def request(
        self, method: str, url: str, *, query: Sequence[tuple[str, str]], headers: Mapping[str, str], body: bytes | None, seconds: float
    ) -> "Response":
        """One request, never repeated by itself; raises what requests raises."""
        session = self._fresh()
        try:
            return session.request(
                method, url, params=list(query), headers=dict(headers), data=body, timeout=seconds, allow_redirects=False
            )
        except Exception:
            self._drop()
            raise
        finally:
            self._used = self._clock()

    def _fresh(self) -> "Session":
        if self._session is not None and self._clock() - self._used > IDLE_SECONDS:
            self._drop()
        if self._session is None:
            import requests  # noqa: PLC0415  (Feishu's SDK brings it, and only who speaks to Feishu loads it)

            self._session = requests.Session()
        return self._session

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None
