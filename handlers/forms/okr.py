"""Draws the forms of an objective and of one key result: fields with what stands in them, and what is wrong with which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.commands import Named, New, Submit
from bot.grammar import people as named_people
from bot.grammar import phrase
from bot.replies import Button, Buttons, Choice, Field, Form, FormPart, Person, Rule, Say
from handlers import people
from handlers.asking import Asking
from handlers.drafts import LONGEST_TITLE
from handlers.forms.rows import MOST_ROWS, Filled, Plan, named
from handlers.views import KeyResultView, ObjectiveView
from storage.okrs import Objective

PARTS = ("title", "start", "target", "unit", "weight", "due", "owner", "with")


@dataclass
class Drawing:
    """What a form is drawn from. people: whom a field of people holds. errors: by field name. heads: what stands above each row.

    without: the fields that a row has no use for.

    asks_why: a field for the reason is there, because what was promised is changed.
    """

    plan: Plan
    filled: Filled
    people: dict[str, tuple[Person, ...]] = field(default_factory=dict)
    errors: Mapping[str, Say] = field(default_factory=dict)
    heads: Mapping[str, Say] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ref: str = ""
    version: int = 0
    asks_why: bool = False


def blank(cycle: str = "", team: str | None = None) -> Form:
    """The form of a new objective."""
    return draw(Drawing(Plan("new", ("n1", "n2"), cycle=cycle, team=team), Filled()))


def of_objective(asking: Asking, view: ObjectiveView) -> Drawing:
    """An objective as it stands."""
    shown = view.key_results[:MOST_ROWS]
    plan = Plan(f"#o{view.row.id}", tuple(str(kr.row.number) for kr in shown))
    drawing = Drawing(plan, Filled(), ref=view.ref, version=view.row.version, asks_why=view.row.state == "published")
    texts = drawing.filled.texts
    texts |= {"title": view.row.title, "why": view.row.why, "kind": view.row.kind if view.row.kind_said else ""}
    texts["due"] = view.row.due.isoformat() if view.row.due else ""
    heads = {}
    for kr in shown:
        row = str(kr.row.number)
        texts |= {named(row, what): text for what, text in _of_key_result(kr).items()}
        drawing.people[named(row, "owner")] = (asking.person(kr.row.owner_id),)
        drawing.people[named(row, "with")] = tuple(asking.person(m) for m in along(kr))
        heads[row] = head_of(kr)
    drawing.heads = heads
    drawing.without = {str(kr.row.number): useless(kr) for kr in shown}
    return drawing


def useless(kr: KeyResultView) -> tuple[str, ...]:
    """The fields that say nothing of a key result of its kind."""
    if kr.row.metric in ("done", "stages"):
        return ("start", "target", "unit")
    return ("start", "weight") if kr.row.guardrail else ()


def head_of(kr: KeyResultView) -> Say:
    """What stands above a key result in its objective's form."""
    return Say("form_key_result", {"ref": kr.ref, "guardrail": kr.row.guardrail, "stages": [s.title for s in kr.stages]}, role="title")


def along(kr: KeyResultView) -> tuple[int, ...]:
    """Who works on it or is asked to."""
    asked = [r.to_id for r in kr.requests if r.kind == "join" and r.state in ("planned", "open") and r.to_id != kr.row.owner_id]
    return tuple(dict.fromkeys([*kr.collaborators, *asked]))


def _of_key_result(kr: KeyResultView) -> dict[str, str]:
    row = kr.row
    measured = row.metric in ("number", "percent", "currency")
    return {
        "title": row.title,
        "start": number(row.start) if measured and row.start_said else "",
        "target": number(row.target) if measured else "",
        "unit": row.unit if measured else "",
        "weight": number(None if row.weight is None else row.weight * 100),
        "due": row.due.isoformat() if row.due else "",
    }


def number(value: float | None) -> str:
    """A number as it is typed: 3400000, 0.5."""
    if value is None:
        return ""
    return f"{Decimal(repr(round(value, 6))).normalize():f}"


def again(asking: Asking, plan: Plan, filled: Filled, **more: object) -> Drawing:
    """The form as it was filled in."""
    drawing = Drawing(plan, filled, **more)  # type: ignore[arg-type]
    for row in plan.rows:
        for what in ("owner", "with"):
            drawing.people[named(row, what)] = tuple(persons(asking, filled.get(named(row, what))))
    return drawing


