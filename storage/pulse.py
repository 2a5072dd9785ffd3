"""When people are asked: the rings that wake for many at once, the prompts that each of them got, and who is away."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, event, func, inspect, or_, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Owned
from storage.people import Member, Team, TeamMember
from storage.prepared import Prepared

EVENING, MORNING = "evening", "morning"
# What makes two rings the same one.
ALIKE = ("slot", "zone", "minute", "workdays", "other_workdays", "workdays_from", "country", "review")


class Ring(Owned, table=True):
    """One moment of the day for everybody whose clock and calendar are the same, so that a tick looks at rings and not at people.

    slot: `evening` asks for the day, `morning` brings back what waits. minute: since local midnight, never on :00 or :30. workdays and the
    rest: as a member's, resolved. review: xun, week or fortnight. on, at: the local date that it wakes for next, and that moment.
    after_id: of that date, members up to this one were dealt with.
    """

    __tablename__ = "rings"
    __table_args__ = (
        UniqueConstraint(
            "organisation_id", "slot", "zone", "minute", "workdays", "other_workdays", "workdays_from", "country", "review", name="uq_rings"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    slot: str
    zone: str
    minute: int
    workdays: str = "1111100"
    other_workdays: str = ""
    workdays_from: str = ""
    country: str = ""
    review: str = "xun"
    on: date
    at: datetime = Field(index=True)
    after_id: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class Prompt(Owned, table=True):
    """What one member was asked for one local day; one a slot and day, however many processes plan.

    kind: daily, xun (the review of a period) or morning. start, end: of a xun, the period. state: open, answered, skipped or same. until:
    the moment from which an answer counts for another day. snoozed: its version when it was put off last, 0 for never. moved: it was
    put off to the next morning.
    """

    __tablename__ = "prompts"
    __table_args__ = (
        UniqueConstraint("member_id", "on", "slot", name="uq_prompts"),
        Index("ix_prompts_on", "organisation_id", "on", "slot", "member_id"),
        Index("ix_prompts_until", "member_id", "until"),
    )
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    on: date
    slot: str = "evening"
    kind: str = "daily"
    start: date | None = None
    end: date | None = None
    state: str = "open"
    snoozed: int = 0
    moved: bool = False
    until: datetime
    made_at: datetime
    version: int = 1


class Absence(Owned, table=True):
    """Days on which a member is not there, both ends included; why is nobody's business. part: `am` or `pm` of a single day, "" all day.

    state: live or over (taken back, or ended before it began).
    """

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_member", "member_id", "last"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    first: date
    last: date
    part: str = ""
    state: str = "live"
    made_at: datetime


def hold_due(session: Session, now: datetime, ring_id: int) -> Ring | None:
    """A ring whose time has come, held until the transaction ends; None when another process holds it, or has dealt with it.

    Nobody is put into it meanwhile: on PostgreSQL the foreign key waits for this lock, and it for the foreign key.
    """
    wanted = select(Ring).where(Ring.id == ring_id, Ring.at <= now)
    return session.exec(wanted.with_for_update(skip_locked=True).execution_options(populate_existing=True)).first()


def due_rings(session: Session, now: datetime) -> Sequence[tuple[int, int]]:
    """(id, organisation) of every ring whose time has come, the earliest first."""
    rows = session.exec(select(Ring.id, Ring.organisation_id).where(Ring.at <= now).order_by(col(Ring.at), col(Ring.id))).all()
    return [(row[0], row[1]) for row in rows if row[0] is not None]


def rings_by_id(session: Session, ids: Iterable[int]) -> dict[int, Ring]:
    """These rings by id, as they are now."""
    wanted = select(Ring).where(col(Ring.id).in_(list(ids))).execution_options(populate_existing=True)
    rows = session.exec(wanted).all()
    return {row.id: row for row in rows if row.id is not None}


def next_ring(session: Session, after: datetime) -> datetime | None:
    """When the next ring wakes after a moment, None when there is none."""
    return session.exec(select(func.min(Ring.at)).where(Ring.at > after)).first()


def organisations_unplaced(session: Session, most: int) -> Sequence[int]:
    """The organisations of the first of those members whose rings are to be found anew."""
    # By id, as their index has them: told to find distinct ones, SQLite looks at every member.
    unplaced = select(Member.organisation_id).where(col(Member.placed).is_(False)).order_by(col(Member.id))
    return list(dict.fromkeys(session.exec(unplaced.limit(most)).all()))


def hold_unplaced(session: Session, most: int) -> Sequence[Member]:
    """Members whose rings are to be found anew, but for those whom another process holds; held until the transaction ends."""
    wanted = select(Member).where(col(Member.placed).is_(False)).order_by(col(Member.id)).limit(most)
    # Not FOR UPDATE: a prompt may be stored for them meanwhile.
    return session.exec(wanted.with_for_update(skip_locked=True, key_share=True).execution_options(populate_existing=True)).all()


def reviews_of(session: Session, members: Iterable[int]) -> dict[int, str]:
    """How often these members look back, by the first of their teams that chose; who is missing is in no team that did."""
    joined = select(TeamMember.member_id, Team.review).join(Team, col(Team.id) == col(TeamMember.team_id))
    inside = col(TeamMember.member_id).in_(list(members)), TeamMember.state == "in", Team.state == "live", Team.review != ""
    found: dict[int, str] = {}
    for member, review in session.exec(joined.where(*inside).order_by(Team.name, col(Team.id))).all():
        found.setdefault(member, review)
    return found


def ring_like(session: Session, wanted: Ring) -> Ring:
    """The ring with the same clock and calendar; made when there is none."""
    same = [getattr(Ring, name) == getattr(wanted, name) for name in ALIKE]
    found = session.exec(select(Ring).where(*same)).first()
    if found is not None:
        return found
    values = {name: value for name, value in wanted.model_dump().items() if name != "id"} | {
        "organisation_id": session.info["organisation"]
    }
    session.connection().execute(_insert(session, Ring).values(**values).on_conflict_do_nothing())
    return session.exec(select(Ring).where(*same)).one()


def last_in_chunk(session: Session, ring: Ring, size: int) -> int | None:
    """The id of the last of the next `size` members of a ring, None when fewer are left."""
    mine = Member.ring_id if ring.slot == EVENING else Member.morning_id
    chunk = select(Member.id).where(mine == ring.id, col(Member.id) > ring.after_id).order_by(col(Member.id)).offset(size - 1).limit(1)
    return session.exec(chunk).first()


def absent_around(session: Session, ring: Ring, upto: int | None, first: date, last: date) -> list[int]:
    """Members of a ring's chunk who are on leave at some time between two days."""
    mine = Member.ring_id if ring.slot == EVENING else Member.morning_id
    wanted: list[Any] = [
        mine == ring.id,
        col(Member.id) > ring.after_id,
        Absence.state == "live",
        Absence.first <= last,
        Absence.last >= first,
    ]
    if upto is not None:
        wanted.append(col(Member.id) <= upto)
    joined = select(Member.id).join(Absence, col(Absence.member_id) == col(Member.id)).where(*wanted)
    return [number for number in session.exec(joined.distinct()).all() if number is not None]


