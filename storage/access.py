"""Fetches and authorises at once: what a viewer may not see is not found, on every path alike."""

from collections.abc import Iterable

from sqlalchemy import and_, false
from sqlmodel import Session, col, or_, select

from storage.okrs import KeyResult, Objective, Request
from storage.people import Member, Team, TeamMember
from storage.sharing import Comment, Share

EVERYBODY = 0  # a viewer who stands for all who could look on: they see what is open to everyone
_UNPUBLISHED = ("draft", "discarded")
Here = tuple[str, str, str]  # platform, workspace and channel that somebody asks from


def visible(session: Session, viewer: int, objectives: Iterable[Objective], here: Here | None = None) -> list[Objective]:
    """Those of the objectives that the viewer may see, in the same order. Drafts and private ones have few readers.

    here: the shared place that they ask from; a draft shared with it is read from there alone.
    """
    rows = list(objectives)
    close = [o for o in rows if o.state in _UNPUBLISHED or o.visibility == "private"]
    allowed = _readers(session, viewer, close, here) if close and viewer != EVERYBODY else set()
    return [o for o in rows if o not in close or o.id in allowed]


def _readers(session: Session, viewer: int, objectives: list[Objective], here: Here | None) -> set[int]:
    """Ids of the drafts and private objectives that a viewer may read: their own, those they work on or were shown, and those they lead."""
    ids = [o.id for o in objectives if o.id is not None]
    involved = {objective for objective, member in _involved(session, ids) if member == viewer}
    shown = _shown_in(session, viewer, [o.id for o in objectives if o.id is not None and o.visibility != "private"], here)
    led = _led_by(session, viewer)
    return {
        o.id
        for o in objectives
        if o.id is not None
        and (
            acts_for(session, o, viewer)
            or o.id in involved
            or o.id in shown
            or (o.state in _UNPUBLISHED and o.made_by == viewer)
            or (o.state not in _UNPUBLISHED and (o.owner_kind, o.owner_id) in led)
        )
    }


def _involved(session: Session, ids: list[int]) -> set[tuple[int, int]]:
    """(objective, member) for everybody who owns a key result in these, was asked to work on them, or was shown them by name."""
    owns = select(KeyResult.objective_id, KeyResult.owner_id).where(col(KeyResult.objective_id).in_(ids), KeyResult.state == "open")
    asked = select(Request.objective_id, Request.to_id).where(
        col(Request.objective_id).in_(ids), col(Request.state).in_(["open", "accepted", "answered"])
    )
    shown = select(Share.objective_id, Share.member_id).where(
        col(Share.objective_id).in_(ids), Share.state == "live", col(Share.member_id).is_not(None)
    )
    return {(row[0], row[1]) for wanted in (owns, asked, shown) for row in session.exec(wanted).all() if row[1] is not None}


def _shown_in(session: Session, viewer: int, ids: list[int], here: Here | None) -> set[int]:
    """Ids of those that were shared with the channel that a viewer asks from, or with one where the viewer commented them."""
    live = col(Share.objective_id).in_(ids), Share.state == "live", Share.channel != ""
    commented = select(Comment.objective_id).where(Comment.by_id == viewer, Comment.state != "withdrawn")
    inside = and_(col(Share.platform) == here[0], col(Share.workspace) == here[1], col(Share.channel) == here[2]) if here else false()
    return set(session.exec(select(Share.objective_id).where(*live, or_(inside, col(Share.objective_id).in_(commented)))).all())


def readers_of(session: Session, objective: Objective) -> set[int]:
    """Members who may read a private objective, whoever else may act for its team or the company."""
    own = {objective.owner_id} if objective.owner_kind == "member" else set()
    leads = leads_of(session, objective.owner_id) if objective.owner_kind == "member" else set()
    return own | leads | {member for _, member in _involved(session, [objective.id or 0])}


def _led_by(session: Session, viewer: int) -> set[tuple[str, int]]:
    """Owners whom a viewer leads: direct reports, members of their teams, and the teams that a direct report leads."""
    reports = session.exec(select(Member.id).where(Member.lead_id == viewer)).all()
    teams = select(Team.id).where(Team.lead_id == viewer, Team.state == "live")
    in_teams = session.exec(select(TeamMember.member_id).where(col(TeamMember.team_id).in_(teams), TeamMember.state == "in")).all()
    led_teams = select(Team.id).where(col(Team.lead_id).in_(select(Member.id).where(Member.lead_id == viewer)), Team.state == "live")
    below = session.exec(led_teams).all()
    return {("member", m) for m in (*reports, *in_teams) if m is not None} | {("team", t) for t in below if t is not None}


def leads_of(session: Session, member_id: int) -> set[int]:
    """Whoever leads a member: the direct manager and the leads of their teams."""
    manager = session.exec(select(Member.lead_id).where(Member.id == member_id)).first()
    teams = select(TeamMember.team_id).where(TeamMember.member_id == member_id, TeamMember.state == "in")
    leads = session.exec(select(Team.lead_id).where(col(Team.id).in_(teams), Team.state == "live")).all()
    return {lead for lead in (manager, *leads) if lead is not None}


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
