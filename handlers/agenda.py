"""A team's meeting: the few things worth its time, what was decided last time, and what is decided now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.commands import Agenda, Decision, Named
from bot.grammar import phrase
from bot.grammar.oneself import named_in
from bot.replies import Button, Copy, Item, Part, Reply, Rule, Say
from handlers import actions, cards, cycles, labels, people, references, spoken
from handlers.asking import Asking
from handlers.examples import example
from handlers.own_days import counter
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules.agenda import Concern, ranked
from handlers.rules.calendar import local_day
from handlers.views import KeyResultView, ObjectiveView, look
from storage.access import EVERYBODY
from storage.actions import Action, next_action_number
from storage.agendas import decided_by, objectives_around, overdue_of
from storage.okrs import KeyResult, Objective, Request, key_results_by_id, objectives_by_id
from storage.people import Team, live_teams, members_in, team_by_id, teams_of
from storage.pulse import away_among

LAST_TIME = timedelta(days=14)
MOST_DECISIONS = 5
LONGEST = 1000
_ASKED = ("blocker", "help")


def agenda(asking: Asking, command: Agenda) -> Reply:
    """What a team may talk about, the most urgent first."""
    team = _meant(asking, command.team)
    if team is None:
        return _which(asking)
    found = _found(asking, team)
    concerns, silent = _of_key_results(asking, found)
    top, left = ranked([*concerns, *([] if asking.overheard else silent), *_of_actions(asking, found)])
    any_at_all = bool(top or silent)
    counts = {"name": team.name, "on": asking.today, "count": len(found.key_results), "calm": _calm(found), "left": left, "any": any_at_all}
    parts: list[Part] = [Say("agenda_title", counts, role="title"), Say("agenda_count", counts, role="note")]
    parts += [_item(asking, found, place, concern) for place, concern in enumerate(top, 1)]
    if silent and asking.overheard:
        parts.append(Say("agenda_silent", {"count": len(silent)}))
    parts += _decided(asking, found)
    return Reply((*parts, Say("agenda_how", role="note"), example(asking, "example_decision")), card=f"agenda-t{team.id}")


def _meant(asking: Asking, named: Named | None) -> Team | None:
    """The team named, the one whose channel it is, or the only one that the asker is in or leads; None where it is to be asked."""
    if named is not None:
        _, team_id = references.owner(asking, named)
        return team_by_id(asking.session, team_id)
    own = _teams(asking)
    if not own:
        raise Refusal("no_team_of_yours", copy=example(asking, "example_team").text)
    here = [team for team in own if (team.platform, team.workspace, team.channel) == asking.here]
    return here[0] if len(here) == 1 else own[0] if len(own) == 1 else None


def _teams(asking: Asking) -> list[Team]:
    inside = {team.id for team in teams_of(asking.session, asking.me)}
    return [team for team in live_teams(asking.session) if team.id in inside or team.lead_id == asking.me]


def _which(asking: Asking) -> Reply:
    buttons = [Button("button_this", phrase(Agenda(Named(team.name))), facts={"ref": team.name}) for team in _teams(asking)[:10]]
    return Reply((Say("which_agenda"), cards.row_of(*buttons)), private=True, tone="question")


@dataclass(frozen=True)
class _Found:
    """All that an agenda is made of, as its reader may see it."""

    members: list[int]
    key_results: dict[str, tuple[KeyResultView, ObjectiveView]]
    overdue: dict[str, Action]
    decided: list[Action]
    named: dict[int, KeyResult]
    objectives: dict[int, Objective]


def _found(asking: Asking, team: Team) -> _Found:
    session, team_id = asking.session, team.id or 0
    members = list(dict.fromkeys([*members_in(session, [team_id])[team_id], *([team.lead_id] if team.lead_id else [])]))
    cycle = cycles.find(asking)
    around = objectives_around(session, cycle.id, team_id, members) if cycle and cycle.id else []
    overdue, decided = overdue_of(session, members, asking.today), decided_by(session, members, asking.now - LAST_TIME)
    named = key_results_by_id(session, [a.key_result_id for a in (*overdue, *decided) if a.key_result_id])
    about = {_about(a, named) for a in (*overdue, *decided)} - {None}
    objectives = objectives_by_id(session, about) | {o.id or 0: o for o in around}  # type: ignore[arg-type]
    reader = EVERYBODY if asking.overheard else asking.me
    seen = {o.id for o in spoken.visible_to(asking, objectives.values(), reader)}
    views = look(session, [o for o in around if o.id in seen], asking.today, asking.reader)
    theirs = seen & {o.id for o in around}
    pairs = {
        f"k{kr.row.id}": (kr, view) for view in views for kr in view.key_results if view.begun and _of_team(kr, view, team_id, members)
    }
    asking.meet([m for kr, _ in pairs.values() for m in (kr.row.owner_id, *(r.to_id for r in kr.requests))])
    cards.meet_all(asking, views)
    asking.meet([a.owner_id for a in overdue] + [a.by_id for a in decided])
    asking.meet([o.owner_id for o in objectives.values() if o.owner_kind == "member"])
    return _Found(
        members=members,
        key_results=pairs,
        overdue={f"e{a.id}": a for a in overdue if (_about(a, named) in theirs if asking.overheard else _open(a, named, seen))},
        decided=[a for a in decided if _about(a, named) in theirs or (_own(asking, a) and _open(a, named, seen))],
        named=named,
        objectives=objectives,
    )


def _of_team(kr: KeyResultView, view: ObjectiveView, team_id: int, members: Sequence[int]) -> bool:
    return (view.row.owner_kind, view.row.owner_id) == ("team", team_id) or kr.row.owner_id in members


def _about(action: Action, named: dict[int, KeyResult]) -> int | None:
    kr = named.get(action.key_result_id or 0)
    return kr.objective_id if kr else action.objective_id


def _open(action: Action, named: dict[int, KeyResult], seen: set[int | None]) -> bool:
    """Whether an action may be read out: what it is for is seen, or it is for nothing in particular and not out of a review."""
    about = _about(action, named)
    return about in seen if about is not None else action.review_id is None


def _own(asking: Asking, decided: Action) -> bool:
    """Whether it is the asker's own decision, with nobody listening: where it was said is not kept, others hear it by what it is about."""
    return decided.by_id == asking.me and not asking.overheard


