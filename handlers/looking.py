"""Seeing: one's own OKRs, a colleague's, one objective, one key result, and what was ever changed."""

import json
from collections.abc import Sequence
from typing import Any

from bot.commands import History, Mine, Ref, Show, ShowPerson
from bot.replies import Button, Part, Reply, Rule, Say
from handlers import cards, closing_cycles, cycles, labels, lineage, references, scoring
from handlers.asking import Asking
from handlers.examples import example
from handlers.refusals import Refusal
from handlers.views import KeyResultView, ObjectiveView, look
from storage.access import acts_for
from storage.checkins import history_of
from storage.journal import Act, Change, changes_on
from storage.okrs import KeyResult, Objective, drafts_of, key_results_owned, objectives_of
from storage.pulse import away_among

_LIVE = ("published", "closed")
SHOWN_HISTORY = 12


def mine(asking: Asking, command: Mine) -> Reply:
    """One's own objectives, drafts and key results elsewhere; in a shared place what is private comes apart."""
    cycle = cycles.find(asking, command.cycle)
    own = list(objectives_of(asking.session, cycle.id, "member", asking.me, _LIVE)) if cycle and cycle.id else []
    drafts = [d for d in drafts_of(asking.session, asking.me) if not command.cycle or (cycle and d.cycle_id == cycle.id)]
    elsewhere = _elsewhere(asking, cycle.id) if cycle and cycle.id else []
    open_here, open_elsewhere = _open(own), [v for v in elsewhere if _open([v.row])]
    shared = asking.overheard
    name = cycles.span(asking, command.cycle).name
    left = closing_cycles.left_line(asking) if not command.cycle else []
    if not own and not drafts and not elsewhere:
        return Reply(
            (Say("nothing_of_yours", {"cycle": name}, role="title"), *left, Say("how_to_write"), example(asking, "example_new")),
            private=True,
        )
    parts = _mine_parts(asking, name, open_here if shared else own, open_elsewhere if shared else elsewhere, due=command.due)
    hidden = [o for o in own if o not in open_here]
    rest: list[Part] = (
        cards.group(asking, look(asking.session, hidden, asking.today, asking.reader), buttons=True) if shared and hidden else []
    )
    apart = [v for v in elsewhere if v not in open_elsewhere] if shared else []
    rest += _others(asking, apart)
    waiting = [*left, *draft_lines(asking, drafts)]
    if not shared:
        return Reply((*parts, *waiting), card="mine")
    aside = Reply((Say("only_you_see", role="title"), *rest, *waiting), private=True) if rest or waiting else None
    return Reply(tuple(parts), card="mine", aside=aside)


def _open(rows: Sequence[Objective]) -> list[Objective]:
    """Those that everybody may see."""
    return [o for o in rows if o.visibility == "everyone"]


def _mine_parts(asking: Asking, name: str, own: Sequence[Objective], elsewhere: list[ObjectiveView], *, due: bool) -> list[Part]:
    views = look(asking.session, own, asking.today, asking.reader)
    parts: list[Part] = [Say("mine_title", {"cycle": name, "who": asking.person(asking.me)}, role="title")]
    waiting = _due(asking, [*views, *elsewhere])
    if due and waiting:
        parts.append(Say("due_now", {"refs": [labels.key_result(asking, kr.row, view.row) for kr, view in waiting]}, role="warning"))
    if not views and not elsewhere:
        parts.append(Say("nothing_published", {"cycle": name}))
    parts += cards.group(asking, views, buttons=True)
    if all_together := scoring.together(views):
        parts.append(all_together)
    if elsewhere:
        parts += [Rule(), Say("also_yours", role="title"), *_others(asking, elsewhere)]
    return parts


def _due(asking: Asking, views: Sequence[ObjectiveView]) -> list[tuple[KeyResultView, ObjectiveView]]:
    """Key results whose value is due by their rhythm, with their objectives."""
    live = [v for v in views if v.row.state == "published" and v.begun]
    mine = [(kr, v) for v in live for kr in v.key_results if kr.row.owner_id == asking.me]
    return [(kr, v) for kr, v in mine if kr.row.checked_on is None or (asking.today - kr.row.checked_on).days >= kr.row.rhythm]


def _elsewhere(asking: Asking, cycle_id: int) -> list[ObjectiveView]:
    """Objectives of others in which the asker owns key results or works on them."""
    rows = key_results_owned(asking.session, cycle_id, asking.me)
    parents = {o.id: o for _, o in rows if (o.owner_kind, o.owner_id) != ("member", asking.me)}
    return look(asking.session, parents.values(), asking.today, asking.reader)


