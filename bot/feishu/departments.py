"""Feishu's departments, as far as the tenant lets us see them; it knows no team.

https://open.feishu.cn/document/server-docs/contact-v3/department/get
"""

import logging
import threading
from collections.abc import Callable, Sequence
from urllib.parse import quote

from bot.feishu.calls import Answer
from bot.sending import Department

KEPT_SECONDS = 600.0
MOST = 10
_ROOT = "0"
log = logging.getLogger(__name__)

Call = Callable[[str, str, Sequence[tuple[str, str]]], Answer]


class Departments:
    """Looks departments up one by one and keeps what it was told for ten minutes, also that nothing was told."""

    def __init__(self, call: Call, clock: Callable[[], float]) -> None:
        self._call, self._clock = call, clock
        self._kept: dict[str, tuple[float, Department | None]] = {}
        self._lock = threading.Lock()

    def of(self, ids: object) -> tuple[Department, ...] | None:
        """The departments with these ids; None when Feishu does not say all of them, so that nobody is taken out of one by a gap."""
        if not isinstance(ids, list):
            return None  # the app may not see them
        found = [self._one(str(number)) for number in ids[:MOST] if str(number) != _ROOT]
        return None if None in found else tuple(d for d in found if d is not None)

    def _one(self, number: str) -> Department | None:
        with self._lock:
            at, department = self._kept.get(number, (-KEPT_SECONDS, None))
        if self._clock() - at < KEPT_SECONDS:
            return department
        department = self._ask(number)
        with self._lock:
            self._kept[number] = (self._clock(), department)
        return department

    def _ask(self, number: str) -> Department | None:
        query = [("department_id_type", "open_department_id"), ("user_id_type", "open_id")]
        try:
            answer = self._call("GET", f"/open-apis/contact/v3/departments/{quote(number, safe='')}", query)
        except Exception as error:
            log.warning("a department could not be asked: %s", type(error).__name__)
            return None
        said = answer.data.get("department")
        name = said.get("name") if answer.ok and isinstance(said, dict) else None
        return Department(number, str(name), str(said.get("leader_user_id") or "")) if name and isinstance(said, dict) else None
