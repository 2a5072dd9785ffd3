"""Writing OKRs: new drafts, another text for a draft, publishing and discarding."""

from collections.abc import Sequence

from bot.commands import Discard, Edit, Named, New, ObjectiveText, Publish, Ref
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import cards, cycles, labels, lineage, people, references
from handlers.asking import Asking
from handlers.coaching import coached
from handlers.drafts import MOST_OBJECTIVES, Drafting, Notes
from handlers.examples import example
from handlers.forms import okr
from handlers.forms.merging import newest
from handlers.meant import is_key_result, to_change
from handlers.outbox import tell_request
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rewriting import typed_again
from handlers.rules.progress import scaled
from handlers.views import ObjectiveView, look
from storage.access import acts_for
from storage.journal import changes_of
from storage.okrs import Objective, cycle_by_id, drafts_of, held, objectives_by_id, requests_on


def new(asking: Asking, command: New) -> Reply:
    """Stores drafts and shows what was understood; without a text, shows how to write one."""
    if not command.objectives:
        form = okr.blank(command.cycle, command.owner.name if command.owner else None)
        return Reply((Say("how_to_write"), example(asking, "example_new")), private=True, form=form)
    _refuse_unusable(command.objectives, people.readable(asking, command.text))
    return write(asking, command.objectives, command.owner, command.cycle)


def write(asking: Asking, texts: Sequence[ObjectiveText], owner: Named | None, cycle: str) -> Reply:
    """Stores new drafts for an owner in a cycle, and shows what was understood."""
    kind, owner_id = references.owner(asking, owner)
    pen = Pen(asking, "drafted")
    drafting = Drafting(asking, pen, cycles.opened(asking, cycle))
    rows = [drafting.add(text, kind, owner_id) for text in texts]
    if not acts_for(asking.session, rows[0], asking.me):
        raise Refusal("not_yours_to_write", kind=kind, name=owner.name if owner else "")
    return _drafts_card(asking, rows, f"o{rows[0].id}" if len(rows) == 1 else f"d{pen.number}", drafting.notes)


def _refuse_unusable(objectives: Sequence[ObjectiveText], text: str) -> None:
    if len(objectives) > MOST_OBJECTIVES:
        raise Refusal("too_many_objectives", count=len(objectives), most=MOST_OBJECTIVES)
    if not objectives[0].title.strip():
        raise Refusal("objective_missing", copy=f"new O: …\n{text.strip()}")
    for objective in objectives:
        for number, key_result in enumerate(objective.key_results, 1):
            if not key_result.title.strip():
                raise Refusal("key_result_empty", number=number, title=objective.title, copy=f"new {text.strip()}")


def edit(asking: Asking, command: Edit) -> Reply:
    """Gives a draft another text, or shows its text to be changed and sent again."""
    if not command.objectives:
        return _to_edit(asking, command.ref)
    [row] = held(asking.session, [references.objective(asking, command.ref)])
    if row.state == "published" and acts_for(asking.session, row, asking.me):
        button = Button("button_edit", f"edit #o{row.id}", row.version, "primary")
        facts = {"ref": labels.objective(asking, row), "state": row.state, "what": "edit"}
        raise Refusal("not_a_draft", copy=people.readable(asking, command.text), buttons=(button,), **facts)
    _owned_draft(asking, row, "edit")
    if len(command.objectives) > 1:
        raise Refusal(
            "edit_one_objective",
            ref=labels.objective(asking, row),
            count=len(command.objectives),
            copy=people.readable(asking, command.text),
        )
    text = command.objectives[0]
    if not text.title.strip():
        text = ObjectiveText(
            row.title, text.key_results, text.why or row.why, text.kind, text.weight, text.due, text.collaborators, text.unclear
        )
    cycle = cycle_by_id(asking.session, row.cycle_id)
    assert cycle is not None
    drafting = Drafting(asking, Pen(asking, "edited"), cycle)
    drafting.replace(row, text)
    return _drafts_card(asking, [row], f"o{row.id}", drafting.notes)


def _to_edit(asking: Asking, ref: Ref) -> Reply:
    """The form of an objective with what stands in it; without a form, a draft's text or the lines that change a published one."""
    meant = to_change(asking, ref)
    if is_key_result(ref) and not acts_for(asking.session, meant.objective, asking.me):
        return Reply((Say("edit_lines", {"ref": meant.ref}), example(asking, "copy_edit", ref="", key_result=meant.ref)), private=True)
    [view] = look(asking.session, [meant.objective], asking.today, asking.reader)
    cards.meet_all(asking, [view])
    drawing = okr.of_objective(asking, view)
    drawing.version = newest(asking, view)
    if meant.objective.state == "draft":
        parts: tuple[Part, ...] = (
            Say("edit_this", {"ref": meant.ref}),
            Copy(f"edit {_named(asking, view.row)}\n{typed_again(asking, view)}"),
        )
    else:
        named = meant.whose + view.key_results[0].ref if view.key_results else ""
        parts = (Say("edit_lines", {"ref": meant.ref}), example(asking, "copy_edit", ref=meant.ref, key_result=named))
    return Reply(parts, private=True, form=okr.draw(drawing))


