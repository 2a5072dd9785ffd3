"""Closing a cycle for oneself: what is left of one's objectives in it, each with its scores and one lesson, and the way on."""

from collections.abc import Mapping, Sequence

from bot.commands import CloseCycle
from bot.grammar import phrase
from bot.replies import Button, Copy, Item, Meter, Part, Reply, Say
from handlers import cards, cycles, labels, learnt, scoring
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms import closing as forms
from handlers.forms.rows import Filled
from handlers.forms.scores_sent import judged_in
from handlers.pen import Pen
from handlers.people import readable
from handlers.refusals import InForm, Refusal
from handlers.rules import scoring as rules
from handlers.views import ObjectiveView, look
from storage.okrs import Cycle, Objective, cycle_by_id, held, objectives_by_id, objectives_of
from storage.scoring import left_open


def close_cycle(asking: Asking, command: CloseCycle) -> Reply:
    """What is left to close, with a form for scores and lessons."""
    cycle, rows = _left(asking, command.cycle)
    if cycle is None or not rows:
        name = cycles.span(asking, command.cycle).name if cycle is None else cycle.name
        raise Refusal("nothing_to_close", cycle=name, copy=example(asking, "example_mine").text)
    if cycle.start > asking.today:
        raise Refusal("too_early_to_close", cycle=cycle.name, start=cycle.start)
    views = look(asking.session, rows, asking.today, asking.reader)
    cards.meet_all(asking, views)
    shown = forms.shown(views)
    facts = {"cycle": cycle.name, "count": len(views), "end": cycle.end, "over": cycle.end < asking.today}
    parts: list[Part] = [Say("closing_title", facts, role="title")]
    parts += [cards.objective_item(asking, view) for view in shown]
    parts += [Say("closing_more", {"count": len(views) - len(shown)}, role="note")] if len(shown) < len(views) else []
    parts += [Say("closing_how"), example(asking, "copy_closing", ref=labels.objective(asking, views[0].row, cycle))]
    parts.append(Say("scores_are_for_learning", role="note"))
    return Reply(tuple(parts), private=True, form=forms.form(asking, cycle, shown, scored=not rules.too_late(cycle.end, asking.today)))


def _left(asking: Asking, name: str) -> tuple[Cycle | None, Sequence[Objective]]:
    """The cycle that is meant, and the asker's objectives that still count in it: without a name one that ended, else the running one."""
    ended = left_open(asking.session, asking.me, asking.today) if not name else ()
    if ended:
        newest = ended[0][1]
        return newest, [row for row, cycle in ended if cycle.id == newest.id]
    cycle = cycles.find(asking, name)
    return cycle, objectives_of(asking.session, cycle.id, "member", asking.me, ("published",)) if cycle and cycle.id else ()


def left_line(asking: Asking) -> list[Part]:
    """One line where a cycle ended and the asker's objectives in it were not closed."""
    ended = left_open(asking.session, asking.me, asking.today)
    if not ended:
        return []
    cycle = ended[0][1]
    rows = [row for row, of in ended if of.id == cycle.id]
    facts = {"cycle": cycle.name, "count": len(rows), "refs": [f"O{row.number}" for row in rows[:5]]}
    return [
        Say("cycle_left", facts),
        cards.row_of(Button("button_close_cycle", phrase(CloseCycle(cycle.name)), facts={"cycle": cycle.name})),
    ]


