"""How fast Feishu may be written to: so many a second and a minute by the app, and a few a second to one person or group.

https://open.feishu.cn/document/server-docs/im-v1/message/create (limits of sending; changing a card has the same, counted apart)
"""

import threading
from collections.abc import Iterable

from bot.pacing import MINUTE, Receivers, Times
from bot.sending import Address, Later, NotYet, Outcome, Past

EACH_SECOND, EACH_MINUTE, TO_ONE = 50, 1000, 5
A_SECOND, A_MINUTE = 1.05, 60.5  # a little more than theirs: the network is not always as fast
RECENTLY = 600.0
LEAST_KEPT, MOST_KEPT = 20, 100


class FeishuBudget:
    """Of one tenant. While people are asking, some of each minute is kept for answers; else a fan-out may use it all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._posts, self._edits, self._answers = Times(MINUTE * 2), Times(MINUTE * 2), Times(RECENTLY)
        self._receivers = Receivers(1.0)
        self._paused_until = float("-inf")
        self._resting: dict[str, float] = {}

    def take(self, to: Address, now: float, *, answer: bool) -> NotYet | None:
        """Books one message; None when it may leave now."""
        with self._lock:
            if now < self._paused_until:
                return NotYet(self._paused_until - now, everybody=True)
            times = self._edits if to.message else self._posts
            most = EACH_MINUTE if answer or to.message else EACH_MINUTE - self._kept(now)
            wait = max(times.wait(now, EACH_SECOND, A_SECOND), times.wait(now, most, A_MINUTE))
            if wait:
                return NotYet(wait, everybody=not to.message)
            one = self._receivers.of(_receiver(to), now)
            wait = max(one.wait(now, TO_ONE, 1.0), self._resting.get(_receiver(to), now) - now)
            if wait > 0:
                return NotYet(wait, everybody=False)
            for booked in (times, one, *([self._answers] if answer else ())):
                booked.add(now)
            return None

    def told(self, outcome: Outcome, to: Address, now: float) -> None:
        """A refusal holds for the app, or for the one who gets too much from whichever bot."""
        with self._lock:
            self._receivers.of(_receiver(to), now).moved(now)
            if not isinstance(outcome, Later) or outcome.whom == "message":
                return
            if outcome.whom == "everybody":
                self._paused_until = max(self._paused_until, now + outcome.seconds)
            else:
                self._resting = {name: until for name, until in self._resting.items() if until > now}
                self._resting[_receiver(to)] = now + outcome.seconds

    def recall(self, past: Iterable[Past]) -> None:
        """Starts from what was sent in the last minute, whoever sent it."""
        with self._lock:
            self._posts, self._edits, self._answers = Times(MINUTE * 2), Times(MINUTE * 2), Times(RECENTLY)
            self._receivers = Receivers(1.0)
            for one in past:
                (self._edits if one.to.message else self._posts).add(one.at)
                self._receivers.of(_receiver(one.to), one.at).add(one.at)
                if one.answer:
                    self._answers.add(one.at)

    def _kept(self, now: float) -> int:
        """How much of a minute is kept for who asks next."""
        if not self._answers.count(now, RECENTLY):
            return 0
        return min(MOST_KEPT, LEAST_KEPT + self._answers.count(now, MINUTE))


def _receiver(to: Address) -> str:
    return to.message or to.user or to.channel