def absences_of(session: Session, members: Iterable[int], since: date) -> dict[int, list[Absence]]:
    """The leave of these members that lasts till a day or beyond, by member."""
    found: dict[int, list[Absence]] = {number: [] for number in members}
    wanted = col(Absence.member_id).in_(found.keys()), Absence.state == "live", Absence.last >= since
    for row in session.exec(select(Absence).where(*wanted).order_by(col(Absence.first), col(Absence.id))).all() if found else ():
        found[row.member_id].append(row)
    return found


def prompt_by_id(session: Session, prompt_id: int, *, lock: bool = False) -> Prompt | None:
    """One prompt; lock: held against every other writer until the transaction ends."""
    wanted = select(Prompt).where(Prompt.id == prompt_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


_ALL_OPEN = (
    select(Prompt)
    .where(Prompt.member_id == bindparam("member"), Prompt.slot == EVENING, Prompt.state == "open")
    .where(Prompt.until > bindparam("now"))
    .order_by(col(Prompt.on).desc())
)
_OPEN, _OPEN_HELD = Prepared(_ALL_OPEN), Prepared(_ALL_OPEN.with_for_update().execution_options(populate_existing=True))


def open_prompts(session: Session, member_id: int, now: datetime, *, lock: bool = False) -> list[Prompt]:
    """What a member was asked and has not answered, while an answer still counts for its day; the latest day first.

    lock: held against every other writer, so that two answers at once do not both settle one.
    """
    return (_OPEN_HELD if lock else _OPEN).things(session, member=member_id, now=now)


_ASKED_ON = select(Prompt).where(
    Prompt.member_id == bindparam("member"), Prompt.on == bindparam("day"), Prompt.slot == bindparam("at_slot")
)
_ON_DAY, _ON_DAY_HELD = Prepared(_ASKED_ON), Prepared(_ASKED_ON.with_for_update().execution_options(populate_existing=True))


def prompt_on(session: Session, member_id: int, on: date, slot: str = EVENING, *, lock: bool = False) -> Prompt | None:
    """What a member was asked for a day; lock: held against every other writer until the transaction ends."""
    found = (_ON_DAY_HELD if lock else _ON_DAY).first(session, member=member_id, day=on, at_slot=slot)
    return found[0] if found else None


def last_looked_back(session: Session, members: Iterable[int], before: date) -> dict[int, date]:
    """The last day of the last period that each of these was asked to look back on, before a day."""
    wanted = col(Prompt.member_id).in_(list(members)), Prompt.slot == EVENING, Prompt.kind == "xun", Prompt.on < before
    rows = session.exec(select(Prompt.member_id, func.max(Prompt.end)).where(*wanted).group_by(col(Prompt.member_id))).all()
    return {member: end for member, end in rows if end is not None}


def prompts_before(session: Session, member_id: int, on: date, limit: int) -> Sequence[Prompt]:
    """What a member was asked before a day, the latest first."""
    wanted = Prompt.member_id == member_id, Prompt.on < on, Prompt.slot == EVENING
    return session.exec(select(Prompt).where(*wanted).order_by(col(Prompt.on).desc()).limit(limit)).all()


def _insert(session: Session, table: type[SQLModel]) -> Any:
    return (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table)


def away_on(session: Session, member_id: int, day: date, half: str = "") -> Absence | None:
    """The leave that a member is on that day. half: `am` or `pm`, for leave of half a day; "" for a whole day's alone."""
    wanted = Absence.member_id == member_id, Absence.state == "live", Absence.first <= day, Absence.last >= day
    return session.exec(
        select(Absence).where(*wanted, col(Absence.part).in_(("", half))).order_by(col(Absence.last).desc()).limit(1)
    ).first()


def away_among(session: Session, members: Iterable[int], day: date) -> dict[int, Absence]:
    """Who of these is on leave that whole day, and until when."""
    wanted = (
        col(Absence.member_id).in_(list(members)),
        Absence.state == "live",
        Absence.first <= day,
        Absence.last >= day,
        Absence.part == "",
    )
    return {row.member_id: row for row in session.exec(select(Absence).where(*wanted).order_by(col(Absence.last))).all()}


def leave_from(session: Session, member_id: int, day: date) -> Sequence[Absence]:
    """A member's leave that lasts till a day or beyond, the earliest first; held against every other writer."""
    wanted = Absence.member_id == member_id, Absence.state == "live", Absence.last >= day
    return session.exec(select(Absence).where(*wanted).order_by(col(Absence.first)).with_for_update()).all()


# ---------------------------------------------------------------- whoever is asked by another clock or calendar is placed anew

_DECIDES = ("timezone", "prompt_at", "workdays", "other_workdays", "workdays_from", "country", "quiet_from", "quiet_to")


def _watch(name: str) -> None:
    @event.listens_for(getattr(Member, name), "set")
    def changed(member: Member, value: Any, before: Any, _initiator: Any) -> None:
        if value != before:
            member.placed = False
            flag_modified(member, "placed")  # written even where it stood so: they may be being placed at this moment


for _name in _DECIDES:
    _watch(_name)


def _decides(team: Team) -> bool:
    """Whether what was changed of a team decides how often its members look back."""
    changed = inspect(team).attrs
    return any(changed[name].history.has_changes() for name in ("review", "state", "name"))


@event.listens_for(Session, "before_flush")
def _of_teams(session: Any, _context: Any, _instances: Any) -> None:
    """How often somebody looks back is decided by their teams."""
    touched = [row for row in (*session.new, *session.dirty) if isinstance(row, Team | TeamMember)]
    teams = [row.id for row in touched if isinstance(row, Team) and row.id and _decides(row)]
    members = {row.member_id for row in touched if isinstance(row, TeamMember)}
    inside = select(TeamMember.member_id).where(col(TeamMember.team_id).in_(teams), TeamMember.state == "in")
    if teams or members:
        meant = or_(col(Member.id).in_(members), col(Member.id).in_(inside)) if teams else col(Member.id).in_(members)
        session.connection().execute(update(Member).where(meant).values(placed=False))
