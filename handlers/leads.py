"""Whom somebody reports to: said by themselves, by their lead of the moment, or by an admin."""

from bot.commands import ReportsTo, Who
from bot.replies import Button, Reply, Say
from handlers import cards, people
from handlers.asking import Asking
from handlers.pen import Pen
from handlers.refusals import Refusal
from storage.people import Member, admins, leads_above


def reports_to(asking: Asking, command: ReportsTo) -> Reply:
    """Gives somebody a lead, or none; what is said by a person stands against any directory."""
    member = _known(asking, command.who) if command.who else asking.member
    lead = _known(asking, command.to) if command.to else None
    _may(asking, member)
    pen = Pen(asking, "lead")
    if not give(asking, pen, member, lead):
        raise Refusal("already_led", who=asking.person(member.id or 0), lead=asking.person(lead.id or 0) if lead else None)
    facts = {"who": asking.person(member.id or 0), "lead": asking.person(lead.id or 0) if lead else None}
    return Reply((Say("reports_to", facts), cards.row_of(Button("button_undo", f"undo #c{pen.number}"))), card=f"c{pen.number}")


def give(asking: Asking, pen: Pen, member: Member, lead: Member | None) -> bool:
    """Gives a member a lead, or none; false when it is so already. Refuses whoever cannot be one."""
    if lead is not None:
        _fits(asking, member, lead)
    lead_id = lead.id if lead else None
    return lead_id != member.lead_id and pen.set(member, lead_id=lead_id, lead_chosen=True)


def _known(asking: Asking, who: Who) -> Member:
    member = people.known(asking, who)
    if member is None:
        raise Refusal("no_such_person", name=people.label(asking, who).removeprefix("@"))
    return member


def _may(asking: Asking, member: Member) -> None:
    if asking.member.admin or asking.me in (member.id, member.lead_id):
        return
    lead = asking.person(member.lead_id) if member.lead_id else None
    known = [asking.person(m.id or 0) for m in admins(asking.session)][:3]
    raise Refusal("not_yours_to_lead", who=asking.person(member.id or 0), lead=lead, admins=known)


def _fits(asking: Asking, member: Member, lead: Member) -> None:
    """Refuses a lead who has left, oneself, and a lead who reports, by however many steps, to the member."""
    if not lead.active:
        raise Refusal("person_left", who=asking.person(lead.id or 0))
    if lead.id == member.id:
        raise Refusal("leads_themselves", who=asking.person(member.id or 0))
    above = leads_above(asking.session, lead.id or 0)
    if member.id in above:
        circle = [member.id or 0, lead.id or 0, *above[: above.index(member.id) + 1]]
        raise Refusal("lead_in_a_circle", people=[asking.person(m) for m in circle])
