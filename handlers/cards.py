"""How objectives and key results are shown: rows of facts, the same on every card."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.replies import Amount, Button, Buttons, Item, Meter, Part, Person, Reply, Rule, Say
from handlers import labels, lineage
from handlers.asking import Asking
from handlers.rules.scoring import band
from handlers.views import KeyResultView, ObjectiveView
from storage.checkins import CheckIn
from storage.okrs import KeyResult, Objective
from storage.people import members_by_id, team_name
from storage.sharing import open_comments


def meet_all(asking: Asking, views: Sequence[ObjectiveView]) -> None:
    """Loads everybody who is named on these cards."""
    wanted: set[int | None] = set()
    for view in views:
        wanted |= {view.row.made_by, view.row.owner_id if view.row.owner_kind == "member" else None, *(r.to_id for r in view.requests)}
        for kr in view.key_results:
            wanted |= {kr.row.owner_id, kr.last.member_id if kr.last else None, *(s.owner_id for s in kr.stages)}
    asking.meet(wanted)


def owner_fact(asking: Asking, row: Objective) -> Person | str | None:
    """Whose objective it is: a Person, a team's name, or None for the company."""
    if row.owner_kind == "member":
        return asking.person(row.owner_id)
    return team_name(asking.session, row.owner_id) if row.owner_kind == "team" else None


def objective_head(asking: Asking, view: ObjectiveView) -> Say:
    """The objective's line: its number, title, and what state it is in."""
    facts = {"ref": view.ref, "title": view.row.title, "state": view.row.state, "kind": view.row.kind, "kind_said": view.row.kind_said}
    return Say("objective_head", facts | {"private": view.row.visibility == "private"})


def objective_item(asking: Asking, view: ObjectiveView, buttons: tuple[Button, ...] = ()) -> Item:
    """The objective as a row of its own."""
    counts = view.counts
    body = [Say("objective_why", {"why": view.row.why}, role="note")] if view.row.why else []
    if view.row.state == "published" and not view.begun:
        body.append(Say("not_begun", {"start": view.cycle.start}, role="note"))
    for kr in view.key_results:
        if kr.breached and counts:
            body.append(breach(kr))
    if view.score is not None:
        body.append(score_line(view.score))
    return Item(
        objective_head(asking, view),
        Meter(view.progress, view.status, view.expected) if counts else None,
        tuple(body),
        buttons,
    )


def breach(kr: KeyResultView) -> Say:
    """The flag that a guardrail raises while it is on the wrong side of its line."""
    line = {"floor": kr.amount(kr.row.target), "current": kr.amount(kr.row.current), "bound": kr.row.bound}
    return Say("guardrail_breached", {"ref": kr.ref, "title": kr.row.title, **line}, role="warning")


def key_result_item(
    asking: Asking,
    view: KeyResultView,
    parent: ObjectiveView,
    *,
    buttons: tuple[Button, ...] = (),
    brief: bool = False,
    apart: bool = False,
) -> Item:
    """A key result as a row: brief is one line of facts; apart: it stands away from its objective, and says whose it is."""
    counts = parent.counts
    meter = Meter(view.progress, view.status, view.expected) if counts and not view.row.guardrail else None
    body = [Say("key_result_values", values(view, counts=counts))]
    if _people_matter(view, parent) or (not brief and not counts):
        body.append(Say("key_result_people", people(asking, view, parent), role="note"))
    if view.row.score is not None:
        body.append(score_line(view.row.score))
    if view.last and counts:
        body.append(last_check_in(asking, view, view.last))
    return Item(key_result_head(view, labels.whose(asking, parent.row) if apart else ""), meter, tuple(body), buttons)


def score_line(score: float) -> Say:
    """A score in its band's words; it stands beside the progress."""
    return Say("score_line", {"score": score, "band": band(score)}, role="note")


def _people_matter(view: KeyResultView, parent: ObjectiveView) -> bool:
    """Whether the objective's owner is not all there is to say of who does it."""
    alone = parent.row.owner_kind == "member" and view.row.owner_id == parent.row.owner_id
    return not alone or bool(view.collaborators) or any(r.state == "open" and r.kind == "join" for r in view.requests)


def key_result_head(view: KeyResultView, whose: str = "") -> Say:
    """The key result's line: its number and title; whose: what stands before the number."""
    return Say("key_result_head", {"ref": whose + view.ref, "title": view.row.title, "guardrail": view.row.guardrail})


def values(view: KeyResultView, *, counts: bool) -> dict[str, Any]:
    """Start, current, target and what else there is to know of the measure."""
    row = view.row
    return {
        "metric": row.metric,
        "direction": row.direction,
        "bound": row.bound,
        "guardrail": row.guardrail,
        "start": view.amount(row.start),
        "start_said": row.start_said,
        "target": view.amount(row.target),
        "current": view.amount(row.current),
        "any_value": row.current is not None or row.metric == "stages",
        "pace": view.expected if counts and not row.guardrail and row.direction != "keep" else None,
        "weight": view.weight,
        "confidence": row.confidence,
        "due": row.due,
        "stages": [
            {"title": s.title, "done": s.done, "weight": w, "due": s.due} for s, w in zip(view.stages, view.stage_weights, strict=True)
        ],
    }