def _others(asking: Asking, views: list[ObjectiveView]) -> list[Part]:
    cards.meet_all(asking, views)
    parts: list[Part] = []
    for view in views:
        parts.append(
            Say("in_objective", {"owner": cards.owner_fact(asking, view.row), "ref": view.ref, "title": view.row.title}, role="note")
        )
        owned = [kr for kr in view.key_results if asking.me in (kr.row.owner_id, *kr.collaborators)]
        parts += [_elsewhere_item(asking, kr, view) for kr in owned]
    return parts


def _elsewhere_item(asking: Asking, kr: KeyResultView, view: ObjectiveView) -> Part:
    buttons = (cards.update_button(kr),) if view.begun else ()
    return cards.key_result_item(asking, kr, view, buttons=buttons, brief=True, apart=True)


def own_pairs(asking: Asking) -> list[tuple[KeyResultView, ObjectiveView]]:
    """Every key result of the running cycle that the asker owns or works on, with its objective."""
    cycle = cycles.find(asking)
    if cycle is None or cycle.id is None:
        return []
    parents = {o.id: o for _, o in key_results_owned(asking.session, cycle.id, asking.me)}
    views = look(asking.session, parents.values(), asking.today, asking.reader)
    cards.meet_all(asking, views)
    pairs = [(kr, view) for view in views for kr in view.key_results]
    return [(kr, v) for kr, v in pairs if v.row in _own(asking, [v.row]) or asking.me in (kr.row.owner_id, *kr.collaborators)]


def _own(asking: Asking, rows: Sequence[Objective]) -> list[Objective]:
    return [o for o in rows if (o.owner_kind, o.owner_id) == ("member", asking.me)]


def draft_lines(asking: Asking, drafts: Sequence[Objective], title: str = "your_drafts") -> list[Part]:
    """Drafts with what one may do with them, under a title of their own."""
    if not drafts:
        return []
    parts: list[Part] = [Rule(), Say(title, {"count": len(drafts)}, role="title")]
    for row in drafts[:10]:
        [view] = look(asking.session, [row], asking.today, asking.reader)
        facts = {"ref": labels.objective(asking, row, view.cycle)}
        buttons = (
            Button("button_open", f"#o{row.id}", row.version, facts=facts),
            Button("button_publish", f"publish #o{row.id}", row.version, "primary", facts=facts),
        )
        parts.append(cards.objective_item(asking, view, buttons))
    return parts


def show_person(asking: Asking, command: ShowPerson) -> Reply:
    """A colleague's published objectives; one's own name is `mine`."""
    kind, member_id = references.owner(asking, command.who)
    if member_id == asking.me:
        return mine(asking, Mine(command.cycle))
    cycle = cycles.find(asking, command.cycle)
    rows = objectives_of(asking.session, cycle.id, kind, member_id, _LIVE) if cycle and cycle.id else ()
    seen = asking.sees(rows)
    public = _open(seen)
    facts = {"who": asking.person(member_id), "cycle": cycles.span(asking, command.cycle).name}
    shared = asking.overheard
    shown = look(asking.session, public if shared else seen, asking.today, asking.reader)
    parts: list[Part] = [Say("person_title", facts, role="title"), *_leave(asking, member_id)]
    parts += cards.group(asking, shown, buttons=False) if shown else [Say("person_has_none", facts)]
    hidden = look(asking.session, [o for o in seen if o not in public], asking.today, asking.reader) if shared else []
    aside = Reply((Say("only_you_see", role="title"), *cards.group(asking, hidden, buttons=False)), private=True) if hidden else None
    return Reply(tuple(parts), card=f"m{member_id}", aside=aside)


def _leave(asking: Asking, member_id: int) -> list[Part]:
    """That somebody is away today, and until when; never why."""
    leave = away_among(asking.session, [member_id], asking.today).get(member_id)
    return [Say("person_away", {"last": leave.last}, role="note")] if leave else []


def show(asking: Asking, command: Show) -> Reply:
    """One objective or one key result."""
    ref = command.ref
    if ref.key_result is not None or ref.id.startswith("k"):
        return key_result_card(asking, ref)
    row = references.objective(asking, ref)
    [view] = look(asking.session, [row], asking.today, asking.reader)
    if row.state == "draft" and acts_for(asking.session, row, asking.me):
        from handlers.objectives import draft_card  # noqa: PLC0415  (a draft's card is drawn where drafts are written)

        return draft_card(asking, row)
    reply = cards.objective_card(asking, view)
    return Reply((*reply.parts, _opinion_buttons(asking, view)), reply.card, reply.private)


