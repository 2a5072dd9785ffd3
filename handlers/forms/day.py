"""The check-in form: a value, a confidence and a note for each key result, and the day's own line."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.commands import Submit
from bot.grammar import phrase
from bot.replies import Choice, Field, Form, FormPart, Rule, Say
from handlers import cards
from handlers.asking import Asking
from handlers.forms.okr import persons
from handlers.forms.rows import Filled
from handlers.reviewing import spans
from handlers.views import KeyResultView, ObjectiveView
from storage.pulse import Prompt

MOST = 8
NUMBERS = ("number", "percent", "currency")
Pair = tuple[KeyResultView, ObjectiveView]
Surely = dict[str, str]


def form(
    asking: Asking,
    pairs: Sequence[Pair],
    filled: Filled | None = None,
    errors: Mapping[str, Say] | None = None,
    *,
    sure: Surely | None = None,
    prompt: Prompt | None = None,
) -> Form:
    """The form for these key results; one alone has also its blocker, whom it asks and its day. sure: values sent once already.

    prompt: what it answers; then it asks for the day first, and says for whose day it is.
    """
    filled, errors = filled or Filled(), errors or {}
    shown = pairs[:MOST]
    if prompt is not None:
        return _for_prompt(asking, prompt, shown, (filled, errors), sure or {})
    alone = len(shown) == 1
    parts: list[FormPart] = []
    for kr, view in shown:
        parts += _of_one(asking, kr, view, filled, errors, alone=alone)
    parts += _of_the_day(asking, filled, errors, alone=alone)
    ids = ",".join(str(kr.row.id) for kr, _ in shown)
    words = (ids, *(f"sure={row}:{typed}" for row, typed in (sure or {}).items()))
    title = Say("form_day_title", {"ref": shown[0][0].ref if alone else ""})
    opens = f"checkin #k{shown[0][0].row.id}" if alone else "checkin"
    return Form(title, phrase(Submit("day", words)), tuple(parts), Say("button_check_in"), opens)


def _for_prompt(asking: Asking, prompt: Prompt, shown: Sequence[Pair], given: tuple[Filled, Mapping[str, Say]], sure: Surely) -> Form:
    """The day's line first, then the values that are due; a value left as it was filled in is no new one."""
    filled, errors = given
    parts: list[FormPart] = [*_day_fields(filled, errors, asked=True)]
    if any(last_value(kr) for kr, _ in shown):
        parts += [Rule(), Say("prompt_values", role="note")]
    for kr, view in shown:
        parts += _of_one(asking, kr, view, filled, errors, alone=False)[:-1]
    was = tuple(f"was={kr.row.id}:{last}" for kr, _ in shown if (last := last_value(kr)))
    again = tuple(f"sure={row}:{typed}" for row, typed in sure.items())
    words = (",".join(str(kr.row.id) for kr, _ in shown) or "-", f"q={prompt.id}", *was, *again)
    kind = prompt.kind if spans.looks_back(asking, prompt) else "daily"
    title = Say("form_prompt_title", {"on": prompt.on, "today": prompt.on == asking.today, "kind": kind})
    return Form(title, phrase(Submit("day", words)), tuple(parts), Say("button_check_in"), f"fill #q{prompt.id}", prompt.version)


def last_value(view: KeyResultView) -> str:
    """The value that stands, as its owner would type it; "" where there is none, or it is no number."""
    row = view.row
    if row.metric not in NUMBERS or row.current is None:
        return ""
    return format(Decimal(repr(row.current)).normalize(), "f") + ("%" if row.metric == "percent" else "")


def _day_fields(filled: Filled, errors: Mapping[str, Say], *, asked: bool) -> list[FormPart]:
    """The day's own line. asked: it is what the form is about, and not what is left beside the key results."""
    label = Say("field_done") if asked else Say("field_day_note")
    fields = [Field("note", label, "text", value=filled.get("note"), error=errors.get("note"), most=3000)]
    fields.append(Field("next", Say("field_next"), "line", value=filled.get("next"), error=errors.get("next"), most=3000))
    if asked:
        fields.append(Field("blocker", Say("field_blocker"), "line", value=filled.get("blocker"), error=errors.get("blocker"), most=3000))
    return list(fields)


def _of_one(
    asking: Asking, kr: KeyResultView, view: ObjectiveView, filled: Filled, errors: Mapping[str, Say], *, alone: bool
) -> list[FormPart]:
    row = kr.row.id
    names = {what: f"{what}_{row}" for what in ("value", "confidence", "note", "blocker", "asks")}
    kept = {name: {"value": filled.get(name), "error": errors.get(name)} for name in names.values()}
    head = Say("form_day_head", {"ref": cards.named_ref(asking, kr, view), "title": kr.row.title}, role="title")
    levels = (Choice("", Say("choice_none")), *(Choice(str(n), Say("choice_level", {"level": n})) for n in range(10, -1, -1)))
    parts: list[FormPart] = [head, Say("key_result_values", cards.values(kr, counts=True), role="note")]
    hint = Say("hint_value", {"metric": kr.row.metric, "current": kr.amount(kr.row.current), "stages": [s.title for s in kr.stages]})
    parts.append(Field(names["value"], Say("field_value"), narrow=True, most=120, hint=hint, **kept[names["value"]]))  # type: ignore[arg-type]
    parts.append(
        Field(names["confidence"], Say("field_confidence"), "choice", choices=levels, narrow=True, **kept[names["confidence"]])  # type: ignore[arg-type]
    )
    parts.append(Field(names["note"], Say("field_note"), "text" if alone else "line", most=3000, **kept[names["note"]]))  # type: ignore[arg-type]
    if alone:
        parts.append(Field(names["blocker"], Say("field_blocker"), "line", most=3000, **kept[names["blocker"]]))  # type: ignore[arg-type]
        asked = tuple(persons(asking, filled.get(names["asks"])))
        parts.append(Field(names["asks"], Say("field_asks"), "people", people=asked, hint=Say("hint_asks")))
    else:
        parts.append(Rule())
    return parts


def _of_the_day(asking: Asking, filled: Filled, errors: Mapping[str, Say], *, alone: bool) -> list[FormPart]:
    on = filled.get("on") or asking.today.isoformat()
    day = Field("on", Say("field_on"), "date", value=on, narrow=True, error=errors.get("on"))
    if alone:
        return [day]
    return [
        Say("form_day_line", role="title"),
        *_day_fields(filled, errors, asked=False),
        day,
    ]
