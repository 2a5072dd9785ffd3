"""Writes OKRs the way people type them, so that `read` understands the same: for "copy, change and send"."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.commands import KeyResultText, ObjectiveText, StageText, When, Who
from bot.grammar.documents import attributes, pieces
from bot.grammar.documents.metrics import Measure, measure
from bot.grammar.people import say


@dataclass(frozen=True)
class _Labels:
    objective: str
    key_result: str
    why: str
    weight: str
    owner: str
    people: str
    committed: str
    aspirational: str
    stages: str
    guardrail: str
    comma: str
    colon: str


_EN = _Labels("O", "KR", "Why", "weight", "owner", "with", "[committed]", "[aspirational]", "stages", "KPI", ", ", ": ")
_ZH = _Labels("目标", "KR", "意义", "权重", "负责人", "协作", "[承诺型]", "[挑战型]", "阶段", "KPI", "，", "：")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def text_of(objectives: Iterable[ObjectiveText], locale: str = "en") -> str:
    """The OKRs as lines of text that `read` turns into the same objects again."""
    labels = _ZH if locale == "zh" else _EN
    lines: list[str] = []
    for n, each in enumerate(objectives, 1):
        lines += _objective(each, n, labels)
    return "\n".join(lines)


def _objective(each: ObjectiveText, n: int, labels: _Labels) -> list[str]:
    extras = [labels.aspirational if each.kind == "aspirational" else labels.committed] if each.kind else []
    extras += _weight(each.weight, labels) + _due(each.due) + _people(each.collaborators, labels)
    lines = [u for u in each.unclear if u not in each.title] if n == 1 else []
    if each.title or n > 1 or extras or lines or not each.key_results:
        head = f"{labels.objective}{n}{labels.colon}{each.title}"
        lines.append(labels.comma.join([head, *extras]) if each.title else head + labels.comma.join(extras))
    lines += [f"{labels.why}{labels.colon}{each.why}"] if each.why else []
    regular = 0
    for key in each.key_results:
        regular += not key.guardrail
        mark = labels.guardrail if key.guardrail else f"{labels.key_result}{regular}"
        lines.append(f"{mark}{labels.colon}{_key_result(key, labels)}")
        lines += [f"    - {u}" for u in key.unclear if u not in key.title]
    return lines


def _key_result(key: KeyResultText, labels: _Labels) -> str:
    parts = [key.title, *_measure(key)]
    parts += _weight(key.weight, labels)
    parts += [f"{labels.owner}{labels.colon}{say(key.owner)}"] if key.owner else []
    parts += _people(key.collaborators, labels) + _due(key.due)
    parts += [f"{labels.stages}{labels.colon}" + labels.comma.join(_stage(s) for s in key.stages)] if key.stages else []
    return labels.comma.join(part for part in parts if part)


def _measure(key: KeyResultText) -> list[str]:
    """The measure by name where the title's words alone would be read otherwise."""
    read = measure(key.title, guardrail=key.guardrail)
    said = Measure(key.metric, key.unit, key.start, key.target, key.direction, key.bound)
    if key.stages or (read.unclear == tuple(u for u in key.unclear if u in key.title) and _same(read, said)):
        return []
    if key.metric == "done":
        return ["metric: done"] if key.start is None else [f"start: {_number(key.start)}"]
    named = [f"metric: {key.metric}", f"unit: {key.unit or '-'}", f"start: {_number(key.start)}", f"target: {_number(key.target)}"]
    return [*named, f"direction: {key.direction} {key.bound}"]


def _same(a: Measure, b: Measure) -> bool:
    return (a.metric, a.unit, a.start, a.target, a.direction, a.bound) == (b.metric, b.unit, b.start, b.target, b.direction, b.bound)


def _number(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:f}"


def _weight(value: Decimal | None, labels: _Labels) -> list[str]:
    return [] if value is None else [f"{labels.weight} {attributes.percent_of(value)}"]


def _people(others: tuple[Who, ...], labels: _Labels) -> list[str]:
    return [f"{labels.people} {' '.join(say(who) for who in others)}"] if others else []


def _stage(stage: StageText) -> str:
    return " ".join([pieces.stage_words(stage), *([say(stage.owner)] if stage.owner else []), *_due(stage.due)])


def _due(when: When | None) -> list[str]:
    return [] if when is None else [f"by {phrase(when)}"]


def phrase(when: When) -> str:
    """A day as it can be typed."""
    if when.kind == "date":
        return f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
    if when.kind == "month_day":
        return f"{when.month:02d}-{when.day:02d}"
    if when.kind == "day":
        return f"{when.day}号"
    if when.kind == "weekday":
        return f"{ {-1: 'last ', 1: 'next '}.get(when.shift, '') }{_WEEKDAYS[when.n or 0]}"
    if when.kind == "month_end":
        return f"end of {_MONTHS[when.month - 1]}" if when.month else "end of next month" if when.shift else "end of month"
    return "end of cycle" if when.kind == "cycle_end" else _days(when.shift)


def _days(shift: int) -> str:
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(shift) or (f"{-shift} days ago" if shift < 0 else f"in {shift} days")
