"""Where a page of one's own may go: the place it was asked for in, a team's channel, one's lead."""

from bot.commands import MyCycle, MyWeek, Named, SendPage
from bot.grammar import phrase
from bot.replies import Button
from handlers.asking import Asking
from storage.people import teams_of

MOST_TEAMS = 3


def ways(asking: Asking, page: MyWeek | MyCycle) -> tuple[Button, ...]:
    """The buttons that send a page on, each asked about once more before it goes."""
    buttons = []
    if asking.message.place.shared:
        buttons.append(_button("button_post_here", page, "here"))
    for team in [t for t in teams_of(asking.session, asking.me) if t.channel][:MOST_TEAMS]:
        buttons.append(_button("button_post_to_team", page, Named(team.name), name=team.name))
    lead = lead_of(asking)
    if lead is not None:
        buttons.append(_button("button_send_to_lead", page, "lead", lead=asking.person(lead).name))
    return tuple(buttons)


def _button(label: str, page: MyWeek | MyCycle, to: Named | str, **facts: str) -> Button:
    return Button(label, phrase(SendPage(page, to)), confirm="confirm_send", facts={"name": "", "lead": ""} | facts)


def lead_of(asking: Asking) -> int | None:
    """Whom one reports to: the direct manager, else the lead of the first team that somebody else leads."""
    led = (asking.member.lead_id, *(team.lead_id for team in teams_of(asking.session, asking.me)))
    return next((lead for lead in led if lead is not None and lead != asking.me), None)
