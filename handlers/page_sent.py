"""Sends a page of one's own as it is at that moment, and says what was left out of it because its readers may not see it."""

from hashlib import sha256

from bot.commands import MyCycle, MyWeek, Named, SendPage
from bot.replies import Reply, Say, to_json
from handlers import my_cycle, my_week, outbox, pages, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.pages import Page
from handlers.refusals import Refusal
from handlers.sending import lead_of
from storage.access import EVERYBODY
from storage.outbox import Owed
from storage.people import Team, members_by_id, team_by_id, teams_of, workspace_of

NAMED = {MyWeek: "week", MyCycle: "cycle"}


def send(asking: Asking, command: SendPage) -> Reply:
    """Sends the page as it is now, and says what was left out of it."""
    return _to_lead(asking, command) if command.to == "lead" else _to_channel(asking, command)


def _page(asking: Asking, command: SendPage, reader: int) -> tuple[Page, str]:
    """The page as its reader may see it, with the text that it is sent as."""
    made = command.page
    page = my_week.page_of(asking, made, reader) if isinstance(made, MyWeek) else my_cycle.page_of(asking, made, reader)
    if page.empty:
        raise Refusal("page_has_nothing", hidden=page.hidden)
    return page, to_json(Reply(tuple(pages.parts_of(asking, page, own=False))))


def _to_lead(asking: Asking, command: SendPage) -> Reply:
    lead = lead_of(asking)
    if lead is None:
        raise Refusal("no_lead_to_send_to", copy=example(asking, "example_lead").text)
    page, body = _page(asking, command, lead)
    sender = asking.message.sender
    account = outbox.account_for(asking.session, lead, (sender.platform, sender.workspace))
    if account is None or not members_by_id(asking.session, [lead])[lead].active:
        raise Refusal("lead_out_of_reach", who=asking.person(lead))
    owed = _owed(command, (account.platform, account.workspace), f"m{lead}", body)
    owed.member_id, owed.user = lead, account.user
    owed.locale = members_by_id(asking.session, [lead])[lead].locale or _locale(asking, account.platform, account.workspace)
    return _told(outbox.hand_over(asking, owed), page, to="lead", name=asking.person(lead).name)


def _to_channel(asking: Asking, command: SendPage) -> Reply:
    place, sender = asking.message.place, asking.message.sender
    if isinstance(command.to, Named):
        team = _team(asking, command.to)
        where, channel, name = (team.platform or sender.platform, team.workspace or sender.workspace), team.channel, team.name
    elif place.shared and place.channel:
        where, channel, name = (sender.platform, sender.workspace), place.channel, ""
    else:
        raise Refusal("here_is_nowhere")
    page, body = _page(asking, command, EVERYBODY)
    owed = _owed(command, where, channel, body)
    owed.member_id, owed.channel, owed.locale = asking.me, channel, _locale(asking, *where)
    return _told(outbox.hand_over(asking, owed), page, to="team" if name else "here", name=name)


def _team(asking: Asking, named: Named) -> Team:
    """A team of one's own that has a channel."""
    _, team_id = references.owner(asking, named)
    team = team_by_id(asking.session, team_id)
    assert team is not None
    if team_id not in {t.id for t in teams_of(asking.session, asking.me)} and team.lead_id != asking.me:
        raise Refusal("not_your_team", name=team.name)
    if not team.channel:
        raise Refusal("team_has_no_channel", name=team.name)
    return team


def _owed(command: SendPage, where: tuple[str, str], to: str, body: str) -> Owed:
    """What is sent, under a key by which the same words go to the same place once."""
    kind = f"{NAMED[type(command.page)]}_{'sent' if command.to == 'lead' else 'posted'}"
    mark = sha256(f"{where}{to}{body}".encode()).hexdigest()[:24]
    return Owed(key=f"{kind}-{mark}", platform=where[0], workspace=where[1], lane=outbox.UNASKED_LANE, kind=kind, body=body)  # type: ignore[call-arg]


def _locale(asking: Asking, platform: str, workspace: str) -> str:
    there = workspace_of(asking.session, platform, workspace)
    return there.locale if there else asking.organisation.locale


def _told(fresh: bool, page: Page, *, to: str, name: str) -> Reply:
    return Reply((Say("page_sent", {"to": to, "name": name, "hidden": page.hidden, "fresh": fresh}),), private=True)
