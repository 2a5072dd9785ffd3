"""Who will do what by when: the actions, open until closed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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


def action_numbered(session: Session, number: int, *, lock: bool = False) -> Action | None:
    """The action with a number ("A7"); lock: as for `action_by_id`."""
    wanted = select(Action).where(Action.number == number)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


# The soonest due first, then what has no day.
_SOONEST = col(Action.due).is_(None), col(Action.due), col(Action.id)


def open_actions_of(session: Session, member_id: int) -> list[Action]:
    """What a member is to do, the soonest due first, then what has no day."""
    return list(session.exec(select(Action).where(Action.owner_id == member_id, Action.state == "open").order_by(*_SOONEST)).all())


def open_actions_of_all(session: Session, members: Iterable[int]) -> dict[int, list[Action]]:
    """What each of these members is to do, as `open_actions_of` has it; who has nothing to do is not in it. One statement."""
    wanted = col(Action.owner_id).in_(list(members)), Action.state == "open"
    return _by_owner(session.exec(select(Action).where(*wanted).order_by(*_SOONEST)).all())


def overdue_actions_of_all(session: Session, members: Iterable[int], today: date) -> dict[int, list[Action]]:
    """What each of these members was to have done before today, the longest overdue first. One statement."""
    wanted = col(Action.owner_id).in_(list(members)), Action.state == "open", col(Action.due) < today
    return _by_owner(session.exec(select(Action).where(*wanted).order_by(*_SOONEST)).all())


def _by_owner(rows: Iterable[Action]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = defaultdict(list)
    for row in rows:
        found[row.owner_id].append(row)
    return dict(found)


def done_lately(session: Session, members: Iterable[int], since: datetime, limit: int) -> list[Action]:
    """What these members have done since then, the newest first."""
    wanted = col(Action.owner_id).in_(list(members)), Action.state == "done", col(Action.done_at) >= since
    return list(session.exec(select(Action).where(*wanted).order_by(col(Action.done_at).desc(), col(Action.id).desc()).limit(limit)).all())


def actions_of_review(session: Session, review_id: int) -> list[Action]:
    """What was written into a review to be done, and not taken back, in order."""
    wanted = Action.review_id == review_id, Action.state != "withdrawn"
    return list(session.exec(select(Action).where(*wanted).order_by(col(Action.id))).all())


def actions_of_requests(session: Session, requests: Iterable[int], *, lock: bool = False) -> dict[int, Action]:
    """The action that each of these requests made, by request; what was taken back left out. One statement."""
    ids = list(requests)
    if not ids:
        return {}
    wanted = select(Action).where(col(Action.request_id).in_(ids), Action.state != "withdrawn").order_by(col(Action.id))
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return {row.request_id: row for row in session.exec(wanted).all() if row.request_id is not None}


def actions_brought(session: Session, member_id: int, on: date) -> list[Action]:
    """Open actions that a member was reminded of on a day."""
    wanted = Action.owner_id == member_id, Action.state == "open", Action.nudged_on == on
    return list(session.exec(select(Action).where(*wanted).order_by(*_SOONEST)).all())


def every_action(session: Session) -> Sequence[Action]:
    """All actions that were not taken back, oldest first."""
    return session.exec(select(Action).where(Action.state != "withdrawn").order_by(col(Action.id))).all()
