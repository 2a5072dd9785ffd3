"""Whom leads read about, and when these were heard: set-based, so that the number of statements does not depend on how many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlmodel import Session

from storage.access import EVERYBODY
from storage.checkins import CheckIn
from storage.journal import Act, Change
from storage.outbox import Owed
from storage.people import Member, Team, TeamMember
from storage.pulse import EVENING, Absence, Prompt
from storage.standing import C, Greatest, K, O, running, table

M, T, B = table(Member), table(Team), table(TeamMember)
I, P, V = table(CheckIn), table(Prompt), table(Absence)  # noqa: E741
_X, _D, _Y = table(Owed), table(Change), table(Act)


class Page(NamedTuple):
    """How many of a list, from which place on."""

    most: int
    start: int = 0


@dataclass(frozen=True)
class Circle:
    """Whom a digest is about, and who reads it. kind: those that the viewer leads, a team, everybody, or the viewer alone.

    viewer: whose eyes, EVERYBODY for those of all.
    """

    organisation: int
    viewer: int
    kind: Literal["led", "team", "company", "self"]
    team: int = 0
    admin: bool = False

    def members(self) -> Select[Any]:
        """The ids of the active members meant."""
        chosen = select(M.c.id).where(M.c.organisation_id == self.organisation, M.c.active)
        if self.kind == "self":
            return chosen.where(M.c.id == self.viewer)
        if self.kind == "team":
            return chosen.where(M.c.id.in_(_inside(B.c.team_id == self.team)))
        if self.kind == "led":
            return chosen.where(M.c.id != self.viewer, M.c.id.in_(led_by(self.viewer)))
        return chosen

    def sees(self) -> ColumnElement[bool]:
        """Which objectives the reader may see, as storage/access.py has it for what is published."""
        everyone = O.c.visibility == "everyone"
        if self.viewer == EVERYBODY:
            return everyone
        me = self.viewer
        reports = select(M.c.id).where(M.c.lead_id == me)
        theirs = or_(
            T.c.lead_id.in_(reports), T.c.lead_id == me, T.c.id.in_(select(B.c.team_id).where(B.c.member_id == me, B.c.state == "in"))
        )
        teams = select(T.c.id).where(theirs, T.c.state == "live")
        own = and_(O.c.owner_kind == "member", or_(O.c.owner_id == me, O.c.owner_id.in_(led_by(me))))
        of_teams = O.c.owner_kind != "member" if self.admin else and_(O.c.owner_kind == "team", O.c.owner_id.in_(teams))
        return or_(everyone, own, of_teams, K.c.owner_id == me)


def _inside(which: ColumnElement[bool]) -> Select[Any]:
    return select(B.c.member_id).join(T, T.c.id == B.c.team_id).where(which, B.c.state == "in", T.c.state == "live")


def led_by(viewer: int) -> Any:
    """The ids of direct reports and of the members of the teams that somebody leads."""
    reports = select(M.c.id.label("id")).where(M.c.lead_id == viewer)
    return reports.union(_inside(T.c.lead_id == viewer).with_only_columns(B.c.member_id.label("id")))


def leads_anybody(session: Session, organisation: int, member_id: int) -> bool:
    """Whether a member has direct reports, or leads a team with somebody else in it."""
    others = Circle(organisation, member_id, "led").members().limit(1)
    return session.connection().execute(others).first() is not None


def run(session: Session, statement: Any) -> Sequence[Any]:
    return session.connection().execute(statement).all()


@dataclass(frozen=True)
class Colleague:
    """One of the people meant, with what their calendar is made of."""

    id: int
    timezone: str
    workdays: str
    other_workdays: str
    workdays_from: date | None
    country: str
    asked: bool


def colleagues(session: Session, circle: Circle) -> list[Colleague]:
    """Everybody meant, by name."""
    columns = M.c.id, M.c.timezone, M.c.workdays, M.c.other_workdays, M.c.workdays_from, M.c.country, M.c.prompted & ~M.c.muted
    rows = run(session, select(*columns).where(M.c.id.in_(circle.members())).order_by(M.c.name, M.c.id))
    return [Colleague(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6])) for row in rows]


@dataclass(frozen=True)
class Heard:
    """When somebody was heard last. last: the day of their newest line, None for never; on: the days of those looked at that have one;
    began: the day from which a key result that runs is theirs, looked up where nothing was heard by the last of those days.
    told: the last day for which the question went out to them; told_at: when that was."""

    id: int
    last: date | None
    on: tuple[bool, ...]
    began: date | None
    told: date | None
    told_at: datetime | None


def went_out() -> ColumnElement[bool]:
    """Whether an evening's question was sent: what was planned and never arrived told nobody anything."""
    key = literal("prompt-") + cast(P.c.id, String) + "-1-" + func.replace(cast(P.c.on, String), "-", "")
    return exists().where(_X.c.key == key, _X.c.state == "sent").correlate(P)