# ---------------------------------------------------------------- the form was sent


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Closes each objective for which something was filled in, with its scores and its lesson; or none, with what is missing."""
    filled, errors = Filled.sent(fields), dict[str, Say]()
    every = _views(asking, words[0])
    forms.merge(filled, [kr for view in every for kr in view.counted], words, errors)
    views = [view for view in every if view.row.state == "published"]
    late = [view for view in every if view not in views and _touched(view, filled)]
    chosen = [view for view in views if _touched(view, filled)]
    if not views or (late and not chosen):
        raise Refusal("closed_meanwhile", copy=filled.typed())
    if not chosen:
        errors[forms.lesson_of(views[0])] = Say("field_nothing_to_close")
    pairs = [(kr, view) for view in chosen for kr in view.counted if filled.has(forms.named(kr))]
    judged = judged_in(asking, pairs, filled, errors)
    for view in chosen:
        for name in forms.missing(view, filled):
            errors.setdefault(name, Say("field_missing"))
    _refuse(asking, [*views, *late], late, filled, {name: said for name, said in errors.items() if name not in _fields(late)})
    pen = Pen(asking, "closed")
    scoring.write(asking, pen, judged)
    for view in chosen:
        learnt.keep(asking, pen, view.row, None, text=readable(asking, filled.get(forms.lesson_of(view))), source="close")
        pen.set(view.row, state="closed")
    return _closed(asking, pen, chosen, _too_late(late, filled))


def _views(asking: Asking, listed: str) -> list[ObjectiveView]:
    """The form's objectives as they stand, held, also those that were closed meanwhile."""
    ids = forms.ids_of(listed)
    rows = objectives_by_id(asking.session, ids)
    own = [rows[n] for n in ids if n in rows and (rows[n].owner_kind, rows[n].owner_id) == ("member", asking.me)]
    views = look(asking.session, held(asking.session, own), asking.today, asking.reader)
    cards.meet_all(asking, views)
    return views


def _refuse(
    asking: Asking, views: Sequence[ObjectiveView], late: Sequence[ObjectiveView], filled: Filled, errors: Mapping[str, Say]
) -> None:
    """With a mistake the form comes back, and with it what was written for what was closed meanwhile."""
    if not errors:
        return
    cycle = cycle_by_id(asking.session, views[0].row.cycle_id)
    assert cycle is not None
    closed = {forms.lesson_of(view): Say("field_closed_meanwhile") for view in late}
    raise InForm(forms.form(asking, cycle, views, filled, {**errors, **closed}), "form_mistakes", count=len(errors))


def _fields(views: Sequence[ObjectiveView]) -> list[str]:
    """The fields of these objectives."""
    return [name for view in views for name in (*(forms.named(kr) for kr in view.counted), forms.lesson_of(view))]


def _too_late(late: Sequence[ObjectiveView], filled: Filled) -> list[Part]:
    """What was written for what was closed meanwhile, to copy."""
    if not late:
        return []
    typed = "\n".join(text for name in _fields(late) if (text := filled.get(name)))
    return [Say("closed_meanwhile_too", {"refs": [view.ref for view in late]}), Copy(typed)]


def _touched(view: ObjectiveView, filled: Filled) -> bool:
    """Whether anything was filled in for an objective: what stood in its fields already is nothing new."""
    scores = [kr for kr in view.counted if filled.get(forms.named(kr)) not in ("", forms.standing(kr))]
    return bool(scores) or bool(filled.get(forms.lesson_of(view)))


def _closed(asking: Asking, pen: Pen, closed: Sequence[ObjectiveView], too_late: Sequence[Part]) -> Reply:
    """What was closed and what it came to, the questions that it asks, and how it may go on."""
    asking.session.flush()
    views = look(asking.session, [view.row for view in closed], asking.today, asking.reader)
    cards.meet_all(asking, views)
    cycle = views[0].cycle
    facts = {"refs": [view.ref for view in views], "cycle": cycle.name}
    parts: list[Part] = [Say("cycle_closed_title", facts, role="title")]
    for view in views:
        parts.append(_item(asking, view))
        parts += learnt.question(asking, view)
    if all_together := scoring.together(views):
        parts.append(all_together)
    left = objectives_of(asking.session, cycle.id or 0, "member", asking.me, ("published",))
    if left:
        parts.append(Say("closing_left", {"count": len(left), "refs": [f"O{row.number}" for row in left[:5]]}, role="note"))
    parts += too_late
    review = Button(
        "button_review_cycle", f"review cycle {cycle.name}" if " " not in cycle.name else "review cycle", facts={"cycle": cycle.name}
    )
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}"), review))
    return Reply(tuple(parts), card=f"c{pen.number}", private=any(cards.is_close(view.row) for view in views))


def _item(asking: Asking, view: ObjectiveView) -> Item:
    said = (cards.score_line(view.score),) if view.score is not None else ()
    on = Button("button_carry", f"carry #o{view.row.id}", facts={"ref": view.ref})
    return Item(cards.objective_head(asking, view), Meter(view.progress, view.status, view.expected), said, (on,))
