"""Corrections: the writer's last check-in on a key result is mended in place, and the journal keeps what it was."""

from typing import Any

from bot.commands import Correct, Line
from bot.replies import Reply, Say
from handlers import answering, daily_thread, labels, people, references
from handlers.asking import Asking
from handlers.checkins import allowed, day_of, reading_of, value_of
from handlers.doubts import question
from handlers.echoes import Recorded, echo_parts
from handlers.examples import example
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules.readings import Doubt, Is, Stages
from storage.checkins import CheckIn, newest_by
from storage.okrs import KeyResult, Objective, Stage, stages_in


def correct(asking: Asking, command: Correct) -> Reply:
    """Mends the writer's last check-in on a key result, visibly."""
    line = command.line
    if line.ref is None:
        raise Refusal("correct_needs_reference", copy=example(asking, "example_correct").text)
    row, parent = references.key_result(asking, line.ref, lock=True)
    allowed(asking, row, parent)
    last = newest_by(asking.session, row.id or 0, asking.me)
    if last is None:
        raise Refusal("nothing_to_correct", ref=labels.key_result(asking, row, parent), copy=f"{labels.key_result(asking, row, parent)} 45")
    stages = list(stages_in(asking.session, [row.id or 0]))
    reading = reading_of(asking, line, row, stages)
    if isinstance(reading, Doubt):
        return question(asking, line, (row, parent), reading, word="correct")
    return _mend(asking, line, (row, parent), (last, reading, stages))


def _mend(asking: Asking, line: Line, on: tuple[KeyResult, Objective], meant: tuple[CheckIn, Is | Stages | None, list[Stage]]) -> Reply:
    (row, parent), (last, reading, stages) = on, meant
    pen, old = Pen(asking, "corrected"), last.value
    value = value_of(pen, reading, stages)
    fields: dict[str, Any] = {"value": value} if value is not None else {}
    if line.on is not None:
        fields["on"] = day_of(asking, line)
    fields |= {name: people.readable(asking, text) for name in ("note", "blocker", "plan") if (text := getattr(line, name))}
    if line.confidence is not None:
        fields["confidence"] = line.confidence
    carried = old is not None and row.current == old and row.checked_on == last.on
    if not pen.set(last, **fields):
        raise Refusal("already_so", ref=labels.key_result(asking, row, parent))
    if value is not None and (carried or row.checked_on is None or last.on >= row.checked_on):
        pen.set(row, current=value, checked_on=last.on)
    if line.confidence is not None:
        pen.set(row, confidence=line.confidence)
    answering.shown_anew(asking, pen, [last.on])
    daily_thread.mend(asking, [last.id or 0], pen.number)
    record = Recorded(row, parent, last, old, newest=True)
    _, *rest = echo_parts(asking, [record], pen.number)
    return Reply(
        (Say("corrected_title", {"on": last.on}, role="title"), *rest), card=f"c{pen.number}", private=parent.visibility == "private"
    )
