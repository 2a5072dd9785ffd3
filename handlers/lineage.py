"""What an objective or a key result goes on from, and what goes on with it: the line between cycles, as its cards say it."""

from bot.replies import Say
from handlers import labels
from handlers.asking import Asking
from handlers.views import KeyResultView, ObjectiveView
from storage.access import visible
from storage.okrs import KeyResult, Objective, cycle_by_id, key_results_by_id, objectives_by_id
from storage.scoring import goes_on_in, key_results_going_on


def of_objective(asking: Asking, view: ObjectiveView) -> list[Say]:
    """What the objective goes on from, with its score, and where it went."""
    said = []
    if view.row.carried_from is not None:
        old = _seen(asking, [*objectives_by_id(asking.session, [view.row.carried_from]).values()])
        said += [Say("goes_on_from", {"ref": _named(asking, row), "score": row.score}, role="note") for row in old]
    after = [row for row, _ in goes_on_in(asking.session, view.row)]
    names = [_named(asking, row) for row in _seen(asking, after)]
    return [*said, Say("goes_on_as", {"refs": names}, role="note")] if names else said


def of_key_result(asking: Asking, kr: KeyResultView, parent: Objective) -> list[Say]:
    """The same for one key result."""
    said = []
    if kr.row.carried_from is not None:
        old = key_results_by_id(asking.session, [kr.row.carried_from])
        parents = objectives_by_id(asking.session, [k.objective_id for k in old.values()])
        seen = [(k, parents[k.objective_id]) for k in old.values() if _seen(asking, [parents[k.objective_id]])]
        said += [Say("goes_on_from", {"ref": _key_result(asking, k, o), "score": k.score}, role="note") for k, o in seen]
    after = key_results_going_on(asking.session, parent, kr.row.id or 0)
    names = [_key_result(asking, k, o) for k, o in after if _seen(asking, [o])]
    return [*said, Say("goes_on_as", {"refs": names}, role="note")] if names else said


def _seen(asking: Asking, rows: list[Objective]) -> list[Objective]:
    return visible(asking.session, asking.reader, rows, asking.here)


def _named(asking: Asking, row: Objective) -> str:
    return labels.objective(asking, row, cycle_by_id(asking.session, row.cycle_id))


def _key_result(asking: Asking, row: KeyResult, parent: Objective) -> str:
    return f"{labels.whose(asking, parent, cycle_by_id(asking.session, parent.cycle_id))}KR{parent.number}.{row.number}"