def _opinion_buttons(asking: Asking, view: ObjectiveView) -> Part:
    seen = cards.comments_button(asking, view.row)
    return cards.row_of(Button("button_comment", f"comment #o{view.row.id}"), *seen, Button("button_history", f"history #o{view.row.id}"))


def key_result_card(asking: Asking, ref: Ref, *, said: tuple[Part, ...] = ()) -> Reply:
    """A key result with its last check-ins. said: what goes above it."""
    row, parent = references.key_result(asking, ref)
    [view] = look(asking.session, [parent], asking.today, asking.reader)
    cards.meet_all(asking, [view])
    kr = next(k for k in view.key_results if k.row.id == row.id)
    live = parent.state == "published" and view.begun
    title = {
        "ref": labels.key_result(asking, row, parent),
        "owner": asking.person(row.owner_id),
        "objective": parent.title,
        "oref": view.ref,
        "state": parent.state,
    }
    parts: list[Part] = [Say("key_result_title", title, role="title"), *said, cards.key_result_item(asking, kr, view)]
    parts += lineage.of_key_result(asking, kr, parent)
    entries = history_of(asking.session, row.id or 0, SHOWN_HISTORY)
    asking.meet([e.member_id for e in entries])
    if len(entries) > 1:
        parts.append(Say("history_title", {"count": len(entries)}, role="note"))
        parts += [_entry(asking, kr, entry) for entry in entries[1:]]
    buttons = (cards.update_button(kr), Button("button_history", f"history #k{row.id}")) if live else ()
    if buttons:
        parts.append(cards.row_of(*buttons))
    return Reply(tuple(parts), card=f"k{row.id}", private=parent.visibility == "private" or parent.state == "draft")


def _entry(asking: Asking, kr: KeyResultView, entry: Any) -> Say:
    facts = {
        "who": asking.person(entry.member_id),
        "on": entry.on,
        "value": kr.amount(entry.value) if entry.value is not None else None,
        "confidence": entry.confidence,
        "note": entry.note,
        "blocker": entry.blocker,
    }
    return Say("check_in_line", facts, role="note")


def history(asking: Asking, command: History) -> Reply:
    """Every change of an objective or a key result: who, when, what from and to, and why."""
    ref = command.ref
    if ref.key_result is not None or ref.id.startswith("k"):
        row, parent = references.key_result(asking, ref)
        rows_of: dict[str, KeyResult | Objective] = {f"k{row.id}": row}
        name, title = labels.key_result(asking, row, parent), row.title
    else:
        parent = references.objective(asking, ref)
        [view] = look(asking.session, [parent], asking.today, asking.reader)
        rows_of = {f"o{parent.id}": parent} | {f"k{kr.row.id}": kr.row for kr in view.key_results}
        name, title = labels.objective(asking, parent), parent.title
    rows = [r for r in changes_on(asking.session, list(rows_of), 60) if _worth_telling(r[0])]
    asking.meet([act.by_id for _, act in rows])
    lines = [_change_line(asking, change, act, rows_of[change.thing], parent, alone=len(rows_of) == 1) for change, act in rows[:25]]
    if not lines:
        raise Refusal("no_history", ref=name)
    head = Say("changes_title", {"ref": name, "title": title}, role="title")
    return Reply((head, *lines), card=f"h{next(iter(rows_of))}", private=parent.visibility == "private" or parent.state == "draft")


def _worth_telling(change: Change) -> bool:
    begun = change.thing.startswith("k") and change.field == "state" and json.loads(change.new) == "open"
    return not begun and change.field not in ("checked_on", "published_at", "kind_said", "start_said", "typed")


def _change_line(asking: Asking, change: Change, act: Act, row: KeyResult | Objective, parent: Objective, *, alone: bool) -> Say:
    facts = {
        "ref": f"KR{parent.number}.{row.number}" if isinstance(row, KeyResult) and not alone else "",
        "who": asking.person(act.by_id),
        "at": act.at,
        "field": change.field,
        "old": cards.field_fact(asking, row, change.field, change.old),
        "new": cards.field_fact(asking, row, change.field, change.new),
        "reason": change.reason,
        "undo": not act.forward,
        "taken_back": act.undone_by is not None,
    }
    return Say("change_line", facts, role="note")
