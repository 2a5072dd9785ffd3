"""The echo of a check-in: old → new, what it comes to, what was said with it, and Undo."""

from dataclasses import dataclass, field
from decimal import Decimal

from bot.replies import Button, Item, Meter, Part, Say
from handlers import cards, labels
from handlers.asking import Asking
from handlers.views import KeyResultView, alone
from storage.checkins import CheckIn
from storage.okrs import KeyResult, Objective


@dataclass
class Recorded:
    """One line that was stored: what it was before and what it is now. untold: it names people, who hear nothing of a day's own line.

    actions: the numbers of what those who are told are to do.
    """

    key_result: KeyResult | None
    objective: Objective | None
    check_in: CheckIn
    old: float | None
    newest: bool
    was_breached: bool = False
    baseline: bool = False
    told: list[int] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    came_from: Decimal | None = None
    untold: bool = False


def echo_parts(asking: Asking, stored: list[Recorded], act: int) -> list[Part]:
    """The echo card of what one act recorded."""
    asking.session.flush()
    shown = {id(r): alone(asking.session, r.key_result, r.objective, asking.today) for r in stored if r.key_result and r.objective}
    parts: list[Part] = [Say("check_in_title", {"who": asking.person(asking.me), "count": len(stored)}, role="title")]
    for record in stored:
        parts += _recorded(asking, record, shown.get(id(record)))
    buttons = [Button("button_undo", f"undo #c{act}")]
    if asking.message.place.shared:
        buttons += [cards.update_button(kr) for kr in list(shown.values())[:1]]
    parts.append(cards.row_of(*buttons))
    return parts


def _recorded(asking: Asking, record: Recorded, kr: KeyResultView | None) -> list[Part]:
    made = record.check_in
    late = {"on": made.on, "today": made.on == asking.today}
    words = {"note": made.note, "blocker": made.blocker, "plan": made.plan}
    if kr is None or record.objective is None:
        untold = (Say("day_untold", role="warning"),) if record.untold else ()
        return [Item(Say("day_line", late), body=(*_said(words), *untold))]
    facts = {
        "ref": kr.ref,
        "old": kr.amount(record.old if record.old is not None or record.baseline else kr.row.start),
        "new": kr.amount(made.value),
        "has_value": made.value is not None,
        "first": record.old is None and (record.baseline or kr.row.start is None or kr.row.metric in ("done", "stages")),
        "same": record.old == made.value,
        "newest": record.newest,
        "current": kr.amount(kr.row.current),
        "confidence": made.confidence,
        "metric": kr.row.metric,
        "stages": [s.title for s in kr.stages if s.done],
        **late,
    }
    body = [Say("checked_in", facts), *_said(words), *_flags(asking, record, kr)]
    meter = Meter(kr.progress, kr.status, kr.expected) if not kr.row.guardrail else None
    return [Item(cards.key_result_head(kr, labels.whose(asking, record.objective)), meter, tuple(body))]


def _said(words: dict[str, str]) -> tuple[Say, ...]:
    return tuple(Say(f"said_{kind}", {"text": text}) for kind, text in words.items() if text)


def _flags(asking: Asking, record: Recorded, kr: KeyResultView) -> list[Say]:
    flags: list[Say] = []
    if kr.breached:
        flags.append(cards.breach(kr))
    elif record.was_breached:
        flags.append(Say("guardrail_back", {"ref": kr.ref}))
    if record.baseline:
        flags.append(Say("baseline_set", {"ref": kr.ref, "start": kr.amount(kr.row.start)}, role="note"))
    if record.came_from is not None and record.old is not None and float(record.came_from) != record.old:
        facts = {"typed": kr.amount(float(record.came_from)), "old": kr.amount(record.old)}
        flags.append(Say("came_from_differs", facts, role="note"))
    if record.told:
        asking.meet(record.told)
        kind = "blocker" if record.check_in.blocker else "join"
        told = {"people": [asking.person(m) for m in record.told], "kind": kind, "actions": [f"A{n}" for n in record.actions]}
        flags.append(Say("told", told, role="note"))
    flags += [Say("stranger", {"name": name}, role="warning") for name in record.strangers]
    return flags
