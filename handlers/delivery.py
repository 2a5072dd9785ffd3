"""Takes what is owed from the outbox, lane by lane and as fast as the platforms like it, and has it carried one by one."""

import itertools
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sending import UNREACHABLE, Address, Budget, Later, Never, NotYet, Outcome, Past, Sent, Unknown
from handlers.courier import LEASE, Courier, Done, Send, Settle, nothing_done
from handlers.outbox import ANSWER_LANE, UNASKED_LANE
from storage.lanes import Lane, Where, busy, held, let_go, pause, paused, ready, sent_since, soonest, take
from storage.outbox import Owed, any_past, due, expire
from storage.store import EVERYWHERE, Conflict, Store

__all__ = ["Delivery", "Send", "Settle"]
LANES = ANSWER_LANE, UNASKED_LANE
RENEWED, LOOKED = timedelta(seconds=10), timedelta(seconds=0.5)
HANDFUL, BATCH = 5, 100  # sent (at once, with as many hands) before others have their turn; looked at at once
RECENT = timedelta(seconds=61)
LOOK_AGAIN = 0.2  # seconds, at somebody else's lane
AWAY = 5.0  # a platform that cannot be reached is tried again, with another message
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 600.0  # when an admin must act
UNKNOWN_IN_A_ROW = 3
SOON = timedelta(seconds=10)  # what was told to wait for longer is not waited for
LIMIT = "limit"


def at_once(seconds: float) -> bool:
    """Waits for nothing."""
    return not seconds


@dataclass
class Delivery:
    """The sender's side of the outbox. now: business time; machine: the machine's clock, for leases, limits and pauses.

    budgets: how fast each platform may be written to, one for each of its workspaces. hands: how many messages may be in the air, for
    platforms that are slow to answer.
    """

    store: Store
    senders: Mapping[str, Send]
    settlers: Mapping[str, Settle]
    now: Callable[[], datetime]
    machine: Callable[[], datetime]
    budgets: Mapping[str, Callable[[], Budget]] = field(default_factory=dict)
    hands: int = 1
    lease: str = field(default_factory=lambda: uuid.uuid4().hex[:12])

    def __post_init__(self) -> None:
        self._budgets: dict[tuple[str, str], Budget] = {}
        self._lock, self._turns = threading.Lock(), itertools.count(1)
        self._pool = ThreadPoolExecutor(self.hands, "tenday-hand") if self.hands > 1 else None

    def deliver(
        self, at: datetime | None = None, *, lanes: Sequence[int] = LANES, rest: Callable[[float], bool] = at_once
    ) -> dict[str, int]:
        """Sends what is due at a business time (default: now), answers first; counts of what became of it.

        rest: called when nothing can be sent for so many seconds, and with 0 now and then; waits that long at most, or says False.
        """
        turn = _Turn(self, lanes, f"{self.lease}-{next(self._turns)}")
        turn.expire(at or self.now())
        try:
            while rest(0.0):
                moved, wait = turn.round(at or self.now())
                if not moved and (wait is None or not rest(wait)):
                    break
        finally:
            turn.end()
        return turn.done

    def pending(self, at: datetime | None = None) -> int:
        """How many messages wait although their moment has come."""
        with self.store.read(EVERYWHERE) as session:
            return due(session, at or self.now())

    def by_hands(self, courier: Courier, messages: Sequence[Owed], at: datetime) -> list[tuple[Outcome | None, Done]]:
        """What became of each; carried at once where there are several hands."""
        if self._pool is None or len(messages) < 2:
            return [courier.carry(owed.id or 0, at) for owed in messages]
        under_way = [self._pool.submit(courier.carry, owed.id or 0, at) for owed in messages]
        return [one.result() for one in under_way]

    def trouble(self) -> str:
        """ "" or what an admin must mend before what nobody asked for is sent again."""
        with self.store.read(EVERYWHERE) as session:
            return "; ".join(f"{lane.platform} {lane.workspace}: {lane.problem}" for lane in paused(session, self.machine()) if lane.pauses)

    def budget(self, where: Where) -> Budget | None:
        """How fast this workspace may be written to; None for as fast as it goes."""
        made = self.budgets.get(where.platform)
        with self._lock:
            key = where.platform, where.workspace
            return self._budgets[key] if key in self._budgets else self._budgets.setdefault(key, made()) if made else None


@dataclass
class _Queue:
    """A lane that we hold, and the next of its messages. until: our lease; resting: receivers to leave alone, and until when."""

    where: Where
    budget: Budget | None
    until: datetime
    pauses: int = 0
    unknown: int = 0
    rows: deque[Owed] = field(default_factory=deque)
    read_at: datetime | None = None
    resting: dict[str, datetime] = field(default_factory=dict)


