"""What a cycle's look back is made of: the closed ten-day reviews with their entries, and the actions that came of it. A read each."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.actions import Action
from storage.reviews import Review, ReviewEntry


def reviews_closed(session: Session, member_id: int, start: date, end: date) -> Sequence[Review]:
    """A member's closed reviews of the periods that ended in these days, by their end."""
    wanted = Review.member_id == member_id, Review.state == "closed", Review.end >= start, Review.end <= end
    return session.exec(select(Review).where(*wanted).order_by(col(Review.end))).all()


def entries_in(session: Session, reviews: Iterable[int]) -> Sequence[tuple[ReviewEntry, Review]]:
    """What these reviews say, by the end of their period."""
    joined = select(ReviewEntry, Review).join(Review, col(Review.id) == col(ReviewEntry.review_id))
    rows = session.exec(joined.where(col(Review.id).in_(set(reviews))).order_by(col(Review.end), col(ReviewEntry.id))).all()
    return [(row[0], row[1]) for row in rows]


def actions_of(session: Session, objectives: Iterable[int], key_results: Iterable[int], reviews: Iterable[int]) -> Sequence[Action]:
    """The actions that belong to these objectives or key results, or were written in these reviews; open ones first, by number."""
    belongs = or_(
        col(Action.objective_id).in_(set(objectives)),
        col(Action.key_result_id).in_(set(key_results)),
        col(Action.review_id).in_(set(reviews)),
    )
    return session.exec(
        select(Action).where(belongs, Action.state != "withdrawn").order_by(col(Action.state).desc(), col(Action.number))
    ).all()