def _named(asking: Asking, row: Objective) -> str:
    """What a draft is called among drafts of several owners and cycles."""
    return labels.objective(asking, row, cycle_by_id(asking.session, row.cycle_id))


def _owned_draft(asking: Asking, row: Objective, what: str) -> None:
    if not acts_for(asking.session, row, asking.me):
        raise Refusal("not_your_objective", ref=labels.objective(asking, row), owner=cards.owner_fact(asking, row))
    if row.state != "draft":
        raise Refusal("not_a_draft", ref=labels.objective(asking, row), state=row.state, what=what)


def publish(asking: Asking, command: Publish) -> Reply:
    """Makes a draft count and asks everybody named in it; a second press shows the card as it is."""
    rows = _drafts_meant(asking, command.ref, "publish", everything=command.all)
    if stale := _stale(asking, rows):
        return stale
    pen = Pen(asking, "published")
    for row in rows:
        pen.set(row, state="published", published_at=asking.now)
        for request in requests_on(asking.session, [row.id or 0]):
            if request.state == "planned":
                pen.set(request, state="open")
                tell_request(asking, request)
    return _after(asking, rows, "published", pen)


def discard(asking: Asking, command: Discard) -> Reply:
    """Takes a draft away; `undo` brings it back."""
    rows = _drafts_meant(asking, command.ref, "discard", everything=False)
    if stale := _stale(asking, rows):
        return stale
    pen = Pen(asking, "discarded")
    for row in rows:
        pen.set(row, state="discarded")
    return _after(asking, rows, "discarded", pen)


def _drafts_meant(asking: Asking, ref: Ref | None, what: str, *, everything: bool) -> list[Objective]:
    if ref is not None:
        [row] = held(asking.session, [_pressed_row(asking, ref) or references.objective(asking, ref)])
        if row.state == "draft" or not asking.pressed:
            _owned_draft(asking, row, what)
        return [row]
    drafts = list(reversed(drafts_of(asking.session, asking.me)))
    if asking.pressed and everything:
        shown = _drafted_together(asking, asking.message.card)
        drafts = [row for row in held(asking.session, shown) if row.state == "draft"] or shown
    if not drafts:
        raise Refusal("no_drafts", copy=example(asking, "example_new").text)
    if len(drafts) > 1 and not everything:
        names = [_named(asking, d) for d in drafts]
        pairs = list(zip(drafts, names, strict=True))[:5]
        buttons = tuple(Button(f"button_{what}_one", f"{what} #o{d.id}", d.version, facts={"ref": name}) for d, name in pairs)
        raise Refusal("which_draft", what=what, names=names, buttons=buttons)
    return [row for row in held(asking.session, drafts) if row.state == "draft"] or drafts


def _pressed_row(asking: Asking, ref: Ref) -> Objective | None:
    """A discarded draft is found by its own card alone, so that a second press has something to show."""
    number = references.number_of(ref.id, "o")
    row = objectives_by_id(asking.session, [number]).get(number) if number and asking.pressed else None
    return row if row and row.state == "discarded" and row.made_by == asking.me else None


def _stale(asking: Asking, rows: list[Objective]) -> Reply | None:
    """The card as it is now, when a press came from an older drawing of it."""
    still = all(row.state == "draft" for row in rows)
    if not asking.pressed or (still and asking.message.drawn == _drawn(rows)):
        return None
    card = _card_pressed(asking, rows)
    if still or card.startswith("d"):
        shown = _drafted_together(asking, card) if card.startswith("d") else rows
        return _drafts_card(asking, shown, card, Notes(), note="draft_changed" if still else "")
    [row] = rows
    if row.state == "discarded":
        return Reply((Say("draft_discarded", {"ref": _named(asking, row), "title": row.title}),), card=card, private=True)
    [view] = look(asking.session, [row], asking.today, asking.reader)
    return _as_card(cards.objective_card(asking, view), card)


def _drawn(rows: Sequence[Objective]) -> int:
    """The version that a button on several drafts was drawn from: any change of one of them changes it."""
    return sum(row.version for row in rows)


