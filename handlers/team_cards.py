"""Seeing teams and the company: who is in them, and what they are after."""

from collections.abc import Sequence

from bot.commands import Named, ShowTeam, Teams
from bot.grammar import phrase
from bot.replies import Button, Item, Part, Reply, Say
from handlers import cards, cycles, references, scoring
from handlers.asking import Asking
from handlers.examples import example
from handlers.looking import draft_lines
from handlers.names import quoted
from handlers.views import look
from storage.access import acts_for
from storage.okrs import Objective, objectives_of
from storage.people import Team, admins, live_teams, members_in, team_by_id, team_name
from storage.pulse import away_among

_LIVE = ("published", "closed")
MOST_TEAMS = 40


def teams(asking: Asking, command: Teams) -> Reply:
    """Every team, with its lead and how many are in it."""
    rows = live_teams(asking.session)
    if not rows:
        return Reply((Say("no_teams", role="title"), Say("how_to_found"), example(asking, "example_team_new")), card="teams")
    inside = members_in(asking.session, [t.id or 0 for t in rows])
    asking.meet(t.lead_id for t in rows)
    items = [_team_item(asking, team, inside[team.id or 0]) for team in rows[:MOST_TEAMS]]
    more = [Say("teams_more", {"count": len(rows) - MOST_TEAMS}, role="note")] if len(rows) > MOST_TEAMS else []
    return Reply((Say("teams_title", {"count": len(rows)}, role="title"), *items, *more), card="teams")


def _team_item(asking: Asking, team: Team, inside: Sequence[int]) -> Item:
    facts = {"name": team.name, "count": len(inside), "lead": asking.person(team.lead_id) if team.lead_id else None}
    button = Button("button_open", phrase(ShowTeam(Named(team.name))), team.version, facts={"ref": team.name})
    return Item(Say("team_name", facts), body=(Say("team_line", facts, role="note"),), buttons=(button,))


def show_team(asking: Asking, command: ShowTeam) -> Reply:
    """A team's card, or the company's."""
    kind, owner_id = references.owner(asking, command.team)
    if kind == "company":
        return company_card(asking, command.cycle)
    team = team_by_id(asking.session, owner_id)
    assert team is not None
    return team_card(asking, team, command.cycle)


def team_card(asking: Asking, team: Team, cycle: str = "") -> Reply:
    """Who is in a team, and its objectives with whose key results are in them."""
    inside = members_in(asking.session, [team.id or 0])[team.id or 0]
    asking.meet([team.lead_id, *inside])
    facts = {
        "lead": asking.person(team.lead_id) if team.lead_id else None,
        "members": [asking.person(m) for m in inside if m != team.lead_id],
        "channel": bool(team.channel),
        "daily": team.daily and bool(team.channel),
        "review": team.review,
        "away": [{"who": asking.person(m), "last": leave.last} for m, leave in away_among(asking.session, inside, asking.today).items()],
    }
    title = {"name": team.name, "cycle": cycles.span(asking, cycle).name}
    head: tuple[Part, ...] = (Say("team_title", title, role="title"), Say("team_facts", facts, role="note"))
    return _owned(asking, head, Objective(owner_kind="team", owner_id=team.id or 0, number=0, title=""), cycle)  # type: ignore[call-arg]


def company_card(asking: Asking, cycle: str = "") -> Reply:
    """The company's objectives, and who writes them."""
    title = {"name": asking.organisation.name, "cycle": cycles.span(asking, cycle).name}
    facts = {"admins": [asking.person(m.id or 0) for m in admins(asking.session)]}
    head: tuple[Part, ...] = (Say("company_title", title, role="title"), Say("company_facts", facts, role="note"))
    return _owned(asking, head, Objective(owner_kind="company", owner_id=0, number=0, title=""), cycle)  # type: ignore[call-arg]


def _owned(asking: Asking, head: tuple[Part, ...], of: Objective, cycle_name: str) -> Reply:
    """The head and what its owner is after; in a shared place what is private, and drafts, come apart. of: says whose, and is no row."""
    cycle = cycles.find(asking, cycle_name)
    writes = acts_for(asking.session, of, asking.me)
    rows = objectives_of(asking.session, cycle.id, of.owner_kind, of.owner_id, (*_LIVE, "draft")) if cycle and cycle.id else ()
    seen = asking.sees(rows)
    shared = asking.message.place.shared and asking.message.entry == "mention"
    live = [o for o in seen if o.state != "draft"]
    public = [o for o in live if o.visibility == "everyone"]
    shown = public if shared else live
    views = look(asking.session, shown, asking.today, asking.reader)
    parts: list[Part] = [*head, *cards.group(asking, views, buttons=writes)]
    if all_together := scoring.together(views):
        parts.append(all_together)
    if not shown:
        name = quoted(team_name(asking.session, of.owner_id))
        facts = {"name": name, "kind": of.owner_kind, "writes": writes, "cycle": cycles.span(asking, cycle_name).name}
        parts.append(Say("none_of_theirs", facts))
    hidden = (
        cards.group(asking, look(asking.session, [o for o in live if o not in public], asking.today, asking.reader), buttons=writes)
        if shared
        else []
    )
    rest = [*hidden, *draft_lines(asking, [o for o in seen if o.state == "draft"], title="their_drafts")]
    card = f"t{of.owner_id}" if of.owner_kind == "team" else "company"
    if not shared:
        return Reply((*parts, *rest), card=card)
    aside = Reply((Say("only_you_see", role="title"), *rest), private=True) if rest else None
    return Reply(tuple(parts), card=card, aside=aside)
