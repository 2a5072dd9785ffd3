"""Fetches and authorises at once: what a viewer may not see is not found, on every path alike."""

from collections.abc import Iterable

from sqlmodel import Session, col, or_, select

from storage.okrs import KeyResult, Objective, Request
from storage.people import Member, Team, TeamMember


def visible(session: Session, viewer: int, objectives: Iterable[Objective]) -> list[Objective]:
    """Those of the objectives that the viewer may see, in the same order. Drafts and private ones have few readers."""
    rows = list(objectives)
    close = [o for o in rows if o.state == "draft" or o.visibility == "private"]
    allowed = _readers(session, viewer, close) if close else set()
    return [o for o in rows if o not in close or o.id in allowed]


def _readers(session: Session, viewer: int, objectives: list[Objective]) -> set[int]:
    """Ids of the drafts and private objectives that a viewer may read: their own, those they work on, and private ones they lead."""
    ids = [o.id for o in objectives if o.id is not None]
    works_on = select(KeyResult.objective_id).where(col(KeyResult.objective_id).in_(ids), KeyResult.owner_id == viewer)
    joined = select(Request.objective_id).where(
        col(Request.objective_id).in_(ids), Request.to_id == viewer, col(Request.state).in_(["open", "accepted", "answered"])
    )
    involved = set(session.exec(works_on).all()) | set(session.exec(joined).all())
    led = _led_by(session, viewer)
    return {
        o.id
        for o in objectives
        if o.id is not None
        and (
            acts_for(session, o, viewer)
            or o.made_by == viewer
            or o.id in involved
            or (o.state != "draft" and o.owner_kind == "member" and o.owner_id in led)
        )
    }


def _led_by(session: Session, viewer: int) -> set[int]:
    reports = session.exec(select(Member.id).where(Member.lead_id == viewer)).all()
    teams = select(Team.id).where(Team.lead_id == viewer, Team.state == "live")
    in_teams = session.exec(select(TeamMember.member_id).where(col(TeamMember.team_id).in_(teams), TeamMember.state == "in")).all()
    return {r for r in reports if r is not None} | set(in_teams)


def acts_for(session: Session, objective: Objective, member_id: int) -> bool:
    """Whether a member answers for an objective: its owner, the owning team's members, or an admin for the company's and for a team's."""
    if objective.owner_kind == "member":
        return objective.owner_id == member_id
    if session.exec(select(Member.admin).where(Member.id == member_id)).first():
        return True
    return objective.owner_kind == "team" and is_in(session, objective.owner_id, member_id)


def is_in(session: Session, team_id: int, member_id: int) -> bool:
    """Whether somebody is a live team's member or its lead."""
    member = select(TeamMember.team_id).where(TeamMember.member_id == member_id, TeamMember.state == "in")
    inside = or_(col(Team.lead_id) == member_id, col(Team.id).in_(member))
    return session.exec(select(Team.id).where(Team.id == team_id, Team.state == "live", inside)).first() is not None


def may_check_in(session: Session, key_result: KeyResult, objective: Objective, member_id: int) -> bool:
    """Owners and those who accepted to work on it."""
    if key_result.owner_id == member_id or acts_for(session, objective, member_id):
        return True
    on = or_(col(Request.key_result_id) == key_result.id, col(Request.key_result_id).is_(None))
    accepted = Request.objective_id == objective.id, on, Request.to_id == member_id, Request.state == "accepted"
    return session.exec(select(Request.id).where(*accepted, col(Request.kind).in_(["join", "help", "owner"]))).first() is not None
