"""Changing one field of an objective or a key result by typing: `edit KR1.2 target 70 because …`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.commands import Change, Drop, Rhythm, Value
from bot.grammar import dates, documents, phrase, quantities
from bot.grammar.documents.metrics import metric_of
from bot.replies import Amount, Button, Part, Reply, Say
from handlers import cards, cycles, people, references, weighing
from handlers.asking import Asking
from handlers.drafts import LONGEST_TITLE
from handlers.examples import example
from handlers.forms.small import reason_form
from handlers.meant import Meant, is_key_result, to_change
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules.readings import Doubt, Is, Scale, read
from handlers.rules.titles import renumbered
from handlers.views import look
from storage.journal import changes_of
from storage.okrs import (
    KeyResult,
    Objective,
    cycle_by_id,
    every_key_result_of,
    key_results_in,
    leave_number,
    next_objective_number,
)

MEASURED = ("number", "percent", "currency")
LONGEST_UNIT = 40
_NONE = ("", "-", "–", "none", "无", "不限", "清空")
_KINDS = {
    "committed": ("committed", "commit", "承诺", "承诺型"),
    "aspirational": ("aspirational", "stretch", "moonshot", "挑战", "挑战型"),
}
# A change of these changes what was promised, so it is asked why.
ASKS_WHY = ("target",)


def change(asking: Asking, command: Change) -> Reply:
    """Gives a field its new value; once it is published a target asks for the reason."""
    if command.field == "weight":
        return weighing.weigh_one(asking, command)
    meant = to_change(asking, command.ref)
    if command.field == "cycle" and meant.key_result is None:
        return _move(asking, meant, command.value)
    fields = wanted(asking, meant, command.field, command.value)
    if meant.counts and not command.reason and any(getattr(meant.row, name) != fields[name] for name in ASKS_WHY if name in fields):
        return ask_why(asking, meant, command)
    pen = Pen(asking, "changed")
    set_fields(asking, pen, meant, fields, command.reason)
    if pen.act is None:
        raise Refusal("is_so_already", ref=meant.ref, field=command.field)
    return changed_card(asking, meant, pen)


def _move(asking: Asking, meant: Meant, name: str) -> Reply:
    """A draft goes into another cycle, under the next number there; a day that lies before it is none of its days any more."""
    row = meant.objective
    if row.state != "draft":
        raise Refusal("moves_no_more", ref=meant.ref)
    if not name:
        there = cycles.there_are(asking, cycles.spans(asking))
        raise Refusal("which_cycle", ref=meant.ref, names=there, copy=f"edit {meant.ref} cycle {there[-1]}")
    cycle = cycles.opened(asking, name)
    if cycle.id == row.cycle_id:
        raise Refusal("is_so_already", ref=meant.ref, field="cycle_id")
    pen = Pen(asking, "changed")
    leave_number(asking.session, row)
    number = next_objective_number(asking.session, cycle.id or 0, row.owner_kind, row.owner_id)
    pen.set(row, cycle_id=cycle.id, number=number, weight=None)
    dates_of: list[Objective | KeyResult] = [row, *key_results_in(asking.session, [row.id or 0])]
    for dated in dates_of:
        if dated.due is not None and dated.due < cycle.start:
            pen.set(dated, due=None)
    return changed_card(asking, meant, pen)


def ask_why(asking: Asking, meant: Meant, command: Change | Drop) -> Reply:
    """Asks for the reason, with the line to copy and a form that needs nothing but the reason."""
    if isinstance(command, Drop):
        copy = example(asking, "copy_drop_why", ref=meant.ref)
    else:
        copy = example(asking, "copy_change_why", ref=meant.ref, field=command.field, value=command.value)
    return reason_form(
        meant.ref, phrase(replace(command, ref=meant.by_id)), copy, version=meant.row.version, dropping=isinstance(command, Drop)
    )


def set_fields(asking: Asking, pen: Pen, meant: Meant, fields: dict[str, Any], reason: str) -> None:
    """Writes the fields; a change of a key result is a change of its objective too."""
    changed = pen.set(meant.row, reason=people.readable(asking, reason).strip(), **fields)
    if changed and meant.key_result is not None:
        meant.objective.version += 1
        asking.session.add(meant.objective)


def changed_card(asking: Asking, meant: Meant, pen: Pen, *said: Part) -> Reply:
    """What was changed from what to what, how it stands now, and the way back."""
    asking.session.flush()
    [view] = look(asking.session, [meant.objective], asking.today, asking.reader)
    cards.meet_all(asking, [view])
    parts: list[Part] = [Say("changed_title", {"ref": meant.ref, "title": meant.row.title}, role="title")]
    parts += changed_lines(asking, view, pen)
    parts += said
    shown = [kr for kr in view.key_results if meant.key_result is None or kr.row.id == meant.key_result.id]
    if meant.key_result is None:
        parts.append(cards.objective_item(asking, view))
    parts += [cards.key_result_item(asking, kr, view, brief=True) for kr in shown if meant.key_result is not None]
    buttons = [Button("button_undo", f"undo #c{pen.number}")]
    if meant.objective.state == "draft":
        facts = {"ref": view.ref}
        buttons.insert(0, Button("button_publish", f"publish #o{meant.objective.id}", meant.objective.version, "primary", facts=facts))
    parts.append(cards.row_of(*buttons))
    return Reply(tuple(parts), card=f"c{pen.number}", private=cards.is_close(meant.objective))


_QUIET = ("checked_on", "published_at", "start_said", "kind_said", "typed", "unclear", "bound", "direction", "closed_at")


def changed_lines(asking: Asking, view: Any, pen: Pen) -> list[Part]:
    """A line for each field that this act changed, of the objective and of its key results."""
    key_results = every_key_result_of(asking.session, view.row.id or 0)  # also those that it dropped
    rows: dict[str, Objective | KeyResult] = {f"o{view.row.id}": view.row} | {f"k{kr.id}": kr for kr in key_results}
    names = {f"o{view.row.id}": view.ref} | {f"k{kr.id}": f"KR{view.row.number}.{kr.number}" for kr in key_results}
    lines: list[Part] = []
    for one in changes_of(asking.session, pen.number):
        row = rows.get(one.thing)
        if row is None or one.field in _QUIET:
            continue
        old, new = (cards.field_fact(asking, row, one.field, kept) for kept in (one.old, one.new))
        lines.append(Say("changed_line", {"ref": names[one.thing], "field": one.field, "old": old, "new": new, "reason": one.reason}))
    return lines


def rhythm(asking: Asking, command: Rhythm) -> Reply:
    """How often a key result's value is asked for."""
    if not is_key_result(command.ref):
        raise Refusal("rhythm_of_key_results", ref=references.spelled(command.ref))
    meant = to_change(asking, command.ref)
    pen = Pen(asking, "changed")
    set_fields(asking, pen, meant, {"rhythm": command.days}, "")
    if pen.act is None:
        raise Refusal("is_so_already", ref=meant.ref, field="rhythm")
    facts = {"ref": meant.ref, "title": meant.row.title, "days": command.days}
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((Say("rhythm_set", facts), undo), card=f"c{pen.number}", private=cards.is_close(meant.objective))


