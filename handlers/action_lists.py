"""Lists of actions: one's own, a colleague's, a team's; the open ones first, then what was done lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.commands import Actions, Named, Who
from bot.grammar import phrase
from bot.replies import Button, Part, Reply, Say
from handlers import actions, cards, references
from handlers.asking import Asking
from handlers.examples import example
from storage.access import EVERYBODY
from storage.actions import Action, done_lately, open_actions_of_all
from storage.people import members_in, team_by_id

A_PAGE = 12
LATELY, MOST_DONE = timedelta(days=14), 5


@dataclass(frozen=True)
class _Of:
    """Whose actions are listed. who: one member; team: its name."""

    members: tuple[int, ...]
    card: str
    who: int | None = None
    team: str = ""


def actions_(asking: Asking, command: Actions) -> Reply:
    """What is to be done by the asker, a colleague or a team, as far as the asker may see it."""
    of = _of(asking, command)
    found = _soonest([a for rows in open_actions_of_all(asking.session, of.members).values() for a in rows])
    done = done_lately(asking.session, of.members, asking.now - LATELY, MOST_DONE)
    kept = [a.id for a in actions.seen(asking, [*found, *done])]
    parts = _listed(asking, of, [a for a in found if a.id in kept], [a for a in done if a.id in kept], command.page)
    return Reply(tuple(parts), card=of.card, aside=_aside(asking, [a for a in found if a.id not in kept]))


def again(asking: Asking, card: str, *said: Part) -> Reply:
    """The list that a button was pressed on, as it is now, under what is said of it."""
    _, _, of = card.partition("-")
    command = Actions(Who("member", of)) if of.startswith("m") else Actions(team=_team_called(asking, of)) if of else Actions()
    reply = actions_(asking, command)
    return Reply((*said, *reply.parts), card=reply.card, aside=reply.aside)


def _team_called(asking: Asking, name: str) -> Named | None:
    team = team_by_id(asking.session, references.number_of(name, "t") or 0)
    return Named(team.name) if team else None


def _of(asking: Asking, command: Actions) -> _Of:
    if command.team is not None:
        kind, number = references.owner(asking, command.team)
        team = team_by_id(asking.session, number) if kind == "team" else None
        inside = members_in(asking.session, [number])[number] if team else []
        leads = [team.lead_id] if team and team.lead_id else []
        return _Of(tuple(dict.fromkeys([*leads, *inside])), f"actions-t{number}", team=team.name if team else "")
    _, member = references.owner(asking, command.who)
    return _Of((member,), "actions" if member == asking.me else f"actions-m{member}", who=member)


def _soonest(rows: Sequence[Action]) -> list[Action]:
    return sorted(rows, key=lambda a: (a.due is None, a.due or date.max, a.id or 0))


def _aside(asking: Asking, hidden: Sequence[Action]) -> Reply | None:
    """What the asker may see and not everybody here, for the asker alone."""
    own = actions.seen(asking, hidden, asking.me) if asking.reader == EVERYBODY else []
    lines = actions.action_lines(asking, own[:A_PAGE], named=True, buttons=False)
    return Reply((Say("only_you_see", role="title"), *lines), private=True) if lines else None


def _listed(asking: Asking, of: _Of, found: Sequence[Action], done: Sequence[Action], page: int) -> list[Part]:
    late = sum(1 for a in found if (actions.late(a, asking.today) or 0) > 0)
    who = asking.person(of.who) if of.who and of.who != asking.me else None
    parts: list[Part] = [Say("actions_title", {"who": who, "team": of.team, "open": len(found), "late": late}, role="title")]
    begin = (page - 1) * A_PAGE if (page - 1) * A_PAGE < len(found) else 0
    shown = found[begin : begin + A_PAGE]
    actions.meet(asking, [*shown, *done])
    for when, rows in groupby(shown, lambda a: _when(asking, a)):
        parts.append(Say("actions_group", {"when": when}, role="note"))
        parts += [actions.action_line(asking, a, named=of.who != asking.me) for a in rows]
    left = len(found) - begin - len(shown)
    if left:
        parts.append(Say("actions_more", {"count": left}, role="note"))
        parts.append(cards.row_of(Button("button_next_page", _page(of, begin // A_PAGE + 2))))
    if not found:
        parts.append(Say("actions_none", {"who": who, "team": of.team}))
        parts.append(example(asking, "example_actions_new"))
    if done and not begin:
        parts.append(Say("actions_done", {"count": len(done)}, role="note"))
        parts += [actions.action_line(asking, a, named=of.who != asking.me, buttons=False) for a in done]
    return parts


def _page(of: _Of, page: int) -> str:
    who = Who("member", f"m{of.who}") if of.who and of.card != "actions" else None
    return phrase(Actions(who, Named(of.team) if of.team else None, page))


def _when(asking: Asking, action: Action) -> str:
    days = actions.late(action, asking.today)
    return "none" if days is None else "overdue" if days > 0 else "today" if days == 0 else "later"