def _after(asking: Asking, rows: list[Objective], what: str, pen: Pen) -> Reply:
    """What a draft's card becomes once it is published or discarded; a card of several drafts keeps the rest."""
    card = _card_pressed(asking, rows)
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    if card.startswith("d"):
        every = _drafted_together(asking, card)
        return _drafts_card(asking, every, card, Notes())
    if what == "discarded":
        says = [Say("draft_discarded", {"ref": _named(asking, row), "title": row.title}) for row in rows]
        return Reply((*says, undo), card=card, private=True)
    views = look(asking.session, rows, asking.today, asking.reader)
    if len(views) == 1:
        reply = cards.objective_card(asking, views[0])
        asked = [asking.person(m) for m in dict.fromkeys(r.to_id for r in views[0].requests if r.state == "open")]
        head = Say("published", {"ref": views[0].ref, "asked": asked, "private": rows[0].visibility == "private"})
        return Reply((reply.parts[0], head, *reply.parts[1:], undo), card=card, private=reply.private)
    parts: list[Part] = [Say("published_all", {"count": len(views)}, role="title"), *cards.group(asking, views, buttons=True), undo]
    return Reply(tuple(parts), card=card, private=any(row.visibility == "private" for row in rows))


def _card_pressed(asking: Asking, rows: list[Objective]) -> str:
    return asking.message.card if asking.pressed and asking.message.card.startswith("d") else f"o{rows[0].id}"


def _as_card(reply: Reply, card: str) -> Reply:
    return Reply(reply.parts, card, reply.private, reply.tone, reply.aside)


def _drafted_together(asking: Asking, card: str) -> list[Objective]:
    act = references.number_of(card, "d")
    things = [c.thing for c in changes_of(asking.session, act)] if act else []
    numbers = [n for thing in things if (n := references.number_of(thing, "o"))]
    rows = objectives_by_id(asking.session, numbers)
    return [rows[n] for n in dict.fromkeys(numbers) if n in rows and acts_for(asking.session, rows[n], asking.me)]


def draft_card(asking: Asking, row: Objective) -> Reply:
    """One draft, as it was understood, with its buttons."""
    return _drafts_card(asking, [row], f"o{row.id}", Notes())


def _drafts_card(asking: Asking, rows: list[Objective], card: str, notes: Notes, note: str = "") -> Reply:
    """What was understood of each draft, what the coach would change, and the buttons."""
    views = look(asking.session, [row for row in rows if row.state != "discarded"], asking.today, asking.reader)
    cards.meet_all(asking, views)
    drafts = [v for v in views if v.row.state == "draft"]
    title = {
        "count": len(drafts),
        "refs": [labels.whose(asking, v.row) + v.ref for v in drafts],
        "cycle": views[0].cycle.name if views else "",
        "of": len(rows),
    }
    parts: list[Part] = [Say("draft_title", title, role="title")]
    if note:
        parts.append(Say(note, role="warning"))
    parts += _noticed(notes)
    for view in views:
        parts += _draft_parts(asking, view, alone=len(views) == 1)
    if len(drafts) > 1:
        parts.append(
            cards.row_of(
                Button("button_publish_all", "publish all", _drawn([v.row for v in drafts]), "primary", facts={"count": len(drafts)})
            )
        )
    return Reply(tuple(parts), card=card, private=True)


def _noticed(notes: Notes) -> list[Part]:
    said = [Say("stranger", {"name": name}, role="warning") for name in notes.strangers]
    return [*said, *(Say("day_gone", {"day": day}, role="warning") for day in notes.days)]


def _draft_parts(asking: Asking, view: ObjectiveView, *, alone: bool) -> list[Part]:
    parts: list[Part] = [cards.objective_item(asking, view)]
    if view.row.due or view.row.kind_said or view.row.weight is not None:
        parts.append(Say("objective_facts", cards.objective_facts(asking, view) | {"weight": view.row.weight}, role="note"))
    parts += lineage.of_objective(asking, view) if alone else ()
    parts += [cards.key_result_item(asking, kr, view) for kr in view.key_results]
    parts += _unclear(view)
    if view.row.state != "draft":
        return parts
    parts += coached(asking, view, most=4 if alone else 2)
    ref, version = f"#o{view.row.id}", view.row.version
    names = {"ref": view.ref}
    parts.append(
        cards.row_of(
            Button("button_publish", f"publish {ref}", version, "primary", facts=names),
            Button("button_edit", f"edit {ref}", version, facts=names),
            Button("button_discard", f"discard {ref}", version, "danger", "confirm_discard", facts=names),
            *(cards.comments_button(asking, view.row) if alone else ()),
        )
    )
    return parts


def _unclear(view: ObjectiveView) -> list[Part]:
    parts: list[Part] = []
    if view.row.typed:
        parts.append(Say("objective_unclear", {"ref": view.ref, "text": view.row.typed}, role="warning"))
    for kr in view.key_results:
        if kr.row.unclear:
            parts.append(Say("key_result_unclear", {"ref": kr.ref, "text": kr.row.unclear}, role="warning"))
    if scaled([kr.row.weight for kr in view.counted]):
        parts.append(Say("weights_scaled", {"ref": view.ref}, role="warning"))
    return parts
