"""Takes what is owed from the outbox and hands it to a platform's send; each message is settled by itself, right after it was tried."""

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.sending import Address, Later, Never, Outcome, Outgoing, Sent, Unknown
from handlers.composing import compose
from storage.outbox import Owed, counts, expire, lease_next, settle
from storage.people import Account
from storage.store import EVERYWHERE, Store

log = logging.getLogger("tenday.delivery")
LEASE = timedelta(seconds=30)
MOST_TRIES = 12
LONGEST_PAUSE = 600.0
SETTLE_PAUSE = 5.0

Send = Callable[[Outgoing], Outcome]
Settle = Callable[[Outgoing], Outcome | None]


@dataclass
class Delivery:
    """The sender's side of the outbox. now: business time; machine: the machine's clock, for leases and pauses.

    settlers: how a platform tells whether a message whose outcome is unknown has arrived, where it can tell.
    """

    store: Store
    senders: Mapping[str, Send]
    settlers: Mapping[str, Settle]
    now: Callable[[], datetime]
    machine: Callable[[], datetime]
    lease: str = field(default_factory=lambda: uuid.uuid4().hex[:12])

    def deliver(self, at: datetime | None = None, *, most: int = 500) -> dict[str, int]:
        """Sends what is due at a business time (default: now), most urgent first; counts of what became of it."""
        at = at or self.now()
        done = {"sent": 0, "failed": 0, "uncertain": 0, "expired": 0}
        with self.store.write(EVERYWHERE) as session:
            done["expired"] = expire(session, at)
        for _ in range(most):
            taken = self._next(at)
            if taken is None:
                break
            self._one(taken, at, done)
        return done

    def pending(self) -> int:
        """How many messages wait."""
        with self.store.read(EVERYWHERE) as session:
            return counts(session).get("waiting", 0)

    def _next(self, at: datetime) -> Owed | None:
        machine = self.machine()
        with self.store.write(EVERYWHERE) as session:
            return lease_next(session, now=at, machine=machine, until=machine + LEASE, lease=self.lease, platforms=self.senders.keys())

    def _one(self, owed: Owed, at: datetime, done: dict[str, int]) -> None:
        outgoing = self._worded(owed, at)
        if outgoing is None:
            self._settle(owed, state="expired", problem="nothing to say any more")
            done["expired"] += 1
            return
        try:
            outcome = self._arrived(owed, outgoing) or self.senders[owed.platform](outgoing)
        except Exception as bug:
            log.error("a bug in sending %s: %s", owed.key, type(bug).__name__)
            outcome = Unknown(type(bug).__name__)
        self._became(owed, outcome, done)

    def _arrived(self, owed: Owed, outgoing: Outgoing) -> Sent | Later | None:
        """Whether an earlier try got through after all: asked after an unknown outcome or a lease that a dead process left.

        None: it did not, or the platform cannot tell, and it is sent once more.
        """
        look = self.settlers.get(owed.platform)
        seen = look(outgoing) if look and owed.attempts > 1 and not owed.problem.startswith("later") else None
        return seen if isinstance(seen, Sent | Later) else None

    def _worded(self, owed: Owed, at: datetime) -> Outgoing | None:
        with self.store.read(owed.organisation_id) as session:
            worded = compose(session, owed, at)
        if worded is None:
            return None
        to = Address(owed.channel, owed.user, owed.thread, owed.message, owed.hook)
        return Outgoing(owed.key, owed.platform, owed.workspace, to, worded[0], worded[1])  # type: ignore[arg-type]

    def _became(self, owed: Owed, outcome: Outcome, done: dict[str, int]) -> None:
        if isinstance(outcome, Sent):
            self._settle(owed, state="sent", sent_as=outcome.message, sent_at=self.machine())
            done["sent"] += 1
        elif isinstance(outcome, Never):
            self._settle(owed, state="failed", problem=f"{outcome.why}: {outcome.reason}"[:200])
            done["failed"] += 1
            if outcome.why == "gone" and not owed.channel:
                self._mark_gone(owed)
        else:
            self._again(owed, outcome, done)

    def _again(self, owed: Owed, outcome: Later | Unknown, done: dict[str, int]) -> None:
        """Another try later. An unknown outcome is counted: where the platform cannot tell, the next try may be the second copy."""
        unknown = isinstance(outcome, Unknown)
        done["uncertain"] += unknown
        if owed.attempts >= MOST_TRIES:
            self._settle(owed, state="failed", problem=f"given up: {outcome.reason}"[:200])
            done["failed"] += 1
            return
        pause = max(SETTLE_PAUSE, min(2.0**owed.attempts, LONGEST_PAUSE)) if unknown else outcome.seconds  # type: ignore[union-attr]
        problem = f"{'uncertain' if unknown else 'later'}: {outcome.reason}"[:200]
        self._settle(owed, free_at=self.machine() + timedelta(seconds=pause), problem=problem)

    def _settle(self, owed: Owed, **values: object) -> None:
        with self.store.write(EVERYWHERE) as session:
            settle(session, owed.id or 0, self.lease, **values)

    def _mark_gone(self, owed: Owed) -> None:
        with self.store.write(owed.organisation_id) as session:
            account = _account(session, owed)
            if account is not None:
                account.reachable = False
                session.add(account)


def _account(session: Session, owed: Owed) -> Account | None:
    wanted = Account.platform == owed.platform, Account.workspace == owed.workspace, col(Account.user) == owed.user
    return session.exec(select(Account).where(*wanted)).first()
