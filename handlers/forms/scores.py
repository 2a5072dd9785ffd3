"""The form of scores: a number for each key result beside its computed progress; several are stored, or none."""

from collections.abc import Iterable, Mapping, Sequence

from bot.commands import Ref, Score, Submit
from bot.grammar import phrase
from bot.grammar.scoring import number
from bot.replies import Field, Form, FormPart, Say
from handlers import cards
from handlers.asking import Asking
from handlers.forms.rows import Filled
from handlers.rules.scoring import said
from handlers.views import KeyResultView, ObjectiveView

MOST = 20
Pair = tuple[KeyResultView, ObjectiveView]


def form(asking: Asking, pairs: Sequence[Pair], filled: Filled | None = None, errors: Mapping[str, Say] | None = None) -> Form:
    """The form for these key results; what has a score stands in its field."""
    shown = pairs[:MOST]
    parts: list[FormPart] = []
    for kr, view in shown:
        parts += fields(asking, kr, view, filled, errors or {})
    if len(pairs) > MOST:
        parts.append(Say("scores_more", {"count": len(pairs) - MOST}, role="note"))
    refs = tuple((Ref(id=f"k{kr.row.id}"), "") for kr, _ in shown)
    words = (",".join(str(kr.row.id) for kr, _ in shown), drawn(kr for kr, _ in shown))
    title = Say("form_scores_title")
    return Form(title, phrase(Submit("scores", words)), tuple(parts), Say("button_score"), phrase(Score(refs)))


def fields(asking: Asking, kr: KeyResultView, view: ObjectiveView, filled: Filled | None, errors: Mapping[str, Say]) -> list[FormPart]:
    """One key result's number, under its name and its progress."""
    name = named(kr)
    head = {"ref": cards.named_ref(asking, kr, view), "title": kr.row.title, "progress": kr.progress}
    value = filled.get(name) if filled else standing(kr)
    box = Field(name, Say("field_score"), "line", value=value, narrow=True, most=20, hint=Say("hint_score"), error=errors.get(name))
    return [Say("form_score_head", head, role="title"), box]


def named(kr: KeyResultView) -> str:
    """The field of a key result's score."""
    return f"score_{kr.row.id}"


def standing(kr: KeyResultView) -> str:
    """The score that stands, as it is typed."""
    return "" if kr.row.score is None else said(kr.row.score)


def drawn(key_results: Iterable[KeyResultView]) -> str:
    """What stands in a form's fields as it is drawn: `was=12:0.7,13:`."""
    return "was=" + ",".join(f"{kr.row.id}:{standing(kr)}" for kr in key_results)


def merge(filled: Filled, key_results: Iterable[KeyResultView], words: Sequence[str], errors: dict[str, Say]) -> None:
    """What was scored elsewhere since the form was drawn: a field left as it was becomes that, one that both wrote is shown with both."""
    was = dict(word.partition(":")[::2] for said in words if said.startswith("was=") for word in said.removeprefix("was=").split(","))
    for kr in key_results:
        name, before, now = named(kr), was.get(str(kr.row.id)), standing(kr)
        if before is None or not filled.has(name) or before == now:
            continue
        typed = filled.get(name)
        if typed == before:
            filled.texts[name] = now
        elif number(typed) != number(now):
            errors[name] = Say("form_meanwhile", {"now": now})


def read(filled: Filled, kr: KeyResultView, errors: dict[str, Say]) -> float | None:
    """The score that a field says, None for an empty one; what is none is noted."""
    typed = filled.get(named(kr))
    share = number(typed) if typed else None
    if typed and (share is None or not 0 <= share <= 1):
        errors[named(kr)] = Say("field_no_score", {"typed": typed})
        return None
    return None if share is None else round(float(share), 2)
