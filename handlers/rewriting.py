"""An objective as the text that would make it again, for its owner to change and send."""

import re
from decimal import Decimal

from bot.commands import KeyResultText, ObjectiveText, StageText, When, Who
from bot.grammar.documents import text_of
from handlers.asking import Asking
from handlers.views import KeyResultView, ObjectiveView

_FIRST_NUMBER = re.compile(r"1(?=[:：])")  # one objective alone is written as the first; this one has a number


def typed_again(asking: Asking, view: ObjectiveView) -> str:
    """The objective's text in the asker's language."""
    row = view.row
    objective = ObjectiveText(
        title=row.title,
        key_results=tuple(_key_result(asking, kr, view) for kr in view.key_results),
        why=row.why,
        kind=("committed" if row.kind == "committed" else "aspirational") if row.kind_said else None,
        weight=_decimal(row.weight),
        due=When.on(row.due) if row.due else None,
        collaborators=tuple(_named(asking, r.to_id) for r in view.requests if r.key_result_id is None and r.state == "planned"),
    )
    return _FIRST_NUMBER.sub(str(row.number), text_of((objective,), asking.locale), count=1)


def _key_result(asking: Asking, view: KeyResultView, parent: ObjectiveView) -> KeyResultText:
    row = view.row
    own = parent.row.owner_id if parent.row.owner_kind == "member" else asking.me
    joined = tuple(_named(asking, r.to_id) for r in view.requests if r.kind == "join" and r.state == "planned")
    return KeyResultText(
        title=row.title,
        metric=row.metric,  # type: ignore[arg-type]
        unit=row.unit,
        start=_decimal(row.start) if row.start_said else None,
        target=_decimal(row.target) if row.metric != "done" else None,
        direction=row.direction,  # type: ignore[arg-type]
        bound=row.bound,  # type: ignore[arg-type]
        guardrail=row.guardrail,
        weight=_decimal(row.weight),
        due=When.on(row.due) if row.due else None,
        owner=_named(asking, row.owner_id) if row.owner_id != own else None,
        collaborators=joined,
        stages=tuple(
            StageText(s.title, _decimal(s.weight), _named(asking, s.owner_id) if s.owner_id else None, When.on(s.due) if s.due else None)
            for s in view.stages
        ),
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value)).normalize()


def _named(asking: Asking, member_id: int) -> Who:
    """A member by a name without spaces, so that it can be read again as one."""
    return Who("name", asking.person(member_id).name.replace(" ", ""))
