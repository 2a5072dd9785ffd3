"""What an objective or a key result goes on from, and what goes on with it: the line between cycles, as its cards say it."""

from bot.grammar import cycles
from bot.replies import Say
from handlers import labels
from handlers.asking import Asking
from handlers.rules.scoring import said
from handlers.views import KeyResultView, ObjectiveView
from storage.access import visible
from storage.okrs import KeyResult, Objective, cycle_by_id, key_results_by_id, objectives_by_id
from storage.scoring import goes_on_in, key_results_going_on


def of_objective(asking: Asking, view: ObjectiveView) -> list[Say]:
    """What the objective goes on from, with its score, and where it went."""
    parts = []
    if view.row.carried_from is not None:
        old = _seen(asking, [*objectives_by_id(asking.session, [view.row.carried_from]).values()])
        parts += [Say("goes_on_from", {"ref": _named(asking, row), "score": _said(row.score)}, role="note") for row in old]
    after = [row for row, _ in goes_on_in(asking.session, view.row)]
    names = [_named(asking, row) for row in _seen(asking, after)]
    return [*parts, Say("goes_on_as", {"refs": names}, role="note")] if names else parts


def of_key_result(asking: Asking, kr: KeyResultView, parent: Objective) -> list[Say]:
    """The same for one key result."""
    parts = []
    if kr.row.carried_from is not None:
        old = key_results_by_id(asking.session, [kr.row.carried_from])
        parents = objectives_by_id(asking.session, [k.objective_id for k in old.values()])
        seen = [(k, parents[k.objective_id]) for k in old.values() if _seen(asking, [parents[k.objective_id]])]
        parts += [Say("goes_on_from", {"ref": _key_result(asking, k, o), "score": _said(k.score)}, role="note") for k, o in seen]
    after = key_results_going_on(asking.session, parent, kr.row.id or 0)
    names = [_key_result(asking, k, o) for k, o in after if _seen(asking, [o])]
    return [*parts, Say("goes_on_as", {"refs": names}, role="note")] if names else parts


def _seen(asking: Asking, rows: list[Objective]) -> list[Objective]:
    return visible(asking.session, asking.reader, rows, asking.here)


def _named(asking: Asking, row: Objective) -> str:
    return f"{_whose(asking, row)}O{row.number}"


def _key_result(asking: Asking, row: KeyResult, parent: Objective) -> str:
    return f"{_whose(asking, parent)}KR{parent.number}.{row.number}"


def _whose(asking: Asking, row: Objective) -> str:
    """What stands before the number: the cycle is always said, because it is the other one."""
    cycle = cycle_by_id(asking.session, row.cycle_id)
    return f"{labels.whose(asking, row)}{cycles.say(cycle.name) if cycle else ''} "


def _said(score: float | None) -> str | None:
    return None if score is None else said(score)
