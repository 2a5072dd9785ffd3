"""Carrying over: an objective or a key result goes on in a later cycle, with a result that is new there, and is linked to what it was."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.commands import Carry, KeyResultText, ObjectiveText, Ref, Who
from bot.grammar import documents
from bot.replies import Button, Reply, Say
from handlers import adding, cards, changing, cycles, labels, references
from handlers.asking import Asking
from handlers.drafts import Drafting, check, check_key_results
from handlers.examples import example
from handlers.forms import carrying as forms
from handlers.forms.rows import Filled, Outdated
from handlers.meant import Meant
from handlers.pen import Pen
from handlers.people import readable
from handlers.refusals import InForm, Refusal
from handlers.rules.calendar import Span
from handlers.rules.copies import is_copy, same_words
from handlers.rules.planning import following
from handlers.views import KeyResultView, ObjectiveView, look
from storage.access import acts_for
from storage.okrs import KeyResult, Objective, cycle_by_id, held, key_results_in
from storage.scoring import goes_on_in, key_results_going_on

Texts = list[tuple[KeyResultText, int | None]]  # each with the id of the key result that it goes on with


@dataclass(frozen=True)
class Carrying:
    """What is carried, and into which cycle. one: the key result that is meant, None for the whole objective."""

    view: ObjectiveView
    one: KeyResultView | None
    into: Span
    ref: str

    @property
    def meant(self) -> tuple[KeyResultView, ...]:
        """The key results that it is about."""
        return (self.one,) if self.one else self.view.key_results


def carry(asking: Asking, command: Carry) -> Reply:
    """Drafts what goes on: from a text, from one new target, or from the form that asks for the new results."""
    carrying = _meant(asking, command)
    if command.objectives:
        return _from_text(asking, carrying, command)
    if command.target:
        return _from_target(asking, carrying, command)
    facts = {"ref": carrying.ref, "title": (carrying.one or carrying.view).row.title, "cycle": carrying.into.name}
    said = (Say("carry_how", facts), example(asking, "copy_carry", ref=carrying.ref, whole=carrying.one is None))
    return Reply(said, private=True, tone="question", form=forms.form(asking, carrying.view, carrying.meant, carrying.into.name))


# ---------------------------------------------------------------- what is meant, and whether it can go on


def _meant(asking: Asking, command: Carry) -> Carrying:
    typed = readable(asking, command.text)
    try:
        row, parent = references.either(asking, command.ref, dropped=True)
    except Refusal as no:
        raise Refusal(no.prompt, copy=typed or no.copy, buttons=() if typed else no.buttons, **no.facts) from no
    [parent] = held(asking.session, [parent])
    cycle = cycle_by_id(asking.session, parent.cycle_id)
    ref = labels.key_result(asking, row, parent) if row is not None else labels.objective(asking, parent, cycle)
    _refuse(asking, row, parent, ref)
    if command.target and row is None:
        raise Refusal("carry_target_of_what", ref=ref, copy=_copy(asking, f"KR{parent.number}.1", target=command.target))
    into = _into(asking, parent, command.cycle, ref)
    _refuse_twice(asking, row, parent, into, ref)
    [view] = look(asking.session, [parent], asking.today, asking.reader)
    cards.meet_all(asking, [view])
    return Carrying(view, next((kr for kr in view.key_results if row is not None and kr.row.id == row.id), None), into, ref)


def _refuse(asking: Asking, row: KeyResult | None, parent: Objective, ref: str) -> None:
    if parent.state == "draft":
        raise Refusal("draft_cannot_carry", ref=ref, copy=f"edit {labels.objective(asking, parent)}")
    if "dropped" in (parent.state, row.state if row is not None else ""):
        raise Refusal("dropped_cannot_carry", ref=ref, copy=f"reopen {ref}")
    if not acts_for(asking.session, parent, asking.me):
        raise Refusal("not_yours_to_carry", ref=ref, owner=cards.owner_fact(asking, parent), kind=parent.owner_kind)


def _copy(asking: Asking, ref: str, *, cycle: str = "", target: str = "", text: str = "") -> str:
    """What is to be typed instead, in the asker's words."""
    return example(asking, "copy_carry_so", ref=ref, cycle=cycle, target=target, text=text).text


def _into(asking: Asking, parent: Objective, name: str, ref: str) -> Span:
    """The cycle named, or the one behind the objective's own; never one that is over, nor its own."""
    own = cycle_by_id(asking.session, parent.cycle_id)
    assert own is not None
    opened = cycles.spans(asking)
    of_own = cycles.span_of_row(own)
    ahead = cycles.now(asking, opened) if own.end < asking.today else following(of_own, opened, asking.organisation.cycle_length)
    span = cycles.span(asking, name) if name else ahead
    if span.end < asking.today:
        raise Refusal("cycle_over", name=span.name, end=span.end, copy=_copy(asking, ref, cycle=ahead.name))
    if span.name == own.name or span.start < own.start:
        raise Refusal("carry_into_itself", ref=ref, cycle=own.name, copy=_copy(asking, ref, cycle=ahead.name))
    return span