class _Turn:
    """One sender's work from when it wakes until there is nothing to do. holder: its name on the lanes that it takes."""

    def __init__(self, delivery: Delivery, lanes: Sequence[int], holder: str) -> None:
        self._store, self._machine, self._delivery = delivery.store, delivery.machine, delivery
        self._lanes, self._holder = sorted(lanes), holder
        self._courier = Courier(delivery.store, delivery.senders, delivery.settlers, delivery.machine, holder)
        self._queues: dict[Where, _Queue] = {}
        self._others: dict[Where, datetime | None] = {}
        self._left: set[Where] = set()
        self.done = nothing_done()

    def expire(self, at: datetime) -> None:
        """Counts what is past its use."""
        with self._store.read(EVERYWHERE) as session:
            if not any_past(session, at):
                return
        with self._store.write(EVERYWHERE) as session:
            self.done["expired"] += expire(session, at, self._machine())

    def round(self, at: datetime) -> tuple[bool, float | None]:
        """A handful of messages for each workspace in turn, answers first. Whether any was dealt with; else how long to wait for one."""
        moved, waits, places = False, list[float](), self._busy(at)
        for where in [where for where in self._queues if where not in places]:
            self._let_go(where)
        for where in places:
            queue = self._queue(where, waits)
            if queue is not None:
                moved = self._some(queue, at, waits) or moved
        return moved, min(waits, default=None)

    def end(self) -> None:
        """Gives every lane back."""
        for where in list(self._queues):
            self._let_go(where)

    def _busy(self, at: datetime) -> Sequence[Where]:
        with self._store.read(EVERYWHERE) as session:
            places = [where for where in busy(session, at, self._lanes, self._delivery.senders.keys()) if where not in self._left]
        return sorted(places, key=lambda where: where.lane)

    def _let_go(self, where: Where) -> None:
        if self._queues.pop(where, None) is not None and where.lane != ANSWER_LANE:
            with self._store.write(EVERYWHERE) as session:
                let_go(session, where, self._holder)

    # --- who sends

    def _queue(self, where: Where, waits: list[float]) -> _Queue | None:
        """The lane, if it is ours or can be; else how long to wait for it is noted. Answers have no one sender: whoever can sends them."""
        queue, machine = self._queues.get(where), self._machine()
        if queue is not None and queue.until - machine > LEASE - RENEWED:
            return queue
        try:
            with (self._store.read if where.lane == ANSWER_LANE else self._store.write)(EVERYWHERE) as session:
                lane = held(session, where)
                if lane is not None and lane.paused_until is not None and lane.paused_until > machine:
                    self._paused(lane, where, waits)
                    return None
                if where.lane != ANSWER_LANE and not take(session, where, holder=self._holder, machine=machine, until=machine + LEASE):
                    self._others_lane(lane, where, waits)
                    return None
                if queue is None:
                    queue = self._queues[where] = _Queue(where, self._delivery.budget(where), machine, lane.pauses if lane else 0)
                    if (
                        queue.budget is not None
                        and where.lane != ANSWER_LANE
                        and not (lane and lane.holder.startswith(self._delivery.lease))
                    ):
                        queue.budget.recall([_past(owed) for owed in sent_since(session, where, machine - RECENT)])
        except Conflict:
            waits.append(LOOK_AGAIN)
            return None
        queue.until = machine + LEASE
        return queue

    def _paused(self, lane: Lane, where: Where, waits: list[float]) -> None:
        """A limit is waited for; what is wrong will not be right in a minute."""
        if lane.paused_until is not None and lane.problem.startswith(LIMIT):
            waits.append((lane.paused_until - self._machine()).total_seconds())
        else:
            self._left.add(where)

    def _others_lane(self, lane: Lane | None, where: Where, waits: list[float]) -> None:
        """Somebody else sends there: who is alive does all of it, and for who has ended we wait until the lease ends."""
        self._queues.pop(where, None)
        until = lane.until if lane else None
        if self._others.setdefault(where, until) != until:
            self._left.add(where)
        else:
            waits.append(LOOK_AGAIN)

    # --- what is sent

    def _some(self, queue: _Queue, at: datetime, waits: list[float]) -> bool:
        """Sends what may leave now, a handful at most; whether anything was dealt with."""
        moved, go_on = 0, True
        while go_on and moved < HANDFUL:
            together = list(self._together(queue, at, waits, min(self._delivery.hands, HANDFUL - moved)))
            go_on = bool(together)
            for owed, (outcome, done) in zip(together, self._delivery.by_hands(self._courier, together, at), strict=True):
                for name, count in done.items():
                    self.done[name] += count
                go_on = self._heard(queue, owed, outcome) and go_on
            moved += len(together)
        return moved > 0

    def _together(self, queue: _Queue, at: datetime, waits: list[float], most: int) -> Iterator[Owed]:
        """What may leave now. Two messages to one receiver are not in the air together: they would overtake each other."""
        receivers = set[str]()
        for owed in self._next(queue, at, waits):
            receiver = _receiver(owed)
            no = None if receiver in receivers else self._not_yet(queue, owed)
            if receiver in receivers or (no is not None and no.everybody):
                queue.rows.appendleft(owed)
                waits.extend([no.seconds] if no else [])
                return
            if no is not None:
                queue.resting[receiver] = self._machine() + timedelta(seconds=no.seconds)
                continue
            yield owed
            receivers.add(receiver)
            if len(receivers) >= most:
                return

    def _not_yet(self, queue: _Queue, owed: Owed) -> NotYet | None:
        if queue.budget is None:
            return None
        return queue.budget.take(_address(owed), self._machine().timestamp(), answer=owed.lane == ANSWER_LANE)

    def _next(self, queue: _Queue, at: datetime, waits: list[float]) -> Iterator[Owed]:
        """The next messages, read anew when there are none at hand, when a receiver has rested, or when an answer may have come."""
        while True:
            machine = self._machine()
            rested = [name for name, until in queue.resting.items() if until <= machine]
            stale = queue.read_at is None or (machine - queue.read_at > LOOKED and (rested or queue.where.lane == ANSWER_LANE))
            if not queue.rows or stale:
                for name in rested:
                    del queue.resting[name]
                if not self._read(queue, at, waits):
                    return
            owed = queue.rows.popleft()
            if _receiver(owed) not in queue.resting:
                yield owed

    def _read(self, queue: _Queue, at: datetime, waits: list[float]) -> bool:
        machine = self._machine()
        with self._store.read(EVERYWHERE) as session:
            queue.rows = deque(ready(session, queue.where, at, machine, resting=queue.resting, most=BATCH))
            queue.read_at = machine
            if queue.rows:
                return True
            ends = [*queue.resting.values(), *soonest(session, queue.where, at, machine, told=machine + SOON)]
        waits.extend((until - machine).total_seconds() for until in ends)
        return False

    def _heard(self, queue: _Queue, owed: Owed, outcome: Outcome | None) -> bool:
        """Takes what the platform said to heart; false when there is no use in going on here now."""
        machine = self._machine()
        if queue.budget is not None and outcome is not None:
            queue.budget.told(outcome, _address(owed), machine.timestamp())
        queue.unknown = queue.unknown + 1 if isinstance(outcome, Unknown) else 0
        match outcome:
            case Later(whom="everybody", reason=reason, seconds=seconds):
                away = reason == UNREACHABLE
                self._pause(queue, min(seconds, AWAY) if away else seconds, reason if away else f"{LIMIT}: {reason}", all_lanes=True)
                if away:
                    self._left.add(queue.where)
                return False
            case Never(why="setup") if queue.where.lane != ANSWER_LANE and queue.where not in self._left:
                queue.pauses += 1
                self._pause(queue, min(FIRST_PAUSE * 2.0 ** (queue.pauses - 1), LONGEST_PAUSE), f"setup: {outcome.reason}")
                self._left.add(queue.where)
                return False
            case Unknown() if queue.unknown >= UNKNOWN_IN_A_ROW and queue.where.lane != ANSWER_LANE:
                self._pause(queue, min(AWAY * queue.unknown, FIRST_PAUSE), outcome.reason)
                return False
            case Sent() if queue.pauses and queue.where not in self._left:
                queue.pauses = 0
                self._pause(queue, None, "")
        return True

    def _pause(self, queue: _Queue, seconds: float | None, problem: str, *, all_lanes: bool = False) -> None:
        """Written down for whoever sends there next."""
        until = None if seconds is None else self._machine() + timedelta(seconds=seconds)
        where = queue.where
        with self._store.write(EVERYWHERE) as session:
            for lane in LANES if all_lanes else (where.lane,):
                place = Where(where.platform, where.workspace, lane)
                pause(session, place, until=until, problem=problem[:200], pauses=queue.pauses if lane == where.lane else None)
        if until is not None:
            self._let_go(where)


def _address(owed: Owed) -> Address:
    """Where it goes, as far as a budget is concerned: what it edits stands for the message that it will turn out to be."""
    return Address(owed.channel, owed.user, owed.thread, owed.message or owed.edits, owed.hook)


def _past(owed: Owed) -> Past:
    return Past(_address(owed), owed.sent_at.timestamp() if owed.sent_at else 0.0, owed.lane == ANSWER_LANE)


def _receiver(owed: Owed) -> str:
    return owed.channel or owed.user
