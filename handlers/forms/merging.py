"""Two people in one form: what changed since a form was drawn, field by field, out of the journal.

A form's version is the newest change there was of its objective or of one of its key results.
"""

import json
from dataclasses import replace

from handlers.asking import Asking
from handlers.forms.okr import number
from handlers.forms.rows import Filled, Plan, free, named
from handlers.views import ObjectiveView
from storage.journal import Change, changes_after, newest_change

_OF_OBJECTIVE = ("title", "why", "kind", "due")
_OF_KEY_RESULT = ("title", "start", "target", "unit", "weight", "due")


def newest(asking: Asking, view: ObjectiveView) -> int:
    """The version of a form that is drawn now."""
    return newest_change(asking.session, list(_things(view)))


def changed_since(asking: Asking, view: ObjectiveView, version: int) -> dict[str, str]:
    """The fields that changed since, with what stood in them when the form was drawn."""
    things = _things(view)
    was: dict[str, str] = {}
    for change in changes_after(asking.session, list(things), version):
        name = _field(things[change.thing], change)
        if name:
            was.setdefault(name, _typed(change))
    return was


def _things(view: ObjectiveView) -> dict[str, str]:
    """Journal name → the form's row, "" for the objective itself."""
    return {f"o{view.row.id}": ""} | {f"k{kr.row.id}": str(kr.row.number) for kr in view.key_results}


def _field(row: str, change: Change) -> str:
    known = _OF_KEY_RESULT if row else _OF_OBJECTIVE
    if change.field not in known:
        return ""
    return named(row, change.field) if row else change.field


def _typed(change: Change) -> str:
    old = json.loads(change.old)
    if isinstance(old, int | float):
        return number(old * 100 if change.field == "weight" else old)
    return old or ""


def as_new_row(plan: Plan, filled: Filled, row: str) -> tuple[Plan, str]:
    """A key result that was dropped meanwhile, with what was typed for it, as a new one."""
    fresh = free(plan.rows)
    for name in [n for n in filled.texts if n.startswith(f"kr_{row}_")]:
        filled.texts[name.replace(f"kr_{row}_", f"kr_{fresh}_", 1)] = filled.texts.pop(name)
    return replace(plan, rows=tuple(fresh if r == row else r for r in plan.rows)), fresh