def _refuse_twice(asking: Asking, row: KeyResult | None, parent: Objective, into: Span, ref: str) -> None:
    """Refuses what is in that cycle already, and shows where."""
    there = [new for new, cycle in goes_on_in(asking.session, parent) if cycle.name == into.name]
    if row is not None:
        inside = {new.id for new in there}
        there = [new for _, new in key_results_going_on(asking.session, parent, row.id or 0) if new.id in inside]
    if there:
        name = labels.objective(asking, there[0], cycle_by_id(asking.session, there[0].cycle_id))
        button = Button("button_open", f"#o{there[0].id}", there[0].version, facts={"ref": name})
        raise Refusal("carried_already", ref=ref, there=name, cycle=into.name, buttons=(button,))


# ---------------------------------------------------------------- the three ways to say what is new


def _from_text(asking: Asking, carrying: Carrying, command: Carry) -> Reply:
    """`carry O1: O: … KR1: …`: what has the words of a key result goes on with it."""
    if len(command.objectives) > 1:
        raise Refusal("carry_one_objective", count=len(command.objectives), copy=readable(asking, command.text))
    text = command.objectives[0]
    named = text if text.title.strip() else replace(text, title=carrying.view.row.title)
    texts: Texts = [(kr, _goes_on_with(carrying, kr)) for kr in text.key_results]
    copies = [_ref_of(carrying, old) for kr, old in texts if _copied(carrying, kr, old)]
    nothing_new = not texts and (carrying.one is not None or same_words(named.title, carrying.view.row.title))
    if copies or nothing_new:
        raise Refusal(
            "carry_is_a_copy", refs=copies or [carrying.ref], copy=_copy(asking, carrying.ref, text=readable(asking, command.text))
        )
    return _draft(asking, carrying, named, texts)


def _goes_on_with(carrying: Carrying, text: KeyResultText) -> int | None:
    if carrying.one is not None:
        return carrying.one.row.id
    return next((kr.row.id for kr in carrying.view.key_results if same_words(kr.row.title, text.title)), None)


def _copied(carrying: Carrying, text: KeyResultText, old: int | None) -> bool:
    row = next((kr.row for kr in carrying.view.key_results if kr.row.id == old), None)
    if row is None or row.guardrail:  # a guardrail is the same line in every cycle
        return False
    whole = row.metric in ("done", "stages")
    return is_copy((row.title, None if whole else row.target), (text.title, None if whole or text.target is None else float(text.target)))


def _ref_of(carrying: Carrying, old: int | None) -> str:
    return next((kr.ref for kr in carrying.view.key_results if kr.row.id == old), carrying.ref)


def _from_target(asking: Asking, carrying: Carrying, command: Carry) -> Reply:
    """`carry KR1.2 target 80`: it begins where it is now."""
    assert carrying.one is not None
    text = again(asking, carrying.view, carrying.one, command.target)
    if _copied(carrying, text, carrying.one.row.id):
        raise Refusal("carry_is_a_copy", refs=[carrying.ref], copy=_copy(asking, carrying.ref, target="…"))
    return _draft(asking, carrying, _same_objective(carrying.view), [(text, carrying.one.row.id)])


def again(asking: Asking, view: ObjectiveView, kr: KeyResultView, target: str, start: str = "") -> KeyResultText:
    """A key result with its last value as the start, or another, and a new target; its title says both. Raises a Refusal for no number."""
    row = KeyResult(**kr.row.model_dump(exclude={"id", "organisation_id"}))
    row.id = kr.row.id  # for the words of a refusal; this row is never stored
    meant = Meant(view.row, row, "")
    held = row.guardrail or row.direction == "keep"  # it guards a line, and starts nowhere
    begin = "" if held else start or forms.as_typed(kr.row.current, kr.row.metric)
    try:
        for field, typed in (("target", target), ("start", begin)):
            for name, value in (changing.wanted(asking, meant, field, typed) if typed else {}).items():
                setattr(row, name, value)
    except Refusal as no:
        raise Refusal(no.prompt, copy=_copy(asking, kr.ref, target="80"), **no.facts) from no
    return _text_of(asking, view, kr, row)


def _text_of(asking: Asking, view: ObjectiveView, kr: KeyResultView, row: KeyResult) -> KeyResultText:
    own = view.row.owner_id if view.row.owner_kind == "member" else asking.me
    return KeyResultText(
        title=row.title,
        metric=row.metric,  # type: ignore[arg-type]
        unit=row.unit,
        start=_decimal(row.start),
        target=_decimal(row.target),
        direction=row.direction,  # type: ignore[arg-type]
        bound=row.bound,  # type: ignore[arg-type]
        guardrail=row.guardrail,
        weight=_decimal(row.weight),
        owner=Who("member", f"m{row.owner_id}") if row.owner_id != own else None,
        collaborators=tuple(Who("member", f"m{m}") for m in kr.collaborators),
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value)).normalize()


