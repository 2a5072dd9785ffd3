"""Questions about a value that can be read two ways: what was typed is kept, each choice is a button with an exact value."""

from dataclasses import replace
from decimal import Decimal

from bot.commands import CheckIn, Correct, Line, Quantity, Ref, Value
from bot.grammar import phrase
from bot.replies import Amount, Button, Buttons, Copy, Part, Reply, Say
from handlers import labels, people
from handlers.asking import Asking
from handlers.references import Ambiguous
from handlers.rules.readings import Doubt, Is, Scale, read
from storage.okrs import KeyResult, Objective, Stage, stages_in

_NO_CHOICE = ("done_or_not", "no_stage", "whole_stage", "guardrail_done", "too_large")


def question(asking: Asking, line: Line, on: tuple[KeyResult, Objective], doubt: Doubt, *, word: str = "checkin") -> Reply:
    """Asks which value was meant; keeps note, confidence and the rest of the line on every choice."""
    row, parent = on
    ref = labels.key_result(asking, row, parent)
    facts = {
        "ref": ref,
        "title": row.title,
        "typed": _typed(line),
        "metric": row.metric,
        "unit": row.unit,
        "start": Amount(row.start, row.metric, row.unit),
        "current": Amount(row.current, row.metric, row.unit),
        "target": Amount(row.target, row.metric, row.unit),
        "stages": [s.title for s in stages_in(asking.session, [row.id or 0])],
    }
    parts: list[Part] = [Say(f"doubt_{doubt.why}", facts), Copy(people.readable(asking, line.raw))]
    buttons = [_choice(line, row, choice, word) for choice in doubt.choices[:4]]
    if doubt.why == "confidence":
        buttons.append(_confidence(line, row))
    if line.value is not None and doubt.why in _NO_CHOICE:
        buttons.append(_as_note(line, row))
    if buttons:
        parts.append(Buttons(tuple(buttons)))
    return Reply(tuple(parts), card=f"ask-k{row.id}", private=True, tone="question")


def scale_of(row: KeyResult, stages: list[Stage]) -> Scale:
    """What readings need of a stored key result."""
    start, target, current = (
        None if v is None else Decimal(repr(v)) for v in (row.start if row.start_said else None, row.target, row.current)
    )
    if start is None and row.start is not None:
        start = Decimal(repr(row.start))
    return Scale(row.metric, row.unit, start, target, current, row.guardrail, tuple(s.title for s in stages))


def which_one(asking: Asking, line: Line, which: Ambiguous) -> Reply:
    """Asks which key result a bare `KR2` means; each choice says the line with its exact value on that one."""
    typed = Copy(people.readable(asking, line.raw))
    buttons = [_on(asking, line, row, parent) for row, parent in which.rows[:5]]
    return Reply((Say(which.prompt, which.facts), typed, Buttons(tuple(buttons))), private=True, tone="question")


def _on(asking: Asking, line: Line, row: KeyResult, parent: Objective) -> Button:
    stages = list(stages_in(asking.session, [row.id or 0]))
    meant = read(line.value, scale_of(row, stages), loose=line.loose) if line.value else None
    value = Value("set", Quantity(format(meant.value, "f"), (meant.value,))) if isinstance(meant, Is) else line.value
    facts = {"ref": labels.key_result(asking, row, parent)}
    return Button("button_this", _text(replace(line, ref=Ref(id=f"k{row.id}"), value=value), "checkin"), row.version, facts=facts)


def _typed(line: Line) -> str:
    value = line.value
    if value is None:
        return ""
    if value.stage:
        return value.stage
    pieces = [q.raw for q in (value.quantity, value.of) if q is not None]
    return "/".join(pieces) or value.kind


def _choice(line: Line, row: KeyResult, choice: Decimal, word: str) -> Button:
    exact = replace(line, ref=Ref(id=f"k{row.id}"), value=Value("set", Quantity(format(choice, "f"), (choice,))), loose=False)
    facts = {
        "value": Amount(float(choice), row.metric, row.unit),
        "old": Amount(row.current, row.metric, row.unit),
        "known": row.current is not None,
    }
    return Button("button_choice", _text(exact, word), row.version, facts=facts)


def _confidence(line: Line, row: KeyResult) -> Button:
    quantity = line.value.quantity if line.value else None
    level = int(quantity.value) if quantity is not None else 0
    meant = replace(line, ref=Ref(id=f"k{row.id}"), value=None, confidence=level, loose=False)
    return Button("button_confidence", _text(meant, "checkin"), row.version, facts={"level": level})


def _as_note(line: Line, row: KeyResult) -> Button:
    kind = line.value.kind if line.value else ""
    note = line.raw if kind == "done" else line.note if kind == "stage" and line.note else f"{_typed(line)} {line.note}".strip()
    return Button("button_as_note", _text(replace(line, ref=Ref(id=f"k{row.id}"), value=None, note=note), "checkin"), row.version)


def _text(line: Line, word: str) -> str:
    return phrase(Correct(line) if word == "correct" else CheckIn((line,)))
