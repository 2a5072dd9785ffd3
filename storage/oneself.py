"""What a member looks back on: values before a day, what they asked of others, what they did, learnt and closed; a statement each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage.actions import Action
from storage.checkins import CheckIn
from storage.lessons import Lesson
from storage.okrs import KeyResult, Objective, Request
from storage.reviews import Review


def values_before(session: Session, key_results: Iterable[int], day: date) -> dict[int, float]:
    """The last live value of each of these key results from before a day; who is missing had none."""
    place = func.row_number().over(partition_by=col(CheckIn.key_result_id), order_by=(col(CheckIn.on).desc(), col(CheckIn.id).desc()))
    wanted = col(CheckIn.key_result_id).in_(set(key_results)), col(CheckIn.live), col(CheckIn.value).is_not(None), CheckIn.on < day
    ranked = select(CheckIn.key_result_id, CheckIn.value, place.label("place")).where(*wanted).subquery()
    rows = session.execute(select(ranked.c.key_result_id, ranked.c.value).where(ranked.c.place == 1)).all()
    return {row[0]: row[1] for row in rows}


def asked_in(session: Session, check_ins: Iterable[int]) -> Sequence[Request]:
    """What was asked of anybody in these check-ins and not taken back."""
    wanted = col(Request.check_in_id).in_(set(check_ins)), Request.state != "withdrawn"
    return session.exec(select(Request).where(*wanted).order_by(col(Request.id))).all()


def still_asked_by(session: Session, member_id: int) -> Sequence[Request]:
    """Blockers and requests for help that a member asked about and nobody answered, oldest first."""
    wanted = Request.by_id == member_id, Request.state == "open", col(Request.kind).in_(["blocker", "help"])
    return session.exec(select(Request).where(*wanted).order_by(col(Request.id))).all()


def done_between(session: Session, member_id: int, first: datetime, last: datetime) -> Sequence[Action]:
    """The actions that a member closed between two moments, oldest first."""
    wanted = Action.owner_id == member_id, Action.state == "done", col(Action.done_at) >= first, col(Action.done_at) < last
    return session.exec(select(Action).where(*wanted).order_by(col(Action.id))).all()


def objectives_touched(session: Session, cycle_id: int, member_id: int) -> list[int]:
    """Ids of the objectives of a cycle that a member owns, owns a key result in, or checked in on, by number."""
    in_cycle = Objective.cycle_id == cycle_id, col(Objective.state).in_(["published", "closed", "dropped"])
    owned = select(KeyResult.objective_id).where(KeyResult.owner_id == member_id, KeyResult.state == "open")
    spoken = select(KeyResult.objective_id).join(CheckIn, col(CheckIn.key_result_id) == col(KeyResult.id))
    spoken = spoken.where(CheckIn.member_id == member_id, col(CheckIn.live))
    own = (col(Objective.owner_kind) == "member") & (col(Objective.owner_id) == member_id)
    mine = or_(own, col(Objective.id).in_(owned), col(Objective.id).in_(spoken))
    return list(session.exec(select(Objective.id).where(*in_cycle, mine).order_by(col(Objective.number), col(Objective.id))).all())  # type: ignore[arg-type]


def learnt_on(session: Session, objectives: Iterable[int], member_id: int) -> Sequence[Lesson]:
    """What a member learnt on these objectives, oldest first."""
    wanted = col(Lesson.objective_id).in_(set(objectives)), Lesson.by_id == member_id, Lesson.state == "live"
    return session.exec(select(Lesson).where(*wanted).order_by(col(Lesson.id))).all()


def reviews_between(session: Session, member_id: int, first: date, last: date) -> Sequence[Review]:
    """A member's reviews of the periods that end between two days, oldest first."""
    wanted = Review.member_id == member_id, Review.end >= first, Review.end <= last
    return session.exec(select(Review).where(*wanted).order_by(col(Review.end))).all()


def said_before(session: Session, check_in: CheckIn, most: int) -> Sequence[CheckIn]:
    """What the same member said of the same key result, or of the day, before a check-in, the newest first."""
    same = CheckIn.member_id == check_in.member_id, CheckIn.key_result_id == check_in.key_result_id, col(CheckIn.live)
    return session.exec(select(CheckIn).where(*same, col(CheckIn.id) < check_in.id).order_by(col(CheckIn.id).desc()).limit(most)).all()