def led_since(session: Session, members: Sequence[int]) -> dict[int, datetime]:
    """When the lead of each of these was said last; who is missing has had theirs from the beginning."""
    things = {f"m{member}": member for member in members}
    wanted = select(_D.c.thing, func.max(_Y.c.at)).join(_Y, _Y.c.id == _D.c.act_id)
    rows = run(session, wanted.where(_D.c.thing.in_(list(things)), _D.c.field == "lead_id").group_by(_D.c.thing)) if things else ()
    return {things[row[0]]: row[1] for row in rows}


def heard(session: Session, circle: Circle, spans: Sequence[tuple[date, date]], today: date) -> dict[int, Heard]:
    """When each of those who have a key result that runs was heard last, and whether they said something in each of these spans."""
    theirs = I.c.member_id == M.c.id, I.c.live
    newest = select(I.c.on).where(*theirs, I.c.on <= today).order_by(I.c.on.desc()).limit(1).correlate(M).scalar_subquery()
    within = [exists().where(*theirs, I.c.on >= first, I.c.on <= last) for first, last in spans]
    mine = [K.c.owner_id == M.c.id, *running(circle.organisation, today), circle.sees()]
    began = select(func.min(_owned_since(), type_=O.c.published_at.type)).where(*mine).correlate(M).scalar_subquery()
    fresh = or_(newest.is_(None), newest > max((last for _, last in spans), default=today))
    theirs_asked = P.c.member_id == M.c.id, P.c.slot == EVENING, went_out()
    asked, asked_at = (
        select(column).where(*theirs_asked).order_by(P.c.on.desc()).limit(1).correlate(M).scalar_subquery()
        for column in (P.c.on, P.c.made_at)
    )
    columns = [M.c.id, newest, case((fresh, began), else_=None), asked, asked_at, *within]
    rows = run(session, select(*columns).where(M.c.id.in_(circle.members()), exists().where(*mine).correlate(M)))
    return {row[0]: Heard(row[0], row[1], tuple(map(bool, row[5:])), row[2].date() if row[2] else None, row[3], row[4]) for row in rows}


def _owned_since() -> ColumnElement[Any]:
    """Since when a key result that runs is its owner's: published, handed over to them, or there when they joined."""
    handed = _D.c.thing == literal("k") + cast(K.c.id, String), _D.c.field == "owner_id"
    taken = select(func.max(_Y.c.at)).select_from(_D.join(_Y, _Y.c.id == _D.c.act_id)).where(*handed).correlate(K).scalar_subquery()
    return Greatest(O.c.published_at, func.coalesce(taken, O.c.published_at), M.c.made_at)


def leave_of(session: Session, circle: Circle, first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    """Whole days of leave that lie between two days, by member."""
    wanted = V.c.member_id.in_(circle.members()), V.c.state == "live", V.c.part == "", V.c.first <= last, V.c.last >= first
    found: dict[int, list[tuple[date, date]]] = {}
    for member, begin, finish in run(session, select(V.c.member_id, V.c.first, V.c.last).where(*wanted)):
        found.setdefault(member, []).append((begin, finish))
    return found


def without_okr(session: Session, circle: Circle, today: date, page: Page) -> tuple[int, list[int]]:
    """How many of these own nothing that runs, and the first of them by name."""
    org = circle.organisation
    owns = exists().where(K.c.owner_id == M.c.id, *running(org, today))
    has = exists().where(
        O.c.owner_kind == "member",
        O.c.owner_id == M.c.id,
        O.c.state == "published",
        C.c.id == O.c.cycle_id,
        C.c.start <= today,
        C.c.end >= today,
    )
    wanted = select(M.c.id, func.count().over()).where(M.c.id.in_(circle.members()), ~owns, ~has)
    rows = run(session, wanted.order_by(M.c.name, M.c.id).limit(page.most).offset(page.start))
    return counted(rows, lambda row: row[0])


def counted(rows: Sequence[Any], made: Any) -> tuple[int, list[Any]]:
    """The whole number, which stands in each row's second column, and what the rows are."""
    return (rows[0][1] if rows else 0), [made(row) for row in rows]


def readers_of_digest(session: Session, member_id: int) -> list[int]:
    """Whose digest a member is in: their lead and the leads of their teams, as far as they want one."""
    lead = select(M.c.lead_id).where(M.c.id == member_id)
    teams = select(T.c.lead_id).join(B, B.c.team_id == T.c.id).where(B.c.member_id == member_id, B.c.state == "in", T.c.state == "live")
    wanted = select(M.c.id).where(M.c.id.in_(lead.union(teams)), M.c.id != member_id, M.c.active, M.c.digest != "off").order_by(M.c.id)
    return [row[0] for row in run(session, wanted)]


def first_key_results(session: Session, organisation: int, members: Sequence[int], today: date) -> dict[int, int]:
    """Of each of these members the first key result that runs and that everybody may see."""
    wanted = select(K.c.owner_id, func.min(K.c.id)).where(
        *running(organisation, today), K.c.owner_id.in_(members), O.c.visibility == "everyone"
    )
    return {row[0]: row[1] for row in run(session, wanted.group_by(K.c.owner_id))} if members else {}
