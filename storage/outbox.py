"""What came in and what must go out: claims on deliveries, messages owed, texts parked for buttons.

A message is owed once per `key`, whoever tries to add it and how often. It is worded when it is sent: the row holds its kind and
subject, or, for an answer, the claim whose reply it is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Index, UniqueConstraint, delete, func, or_, update
from sqlalchemy import text as sql_text
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Owned

# As text, so that a database sees that an index with the same words covers the question.
WAS_SENT, IS_EDIT = sql_text("sent_at IS NOT NULL"), sql_text("edits <> ''")
HAS_ID = sql_text("sent_as <> ''")
_AT_ONCE = 1000  # more than fall due in a minute
INHERITED = "uncertain: whoever sent it ended"


class Claim(SQLModel, table=True):
    """A delivery that was dealt with, and the reply it got. elsewhere: the reply went out as a message, not in the acknowledgement."""

    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("platform", "workspace", "delivery"),)
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    workspace: str
    delivery: str
    at: datetime = Field(index=True)
    reply: str = ""
    locale: str = ""
    redraw: bool = False
    elsewhere: bool = False


class Owed(Owned, table=True):
    """A message to send. lane 0 answers somebody who waits, lane 1 is unasked.

    body: a Reply as JSON, or "" when it is worded from kind and subject at the time of sending.
    account_id: to whose direct conversation; else channel, thread and the rest say where.
    after: the key of the message in whose thread it belongs; edits: the key of the message that it takes the place of. Both are looked
    up when it is sent. state: waiting, sent, failed or expired; problem: why, or "uncertain: …" where nobody can tell whether an earlier
    try arrived. due_at, until: business time. free_at, lease_until, tried_at (the first try), sent_at: the machine's clock.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_lane", "state", "platform", "workspace", "lane", "due_at", "id"),
        Index("ix_outbox_until", "state", "until"),
        Index("ix_outbox_sent", "platform", "workspace", "sent_at", sqlite_where=WAS_SENT, postgresql_where=WAS_SENT),
        Index("ix_outbox_edits", "edits", sqlite_where=IS_EDIT, postgresql_where=IS_EDIT),
        Index("ix_outbox_sent_as", "sent_as", sqlite_where=HAS_ID, postgresql_where=HAS_ID),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    platform: str
    workspace: str
    lane: int = 1
    kind: str = "reply"
    subject: str = ""
    body: str = ""
    locale: str = ""
    member_id: int | None = Field(default=None, foreign_key="members.id")
    user: str = ""
    channel: str = ""
    thread: str = ""
    message: str = ""
    hook: str = ""
    due_at: datetime
    until: datetime | None = None
    state: str = "waiting"
    attempts: int = 0
    free_at: datetime | None = None
    lease_until: datetime | None = None
    lease: str = ""
    problem: str = ""
    sent_as: str = ""
    sent_at: datetime | None = None
    tried_at: datetime | None = None
    after: str = Field(default="", sa_column_kwargs={"server_default": sql_text("''")})
    edits: str = Field(default="", sa_column_kwargs={"server_default": sql_text("''")})


class Parked(Owned, table=True):
    """A text that was too long for a button. for_id: the one member who was shown the button, None where others see it too."""

    __tablename__ = "parked"
    id: int | None = Field(default=None, primary_key=True)
    for_id: int | None = Field(default=None, foreign_key="members.id")
    text: str
    at: datetime


def claimed(session: Session, platform: str, workspace: str, delivery: str) -> Claim | None:
    """The claim on a delivery, if there is one."""
    return session.exec(select(Claim).where(Claim.platform == platform, Claim.workspace == workspace, Claim.delivery == delivery)).first()