# ---------------------------------------------------------------- what is urgent


def _of_key_results(asking: Asking, found: _Found) -> tuple[list[Concern], list[Concern]]:
    """What is in the way or behind, and apart from it what nobody has heard of; who is on leave owes no update."""
    owners = {kr.row.owner_id for kr, _ in found.key_results.values()}
    workdays, away = counter(asking, owners), away_among(asking.session, owners, asking.today)
    concerns, silent = list[Concern](), list[Concern]()
    for about, (kr, _) in found.key_results.items():
        owner = kr.row.owner_id
        waiting = _unanswered(kr)
        if waiting:
            concerns.append(Concern("blocked", about, max(workdays(owner, local_day(r.made_at, asking.zone)) for r in waiting)))
        elif kr.last is not None and kr.last.blocker and not any(r.check_in_id == kr.last.id for r in kr.requests):
            concerns.append(Concern("blocked", about, workdays(owner, kr.last.on)))
        if kr.status in ("off_track", "at_risk"):
            concerns.append(Concern("off_track" if kr.status == "off_track" else "at_risk", about, kr.expected - kr.progress))
        elif kr.status == "stale" and owner not in away:
            silent += _silent(about, kr, workdays)
    return concerns, silent


def _silent(about: str, kr: KeyResultView, workdays: Callable[[int, date], int]) -> list[Concern]:
    if kr.row.checked_on is None:
        return [Concern("no_update", about, kr.weight or 0.0)]
    days = workdays(kr.row.owner_id, kr.row.checked_on)
    return [Concern("stale", about, days)] if days else []


def _unanswered(kr: KeyResultView) -> list[Request]:
    return [r for r in kr.requests if r.kind in _ASKED and r.state == "open"]


def _of_actions(asking: Asking, found: _Found) -> list[Concern]:
    return [Concern("overdue", about, (asking.today - a.due).days) for about, a in found.overdue.items() if a.due]


def _calm(found: _Found) -> int:
    return sum(kr.status == "on_track" and not _unanswered(kr) for kr, _ in found.key_results.values())


# ---------------------------------------------------------------- how it is said


