"""Who sends: one process at a time in each lane of a workspace, by a lease row that any database can keep; and for how long none does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Update, and_, case, func, not_, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from storage.outbox import Owed, free


@dataclass(frozen=True, order=True)
class Where:
    """A lane of a workspace."""

    platform: str
    workspace: str
    lane: int


class Lane(SQLModel, table=True):
    """Who sends there. until: the end of the holder's lease, None when it was given back; paused_until: nobody sends before. Both by the
    machine's clock.

    holder: who had it last, also after it was given back. pauses: how often in a row an admin's help was missing; problem: what was wrong.
    """

    __tablename__ = "lanes"
    platform: str = Field(primary_key=True)
    workspace: str = Field(primary_key=True)
    lane: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    holder: str = ""
    until: datetime | None = None
    paused_until: datetime | None = None
    pauses: int = 0
    problem: str = ""


def busy(session: Session, now: datetime, lanes: Iterable[int], platforms: Iterable[str]) -> Iterator[Where]:
    """The lanes in which something is due: a few looks into the index for each workspace that has anything waiting, however much it is."""
    wanted, last = set(platforms), ("", "")
    while (found := _next_place(session, *last)) is not None:
        last = found
        for where in [Where(*last, lane) for lane in lanes if last[0] in wanted]:
            if session.exec(select(Owed.id).where(*in_lane(where, now)).limit(1)).first() is not None:
                yield where


def _next_place(session: Session, platform: str, workspace: str) -> tuple[str, str] | None:
    """The next workspace with anything waiting; two questions that an index answers at once, which one with an OR is not everywhere."""
    for after in ((Owed.platform == platform, col(Owed.workspace) > workspace), (col(Owed.platform) > platform,)):
        places = select(Owed.platform, Owed.workspace).where(Owed.state == "waiting", *after)
        found = session.exec(places.order_by(col(Owed.platform), col(Owed.workspace)).limit(1)).first()
        if found is not None:
            return found[0], found[1]
    return None


def in_lane(where: Where, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a message wait in this lane: due, and of use still."""
    place = col(Owed.platform) == where.platform, col(Owed.workspace) == where.workspace, col(Owed.lane) == where.lane
    return (col(Owed.state) == "waiting", *place, col(Owed.due_at) <= now, or_(col(Owed.until).is_(None), col(Owed.until) >= now))


def ready(session: Session, where: Where, now: datetime, machine: datetime, *, resting: Iterable[str], most: int) -> Sequence[Owed]:
    """What may be sent there now, most urgent first. resting: receivers to leave alone."""
    receiver = case((col(Owed.channel) != "", col(Owed.channel)), else_=col(Owed.user))
    waiting = select(Owed).where(*in_lane(where, now), *free(machine), receiver.not_in(list(resting)))
    return session.exec(waiting.order_by(col(Owed.due_at), col(Owed.id)).limit(most)).all()


def soonest(session: Session, where: Where, now: datetime, machine: datetime, *, told: datetime) -> list[datetime]:
    """When the first of those will be ready that are under somebody's lease, or were told to wait, but not for longer than until `told`."""
    later = func.min(case((col(Owed.free_at).between(machine, told), col(Owed.free_at)))), func.min(Owed.lease_until)
    row = session.exec(select(*later).where(*in_lane(where, now), not_(and_(*free(machine))))).one()
    return [moment for moment in row if moment is not None and moment > machine]


def sent_since(session: Session, where: Where, machine: datetime) -> Sequence[Owed]:
    """What left for this workspace since then, in whichever lane."""
    place = Owed.platform == where.platform, Owed.workspace == where.workspace
    return session.exec(select(Owed).where(*place, col(Owed.sent_at) > machine).order_by(col(Owed.sent_at))).all()


def held(session: Session, where: Where) -> Lane | None:
    """Who sends there, as far as anybody ever did."""
    return session.get(Lane, (where.platform, where.workspace, where.lane), populate_existing=True)


def take(session: Session, where: Where, *, holder: str, machine: datetime, until: datetime) -> bool:
    """Takes a lane, or keeps it; false while somebody else has it."""
    if _make(session, where, holder=holder, until=until):
        return True
    free = or_(col(Lane.holder) == holder, col(Lane.until).is_(None), col(Lane.until) <= machine)
    return bool(session.connection().execute(_at(where).where(free).values(holder=holder, until=until)).rowcount)


def let_go(session: Session, where: Where, holder: str) -> None:
    """Gives a lane back."""
    session.connection().execute(_at(where).where(col(Lane.holder) == holder).values(until=None))


def paused(session: Session, machine: datetime) -> Sequence[Lane]:
    """Where nobody sends for now."""
    return session.exec(select(Lane).where(col(Lane.paused_until) > machine)).all()


def pause(session: Session, where: Where, *, until: datetime | None, problem: str, pauses: int | None = None) -> None:
    """Nobody sends there before; until None: it goes on. pauses None: as many as there were."""
    said = {} if pauses is None else {"pauses": pauses}
    _make(session, where)
    session.connection().execute(_at(where).values(paused_until=until, problem=problem, **said))


def _make(session: Session, where: Where, holder: str = "", until: datetime | None = None) -> bool:
    """Whether there was no such row yet."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(Lane).values(**_key(where), holder=holder, until=until, pauses=0, problem="")
    return session.connection().execute(new.on_conflict_do_nothing().returning(col(Lane.lane))).first() is not None


def _at(where: Where) -> Update:
    return update(Lane).where(col(Lane.platform) == where.platform, col(Lane.workspace) == where.workspace, col(Lane.lane) == where.lane)


def _key(where: Where) -> dict[str, object]:
    return {"platform": where.platform, "workspace": where.workspace, "lane": where.lane}
