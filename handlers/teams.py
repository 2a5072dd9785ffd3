"""Teams: founding one, who is in it, who leads it, what it is called and where it talks, and dissolving it."""

from collections.abc import Iterable

from bot.commands import ChangeTeam, Named, NewTeam, Who
from bot.replies import Button, Part, Reply, Say
from handlers import cards, names, people, references
from handlers.asking import Asking
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.team_cards import team_card
from storage.okrs import objectives_owned
from storage.people import Member, Team, TeamMember, admins, members_in, membership, team_by_id

HERE = ("here", "本群", "这里")
NOWHERE = ("", "off", "none", "无")


def new_team(asking: Asking, command: NewTeam) -> Reply:
    """Anybody may found a team, and leads it unless they name somebody else."""
    name = names.fitting(asking, command.name, "team")
    found, strangers = _people(asking, command.members)
    lead = _one_here(asking, command.lead) if command.lead else asking.member
    pen = Pen(asking, "team_made")
    team = Team(name=name, lead_id=lead.id)
    for column, value in (_place(asking, command.channel) if command.channel else {}).items():
        setattr(team, column, value)
    pen.add(team, field="state", absent="dissolved")
    for member in dict.fromkeys([lead.id or 0, *(m.id or 0 for m in found)]):
        _bring_in(asking, pen, team, member)
    return _shown(asking, team, pen, Say("team_made", {"name": name, "lead": asking.person(lead.id or 0)}), strangers)


def change_team(asking: Asking, command: ChangeTeam) -> Reply:
    """One change of a team, by its lead or an admin; whoever is in it may also leave."""
    team = team_by_id(asking.session, _named(asking, command.team), lock=True)
    assert team is not None
    found, strangers = _people(asking, command.people)
    leaves = command.what == "remove" and [m.id for m in found] == [asking.me]
    _may(asking, team, leaves=leaves)
    if command.what in ("add", "remove", "lead") and not found:
        raise Refusal("team_who", name=team.name, what=command.what, strangers=strangers, copy=f"team {names.quoted(team.name)} add @…")
    pen = Pen(asking, "team_changed")
    said = _CHANGES[command.what](asking, pen, team, found, command.text)
    return _shown(asking, team, pen, said, strangers)


def _named(asking: Asking, named: Named) -> int:
    kind, team_id = references.owner(asking, named)
    if kind != "team":
        raise Refusal("company_is_no_team")
    return team_id


def _people(asking: Asking, who: Iterable[Who]) -> tuple[list[Member], list[str]]:
    """Members by their names, each once, and the names that mean nobody."""
    found: dict[int | None, Member] = {}
    strangers: list[str] = []
    for one in who:
        member = people.known(asking, one)
        if member is None:
            strangers.append(people.label(asking, one))
        else:
            found[member.id] = member
    return list(found.values()), list(dict.fromkeys(strangers))


def _one_here(asking: Asking, who: Who) -> Member:
    """The member meant, who has not left."""
    member = people.known(asking, who)
    if member is None:
        raise Refusal("no_such_person", name=people.label(asking, who).removeprefix("@"))
    return _still_here(asking, member)


def _still_here(asking: Asking, member: Member) -> Member:
    if not member.active:
        raise Refusal("person_left", who=asking.person(member.id or 0))
    return member


def _may(asking: Asking, team: Team, *, leaves: bool) -> None:
    """The lead and admins; a team without a lead is in its members' own hands."""
    inside = members_in(asking.session, [team.id or 0])[team.id or 0]
    if asking.member.admin or team.lead_id == asking.me or (asking.me in inside and (leaves or team.lead_id is None)):
        return
    lead = asking.person(team.lead_id) if team.lead_id else None
    who = [asking.person(m.id or 0) for m in admins(asking.session)][:3]
    raise Refusal("not_yours_to_change_team", name=team.name, lead=lead, admins=[p for p in who if p != lead])


def _bring_in(asking: Asking, pen: Pen, team: Team, member_id: int) -> bool:
    """Puts a member into a team by hand; false when they are in it."""
    there = membership(asking.session, team.id or 0, member_id)
    if there is not None:
        return pen.set(there, state="in", origin=None) if there.state != "in" else False
    pen.add(TeamMember(team_id=team.id or 0, member_id=member_id), field="state", absent="out")
    return True


def _add(asking: Asking, pen: Pen, team: Team, found: list[Member], _text: str) -> Say:
    came = [_still_here(asking, m) for m in found]
    came = [m for m in came if _bring_in(asking, pen, team, m.id or 0)]
    if not came:
        raise Refusal("already_in_team", name=team.name, people=_persons(asking, found))
    return Say("team_added", {"name": team.name, "people": _persons(asking, came)})


def _remove(asking: Asking, pen: Pen, team: Team, found: list[Member], _text: str) -> Say:
    inside = members_in(asking.session, [team.id or 0])[team.id or 0]
    outside = [m for m in found if m.id not in inside]
    if outside:
        raise Refusal("not_in_team", name=team.name, people=_persons(asking, outside))
    if any(m.id == team.lead_id for m in found):
        lead = asking.person(team.lead_id or 0)
        raise Refusal("team_needs_lead", name=team.name, lead=lead, copy=f"team {names.quoted(team.name)} lead @…")
    for member in found:
        row = membership(asking.session, team.id or 0, member.id or 0)
        if row is not None:
            pen.set(row, state="out", origin=None)
    return Say("team_removed", {"name": team.name, "people": _persons(asking, found)})


