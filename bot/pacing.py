"""Counts what left in the last while: so many in so many seconds, and no more."""

from bisect import bisect_right, insort

MINUTE = 60.0


class Times:
    """The moments at which messages left, in order; kept for as long as anybody asks about (span, in seconds)."""

    def __init__(self, span: float) -> None:
        self._span = span
        self._at: list[float] = []

    def add(self, at: float) -> None:
        """One left."""
        insort(self._at, at)
        if self._at[0] < at - 2 * self._span:
            del self._at[: bisect_right(self._at, at - self._span)]

    def moved(self, at: float) -> None:
        """The last one arrived at this moment, and counts from there."""
        if self._at and self._at[-1] < at:
            self._at[-1] = at

    def count(self, now: float, span: float) -> int:
        """How many in the last so many seconds."""
        return len(self._at) - bisect_right(self._at, now - span)

    def wait(self, now: float, most: int, span: float) -> float:
        """Seconds until there are fewer than `most` in the last `span`; 0.0 when there are already."""
        if len(self._at) < most or self._at[-most] <= now - span:
            return 0.0
        return max(self._at[-most] + span - now, 1e-6) if most > 0 else span


class Receivers:
    """The same for each receiver, forgotten when they have had nothing for a while."""

    def __init__(self, span: float) -> None:
        self._span = span
        self._each: dict[str, Times] = {}
        self._swept = 0.0

    def of(self, receiver: str, now: float) -> Times:
        """When this one was written to."""
        if now - self._swept > MINUTE:
            self._swept = now
            self._each = {name: times for name, times in self._each.items() if times.count(now, self._span)}
        return self._each.setdefault(receiver, Times(self._span))
