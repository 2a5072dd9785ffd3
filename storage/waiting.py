"""What waits for somebody on a day: key results to speak of, what was said already, requests and drafts that were brought back."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, or_, select

from storage.checkins import CheckIn
from storage.okrs import Cycle, KeyResult, Objective, Request


def owned_on(session: Session, member_id: int, on: date) -> Sequence[tuple[KeyResult, Objective]]:
    """The open key results that a member owns in published objectives of the cycles that run on a day, with those objectives."""
    wanted = KeyResult.owner_id == member_id, KeyResult.state == "open", Objective.state == "published", Cycle.start <= on, Cycle.end >= on
    joined = select(KeyResult, Objective).join(Objective, col(Objective.id) == col(KeyResult.objective_id))
    joined = joined.join(Cycle, col(Cycle.id) == col(Objective.cycle_id))
    rows = session.exec(joined.where(*wanted).order_by(col(Objective.id), col(KeyResult.number))).all()
    return [(row[0], row[1]) for row in rows]


def said_on(session: Session, member_id: int, on: date) -> Sequence[CheckIn]:
    """What a member said for a day and did not take back, in order."""
    wanted = CheckIn.member_id == member_id, CheckIn.on == on, col(CheckIn.live)
    return session.exec(select(CheckIn).where(*wanted).order_by(col(CheckIn.id))).all()


def requests_brought(session: Session, member_id: int, on: date) -> Sequence[Request]:
    """Open requests that were brought back to a member on a day: as the one asked, or as the asker."""
    mine = or_(
        (col(Request.to_id) == member_id) & (col(Request.nudged_to) == on),
        (col(Request.by_id) == member_id) & (col(Request.nudged_by) == on),
    )
    return session.exec(select(Request).where(Request.state == "open", mine).order_by(col(Request.id))).all()


def drafts_brought(session: Session, member_id: int, on: date) -> Sequence[Objective]:
    """A member's drafts that they were reminded of on a day and that still are drafts."""
    wanted = Objective.owner_kind == "member", Objective.owner_id == member_id, Objective.state == "draft", Objective.nudged_on == on
    return session.exec(select(Objective).where(*wanted).order_by(col(Objective.id))).all()
