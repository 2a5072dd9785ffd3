"""How fast Slack may be written to: one message a second in a conversation, and a few hundred a minute in a workspace.

https://docs.slack.dev/apis/web-api/rate-limits: short bursts are tolerated, and how many a minute is not said, so it is found out.
"""

import threading
from collections.abc import Iterable

from bot.pacing import MINUTE, Receivers, Times
from bot.sending import EPHEMERAL, Address, Later, NotYet, Outcome, Past

PLANNED, FEWEST, MOST = 300.0, 60.0, 600.0  # messages a minute: to begin with, and how far it moves
CUT, STEP = 0.9, 10.0  # after a refusal; after a minute that was used up and not refused
BELOW_CEILING, CEILING_HOLDS = 0.98, 1800.0  # as close to what was refused as we go again, and for how many seconds
EACH_SECOND = 20
EDITS, ASIDES = 50, 100  # a minute: chat.update is in tier 3, chat.postEphemeral in tier 4
BURST = 5  # answers in one conversation, in as many seconds
A_MINUTE = 60.5  # a little more than theirs: the network is not always as fast


class SlackBudget:
    """Of one workspace. Answers do not wait for the minute, which is for what nobody asked for; they count in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._posts, self._edits, self._asides = Times(MINUTE * 2), Times(MINUTE * 2), Times(MINUTE * 2)
        self._conversations = Receivers(float(BURST))
        self._rate, self._stepped, self._held = PLANNED, 0.0, False
        self._ceiling, self._refused_at = MOST, float("-inf")
        self._paused_until = float("-inf")

    @property
    def rate(self) -> float:
        """Messages a minute, as of now."""
        return self._rate

    def take(self, to: Address, now: float, *, answer: bool) -> NotYet | None:
        """Books one message; None when it may leave now."""
        with self._lock:
            if now < self._paused_until:
                return NotYet(self._paused_until - now, everybody=True)
            kind = _kind(to)
            if kind == "hook":
                return None
            if kind != "post":
                return self._rarer(self._edits if kind == "edit" else self._asides, EDITS if kind == "edit" else ASIDES, now)
            return self._post(to, now, answer=answer)

    def told(self, outcome: Outcome, to: Address, now: float) -> None:
        """A refusal holds for the whole workspace, and we come back a little slower."""
        with self._lock:
            if _kind(to) == "post":
                self._conversations.of(_receiver(to), now).moved(now)
            if isinstance(outcome, Later) and outcome.whom == "everybody":
                if _kind(to) == "post" and now >= self._paused_until:
                    self._slower(now)
                self._paused_until = max(self._paused_until, now + outcome.seconds)

    def recall(self, past: Iterable[Past]) -> None:
        """Starts from what was sent in the last minute, whoever sent it."""
        with self._lock:
            self._posts, self._edits, self._asides = Times(MINUTE * 2), Times(MINUTE * 2), Times(MINUTE * 2)
            self._conversations = Receivers(float(BURST))
            for one in past:
                kind = _kind(one.to)
                if kind == "post":
                    self._conversations.of(_receiver(one.to), one.at).add(one.at)
                {"post": self._posts, "edit": self._edits, "aside": self._asides}.get(kind, Times(1)).add(one.at)

    def _post(self, to: Address, now: float, *, answer: bool) -> NotYet | None:
        self._faster(now)
        if not answer:
            minute, second = self._posts.wait(now, int(self._rate), A_MINUTE), self._posts.wait(now, EACH_SECOND, 1.0)
            self._held = self._held or minute > 0
            if minute or second:
                return NotYet(max(minute, second), everybody=True)
        conversation = self._conversations.of(_receiver(to), now)
        wait = conversation.wait(now, BURST, float(BURST)) if answer else conversation.wait(now, 1, 1.0)
        if wait:
            return NotYet(wait, everybody=False)
        self._posts.add(now)
        conversation.add(now)
        return None

    def _rarer(self, times: Times, most: int, now: float) -> NotYet | None:
        wait = times.wait(now, most, A_MINUTE)
        if wait:
            return NotYet(wait, everybody=False)
        times.add(now)
        return None

    def _slower(self, now: float) -> None:
        """What was refused is the new ceiling; fewer than the fewest were refused for another reason."""
        sent = self._posts.count(now, MINUTE)
        if sent > FEWEST:
            self._ceiling, self._refused_at = float(sent), now
            self._rate = max(FEWEST, CUT * min(self._rate, sent))
        self._stepped, self._held = now, False

    def _faster(self, now: float) -> None:
        if now - self._stepped < MINUTE:
            return
        if self._held and self._stepped:
            most = BELOW_CEILING * self._ceiling if now - self._refused_at < CEILING_HOLDS else MOST
            self._rate = max(self._rate, min(self._rate + STEP, most))
        self._stepped, self._held = now, False


def _kind(to: Address) -> str:
    """Which of Slack's methods it is for; a response_url is counted by its uses alone."""
    if to.hook:
        return "hook"
    if to.message and to.message != EPHEMERAL:
        return "edit"
    return "aside" if to.channel and to.user else "post"


def _receiver(to: Address) -> str:
    return to.channel or to.user