def people(asking: Asking, view: KeyResultView, parent: ObjectiveView) -> dict[str, Any]:
    """Who owns it, who works on it and who was asked."""
    asked = [r.to_id for r in view.requests if r.state == "open" and r.kind == "join" and r.to_id != view.row.owner_id]
    offered = any(r.state == "open" and r.kind == "owner" and r.to_id == view.row.owner_id for r in view.requests)
    return {
        "owner": asking.person(view.row.owner_id),
        "offered": offered,
        "collaborators": [asking.person(m) for m in view.collaborators],
        "asked": [asking.person(m) for m in asked],
    }


def last_check_in(asking: Asking, view: KeyResultView, last: CheckIn) -> Say:
    """What was said last, by whom and when."""
    facts = {
        "who": asking.person(last.member_id),
        "on": last.on,
        "days": max(0, (asking.today - last.on).days),
        "value": view.amount(last.value) if last.value is not None else None,
        "note": last.note,
        "blocker": last.blocker,
    }
    return Say("last_check_in", facts, role="note")


def update_button(view: KeyResultView) -> Button:
    """Asks for a new value of this key result."""
    return Button("button_update", f"checkin #k{view.row.id}", view.row.version)


def objective_card(asking: Asking, view: ObjectiveView, *, buttons: bool = True) -> Reply:
    """The whole objective, with the button that each of its key results allows."""
    meet_all(asking, [view])
    title = {
        "ref": view.ref,
        "owner": owner_fact(asking, view.row),
        "kind": view.row.owner_kind,
        "cycle": view.cycle.name,
        "state": view.row.state,
    }
    parts: list[Part] = [Say("objective_title", title, role="title"), objective_item(asking, view)]
    parts.append(Say("objective_facts", objective_facts(asking, view), role="note"))
    parts += lineage.of_objective(asking, view)
    live = buttons and view.row.state == "published" and view.begun
    parts += [key_result_item(asking, kr, view, buttons=(update_button(kr),) if live else ()) for kr in view.key_results]
    return Reply(tuple(parts), card=f"o{view.row.id}", private=view.row.visibility == "private" or view.row.state == "draft")


def comments_button(asking: Asking, row: Objective) -> list[Button]:
    """How many comments are open, as a button that shows them; nothing where there are none."""
    count = open_comments(asking.session, row.id or 0)
    return [Button("button_comments", f"comments #o{row.id}", facts={"count": count})] if count else []


def objective_facts(asking: Asking, view: ObjectiveView) -> dict[str, Any]:
    """Weight, end, kind and collaborators of an objective."""
    return {
        "weight": view.weight,
        "pace": view.expected if view.counts else None,
        "due": view.row.due or view.cycle.end,
        "kind": view.row.kind,
        "kind_said": view.row.kind_said,
        "collaborators": [asking.person(m) for m in view.collaborators],
    }


def group(asking: Asking, views: Sequence[ObjectiveView], *, buttons: bool) -> list[Part]:
    """Several objectives under each other, each with its key results in brief."""
    meet_all(asking, views)
    parts: list[Part] = []
    for i, view in enumerate(views):
        if i:
            parts.append(Rule())
        parts.append(objective_item(asking, view))
        live = buttons and view.row.state == "published" and view.begun
        parts += [key_result_item(asking, kr, view, buttons=(update_button(kr),) if live else (), brief=True) for kr in view.key_results]
    return parts


def field_fact(asking: Asking, row: object, field: str, kept: str) -> Any:
    """A field's value out of the journal as a fact: amounts in their measure, members as people."""
    value = json.loads(kept)
    if value is None or isinstance(value, bool):
        return value
    if field == "due":
        return date.fromisoformat(value)
    if not isinstance(value, int | float):
        return str(value)
    if field == "owner_id":
        return _owner_named(asking, row, int(value))
    if field == "weight":
        return Amount(round(value * 100, 1), "percent")
    measured = isinstance(row, KeyResult) and field in ("current", "start", "target")
    return Amount(float(value), row.metric, row.unit) if measured else Amount(float(value))  # type: ignore[attr-defined]


def _owner_named(asking: Asking, row: object, owner: int) -> Person | str:
    """Whose a thing was: a person; where a team's or the company's became a person's, the journal's kind says which."""
    known = members_by_id(asking.session, [owner])
    return asking.person(owner) if owner in known else str(owner)


def is_close(row: Objective) -> bool:
    """Whether only those close to it may see it."""
    return row.visibility == "private" or row.state in ("draft", "discarded")


def named_ref(asking: Asking, kr: KeyResultView, view: ObjectiveView) -> str:
    """A key result's number, with whose it is before it where it is not in the asker's own objective."""
    if (view.row.owner_kind, view.row.owner_id) == ("member", asking.me):
        return kr.ref
    owner = owner_fact(asking, view.row)
    return f"@{owner.name} {kr.ref}" if isinstance(owner, Person) else labels.whose(asking, view.row) + kr.ref


def row_of(*buttons: Button) -> Buttons:
    """Buttons beside each other."""
    return Buttons(buttons)
