"""Whom somebody may read about, and how much of it: names are for those who lead."""

from bot.commands import Named
from handlers import references
from handlers.asking import Asking
from storage.digesting import Circle, leads_anybody
from storage.people import members_by_id, team_by_id


def own(asking: Asking) -> Circle | None:
    """All whom the asker leads; an admin who leads nobody reads about everybody. None for whoever leads nobody."""
    organisation = asking.organisation.id or 0
    if leads_anybody(asking.session, organisation, asking.me):
        return Circle(organisation, asking.me, "led", admin=asking.member.admin)
    return Circle(organisation, asking.me, "company", admin=True) if asking.member.admin else None


def named(asking: Asking, named_: Named) -> tuple[Circle, bool]:
    """The people of a team or the company, and whether the asker leads them, so that they read the names as well."""
    kind, team_id = references.owner(asking, named_)
    organisation = asking.organisation.id or 0
    if kind == "company":
        return Circle(organisation, asking.me, "company", admin=asking.member.admin), asking.member.admin
    return Circle(organisation, asking.me, "team", team_id, admin=asking.member.admin), _leads(asking, team_id)


def _leads(asking: Asking, team_id: int) -> bool:
    """The team's lead, whom that one reports to, and the admins."""
    team = team_by_id(asking.session, team_id)
    lead = members_by_id(asking.session, [team.lead_id]).get(team.lead_id) if team and team.lead_id else None
    return asking.member.admin or (lead is not None and asking.me in (lead.id, lead.lead_id))