def lease_one(session: Session, owed_id: int, *, machine: datetime, until: datetime, lease: str) -> Owed | None:
    """Takes a ready message under a lease; None when it is no longer ready. Two senders never get the same one.

    A lease that was left behind is of somebody who ended, or is as good as ended: what they sent is uncertain.
    """
    ready = (
        select(Owed)
        .where(col(Owed.id) == owed_id, Owed.state == "waiting", *free(machine))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    owed = session.exec(ready).first()
    if owed is not None:
        owed.problem = INHERITED if owed.lease else owed.problem
        owed.lease_until, owed.lease, owed.attempts = until, lease, owed.attempts + 1
        owed.tried_at = owed.tried_at or machine
        session.add(owed)
    return owed


def free(machine: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a waiting message ready: not being sent, not told to wait."""
    return (
        or_(col(Owed.free_at).is_(None), col(Owed.free_at) <= machine),
        or_(col(Owed.lease_until).is_(None), col(Owed.lease_until) <= machine),
    )


def settle(session: Session, owed_id: int, lease: str, **values: object) -> bool:
    """Writes what became of a leased message; false when the lease has passed to somebody else."""
    taken = update(Owed).where(col(Owed.id) == owed_id, col(Owed.lease) == lease)
    return bool(session.connection().execute(taken.values(lease_until=None, lease="", **values)).rowcount)


def counts(session: Session) -> dict[str, int]:
    """How many messages are in which state."""
    return {row[0]: row[1] for row in session.exec(select(Owed.state, func.count()).group_by(Owed.state)).all()}


def waiting_for(session: Session, member_id: int) -> Sequence[Owed]:
    """What is still to be sent to a member."""
    return session.exec(select(Owed).where(Owed.member_id == member_id, Owed.state == "waiting")).all()


def was_told(session: Session, member_id: int, kinds: Iterable[str], subjects: Iterable[str]) -> bool:
    """Whether a member was sent a message of one of these kinds about one of these subjects."""
    wanted = col(Owed.member_id) == member_id, col(Owed.kind).in_(list(kinds)), col(Owed.subject).in_(list(subjects))
    return session.exec(select(Owed.id).where(WAS_SENT, Owed.state == "sent", *wanted).limit(1)).first() is not None


def parked_text(session: Session, parked_id: int, reader: int) -> str | None:
    """A text that was parked for a button which this member could see."""
    seen = or_(col(Parked.for_id).is_(None), col(Parked.for_id) == reader)
    return session.exec(select(Parked.text).where(Parked.id == parked_id, seen)).first()


def expire(session: Session, now: datetime, machine: datetime) -> int:
    """Marks what is past its use; it is counted and never silently dropped."""
    past = col(Owed.state) == "waiting", col(Owed.until) < now, or_(col(Owed.lease) == "", col(Owed.lease_until) <= machine)
    expired = update(Owed).where(*past)
    return int(session.connection().execute(expired.values(state="expired", problem="past its use")).rowcount)


def any_past(session: Session, now: datetime) -> bool:
    """Whether anything may be past its use."""
    return session.exec(select(Owed.id).where(col(Owed.state) == "waiting", col(Owed.until) < now).limit(1)).first() is not None


def due(session: Session, now: datetime) -> int:
    """How many messages wait whose moment has come."""
    return int(session.exec(select(func.count()).where(Owed.state == "waiting", col(Owed.due_at) <= now)).one())


def by_key(session: Session, key: str) -> Owed | None:
    """The message with this key."""
    return session.exec(select(Owed).where(Owed.key == key).execution_options(populate_existing=True)).first()


def edits_of(session: Session, key: str) -> Sequence[Owed]:
    """What takes, or took, the place of a message, in order."""
    return session.exec(select(Owed).where(Owed.edits == key, IS_EDIT).order_by(col(Owed.id))).all()


def fail_unasked(session: Session, gone: Owed, problem: str) -> int:
    """Settles what else waits for somebody who cannot be written to any more, so that it is not tried one by one."""
    theirs = Owed.platform == gone.platform, Owed.workspace == gone.workspace, Owed.user == gone.user, Owed.channel == ""
    others = update(Owed).where(Owed.state == "waiting", *theirs, col(Owed.lane) > 0, col(Owed.lease) == "")  # type: ignore[arg-type]
    return int(session.connection().execute(others.values(state="failed", problem=problem)).rowcount)


def forget_settled(session: Session, before: datetime) -> None:
    """Lets go of messages that were settled long ago, and of texts parked for buttons that nobody presses any more.

    It looks at the oldest alone, so that it costs the same however much there is.
    """
    oldest = session.exec(select(Owed.id, Owed.state, Owed.due_at).order_by(col(Owed.id)).limit(_AT_ONCE)).all()
    _delete(session, Owed, [number for number, state, due_at in oldest if state != "waiting" and due_at < before])
    parked = session.exec(select(Parked.id, Parked.at).order_by(col(Parked.id)).limit(_AT_ONCE)).all()
    _delete(session, Parked, [number for number, at in parked if at < before])


def _delete(session: Session, kind: type[Owed] | type[Parked], ids: Sequence[int | None]) -> None:
    if ids:
        session.connection().execute(delete(kind).where(col(kind.id).in_(ids)))


def next_owed(session: Session, after: datetime) -> datetime | None:
    """When the next waiting message falls due after a moment, None when there is none."""
    return session.exec(select(func.min(Owed.due_at)).where(Owed.state == "waiting", Owed.due_at > after)).first()


def said_as(session: Session, place: tuple[str, str], user: str, message: str, kinds: Iterable[str]) -> str:
    """The subject of the message of one of these kinds that somebody got under this id, "" for none. place: platform, workspace."""
    here = Owed.platform == place[0], Owed.workspace == place[1], Owed.user == user, Owed.sent_as == message, HAS_ID
    return session.exec(select(Owed.subject).where(*here, col(Owed.kind).in_(list(kinds))).limit(1)).first() or ""


def under_keys(session: Session, keys: Iterable[str]) -> Sequence[Owed]:
    """The messages owed under these keys, whatever became of them, oldest first."""
    return session.exec(select(Owed).where(col(Owed.key).in_(list(keys))).order_by(col(Owed.id))).all()


def was_sent(session: Session, key: str) -> bool:
    """Whether the message under this key went out."""
    return session.exec(select(Owed.id).where(Owed.key == key, Owed.state == "sent")).first() is not None
