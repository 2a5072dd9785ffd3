"""Answers a message: parse, claim, look up, run in one transaction, and turn refusals into replies."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from limits import RateLimitItem
from limits import parse as parse_rate
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.commands import CheckIn, Command, Hello, Parked, Submit
from bot.grammar import parse
from bot.messages import Message, OutOfReach
from bot.replies import Person, Reply, Say
from bot.sending import Answered
from handlers import claims, people, posting
from handlers.answering import of_thread
from handlers.asking import Asking
from handlers.dispatch import HANDLERS, only_reads
from handlers.forms import colleagues
from handlers.outbox import owes_anything
from handlers.people import Defaults
from handlers.planning import open_ahead
from handlers.prose import unpark
from handlers.refusals import Refusal
from handlers.threads import about
from storage.outbox import forget_settled
from storage.people import Account, Known, Member, Organisation, account_of, known_sender, organisation_by_id
from storage.store import EVERYWHERE, Conflict, Store, Unreachable

log = logging.getLogger("tenday.desk")
TRIES = 4
Run = Callable[[Asking, Command], Reply]
ANSWERS_KEPT = timedelta(days=100)  # a card in a chat may be pressed, or its thread answered, for a quarter


class _NotThrough(Exception):
    """It did not go through without a savepoint."""


@dataclass
class Desk:
    """The one door: every front end's messages come here.

    now: business time. machine: seconds of the machine's clock, for the rate limit. wake: called after each commit that owes a message.
    """

    store: Store
    defaults: Defaults
    now: Callable[[], datetime]
    machine: Callable[[], float]
    wake: Callable[[], None] = lambda: None
    rate: str = "0"

    def __post_init__(self) -> None:
        self._rate: RateLimitItem | None = None if self.rate == "0" else parse_rate(self.rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limits = (self.defaults.most_objectives, self.defaults.most_key_results)

    def answer(self, message: Message) -> Answered:
        """The answer to one delivery; OutOfReach when nothing could be stored."""
        if not message.sender.user:
            return Answered(None)  # said by nobody: no member is made of it
        now = self.now()
        command = _read(message)
        slow = self._too_fast(message)
        try:
            if isinstance(command, Hello) and self._knows(message):
                return Answered(None)
            if slow is None and message.inline and only_reads(command):
                seen = self._look(message, command, now)
                if seen is not None:
                    return seen
            return self._do(message, command, now, slow)
        except Unreachable as problem:
            raise OutOfReach(str(problem)) from problem

    def tidy(self) -> None:
        """Lets go of what nobody needs any more, and opens the cycles whose time has come."""
        with self.store.write(EVERYWHERE) as session:
            claims.forget_old(session, self.now())
            forget_settled(session, self.now() - ANSWERS_KEPT)
        open_ahead(self.store, self.now())

    def _too_fast(self, message: Message) -> Reply | None:
        """A word to who says too much at once, with the seconds until they may go on."""
        sender = message.sender
        who = (sender.platform, sender.workspace, sender.user)
        if self._rate is None or self._limiter.hit(self._rate, *who):
            return None
        seconds = max(1, round(self._limiter.get_window_stats(self._rate, *who).reset_time - self.machine()))
        return Reply((Say("slow_down", {"seconds": seconds}),), private=True, tone="refusal")

    def _knows(self, message: Message) -> bool:
        """Whether the sender has been shown around, or is nobody to show around."""
        with self.store.read(EVERYWHERE) as session:
            found = account_of(session, message.sender.platform, message.sender.workspace, message.sender.user)
            return message.sender.outsider or (found is not None and (found[0].outsider or found[1].greeted_at is not None))

    def _look(self, message: Message, command: Command, now: datetime) -> Answered | None:
        """What only reads: no claim and no write. None when the sender is not known yet."""
        with self.store.read(EVERYWHERE) as session:
            known = _known(session, message)
            if known is None or known.account.outsider or message.sender.outsider:
                return None
            asking = _asking(session, message, known.member, now, known=known, locale=known.workspace.locale, limits=self._limits)
            reply = _run(asking, _in_thread(asking, command))
            return Answered(reply, asking.locale, redraw=_redraws(message, reply))

    def _do(self, message: Message, command: Command, now: datetime, slow: Reply | None) -> Answered:
        """What changes something, or is answered with a message: claimed, done and owed in one transaction."""
        for attempt in range(TRIES):
            run = _run_through if isinstance(command, CheckIn) and attempt == 0 else _run
            try:
                with self.store.write(EVERYWHERE) as session:
                    answered, owes = self._claimed(session, message, command, now, slow, run=run)
                if owes:
                    self.wake()
                return answered
            except (IntegrityError, Conflict, _NotThrough):
                if attempt == TRIES - 1:
                    raise
        raise AssertionError

    def _claimed(
        self, session: Session, message: Message, command: Command, now: datetime, slow: Reply | None, *, run: Run
    ) -> tuple[Answered, bool]:
        claim = claims.claim(session, message, now)
        if claim is None:
            return claims.first_answer(session, message), False
        known = _known(session, message)
        place = known.workspace if known else people.workspace(session, message.sender, now, self.defaults)
        session.info["organisation"] = place.organisation_id
        asker: int | None = None
        if message.sender.outsider or (known and known.account.outsider):
            reply, locale = Reply((Say("outsider"),), private=True, tone="refusal"), message.sender.locale or place.locale
        else:
            account, member = known[:2] if known else _met(session, message, now)
            new_here = member.greeted_at is None
            if new_here:
                member.greeted_at = now
            said = message.sender.locale or place.locale
            asking = _asking(session, message, _present(account, member), now, known=known, locale=said, limits=self._limits)
            if isinstance(command, Hello) and not new_here:
                return Answered(None), False
            reply = slow or run(asking, _in_thread(asking, command))
            locale, asker = asking.locale, asking.me
        reply = posting.park_long_texts(session, posting.hinted(message, reply), now, asker)
        answered = Answered(reply, locale, redraw=_redraws(message, reply))
        owed = posting.owe_answer(session, message, answered, claim, now)
        if owed and not message.inline:
            answered = replace(answered, reply=None)
        if posting.stays_open(message, reply):
            claims.released(session, claim)
        else:
            claims.settled(session, claim, answered, elsewhere=owed and not message.inline)
        return answered, owes_anything(session)


def _read(message: Message) -> Command:
    """What was said; a form whose text is none of ours is an outdated one, and its fields are not to be lost."""
    if message.entry == "hello":
        return Hello()
    command = parse(message.text, checkin_first=message.entry == "checkin")
    return Submit("") if message.entry == "form" and not isinstance(command, Submit) else command


def _in_thread(asking: Asking, command: Command) -> Command:
    """The same words read in the thread that they were said in: a prompt's, whose day they are about, or a card's."""
    if isinstance(command, Hello) or not asking.message.place.thread:
        return command
    prompt = asking.prompt = of_thread(asking.session, asking.message, asking.me, asking.now)
    thread = None if prompt else about(asking.session, asking.message, asking.me)
    if prompt is None and thread is None:
        return command
    return parse(asking.message.text, checkin_first=prompt is not None or asking.message.entry == "checkin", thread=thread)


def _present(account: Account, member: Member) -> Member:
    """A member who writes is here, whatever was noted of them."""
    if not (account.reachable and member.active):  # what is set anew is written anew, also where it stood so
        account.reachable = member.active = True
    return member


def _known(session: Session, message: Message) -> Known | None:
    return known_sender(session, message.sender.platform, message.sender.workspace, message.sender.user)


def _met(session: Session, message: Message, now: datetime) -> tuple[Account, Member]:
    """Somebody whose workspace never wrote before may be known all the same."""
    found = account_of(session, message.sender.platform, message.sender.workspace, message.sender.user)
    return found or people.newcomer(session, message.sender, now)


def _asking(
    session: Session, message: Message, member: Member, now: datetime, *, known: Known | None, locale: str, limits: tuple[int, int]
) -> Asking:
    session.info["organisation"] = member.organisation_id
    organisation = known.organisation if known else organisation_by_id(session, member.organisation_id)
    assert isinstance(organisation, Organisation)
    asking = Asking(session, organisation, member, message, now, member.locale or locale or organisation.locale, *limits)
    if known is not None and known.member is member:  # the answer is read where they write: their other accounts are nobody's matter here
        asking.people[asking.me] = Person(
            asking.me, member.name, ((message.sender.platform, message.sender.workspace, message.sender.user),)
        )
    return asking


def _handled(asking: Asking, command: Command) -> Reply:
    if isinstance(command, Parked):
        command = parse(unpark(asking, command))
    return HANDLERS[type(command)](asking, command)


def _run_through(asking: Asking, command: Command) -> Reply:
    """The handler's reply without a savepoint, for what hardly ever refuses; when it does, or fails, all is to be done again with one."""
    try:
        return colleagues.offered(asking, _handled(asking, command))
    except (IntegrityError, Unreachable, Conflict):
        raise
    except Exception as problem:
        if posting.is_database_trouble(problem):
            raise
        raise _NotThrough from problem


