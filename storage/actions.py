"""Who will do what by when: the actions, open until closed."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, func, text
from sqlmodel import Field, Session, col, select

from storage.base import Owned
from storage.people import Organisation

# As text, so that a database sees that the index with the same words covers the question: what is open and was not brought back yet.
NOT_REMINDED = text("state = 'open'"), text("due IS NOT NULL"), text("nudged_on IS NULL")
_BOTH = text(" AND ".join(word.text for word in NOT_REMINDED))


class Action(Owned, table=True):
    """What somebody will do. number: given once in an organisation ("A7"), never reused. state: open, done or withdrawn (taken back).

    due: local date of its owner, None where none was said. What it came from: a key result or an objective it helps, the review it was
    written in, the request (a blocker) that made it, or none of them. nudged_on: the day on which its owner was reminded of its due date.
    """

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number", name="uq_actions"),
        Index("ix_actions_owner", "owner_id", "state"),
        Index("ix_actions_not_reminded", "owner_id", "due", sqlite_where=_BOTH, postgresql_where=_BOTH),
    )
    id: int | None = Field(default=None, primary_key=True)
    number: int
    text: str
    owner_id: int = Field(foreign_key="members.id")
    by_id: int = Field(foreign_key="members.id", index=True)
    due: date | None = None
    state: str = "open"
    done_at: datetime | None = None
    objective_id: int | None = Field(default=None, foreign_key="objectives.id", index=True)
    key_result_id: int | None = Field(default=None, foreign_key="key_results.id", index=True)
    review_id: int | None = Field(default=None, foreign_key="reviews.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="requests.id", index=True)
    made_at: datetime
    nudged_on: date | None = None
    version: int = 1


def next_action_number(session: Session) -> int:
    """One more than the highest number ever given in the organisation, which is held, so that nobody gets the same."""
    session.exec(select(Organisation.id).where(Organisation.id == session.info["organisation"]).with_for_update(key_share=True)).first()
    return (session.exec(select(func.max(Action.number))).one() or 0) + 1


def action_by_id(session: Session, action_id: int, *, lock: bool = False) -> Action | None:
    """One action; lock: held against every other writer until the transaction ends."""
    wanted = select(Action).where(Action.id == action_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def open_actions_of(session: Session, member_id: int) -> list[Action]:
    """What a member is to do, the soonest due first, then what has no day."""
    wanted = select(Action).where(Action.owner_id == member_id, Action.state == "open")
    return list(session.exec(wanted.order_by(col(Action.due).is_(None), col(Action.due), col(Action.id))).all())


def actions_by_id(session: Session, ids: Iterable[int]) -> list[Action]:
    """These actions, the earliest due first."""
    wanted = list(ids)
    found = select(Action).where(col(Action.id).in_(wanted)).order_by(col(Action.due), col(Action.id))
    return list(session.exec(found).all()) if wanted else []