# ---------------------------------------------------------------- what a typed value means for a field


def wanted(asking: Asking, meant: Meant, field: str, typed: str) -> dict[str, Any]:
    """The fields of the row that this one becomes; a Refusal with an example when it cannot be understood."""
    readers = _OF_KEY_RESULT if meant.key_result is not None else _OF_OBJECTIVE
    if field not in readers:
        raise Refusal("has_no_such_field", ref=meant.ref, field=field, fields=list(readers))
    return readers[field](asking, meant, people.readable(asking, typed).strip())


def _title(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    if not typed:
        raise Refusal("title_missing", ref=meant.ref, copy=f"edit {meant.ref} title …")
    if len(typed) > LONGEST_TITLE:
        raise Refusal("title_too_long", title=typed[:80], length=len(typed), most=LONGEST_TITLE)
    return {"title": " ".join(typed.split())}


def _measured_title(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    """A key result's title is read again: what it says of start, target and unit counts."""
    row = _row(meant)
    fields = _title(asking, meant, typed)
    text = documents.read_key_result(f"{'KPI' if row.guardrail else 'KR'}: {fields['title']}")
    if text.target is None or text.metric not in MEASURED or row.metric == "stages":
        return fields
    fields |= {"metric": text.metric, "unit": text.unit[:LONGEST_UNIT], "target": float(text.target)}
    if text.start is not None:
        fields |= {"start": float(text.start), "start_said": True}
    if row.guardrail or text.direction == "keep":
        return fields | {"direction": text.direction, "bound": text.bound}
    return fields | _direction(row, fields.get("start", row.start), fields["target"])


def _why(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    if len(typed) > LONGEST_TITLE:
        raise Refusal("title_too_long", title=typed[:80], length=len(typed), most=LONGEST_TITLE)
    return {"why": "" if typed.lower() in _NONE else typed}


def _kind(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    kind = next((name for name, words in _KINDS.items() if typed.lower() in words), None)
    if kind is None:
        raise Refusal("no_such_kind", typed=typed, copy=f"edit {meant.ref} kind committed")
    return {"kind": kind, "kind_said": True}


def _due(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    if typed.lower() in _NONE:
        return {"due": None}
    cycle = cycle_by_id(asking.session, meant.objective.cycle_id)
    when = dates.read(typed)
    day: date | None = dates.future(when, asking.today, cycle.end if cycle else None) if when else None
    if day is None:
        raise Refusal("no_such_day", typed=typed, copy=f"edit {meant.ref} due {(cycle.end if cycle else asking.today).isoformat()}")
    if day < asking.today:
        raise Refusal("day_is_past", day=day, copy=f"edit {meant.ref} due {(cycle.end if cycle else asking.today).isoformat()}")
    return {"due": day}


def _target(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    row = _row(meant)
    value = _number(meant, "target", typed)
    if row.direction != "keep" and not row.guardrail and row.start is not None and float(value) == row.start:
        raise Refusal("target_is_start", ref=meant.ref, value=Amount(row.start, row.metric, row.unit))
    wanted_numbers = (_decimal(row.start) if row.start_said else None, value)
    title = renumbered(row.title, _decimal(row.target), typed, wanted_numbers)
    return {"title": title, "target": float(value)} | _direction(row, row.start, float(value))


def _start(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    row = _row(meant)
    value = _number(meant, "start", typed)
    if row.target is not None and row.direction != "keep" and float(value) == row.target:
        raise Refusal("target_is_start", ref=meant.ref, value=Amount(row.target, row.metric, row.unit))
    title = renumbered(row.title, _decimal(row.start), typed, (value, _decimal(row.target)))
    return {"title": title, "start": float(value), "start_said": True} | _direction(row, float(value), row.target)


def _unit(asking: Asking, meant: Meant, typed: str) -> dict[str, Any]:
    row = _row(meant)
    _refuse_unmeasured(meant, "unit")
    unit = "" if typed.lower() in _NONE else typed
    if len(unit) > LONGEST_UNIT:
        raise Refusal("unit_too_long", length=len(unit), most=LONGEST_UNIT)
    metric = metric_of(unit)
    return {"unit": unit, "metric": metric if metric in MEASURED else row.metric}


def _row(meant: Meant) -> KeyResult:
    assert meant.key_result is not None
    return meant.key_result


def _direction(row: KeyResult, start: float | None, target: float | None) -> dict[str, Any]:
    if row.guardrail or row.direction == "keep" or start is None or target is None or start == target:
        return {}
    return {"direction": "up" if target > start else "down"}


def _refuse_unmeasured(meant: Meant, field: str) -> None:
    row = _row(meant)
    if row.metric not in MEASURED:
        raise Refusal("has_no_number", ref=meant.ref, title=row.title, field=field, copy=f"edit {meant.ref} title {row.title} …")


def _number(meant: Meant, field: str, typed: str) -> Decimal:
    """The number that was typed, in this key result's measure; what can be read two ways is asked with buttons."""
    row = _row(meant)
    _refuse_unmeasured(meant, field)
    quantity = quantities.read(typed)
    if quantity is None:
        raise Refusal("no_such_number", typed=typed, field=field, ref=meant.ref, copy=f"edit {meant.ref} {field} 70")
    reading = read(Value("set", quantity), Scale(row.metric, row.unit))
    if isinstance(reading, Is):
        return reading.value
    assert isinstance(reading, Doubt)
    choices = tuple(_choice(meant, field, value) for value in reading.choices[:4])
    raise Refusal("which_number", typed=typed, field=field, ref=meant.ref, unit=row.unit, metric=row.metric, buttons=choices)


def _choice(meant: Meant, field: str, value: Decimal) -> Button:
    row = _row(meant)
    text = phrase(Change(meant.by_id, field, format(value, "f")))
    return Button("button_number", text, row.version, facts={"value": Amount(float(value), row.metric, row.unit)})


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value)).normalize()


Reader = Callable[[Asking, Meant, str], dict[str, Any]]
_OF_OBJECTIVE: dict[str, Reader] = {"title": _title, "why": _why, "kind": _kind, "due": _due}
_OF_KEY_RESULT: dict[str, Reader] = {"title": _measured_title, "target": _target, "start": _start, "unit": _unit, "due": _due}
