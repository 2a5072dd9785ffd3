"""The chat page's business time: the machine's clock and how far it was turned ahead; what turning passes by happens on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.chat import BusinessClock
from storage.outbox import next_owed
from storage.pulse import next_ring
from storage.store import EVERYWHERE, Store, Unreachable

STEP = timedelta(hours=6)  # for what is done now and then and falls due at no moment
FARTHEST = timedelta(days=100)
THE_ONE = 1  # the row


class NotForward(Exception):
    """The clock goes forward only, and at most FARTHEST at a time."""


@dataclass
class TurnedClock:
    """How far business time is ahead is kept in the database, so that two processes on it agree. machine: the machine's clock."""

    store: Store
    machine: Callable[[], datetime]
    _known: float = field(default=0.0, init=False)

    def now(self) -> datetime:
        """Business time; while the database is out of reach, as far ahead as when it was last read."""
        try:
            with self.store.read() as session:
                row = session.get(BusinessClock, THE_ONE)
            self._known = row.ahead if row else 0.0
        except Unreachable:
            pass
        return self.machine() + timedelta(seconds=self._known)

    def turn(self, to: datetime, ring: Callable[[], None]) -> None:
        """Goes forward to a moment, and rings at each step on the way, in order; NotForward when it is past or too far.

        Whatever falls due on the way is met at its own moment.
        """
        begun = self.now()
        if not begun < to <= begun + FARTHEST:
            raise NotForward
        for step in steps(begun, to):
            while (moment := self._upcoming(self.now())) is not None and moment < step:
                self._set(moment)
                ring()
            self._set(step)
            ring()

    def _upcoming(self, after: datetime) -> datetime | None:
        """When the next thing falls due after a moment."""
        with self.store.read(EVERYWHERE) as session:
            due = [moment for moment in (next_ring(session, after), next_owed(session, after)) if moment is not None]
        return min(due, default=None)

    def _set(self, moment: datetime) -> None:
        """Never back: whoever turned it farther meanwhile is right."""
        ahead = (moment - self.machine()).total_seconds()
        with self.store.write() as session:
            row = session.get(BusinessClock, THE_ONE, with_for_update=True) or BusinessClock(id=THE_ONE)
            row.ahead = max(row.ahead, ahead)
            session.add(row)


def steps(begun: datetime, to: datetime) -> Iterator[datetime]:
    """The moments at which the alarm rings on the way in any case, the last one included."""
    moment = begun + STEP
    while moment < to:
        yield moment
        moment += STEP
    yield to
