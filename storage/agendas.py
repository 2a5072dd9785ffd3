"""What a team's meeting may be about: its objectives and its members', what they promised, and what was decided; a statement each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.actions import Action
from storage.okrs import KeyResult, Objective


def objectives_around(session: Session, cycle_id: int, team_id: int, members: Iterable[int]) -> Sequence[Objective]:
    """The published objectives in a cycle of a team, of its members, and those in which a member owns a key result."""
    inside = list(members)
    theirs = select(KeyResult.objective_id).where(col(KeyResult.owner_id).in_(inside), KeyResult.state == "open")
    team = (col(Objective.owner_kind) == "team") & (col(Objective.owner_id) == team_id)
    own = (col(Objective.owner_kind) == "member") & col(Objective.owner_id).in_(inside)
    wanted = Objective.cycle_id == cycle_id, Objective.state == "published", or_(team, own, col(Objective.id).in_(theirs))
    return session.exec(select(Objective).where(*wanted).order_by(col(Objective.owner_kind).desc(), col(Objective.id))).all()


def overdue_of(session: Session, members: Iterable[int], today: date) -> Sequence[Action]:
    """The open actions of these members whose day has gone by, the longest overdue first."""
    wanted = col(Action.owner_id).in_(list(members)), Action.state == "open", col(Action.due) < today
    return session.exec(select(Action).where(*wanted).order_by(col(Action.due), col(Action.id))).all()


def decided_by(session: Session, members: Iterable[int], since: datetime) -> Sequence[Action]:
    """What these members said was decided since a moment, the newest first: an action that is done and has no moment when it was."""
    wanted = (
        col(Action.by_id).in_(list(members)),
        Action.state == "done",
        col(Action.done_at).is_(None),
        Action.made_at >= since,
    )
    return session.exec(select(Action).where(*wanted).order_by(col(Action.id).desc())).all()