def _run(asking: Asking, command: Command) -> Reply:
    """The handler's reply; what it changed is taken back when it refuses, or when it fails and can only apologise."""
    session = asking.session
    savepoint = session.begin_nested()
    try:
        reply = _handled(asking, command)
        savepoint.commit()
    except Refusal as refusal:
        savepoint.rollback()
        reply = refusal.reply()
    except (IntegrityError, Unreachable, Conflict):
        raise
    except Exception as bug:
        if posting.is_database_trouble(bug):
            raise
        savepoint.rollback()
        session.expire_all()
        _log_bug(asking.message, bug)
        return Reply((Say("apology", {"delivery": asking.message.delivery[-12:]}),), private=True, tone="apology")
    return colleagues.offered(asking, reply)


def _log_bug(message: Message, bug: Exception) -> None:
    """Where it happened and in which delivery, and nothing of what was said."""
    frames = " < ".join(
        f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in reversed(traceback.extract_tb(bug.__traceback__)[-6:])
    )
    log.error("a bug in delivery %s: %s at %s", message.delivery, type(bug).__name__, frames)


def _redraws(message: Message, reply: Reply) -> bool:
    """Whether the answer takes the place of the card that was pressed, or of the form that was sent from a card.

    What only the asker may see never takes the place of what everybody in a shared place looks at.
    """
    if message.place.shared and message.message and reply.private:
        return False
    if message.entry == "form":
        shown_here = reply.tone == "answer" and not (reply.private and message.place.shared)
        return bool(message.message) and (reply.form is not None or shown_here)
    return message.entry == "press" and bool(reply.card) and reply.card == message.card and reply.tone == "answer"
