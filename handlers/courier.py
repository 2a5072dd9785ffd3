"""Carries one message: takes it under a lease, finds its place, words it, sends it once, and settles what became of it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.sending import Address, Later, Never, Outcome, Outgoing, Sent, Unknown
from handlers.composing import compose
from handlers.outbox import tell_unposted
from storage.outbox import Owed, by_key, edits_of, fail_unasked, lease_one, settle
from storage.people import Account
from storage.store import EVERYWHERE, Conflict, Store

log = logging.getLogger("tenday.delivery")
LEASE = timedelta(seconds=30)
MOST_TRIES = 12
SHORTEST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
NOT_BEFORE = timedelta(seconds=2)  # how soon to look again at what waits for another message
UNCERTAIN = "uncertain"

Send = Callable[[Outgoing], Outcome]
Settle = Callable[[Outgoing, float], Outcome | None]
Done = dict[str, int]


def nothing_done() -> Done:
    """The counts before anything was tried."""
    return {"sent": 0, "failed": 0, "uncertain": 0, "expired": 0}


class NotNow(Exception):
    """What it belongs to has not been sent yet."""


class Pointless(Exception):
    """It need not be sent any more; the message says why."""


@dataclass
class Courier:
    """settlers: what a platform says of a message whose outcome is unknown, and of when it was first tried (seconds ago):

    Sent, None when sending it (again) can do no harm, Later, or anything else when it cannot tell.
    """

    store: Store
    senders: Mapping[str, Send]
    settlers: Mapping[str, Settle]
    machine: Callable[[], datetime]
    lease: str

    def carry(self, owed_id: int, at: datetime) -> tuple[Outcome | None, Done]:
        """What became of it, and the counts; None when there was nothing to send (now)."""
        done = nothing_done()
        return self._carried(owed_id, at, done), done

    def _carried(self, owed_id: int, at: datetime, done: Done) -> Outcome | None:
        owed = self._taken(owed_id, at, done)
        if owed is None:
            return None
        outgoing = self._worded(owed, at)
        if outgoing is None:
            self._pointless(owed, "nothing to say any more", done)
            return None
        try:
            outcome = self._arrived(owed, outgoing, done) or self._sent(outgoing)
        except Exception as bug:
            log.error("a bug in sending %s: %s", owed.key, type(bug).__name__)
            outcome = Unknown(type(bug).__name__)
        self._became(owed, outcome, done)
        return outcome

    def _taken(self, owed_id: int, at: datetime, done: Done) -> Owed | None:
        """The message under our lease, with its place; None when it is not to be sent now."""
        machine = self.machine()
        try:
            with self.store.write(EVERYWHERE) as session:
                owed = lease_one(session, owed_id, machine=machine, until=machine + LEASE, lease=self.lease)
                if owed is None:
                    return None
                try:
                    find_place(session, owed, at, machine)
                except NotNow:
                    owed.free_at, owed.lease_until, owed.lease, owed.attempts = machine + NOT_BEFORE, None, "", owed.attempts - 1
                    return None
                except Pointless as why:
                    owed.state, owed.problem, owed.lease_until, owed.lease = "expired", str(why), None, ""
                    done["expired"] += 1
                    return None
                return owed
        except Conflict:
            return None

    def _worded(self, owed: Owed, at: datetime) -> Outgoing | None:
        with self.store.read(owed.organisation_id) as session:
            worded = compose(session, owed, at)
        if worded is None:
            return None
        to = Address(owed.channel, owed.user, owed.thread, owed.message, owed.hook)
        return Outgoing(owed.key, owed.platform, owed.workspace, to, worded[0], worded[1])  # type: ignore[arg-type]

    def _arrived(self, owed: Owed, outgoing: Outgoing, done: Done) -> Sent | Later | None:
        """Whether an earlier try got through after all. None: it did not, or nobody can tell, and it is sent once more."""
        if not owed.problem.startswith(UNCERTAIN):
            return None
        age = (self.machine() - owed.tried_at).total_seconds() if owed.tried_at else 0.0
        look = self.settlers.get(owed.platform)
        seen = look(outgoing, age) if look else Unknown("nobody to ask")
        if isinstance(seen, Sent | Later):
            return seen
        done["uncertain"] += seen is not None
        return None

    def _sent(self, outgoing: Outgoing) -> Outcome:
        """Sent; what was to take the place of a message that cannot be changed any more stands as a message of its own."""
        send = self.senders[outgoing.platform]
        outcome = send(outgoing)
        if isinstance(outcome, Never) and outcome.why == "edit" and outgoing.to.message:
            outcome = send(replace(outgoing, to=replace(outgoing.to, message="", hook="")))
        return outcome

    def _became(self, owed: Owed, outcome: Outcome, done: Done) -> None:
        match outcome:
            case Sent():
                self._settle(owed, state="sent", sent_as=outcome.message, sent_at=self.machine())
                done["sent"] += 1
            case Never(why="setup") if owed.until is not None:
                self._wait(owed, min(45 * 2.0 ** min(owed.attempts, 20), LONGEST_PAUSE), f"setup: {outcome.reason}")  # others first
            case Never():
                self._failed(owed, f"{outcome.why}: {outcome.reason}", done)
                if outcome.why == "gone" and not owed.channel:
                    self._gone(owed, f"gone: {outcome.reason}", done)
            case Later():
                self._later(owed, outcome, done)
            case Unknown():
                self._unknown(owed, outcome, done)

    def _later(self, owed: Owed, outcome: Later, done: Done) -> None:
        """Nothing was sent, and it is not the message's fault unless it is refused by itself, again and again."""
        if outcome.whom == "message" and owed.attempts >= MOST_TRIES:
            return self._failed(owed, f"given up: {outcome.reason}", done)
        again = {} if outcome.whom == "message" else {"attempts": owed.attempts - 1}
        if owed.problem.startswith(UNCERTAIN):
            return self._wait(owed, outcome.seconds, owed.problem, **again)
        return self._wait(owed, outcome.seconds, f"later: {outcome.reason}", tried_at=None, **again)

    def _unknown(self, owed: Owed, outcome: Unknown, done: Done) -> None:
        """It may have arrived: asked, or sent again, after a pause that lets a slow post appear."""
        if owed.until is None and owed.attempts >= MOST_TRIES:
            return self._failed(owed, f"given up: {outcome.reason}", done)
        pause = max(SHORTEST_PAUSE, min(2.0 ** min(owed.attempts, 20), LONGEST_PAUSE))
        return self._wait(owed, pause, f"{UNCERTAIN}: {outcome.reason}")

    def _wait(self, owed: Owed, seconds: float, problem: str, **values: object) -> None:
        self._settle(owed, free_at=self.machine() + timedelta(seconds=seconds), problem=problem[:200], **values)

    def _failed(self, owed: Owed, problem: str, done: Done) -> None:
        self._settle(owed, state="failed", problem=problem[:200])
        done["failed"] += 1
        if owed.kind == "share" and owed.channel:
            with self.store.write(owed.organisation_id) as session:
                tell_unposted(session, owed)

    def _pointless(self, owed: Owed, problem: str, done: Done) -> None:
        self._settle(owed, state="expired", problem=problem)
        done["expired"] += 1

    def _settle(self, owed: Owed, **values: object) -> None:
        """Written down by all means: what is not will be taken for uncertain."""
        for tries_left in (4, 3, 2, 1, 0):
            try:
                with self.store.write(EVERYWHERE) as session:
                    settle(session, owed.id or 0, self.lease, **values)
                return
            except Conflict:
                if not tries_left:
                    raise

    def _gone(self, owed: Owed, problem: str, done: Done) -> None:
        """They cannot be written to any more: nothing else that nobody asked for is tried."""
        with self.store.write(owed.organisation_id) as session:
            wanted = Account.platform == owed.platform, Account.workspace == owed.workspace, col(Account.user) == owed.user
            account = session.exec(select(Account).where(*wanted)).first()
            if account is not None:
                account.reachable = False
                session.add(account)
        with self.store.write(EVERYWHERE) as session:
            done["failed"] += fail_unasked(session, owed, problem[:200])


