"""What follows from somebody's word beside its being stored, read in one statement: nearly always it is nothing."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, bindparam, literal, null, select, union_all
from sqlmodel import Session, SQLModel

from storage.apart import organisation_for
from storage.people import Team, TeamMember
from storage.pulse import EVENING, Prompt


class Follows(NamedTuple):
    """asked: for which of the days they were asked. thread: whether a team of theirs has a thread of the day."""

    asked: set[date]
    thread: bool


def _columns(kind: type[SQLModel]):  # type: ignore[no-untyped-def]
    return kind.__table__.c  # type: ignore[attr-defined]


_PROMPT, _TEAM, _PLACE = _columns(Prompt), _columns(Team), _columns(TeamMember)
_ASKED = select(literal("asked").label("what"), _PROMPT.on).where(
    _PROMPT.organisation_id == bindparam("organisation"),
    _PROMPT.member_id == bindparam("member"),
    _PROMPT.on.in_(bindparam("days", expanding=True)),
    _PROMPT.slot == EVENING,
)
_THREAD = select(literal("thread"), null().cast(Date)).where(
    _PLACE.organisation_id == bindparam("organisation"),
    _PLACE.member_id == bindparam("member"),
    _PLACE.state == "in",
    _TEAM.organisation_id == bindparam("organisation"),
    _TEAM.id == _PLACE.team_id,
    _TEAM.state == "live",
    _TEAM.daily,
    _TEAM.channel != "",
)
_FOLLOWS = union_all(_ASKED, _THREAD)


def follows(session: Session, member_id: int, days: Iterable[date]) -> Follows:
    """What follows from a word about these days."""
    session.flush()
    told = {"organisation": organisation_for(session, Prompt), "member": member_id, "days": list(set(days))}
    rows = session.connection().execute(_FOLLOWS, told).all()
    return Follows({day for what, day in rows if what == "asked"}, any(what == "thread" for what, _ in rows))
