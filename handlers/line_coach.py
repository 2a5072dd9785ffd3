"""The coach on daily lines: at most one remark a week, in the answer to a check-in, with a better version of the writer's own line."""

from collections.abc import Sequence
from datetime import timedelta

from bot.commands import Coach
from bot.replies import Amount, Button, Part, Reply, Say
from handlers import cards, labels, spoken
from handlers.asking import Asking
from handlers.echoes import Recorded
from handlers.pen import Pen
from handlers.rules import lines
from storage.checkins import CheckIn
from storage.okrs import KeyResult
from storage.oneself import said_before

REST = timedelta(days=7)
_NUMERIC = ("number", "percent", "currency")


def coach(asking: Asking, command: Coach) -> Reply:
    """Switches the remarks on or off."""
    pen = Pen(asking, "coach")
    changed = pen.set(asking.member, line_coach=command.on)
    undo = (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),) if changed else ()
    return Reply((Say("line_coach_set", {"on": command.on}), *undo), card=f"c{pen.act}" if changed else "", private=True)


def remark(asking: Asking, stored: Sequence[Recorded]) -> list[Part]:
    """What there is to say of one of these lines, with the button that ends it; mostly nothing, and then nothing was looked up for it."""
    member = asking.member
    rested = member.coached_on is None or asking.today - member.coached_on >= REST
    if not member.line_coach or not rested or asking.overheard:
        return []
    record = next((r for r in stored if _suspicious(r.check_in)), None)
    if record is None:
        return []
    note, row = record.check_in.note, record.key_result
    before = [lines.Said(r.note, r.value is not None) for r in said_before(asking.session, record.check_in, lines.IN_A_ROW - 1)]
    flaw = lines.flaw(note, numeric=row is not None and _measured(row), before=before)
    if flaw is None:
        return []
    member.coached_on = asking.today
    asking.session.add(member)
    facts = {"flaw": flaw, "text": spoken.cut(note.rstrip(".。!！ "), 200), **_number_for(asking, record)}
    return [Say("line_remark", facts, role="note"), cards.row_of(Button("button_coach_off", "coach off"))]


def _suspicious(row: CheckIn) -> bool:
    """Whether a line may be worth a remark; who says what is in the way has said something."""
    return not row.blocker and lines.suspicious(row.note, valued=row.value is not None)


def _measured(row: KeyResult) -> bool:
    return row.metric in _NUMERIC


def _number_for(asking: Asking, record: Recorded) -> dict[str, object]:
    """The number that a key result's line could end in; the day's own line is about none in particular."""
    row, parent = record.key_result, record.objective
    if row is None or parent is None:
        return {"ref": "", "current": None, "measured": False}
    current = Amount(row.current if row.current is not None else row.start, row.metric, row.unit)
    return {"ref": labels.key_result(asking, row, parent), "current": current, "measured": _measured(row)}
