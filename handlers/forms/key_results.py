"""A key result as the fields of a form say it, turned into what its words would have been."""

from collections.abc import MutableMapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.commands import KeyResultText, Quantity, When
from bot.grammar import documents, quantities
from bot.grammar import people as named_people
from bot.grammar.documents.metrics import metric_of
from bot.replies import Say
from handlers.forms.okr import PARTS
from handlers.forms.rows import Filled, named

Errors = MutableMapping[str, Say]


def empty(filled: Filled, row: str) -> bool:
    """Whether nothing was filled in for a key result."""
    return not any(filled.get(named(row, what)) for what in PARTS)


def text_of(filled: Filled, row: str, errors: Errors) -> KeyResultText:
    """The key result: its words are read as if typed, and the fields beside them count before the words."""
    title = filled.get(named(row, "title"))
    if not title:
        errors[named(row, "title")] = Say("field_missing")
    text = _measured(documents.read_key_result(title or "–"), filled, row, errors)
    owners = named_people.among(filled.get(named(row, "owner")))
    along = named_people.among(filled.get(named(row, "with")))
    due = day(filled, named(row, "due"), errors)
    return replace(
        text,
        weight=share(filled, named(row, "weight"), errors) or text.weight,
        due=When.on(due) if due else text.due,
        owner=owners[0] if owners else text.owner,
        collaborators=tuple(dict.fromkeys([*along, *text.collaborators])),
    )


def _measured(text: KeyResultText, filled: Filled, row: str, errors: Errors) -> KeyResultText:
    start, target = (_number(filled, named(row, what), errors) for what in ("start", "target"))
    unit = filled.get(named(row, "unit"))
    if start is not None and target is None and text.target is None:
        errors[named(row, "target")] = Say("field_missing")
    if target is None and start is None and not unit:
        return text
    goal = target.value if target else text.target
    begin = start.value if start else text.start
    if goal is not None and goal == begin:
        errors.setdefault(named(row, "target"), Say("field_same_as_start"))
    unit = unit or next((q.unit for q in (target, start) if q is not None and q.unit), text.unit)
    kept = text.guardrail or text.direction == "keep"
    direction = text.direction if kept or goal is None or begin is None else "up" if goal > begin else "down"
    metric = metric_of(unit) if goal is not None else text.metric
    return replace(text, metric=metric, unit=unit[:40], start=begin, target=goal, direction=direction)


def _number(filled: Filled, name: str, errors: Errors) -> Quantity | None:
    typed = filled.get(name)
    if not typed:
        return None
    quantity = quantities.read(typed)
    if quantity is None:
        errors[name] = Say("field_no_number", {"typed": typed})
    elif len(quantity.readings) > 1:
        errors[name] = Say("field_two_numbers", {"typed": typed, "readings": [float(r) for r in quantity.readings]})
        return None
    return quantity


def share(filled: Filled, name: str, errors: Errors) -> Decimal | None:
    """A weight, 0–1, from 60, 60% or 0.6."""
    typed = filled.get(name).rstrip("%％ ")
    if not typed:
        return None
    try:
        number = Decimal(typed)
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= 100:  # also what is no number at all
        errors[name] = Say("field_no_weight", {"typed": typed})
        return None
    return number if number < 1 and "%" not in filled.get(name) else number / 100


def day(filled: Filled, name: str, errors: Errors) -> date | None:
    """A day as a date field gives it."""
    typed = filled.get(name)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        errors[name] = Say("field_no_day", {"typed": typed})
        return None
