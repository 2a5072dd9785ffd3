"""The form that carries something over: each key result's last value as its start, and an empty field for what is new this time."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.commands import Carry, Ref, Submit
from bot.grammar import phrase
from bot.replies import Field, Form, FormPart, Say
from handlers.asking import Asking
from handlers.drafts import LONGEST_TITLE
from handlers.forms.rows import Filled
from handlers.views import KeyResultView, ObjectiveView

MOST = 12
_MEASURED = ("number", "percent", "currency")


def form(
    asking: Asking,
    view: ObjectiveView,
    meant: Sequence[KeyResultView],
    cycle: str,
    *,
    filled: Filled | None = None,
    errors: Mapping[str, Say] | None = None,
) -> Form:
    """The form for these key results of an objective, into a cycle."""
    errors = errors or {}
    title = filled.get("title") if filled else view.row.title
    parts: list[FormPart] = [
        Field("title", Say("field_objective"), "line", value=title, required=True, most=LONGEST_TITLE, error=errors.get("title")),
        Say("form_carry_how", {"cycle": cycle}, role="note"),
    ]
    for kr in meant[:MOST]:
        parts += _of_one(kr, filled, errors)
    if len(meant) > MOST:
        parts.append(Say("form_carry_more", {"count": len(meant) - MOST}, role="note"))
    what = Ref(id=f"k{meant[0].row.id}" if len(meant) == 1 and len(view.key_results) != 1 else f"o{view.row.id}")
    words = (f"#{what.id}", cycle)
    facts = {"ref": meant[0].ref if what.id.startswith("k") else view.ref, "cycle": cycle}
    return Form(
        Say("form_carry_title", facts), phrase(Submit("carry", words)), tuple(parts), Say("button_draft"), phrase(Carry(what, cycle))
    )


def _of_one(kr: KeyResultView, filled: Filled | None, errors: Mapping[str, Say]) -> list[FormPart]:
    name = result_of(kr)
    row = kr.row
    head = {"ref": kr.ref, "title": row.title, "score": row.score, "guardrail": row.guardrail}
    result = Field(
        name,
        Say("field_new_target" if measured(kr) else "field_new_words", {"was": kr.amount(row.target)}),
        "line",
        value=filled.get(name) if filled else as_typed(row.target, row.metric) if row.guardrail and row.target is not None else "",
        narrow=measured(kr),
        most=LONGEST_TITLE,
        error=errors.get(name),
    )
    if not measured(kr) or row.guardrail or row.direction == "keep":
        return [Say("form_carry_head", head, role="title"), result]
    begin = start_of(kr)
    value = filled.get(begin) if filled else as_typed(row.current if row.current is not None else row.start, row.metric)
    start = Field(begin, Say("field_start"), "line", value=value, narrow=True, most=120, error=errors.get(begin))
    return [Say("form_carry_head", head, role="title"), start, result]


def measured(kr: KeyResultView) -> bool:
    """Whether it has a number, so that its new result is a target."""
    return kr.row.metric in _MEASURED


def result_of(kr: KeyResultView) -> str:
    """The field of what is new."""
    return f"result_{kr.row.id}"


def start_of(kr: KeyResultView) -> str:
    """The field of where it begins."""
    return f"start_{kr.row.id}"


def first_field(meant: Sequence[KeyResultView]) -> str:
    """Where something is missing when nothing was filled in."""
    return result_of(next((kr for kr in meant if not kr.row.guardrail), meant[0])) if meant else "title"


def as_typed(value: float | None, metric: str) -> str:
    """A value as its owner would type it, "" for none."""
    if value is None:
        return ""
    return format(Decimal(repr(value)).normalize(), "f") + ("%" if metric == "percent" else "")
