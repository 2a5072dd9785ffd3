"""What the coach would change in a draft, as remarks for its card: it hands the rules what they look at, and no more."""

from sqlmodel import col, select

from bot.replies import Part, Say
from handlers.asking import Asking
from handlers.rules.writing import KeyResultDraft, Limits, ObjectiveDraft, Writing, most_useful, remarks
from handlers.views import KeyResultView, ObjectiveView
from storage.okrs import Cycle, KeyResult, objectives_of


def coached(asking: Asking, view: ObjectiveView, *, most: int) -> list[Part]:
    """The coach's most useful remarks on a draft; they never stand in the way of publishing."""
    writing = Writing(
        objectives=(_objective(view),),
        others=_others(asking, view),
        previous=_previous(asking, view),
        cycle_end=view.cycle.end,
    )
    limits = Limits(
        objectives=min(3, asking.most_objectives), objectives_most=asking.most_objectives, key_results_most=asking.most_key_results
    )
    return [Say(remark.prompt, remark.facts, role="warning") for remark in most_useful(remarks(writing, limits), most)]


def _objective(view: ObjectiveView) -> ObjectiveDraft:
    return ObjectiveDraft(
        title=view.row.title,
        key_results=tuple(_key_result(kr) for kr in view.key_results),
        why=view.row.why,
        kind=view.row.kind if view.row.kind_said else None,
        ref=view.ref,
    )


def _key_result(view: KeyResultView) -> KeyResultDraft:
    row = view.row
    return KeyResultDraft(
        title=row.title,
        metric=row.metric,
        unit=row.unit,
        start=row.start if row.start_said else None,
        target=row.target,
        direction=row.direction,
        guardrail=row.guardrail,
        weight=row.weight,
        due=row.due,
        confidence=row.confidence,
        stages=len(view.stages),
        ref=view.ref,
    )


def _others(asking: Asking, view: ObjectiveView) -> int:
    """How many further objectives the same owner has in this cycle."""
    row = view.row
    rows = objectives_of(asking.session, row.cycle_id, row.owner_kind, row.owner_id, ("draft", "published", "closed"))
    return sum(1 for other in rows if other.id != row.id)


def _previous(asking: Asking, view: ObjectiveView) -> tuple[str, ...]:
    """The titles of the same owner's objectives and key results in the cycle before."""
    before = select(Cycle.id).where(col(Cycle.end) < view.cycle.start).order_by(col(Cycle.end).desc()).limit(1)
    cycle_id = asking.session.exec(before).first()
    if cycle_id is None:
        return ()
    rows = objectives_of(asking.session, cycle_id, view.row.owner_kind, view.row.owner_id, ("published", "closed"))
    inside = select(KeyResult.title).where(col(KeyResult.objective_id).in_([o.id for o in rows]))
    return (*(o.title for o in rows), *asking.session.exec(inside).all())