def _same_objective(view: ObjectiveView) -> ObjectiveText:
    row = view.row
    kind = ("committed" if row.kind == "committed" else "aspirational") if row.kind_said else None
    return ObjectiveText(row.title, why=row.why, kind=kind)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the draft


def _draft(asking: Asking, carrying: Carrying, text: ObjectiveText, texts: Texts) -> Reply:
    """The draft that goes on, linked to what it was; a key result joins the objective that its own goes on as, if there is one."""
    pen = Pen(asking, "carried")
    drafting = Drafting(asking, pen, cycles.opened(asking, carrying.into.name))
    old = carrying.view.row
    there = [new for new, cycle in goes_on_in(asking.session, old) if cycle.id == drafting.cycle.id]
    key_results = tuple(kr for kr, _ in texts)
    if there:
        [row] = held(asking.session, there[:1])
        check_key_results(key_results, already=len(key_results_in(asking.session, [row.id or 0])))
        made = drafting.extend(row, key_results)
        adding.make_room(asking, pen, Meant(row), {kr.id for kr in made})
        row.version += 1
    else:
        if len(texts) < len(carrying.view.counted):
            key_results = tuple(replace(kr, weight=None) for kr in key_results)  # what stays behind leaves its share to the rest
        whole = replace(text, key_results=key_results)
        check(whole)
        row = drafting.add(whole, old.owner_kind, old.owner_id)
        row.carried_from = old.id
        made = list(key_results_in(asking.session, [row.id or 0]))
    for kr, (_, came_from) in zip(made, texts, strict=True):
        kr.carried_from = came_from
    asking.session.add_all([row, *made])
    asking.session.flush()
    return _drafted(asking, carrying, pen, row)


def _drafted(asking: Asking, carrying: Carrying, pen: Pen, row: Objective) -> Reply:
    from handlers.objectives import draft_card  # noqa: PLC0415  (a draft's card is drawn where drafts are written)

    [view] = look(asking.session, [row], asking.today, asking.reader)
    card = draft_card(asking, row) if row.state == "draft" else cards.objective_card(asking, view)
    facts = {"ref": carrying.ref, "cycle": carrying.into.name, "there": labels.objective(asking, row, view.cycle)}
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((card.parts[0], Say("carried", facts), *card.parts[1:], undo), card=f"c{pen.number}", private=card.private)


# ---------------------------------------------------------------- the form was sent


def sent(asking: Asking, words: tuple[str, ...], fields: Mapping[str, str]) -> Reply:
    """Drafts what was given a new result; what was left empty stays behind."""
    filled, errors = Filled.sent(fields), dict[str, Say]()
    target, cycle = words[0], words[1]
    if not target.startswith(("#o", "#k")):
        raise Outdated
    try:
        carrying = _meant(asking, Carry(Ref(id=target.removeprefix("#")), cycle))
    except Refusal as no:
        raise Refusal(no.prompt, copy=filled.typed(), buttons=no.buttons, **no.facts) from no
    texts = _filled_in(asking, carrying, filled, errors)
    if not filled.get("title"):
        errors["title"] = Say("field_missing")
    if not errors and not texts:
        errors[forms.first_field(carrying.meant)] = Say("field_new_result")
    form = forms.form(asking, carrying.view, carrying.meant, carrying.into.name, filled=filled, errors=errors)
    if errors:
        raise InForm(form, "form_mistakes", count=len(errors))
    try:
        return _draft(asking, carrying, replace(_same_objective(carrying.view), title=filled.get("title")), texts)
    except Refusal as no:
        raise InForm(form, no.prompt, **no.facts) from no


def _filled_in(asking: Asking, carrying: Carrying, filled: Filled, errors: dict[str, Say]) -> Texts:
    texts: Texts = []
    for kr in carrying.meant[: forms.MOST]:
        name = forms.result_of(kr)
        typed = filled.get(name)
        if not typed:
            continue
        try:
            text = again(asking, carrying.view, kr, typed, filled.get(forms.start_of(kr))) if forms.measured(kr) else _reworded(kr, typed)
        except Refusal as no:
            errors[name] = Say(no.prompt, no.facts)
            continue
        if _copied(carrying, text, kr.row.id):
            errors[name] = Say("field_is_a_copy", {"ref": kr.ref})
        texts.append((text, kr.row.id))
    return texts if any(not text.guardrail for text, _ in texts) else []


def _reworded(kr: KeyResultView, typed: str) -> KeyResultText:
    """What has no number goes on in new words; its stages, which were of the old ones, are left behind unless the words name some."""
    text = documents.read_key_result(typed)
    return replace(text, weight=_decimal(kr.row.weight))
