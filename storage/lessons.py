"""What was learnt, kept with its key result or objective, and to whom it was shown since."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, col, select

from storage.base import Owned
from storage.okrs import KeyResult, Objective


class Lesson(Owned, table=True):
    """An insight that its author kept. state: live or withdrawn.

    source: review (of a closed ten-day review), close (of a cycle), post_mortem or boldness (what an objective's score asked).
    """

    __tablename__ = "lessons"
    __table_args__ = (Index("ix_lessons_on", "objective_id", "key_result_id"),)
    id: int | None = Field(default=None, primary_key=True)
    objective_id: int = Field(foreign_key="objectives.id")
    key_result_id: int | None = Field(default=None, foreign_key="key_results.id")
    review_id: int | None = Field(default=None, foreign_key="reviews.id")
    by_id: int = Field(foreign_key="members.id", index=True)
    source: str
    text: str
    state: str = "live"
    made_at: datetime
    version: int = 1


class LessonShown(Owned, table=True):
    """A lesson shown to somebody who writes a key result like its own; once a lesson and objective. state: shown or helped."""

    __tablename__ = "lessons_shown"
    __table_args__ = (UniqueConstraint("lesson_id", "objective_id", name="uq_lessons_shown"),)
    id: int | None = Field(default=None, primary_key=True)
    lesson_id: int = Field(foreign_key="lessons.id")
    objective_id: int = Field(foreign_key="objectives.id")
    member_id: int = Field(foreign_key="members.id")
    state: str = "shown"
    made_at: datetime
    version: int = 1


def lesson_by_id(session: Session, lesson_id: int) -> Lesson | None:
    """One lesson."""
    return session.exec(select(Lesson).where(Lesson.id == lesson_id)).first()


def lessons_of_review(session: Session, review_id: int) -> list[Lesson]:
    """What a review left, what was taken back too."""
    return list(session.exec(select(Lesson).where(Lesson.review_id == review_id).order_by(col(Lesson.id))).all())


def newest_lessons(session: Session, limit: int) -> list[tuple[Lesson, KeyResult | None, Objective]]:
    """The newest lessons that stand, with what they were learnt from; one statement."""
    joined = select(Lesson, KeyResult, Objective).join(Objective, col(Objective.id) == col(Lesson.objective_id))
    joined = joined.outerjoin(KeyResult, col(KeyResult.id) == col(Lesson.key_result_id))
    rows = session.exec(joined.where(Lesson.state == "live").order_by(col(Lesson.id).desc()).limit(limit)).all()
    return [(row[0], row[1], row[2]) for row in rows]


def shown_on(session: Session, objectives: Iterable[int]) -> set[tuple[int, int]]:
    """(lesson, objective) of what was shown already to who wrote these objectives."""
    wanted = col(LessonShown.objective_id).in_(list(objectives))
    return {(row[0], row[1]) for row in session.exec(select(LessonShown.lesson_id, LessonShown.objective_id).where(wanted)).all()}


def shown_by_id(session: Session, shown_id: int, *, lock: bool = False) -> LessonShown | None:
    """One showing; lock: held against every other writer until the transaction ends."""
    wanted = select(LessonShown).where(LessonShown.id == shown_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()