def _item(asking: Asking, found: _Found, place: int, concern: Concern) -> Item:
    if concern.about in found.overdue:
        return _action_item(asking, found, place, concern)
    kr, view = found.key_results[concern.about]
    waiting = _unanswered(kr)
    blocker = waiting[0].text if waiting else kr.last.blocker if kr.last else ""
    facts: dict[str, Any] = {
        "kind": concern.kind,
        "days": int(concern.by),
        "points": round(concern.by * 100),
        "progress": kr.progress,
        "pace": kr.expected,
        "text": spoken.cut(blocker) if concern.kind == "blocked" else "",
        "asked": [asking.called(r.to_id, aloud=asking.overheard) for r in waiting] if concern.kind == "blocked" else [],
        "owner": asking.called(kr.row.owner_id, aloud=asking.overheard),
    }
    head = Say(
        "agenda_item",
        {
            "place": place,
            "ref": _whose(asking, view.row) + labels.key_result(asking, kr.row, view.row),
            "title": spoken.cut(kr.row.title, 120),
        },
    )
    button = Button("button_open", f"#k{kr.row.id}", kr.row.version, facts={"ref": kr.ref})
    return Item(head, body=(Say("agenda_why", facts),), buttons=(button,))


def _whose(asking: Asking, parent: Objective) -> str:
    """What stands before the number of a member's own: their name, unless it is the reader's and nobody else reads it."""
    named = parent.owner_kind == "member" and (asking.overheard or parent.owner_id != asking.me)
    return f"@{asking.person(parent.owner_id).name} " if named else ""


def _action_item(asking: Asking, found: _Found, place: int, concern: Concern) -> Item:
    action = found.overdue[concern.about]
    head = Say("agenda_item", {"place": place, "ref": f"A{action.number}", "title": spoken.cut(action.text, 120)})
    owner = asking.called(action.owner_id, aloud=asking.overheard)
    body = (Say("agenda_overdue", {"owner": owner, "due": action.due, "days": int(concern.by)}),)
    mine = asking.me in (action.owner_id, action.by_id) and not asking.overheard
    return Item(head, body=body, buttons=(actions.done_button(action),) if mine else ())


def _decided(asking: Asking, found: _Found) -> list[Part]:
    if not found.decided:
        return []
    shown = found.decided[:MOST_DECISIONS]
    more = [Say("more_lines", {"count": len(found.decided) - len(shown)}, role="note")] if len(found.decided) > len(shown) else []
    return [Rule(), Item(Say("agenda_decided"), body=(*(_decision(asking, found, a) for a in shown), *more))]


def _decision(asking: Asking, found: _Found, action: Action) -> Say:
    kr = found.named.get(action.key_result_id or 0)
    parent = found.objectives.get(_about(action, found.named) or 0)
    ref = ""
    if parent is not None:
        ref = _whose(asking, parent) + (labels.key_result(asking, kr, parent) if kr else labels.objective(asking, parent))
    facts = {
        "ref": ref,
        "text": spoken.cut(action.text),
        "who": asking.called(action.by_id, aloud=asking.overheard),
        "on": local_day(action.made_at, asking.zone),
    }
    return Say("agenda_decision", facts)


# ---------------------------------------------------------------- what is decided


def decision(asking: Asking, command: Decision) -> Reply:
    """Keeps a decision, as an action with nothing left to do: it has a number, is undone like one, and is read out next time."""
    text = people.readable(asking, command.text)
    if len(text) > LONGEST:
        raise Refusal("note_too_long", length=len(text), most=LONGEST)
    try:
        row, parent = _about_what(asking, command)
    except Refusal as refusal:
        return Reply((*refusal.reply().parts, Copy(text)), private=True, tone="refusal")
    made = Action(
        number=next_action_number(asking.session),
        text=text,
        owner_id=asking.me,
        by_id=asking.me,
        state="done",
        objective_id=parent.id if parent else None,
        key_result_id=row.id if row else None,
        made_at=asking.now,
    )
    pen = Pen(asking, "decided")
    pen.add(made, field="state", absent="withdrawn")
    ref = "" if parent is None else labels.key_result(asking, row, parent) if row else labels.objective(asking, parent)
    said = Say("decision_kept", {"number": f"A{made.number}", "text": text, "ref": ref})
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((said, undo), card=f"c{pen.number}", private=parent is not None and _few_see(parent))


def _few_see(parent: Objective) -> bool:
    return parent.visibility == "private" or parent.state == "draft"


def _about_what(asking: Asking, command: Decision) -> tuple[KeyResult | None, Objective | None]:
    """What a decision is about. A reference that stands in its text and means nothing to who says it stays a word there."""
    if command.ref is None:
        return None, None
    try:
        return references.either(asking, command.ref)
    except Refusal:
        if named_in(command.text) != command.ref:
            raise
        return None, None
