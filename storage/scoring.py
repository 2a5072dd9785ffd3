"""What is to be scored, to be closed and to be carried over: key results and objectives by the end of their cycle."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from storage.lessons import Lesson
from storage.okrs import Cycle, KeyResult, Objective

_COUNT = ("published", "closed")


def parents_to_score(session: Session, member_id: int, ended_from: date, today: date) -> Sequence[Objective]:
    """The objectives with key results that a member scores: of the cycles that run, and of those that ended on or after a day."""
    theirs = select(KeyResult.objective_id).where(
        KeyResult.owner_id == member_id, KeyResult.state == "open", col(KeyResult.guardrail).is_(False)
    )
    wanted = (
        col(Objective.id).in_(theirs),
        col(Objective.state).in_(_COUNT),
        col(Cycle.id) == col(Objective.cycle_id),
        Cycle.start <= today,
        Cycle.end >= ended_from,
    )
    return session.exec(select(Objective).where(*wanted).order_by(col(Cycle.start), col(Objective.id))).all()


def left_open(session: Session, member_id: int, before: date) -> Sequence[tuple[Objective, Cycle]]:
    """A member's own objectives that still count in a cycle that ended before a day, with those cycles, the newest cycle first."""
    wanted = (
        Objective.owner_kind == "member",
        Objective.owner_id == member_id,
        Objective.state == "published",
        col(Cycle.id) == col(Objective.cycle_id),
        Cycle.end < before,
    )
    rows = session.exec(select(Objective, Cycle).where(*wanted).order_by(col(Cycle.end).desc(), col(Objective.number))).all()
    return [(row[0], row[1]) for row in rows]


def goes_on_in(session: Session, old: Objective) -> Sequence[tuple[Objective, Cycle]]:
    """The objectives of the same owner that go on with one, with their cycles, discarded ones left out.

    One that was handed over since is its new owner's affair; without the owner every objective there is would be looked through.
    """
    wanted = (
        Objective.owner_kind == old.owner_kind,
        Objective.owner_id == old.owner_id,
        Objective.carried_from == old.id,
        Objective.state != "discarded",
        col(Cycle.id) == col(Objective.cycle_id),
    )
    rows = session.exec(select(Objective, Cycle).where(*wanted).order_by(col(Cycle.start), col(Objective.id))).all()
    return [(row[0], row[1]) for row in rows]


def key_results_going_on(session: Session, old: Objective, key_result_id: int) -> Sequence[tuple[KeyResult, Objective]]:
    """The key results that go on with one of an objective's, in the objectives that go on with it; dropped ones left out."""
    rows = {row.id: row for row, _ in goes_on_in(session, old) if row.state != "dropped"}
    wanted = col(KeyResult.objective_id).in_(rows), KeyResult.carried_from == key_result_id, KeyResult.state == "open"
    found = (
        session.exec(select(KeyResult).where(*wanted).order_by(col(KeyResult.objective_id), col(KeyResult.number))).all() if rows else ()
    )
    return [(row, rows[row.objective_id]) for row in found]


def lesson_kept(session: Session, objective_id: int, key_result_id: int | None, by_id: int, source: str) -> Lesson | None:
    """The lesson that a member kept of one objective or key result for one reason."""
    wanted = (
        Lesson.objective_id == objective_id,
        Lesson.key_result_id == key_result_id if key_result_id else col(Lesson.key_result_id).is_(None),
        Lesson.by_id == by_id,
        Lesson.source == source,
        Lesson.state == "live",
    )
    return session.exec(select(Lesson).where(*wanted).order_by(col(Lesson.id).desc())).first()


def lessons_on(session: Session, objectives: Iterable[int]) -> Sequence[Lesson]:
    """What was learnt with these objectives and their key results, oldest first."""
    return session.exec(
        select(Lesson).where(col(Lesson.objective_id).in_(set(objectives)), Lesson.state == "live").order_by(col(Lesson.id))
    ).all()