def _lead(asking: Asking, pen: Pen, team: Team, found: list[Member], _text: str) -> Say:
    if len(found) > 1:
        raise Refusal("team_one_lead", name=team.name, people=_persons(asking, found))
    member = _still_here(asking, found[0])
    if team.lead_id == member.id:
        raise Refusal("already_leads_team", name=team.name, lead=asking.person(member.id or 0))
    _bring_in(asking, pen, team, member.id or 0)
    pen.set(team, lead_id=member.id)
    return Say("team_led", {"name": team.name, "lead": asking.person(member.id or 0)})


def _rename(asking: Asking, pen: Pen, team: Team, _found: list[Member], text: str) -> Say:
    old, new = team.name, names.fitting(asking, text, "team", but=team.id)
    if not pen.set(team, name=new):
        raise Refusal("already_called", name=new)
    asking.teams.pop(team.id or 0, None)
    return Say("team_renamed", {"old": old, "name": new})


def _channel(asking: Asking, pen: Pen, team: Team, _found: list[Member], text: str) -> Say:
    place = _place(asking, text)
    if not pen.set(team, **place):
        raise Refusal("already_so", ref=team.name)
    return Say("team_talks", {"name": team.name, "where": _channel_name(asking, place["channel"])})


def _place(asking: Asking, text: str) -> dict[str, str]:
    """Where a team talks, as its columns hold it: a channel that was named with #, or the one that this was said in."""
    wanted = text.strip().removeprefix("#").strip()
    if wanted.lower() in NOWHERE:
        return {"channel": "", "platform": "", "workspace": ""}
    sender, place = asking.message.sender, asking.message.place
    if wanted.lower() in HERE:
        if not place.shared:
            raise Refusal("channel_here_alone")
        channel = place.channel
    else:
        same = [number for number, name in asking.message.channels if wanted in (number, name)]
        if not same:
            raise Refusal("no_such_channel", name=wanted)
        channel = same[0]
    return {"channel": channel, "platform": sender.platform, "workspace": sender.workspace}


def _channel_name(asking: Asking, channel: str) -> str:
    return next((name for number, name in asking.message.channels if number == channel), channel)


def _dissolve(asking: Asking, pen: Pen, team: Team, _found: list[Member], _text: str) -> Say:
    owned = [o for o in objectives_owned(asking.session, "team", team.id or 0) if o.state in ("draft", "published")]
    if owned:
        counting = [o for o in owned if o.state == "published"]
        raise Refusal("team_owns", name=team.name, titles=[(f"O{o.number}", o.title) for o in counting or owned][:5], drafts=not counting)
    pen.set(team, state="dissolved")
    return Say("team_dissolved", {"name": team.name})


def _daily(asking: Asking, pen: Pen, team: Team, _found: list[Member], text: str) -> Say:
    """Whether its channel gets a thread a day with each check-in."""
    on = text == "on"
    if on and not team.channel:
        raise Refusal("team_needs_channel", name=team.name, copy=f"team {names.quoted(team.name)} channel here")
    if not pen.set(team, daily=on):
        raise Refusal("already_so", ref=team.name)
    return Say("team_daily", {"name": team.name, "on": on})


def _digest(asking: Asking, pen: Pen, team: Team, _found: list[Member], text: str) -> Say:
    """Whether its channel hears each morning how the team does; it comes with its lead's morning."""
    on = text == "on"
    if on and not team.channel:
        raise Refusal("team_needs_channel", name=team.name, copy=f"team {names.quoted(team.name)} channel here")
    if on and team.lead_id is None:
        raise Refusal("team_who", name=team.name, what="lead", strangers=[], copy=f"team {names.quoted(team.name)} lead @…")
    if not pen.set(team, digest=on):
        raise Refusal("already_so", ref=team.name)
    return Say("team_digest_set", {"name": team.name, "on": on})


def _review(asking: Asking, pen: Pen, team: Team, _found: list[Member], text: str) -> Say:
    """How often its members look back."""
    rhythm = {"week": "week", "two weeks": "fortnight"}.get(text, "")
    if not pen.set(team, review=rhythm):
        raise Refusal("already_so", ref=team.name)
    return Say("team_review", {"name": team.name, "review": rhythm})


_CHANGES = {
    "add": _add,
    "remove": _remove,
    "lead": _lead,
    "rename": _rename,
    "channel": _channel,
    "dissolve": _dissolve,
    "daily": _daily,
    "review": _review,
    "digest": _digest,
}


def _persons(asking: Asking, members: Iterable[Member]) -> list[object]:
    return [asking.person(m.id or 0) for m in members]


def _shown(asking: Asking, team: Team, pen: Pen, said: Say, strangers: list[str]) -> Reply:
    """What was done, and the team as it is now."""
    undo = (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),) if pen.act else ()
    notes: list[Part] = [Say("team_stranger", {"name": name}, role="warning") for name in strangers]
    if team.state != "live":
        return Reply((said, *undo), card=f"c{pen.number}")
    card = team_card(asking, team)
    return Reply((said, *notes, *card.parts, *undo), card=f"t{team.id}", private=card.private, aside=card.aside)
