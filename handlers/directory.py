"""A platform's own directory: its departments become teams, its managers leads. What a human said or changed by hand stays."""

from sqlmodel import Session

from bot.sending import Department, Profile
from handlers.names import LONGEST, word_taken
from storage.journal import ever_changed
from storage.people import (
    Account,
    Member,
    Team,
    TeamMember,
    account_of,
    hold_names,
    leads_above,
    membership,
    memberships_from,
    team_by_origin,
    team_named,
)


def led_by(session: Session, member: Member, lead: int | None) -> None:
    """Takes the directory's manager as the lead, unless a lead was said by a person or it would make a circle."""
    if not member.lead_chosen and lead not in (None, member.id) and member.id not in leads_above(session, lead or 0):
        member.lead_id = lead


def place(session: Session, account: Account, member: Member, profile: Profile) -> None:
    """Puts a member into the teams of their departments and takes them out of those that they left; nothing when it does not say."""
    departments = () if not profile.active else profile.departments
    if departments is None:
        return
    hold_names(session, account.organisation_id)
    here = f"{account.platform}:{account.workspace}:"
    origins = {here + department.id: department for department in departments}
    for row, team in memberships_from(session, member.id or 0, here):
        if row.origin not in origins and team.lead_id != member.id:
            row.state = "out"
            session.add(row)
    for origin, department in origins.items():
        team = _team(session, account, origin, department)
        if team.state == "live":
            _bring_in(session, team, member.id or 0, origin)
            _lead(session, account, team, department)


def _team(session: Session, account: Account, origin: str, department: Department) -> Team:
    team = team_by_origin(session, origin)
    if team is None:
        team = Team(name=_name(session, account, department, None), origin=origin)
    elif not ever_changed(session, f"t{team.id}", "name"):
        team.name = _name(session, account, department, team.id)
    session.add(team)
    session.flush()
    return team


def _name(session: Session, account: Account, department: Department, itself: int | None) -> str:
    """The department's name; where it means something else already, with the platform's behind it."""
    name = " ".join(department.name.split())[:LONGEST]
    if not word_taken(name) and _free(session, name, itself):
        return name
    told = f"{name[: LONGEST - 16]} ({account.platform.title()})"
    return told if _free(session, told, itself) else f"{told} {department.id[-4:]}"


def _free(session: Session, name: str, itself: int | None) -> bool:
    there = team_named(session, name)
    return there is None or there.id == itself


def _bring_in(session: Session, team: Team, member_id: int, origin: str) -> None:
    """Somebody who was taken out by hand stays out, and somebody who was brought in by hand is in by hand."""
    row = membership(session, team.id or 0, member_id)
    if row is None:
        row = TeamMember(team_id=team.id or 0, member_id=member_id, origin=origin)
    elif row.origin is not None:
        row.state, row.origin = "in", origin
    session.add(row)
    session.flush()


def _lead(session: Session, account: Account, team: Team, department: Department) -> None:
    found = account_of(session, account.platform, account.workspace, department.lead) if department.lead else None
    if found is None or not found[1].active or ever_changed(session, f"t{team.id}", "lead_id"):
        return
    _bring_in(session, team, found[1].id or 0, team.origin or "")
    team.lead_id = found[1].id
    session.add(team)