def persons(asking: Asking, text: str) -> Iterable[Person]:
    """The members whom a field of people names."""
    for who in named_people.among(text):
        member = people.known(asking, who)
        if member is not None and member.id is not None:
            yield asking.person(member.id)


def draw(drawing: Drawing) -> Form:
    """The form."""
    plan = drawing.plan
    parts: list[FormPart] = list(_head(drawing))
    for row in plan.rows[:MOST_ROWS]:
        parts += _row(drawing, row)
    parts.append(Rule())
    if len(plan.rows) < MOST_ROWS:
        parts.append(Buttons((Button("button_more", plan.text("more")),)))
    if drawing.asks_why:
        parts.append(_field(drawing, "reason", "text", hint=Say("hint_reason"), most=LONGEST_TITLE))
    return Form(
        title=Say("form_new_title" if plan.is_new else "form_edit_title", {"ref": drawing.ref}),
        text=plan.text(),
        parts=tuple(parts),
        submit=Say("button_draft" if plan.is_new else "button_save"),
        opens=_opens(plan),
        version=drawing.version,
    )


def _opens(plan: Plan) -> str:
    """The command that opens it anew."""
    owner = None if plan.team is None else Named(plan.team)
    return phrase(New(owner=owner, cycle=plan.cycle)) if plan.is_new else f"edit {plan.target}"


def _head(drawing: Drawing) -> Iterable[FormPart]:
    yield _field(drawing, "title", "line", required=True, most=LONGEST_TITLE, label="field_objective", hint=Say("hint_objective"))
    yield _field(drawing, "why", "text", most=LONGEST_TITLE, label="field_why", hint=Say("hint_why"))
    kinds = tuple(Choice(kind, Say("choice_kind", {"kind": kind})) for kind in ("", "aspirational", "committed"))
    yield _field(drawing, "kind", "choice", choices=kinds, narrow=True)
    yield _field(drawing, "due", "date", narrow=True)


def _row(drawing: Drawing, row: str) -> Iterable[FormPart]:
    yield Rule()
    yield drawing.heads.get(row) or Say("form_new_key_result", {"number": row.removeprefix("n")}, role="title")
    yield from key_result_fields(drawing, row)
    yield Buttons((Button("button_less", drawing.plan.text(f"less={row}"), facts={"there": row.isdecimal()}),))


def key_result_fields(drawing: Drawing, row: str) -> Iterable[FormPart]:
    """The fields of one key result."""
    hint = Say("hint_key_result") if row == "n1" else None
    yield _field(drawing, named(row, "title"), "line", label="field_key_result", hint=hint, most=LONGEST_TITLE)
    for what in ("start", "target", "unit", "weight"):
        if what in drawing.without.get(row, ()):
            continue
        yield _field(drawing, named(row, what), "line", label=f"field_{what}", narrow=True, most=60)
    yield _field(drawing, named(row, "due"), "date", label="field_due", narrow=True)
    yield _field(drawing, named(row, "owner"), "person", label="field_owner", narrow=True)
    yield _field(drawing, named(row, "with"), "people", label="field_with")


def _field(drawing: Drawing, name: str, kind: str, *, label: str = "", **more: object) -> Field:
    return Field(
        name,
        Say(label or f"field_{name}"),
        kind,  # type: ignore[arg-type]
        value="" if kind in ("person", "people") else drawing.filled.get(name),
        people=drawing.people.get(name, ()),
        error=drawing.errors.get(name),
        **more,  # type: ignore[arg-type]
    )


def key_result_form(asking: Asking, objective: Objective, filled: Filled | None = None, errors: Mapping[str, Say] | None = None) -> Form:
    """The form of one more key result."""
    drawing = again(asking, Plan(f"#o{objective.id}", ("n1",)), filled or Filled(), errors=errors or {})
    return Form(
        title=Say("form_add_title", {"ref": f"O{objective.number}"}),
        text=phrase(Submit("key_result", (f"#o{objective.id}",))),
        parts=tuple(key_result_fields(drawing, "n1")),
        submit=Say("button_add"),
        opens=f"add KR to #o{objective.id}",
        version=objective.version,
    )
