"""The form that closes a cycle: a score for each key result of one's own, and one lesson for each objective."""

from collections.abc import Mapping, Sequence

from bot.commands import CloseCycle, Submit
from bot.grammar import phrase
from bot.replies import Field, Form, FormPart, Rule, Say
from handlers.asking import Asking
from handlers.forms.rows import Filled, Outdated
from handlers.forms.scores import drawn, fields, merge, named, standing
from handlers.views import KeyResultView, ObjectiveView
from storage.okrs import Cycle

MOST_OBJECTIVES = 6
MOST_SCORES = 16
LONGEST = 3000

__all__ = ["form", "ids_of", "lesson_of", "merge", "missing", "named", "shown", "standing"]


def shown(views: Sequence[ObjectiveView]) -> list[ObjectiveView]:
    """As many of the objectives as one form holds, at least one."""
    held: list[ObjectiveView] = []
    scores = 0
    for view in views[:MOST_OBJECTIVES]:
        scores += len(view.counted)
        if held and scores > MOST_SCORES:
            break
        held.append(view)
    return held


def form(
    asking: Asking,
    cycle: Cycle,
    views: Sequence[ObjectiveView],
    filled: Filled | None = None,
    errors: Mapping[str, Say] | None = None,
    *,
    scored: bool = True,
) -> Form:
    """The form for these objectives. scored False: their scores stand, and the lesson alone is asked for."""
    parts: list[FormPart] = []
    errors = errors or {}
    for place, view in enumerate(views):
        parts += [Rule()] if place else []
        parts.append(Say("form_closing_head", {"ref": view.ref, "title": view.row.title, "progress": view.progress}, role="title"))
        for kr in _own(asking, view)[:MOST_SCORES] if scored and _has(filled, view, asking) else ():
            parts += fields(asking, kr, view, filled, errors)
        name = lesson_of(view)
        value = filled.get(name) if filled else ""
        parts.append(Field(name, Say("field_lesson", {"source": "close"}), "text", value=value, error=errors.get(name), most=LONGEST))
    words = (",".join(str(view.row.id) for view in views), drawn(kr for view in views for kr in _own(asking, view)))
    return Form(
        Say("form_closing_title", {"cycle": cycle.name}),
        phrase(Submit("closing", words)),
        tuple(parts),
        Say("button_close"),
        phrase(CloseCycle(cycle.name)),
    )


def _own(asking: Asking, view: ObjectiveView) -> list[KeyResultView]:
    return [kr for kr in view.counted if kr.row.owner_id == asking.me]


def _has(filled: Filled | None, view: ObjectiveView, asking: Asking) -> bool:
    """Whether the form that is drawn again had this objective's scores."""
    return filled is None or any(filled.has(named(kr)) for kr in _own(asking, view))


def lesson_of(view: ObjectiveView) -> str:
    """The field of an objective's lesson."""
    return f"lesson_{view.row.id}"


def missing(view: ObjectiveView, filled: Filled) -> list[str]:
    """The fields that an objective cannot be closed without, and that are empty."""
    scores = [named(kr) for kr in view.counted if filled.has(named(kr))]
    return [name for name in (*scores, lesson_of(view)) if not filled.get(name)]


def ids_of(listed: str) -> list[int]:
    """The objectives that a form was drawn for. Raises Outdated."""
    if not all(part.isdecimal() and len(part) < 10 for part in listed.split(",")):
        raise Outdated
    return [int(part) for part in listed.split(",")][:MOST_OBJECTIVES]
