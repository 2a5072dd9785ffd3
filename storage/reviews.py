"""The ten-day reviews: what a member looks back on, and what they wrote of each key result."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from storage.base import Owned


class Review(Owned, table=True):
    """One member's look back on a period, both ends included; one a member and last day.

    kind: xun, week or fortnight, as handlers/rules/periods.py has them. state: open, or closed by its owner; it may be opened again.
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
    which becomes an action. confidence 0–10, score 0.0–1.0, None where the owner gave none here. state: open or confirmed.
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
    """What a review says, a row for each key result, in the order in which they were first spoken of."""
    return list(session.exec(select(ReviewEntry).where(ReviewEntry.review_id == review_id).order_by(col(ReviewEntry.id))).all())
