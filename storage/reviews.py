"""The ten-day reviews: what a member looks back on, and what they wrote of each key result."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, and_, func, or_
from sqlmodel import Field, Session, col, select

from storage.actions import Action
from storage.base import Owned
from storage.checkins import CheckIn
from storage.okrs import Cycle, KeyResult, Objective


class Review(Owned, table=True):
    """One member's look back on a period, both ends included; one a member and last day.

    kind: xun, week or fortnight, as handlers/rules/periods.py has them. state: open, or closed by its owner; it may be opened again.
    withdrawn: what was begun was taken back.
    """

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("member_id", "end", name="uq_reviews"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    start: date
    end: date
    kind: str = "xun"
    state: str = "open"
    made_at: datetime
    closed_at: datetime | None = None
    version: int = 1


class ReviewEntry(Owned, table=True):
    """What a review says of one key result, in four steps (GRAI): goal, result, analysis, insight.

    goal, result, analysis: "" while the review is open and its owner left the draft as it is drawn from what was recorded; their own words
    where they wrote some; when the review is closed, what stood there. insight: what was learnt. change: what will be done otherwise,
    which becomes an action. confidence 0–10, score 0.0–1.0, None where the owner gave none here. state: open or
    confirmed; withdrawn when it was taken back.
    """

    __tablename__ = "review_entries"
    __table_args__ = (UniqueConstraint("review_id", "key_result_id", name="uq_review_entries"),)
    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="reviews.id")
    key_result_id: int = Field(foreign_key="key_results.id", index=True)
    goal: str = ""
    result: str = ""
    analysis: str = ""
    insight: str = ""
    change: str = ""
    confidence: int | None = None
    score: float | None = None
    state: str = "open"
    version: int = 1


def review_by_id(session: Session, review_id: int, *, lock: bool = False) -> Review | None:
    """One review; lock: held against every other writer until the transaction ends."""
    wanted = select(Review).where(Review.id == review_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def review_ending(session: Session, member_id: int, end: date) -> Review | None:
    """A member's review of the period that ends on a day."""
    return session.exec(select(Review).where(Review.member_id == member_id, Review.end == end)).first()


def entries_of(session: Session, review_id: int) -> list[ReviewEntry]:
    """What a review says, a row for each key result, in the order in which they were first spoken of; what was taken back too."""
    return list(session.exec(select(ReviewEntry).where(ReviewEntry.review_id == review_id).order_by(col(ReviewEntry.id))).all())


def looked_back_on(session: Session, member_id: int, start: date, end: date) -> list[tuple[KeyResult, Objective]]:
    """The key results that a member owns in objectives that were published and whose cycle has days in the period; ended ones too."""
    wanted = (
        KeyResult.owner_id == member_id,
        col(Objective.state).in_(["published", "closed", "dropped"]),
        col(Objective.published_at).is_not(None),
        Cycle.start <= end,
        Cycle.end >= start,
    )
    joined = select(KeyResult, Objective).join(Objective, col(Objective.id) == col(KeyResult.objective_id))
    joined = joined.join(Cycle, col(Cycle.id) == col(Objective.cycle_id))
    rows = session.exec(joined.where(*wanted).order_by(col(Objective.id), col(KeyResult.number))).all()
    return [(row[0], row[1]) for row in rows]


def last_values_before(session: Session, key_results: Iterable[int], day: date) -> dict[int, CheckIn]:
    """Each key result's last live value before a day, by key result; one statement."""
    place = func.row_number().over(partition_by=col(CheckIn.key_result_id), order_by=(col(CheckIn.on).desc(), col(CheckIn.id).desc()))
    wanted = col(CheckIn.key_result_id).in_(list(key_results)), col(CheckIn.live), col(CheckIn.value).is_not(None), CheckIn.on < day
    ranked = select(CheckIn.id, place.label("place")).where(*wanted).subquery()
    newest = select(CheckIn).join(ranked, col(CheckIn.id) == ranked.c.id).where(ranked.c.place == 1)
    return {row.key_result_id: row for row in session.exec(newest).all() if row.key_result_id is not None}


def review_over(session: Session, member_id: int, day: date) -> Review | None:
    """A member's review of the period that a day is in, if one was begun."""
    wanted = Review.member_id == member_id, Review.start <= day, Review.end >= day, Review.state != "withdrawn"
    return session.exec(select(Review).where(*wanted).order_by(col(Review.end)).limit(1)).first()


def last_closed(session: Session, member_id: int) -> Review | None:
    """The last review that a member closed."""
    wanted = Review.member_id == member_id, Review.state == "closed"
    return session.exec(select(Review).where(*wanted).order_by(col(Review.end).desc()).limit(1)).first()


def every_review(session: Session) -> list[tuple[Review, list[ReviewEntry]]]:
    """Every review that was begun and not taken back, with what it says."""
    entries: dict[int, list[ReviewEntry]] = {}
    for row in session.exec(select(ReviewEntry).where(ReviewEntry.state != "withdrawn").order_by(col(ReviewEntry.id))).all():
        entries.setdefault(row.review_id, []).append(row)
    reviews = session.exec(select(Review).where(Review.state != "withdrawn").order_by(col(Review.id))).all()
    return [(review, entries.get(review.id or 0, [])) for review in reviews]


def still_to_do(session: Session, member_id: int) -> Sequence[Action]:
    """The open actions that are a member's to do, and those that they gave to others in their reviews, the soonest due first."""
    given = and_(col(Action.by_id) == member_id, col(Action.review_id).is_not(None))
    wanted = or_(col(Action.owner_id) == member_id, given), Action.state == "open"
    return session.exec(select(Action).where(*wanted).order_by(col(Action.due).is_(None), col(Action.due), col(Action.id))).all()