def find_place(session: Session, owed: Owed, at: datetime, machine: datetime) -> None:
    """Puts the message into the thread, or in the place, of the one it names. Raises NotNow and Pointless."""
    if owed.edits:
        _in_place_of(session, owed, at, machine)
    elif owed.after:
        named = by_key(session, owed.after)
        if named is not None and named.state == "waiting":
            raise NotNow
        if named is not None and named.state == "sent" and named.sent_as:
            owed.channel, owed.user, owed.thread = named.channel, named.user, named.thread or named.sent_as
    session.add(owed)


def _in_place_of(session: Session, owed: Owed, at: datetime, machine: datetime) -> None:
    """Only the newest change of a message is sent, and never beside another one that is under way."""
    named, changes = by_key(session, owed.edits), edits_of(session, owed.edits)
    others = [one for one in changes if one.id != owed.id]
    if any((one.id or 0) > (owed.id or 0) and (one.state == "sent" or (one.state == "waiting" and one.due_at <= at)) for one in others):
        raise Pointless("a newer one takes its place")
    if named is not None and named.state == "waiting":
        raise NotNow
    if named is None or named.state != "sent" or not named.sent_as:
        raise Pointless("nothing to edit")
    if any(one.state == "waiting" and one.lease_until is not None and one.lease_until > machine for one in others):
        raise NotNow
    shown = next((one.sent_as for one in reversed(changes) if one.state == "sent" and one.sent_as), named.sent_as)
    owed.channel, owed.user, owed.thread, owed.message, owed.hook = named.channel, named.user, named.thread, shown, ""
