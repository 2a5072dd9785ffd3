"""Tells what was read of an OKR text in one short line each, so that a table of expectations can be read by people."""

from decimal import Decimal

from bot.commands import KeyResultText, ObjectiveText, StageText, When, Who
from bot.grammar.documents.canonical import phrase


def told(objectives: tuple[ObjectiveText, ...]) -> str:
    """Every objective and key result on a line of its own."""
    return "\n".join(line for o in objectives for line in (told_objective(o), *("  " + told_key_result(k) for k in o.key_results)))


def told_objective(o: ObjectiveText) -> str:
    extras = [o.kind or "", _weight(o.weight), _people("with", o.collaborators), _due(o.due), f"why={o.why}" if o.why else ""]
    return " | ".join([f"O {o.title}".strip(), *filter(None, extras), *_unclear(o.unclear)])


def told_key_result(k: KeyResultText) -> str:
    stages = f"stages={', '.join(map(_stage, k.stages))}" if k.stages else ""
    owner = _people("owner", (k.owner,)) if k.owner else ""
    extras = [
        _measure(k),
        "guardrail" if k.guardrail else "",
        _weight(k.weight),
        owner,
        _people("with", k.collaborators),
        _due(k.due),
        stages,
    ]
    return " | ".join([k.title, *filter(None, extras), *_unclear(k.unclear)])


def _measure(k: KeyResultText) -> str:
    if k.metric in {"done", "stages"} and k.start is None and k.target is None:
        return k.metric
    bound = f" {k.bound}" if k.direction == "keep" or k.guardrail else ""
    return f"{k.metric} {_number(k.start)}>{_number(k.target)} [{k.unit}] {k.direction}{bound}"


def _number(n: Decimal | None) -> str:
    return "" if n is None else f"{n:f}"


def _weight(n: Decimal | None) -> str:
    return "" if n is None else f"weight={n:f}"


def _people(word: str, people: tuple[Who, ...]) -> str:
    return f"{word}=" + ",".join({"user": "<", "member": "#", "name": "@"}[p.by] + p.value for p in people) if people else ""


def _due(when: When | None) -> str:
    return f"due={phrase(when)}" if when else ""


def _stage(s: StageText) -> str:
    return " ".join(filter(None, (s.title, _weight(s.weight), _people("owner", (s.owner,)) if s.owner else "", _due(s.due))))


def _unclear(pieces: tuple[str, ...]) -> list[str]:
    return [f"?{p}" for p in pieces]
