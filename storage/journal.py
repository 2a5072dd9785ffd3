"""Every change that was ever made: an act is what one person did at once, its changes say which field went from what to what."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Index, func
from sqlmodel import Field, Session, col, select

from storage.base import Owned
from storage.prepared import add_row, add_rows


class Act(Owned, table=True):
    """One thing that somebody did. undoes: the act it took back. undone_by: the act that took this one back.

    forward: false for an act that took another back; taking that one back is forward again.
    platform, delivery: where it came from ("" for the program itself).
    """

    __tablename__ = "acts"
    __table_args__ = (Index("ix_acts_by", "by_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    by_id: int = Field(foreign_key="members.id")
    at: datetime
    what: str
    platform: str = ""
    delivery: str = ""
    undoes: int | None = Field(default=None, foreign_key="acts.id")
    undone_by: int | None = Field(default=None, foreign_key="acts.id")
    forward: bool = True


class Change(Owned, table=True):
    """One field of one thing. thing: "o5", "k12", "c91", "r7", "s3", "m2". old, new: JSON."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_thing", "thing", "field", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="acts.id", index=True)
    thing: str
    field: str
    old: str
    new: str
    reason: str = ""


def kept(value: Any) -> str:
    """A field's value as the journal keeps it: JSON, dates as text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def begin_act(session: Session, **facts: Any) -> int:
    """Stores an act, whose changes follow; its id."""
    return add_row(session, Act, **facts)


class Noted(NamedTuple):
    """Which fields of one thing went from what to what."""

    thing: str
    changes: dict[str, tuple[Any, Any]]
    reason: str = ""


def note_changes(session: Session, act_id: int, noted: Sequence[Noted]) -> None:
    """Stores what an act changed, in this order."""
    rows = [
        {"act_id": act_id, "thing": of.thing, "field": name, "old": kept(old), "new": kept(new), "reason": of.reason}
        for of in noted
        for name, (old, new) in of.changes.items()
    ]
    add_rows(session, Change, rows)


def changes_of(session: Session, act_id: int) -> Sequence[Change]:
    """An act's changes, in order."""
    return session.exec(select(Change).where(Change.act_id == act_id).order_by(col(Change.id))).all()


def newest_act(session: Session, by_id: int, since: datetime) -> Act | None:
    """The newest act of a member since then that can be undone: it changed something and still stands."""
    wanted = Act.by_id == by_id, Act.at >= since, col(Act.undone_by).is_(None), Act.what != "joined"
    return session.exec(select(Act).where(*wanted).order_by(col(Act.id).desc()).limit(1)).first()


def later_changes(session: Session, change: Change) -> Sequence[tuple[Change, Act]]:
    """Changes of the same field of the same thing after this one that still count, with their acts."""
    same = Change.thing == change.thing, Change.field == change.field, col(Change.id) > change.id
    wanted = *same, col(Act.undone_by).is_(None), col(Act.forward)
    joined = select(Change, Act).join(Act, col(Act.id) == col(Change.act_id))
    return [(row[0], row[1]) for row in session.exec(joined.where(*wanted).order_by(col(Change.id))).all()]


def changes_on(session: Session, things: Sequence[str], limit: int) -> Sequence[tuple[Change, Act]]:
    """What happened to these things, newest first."""
    joined = select(Change, Act).join(Act, col(Act.id) == col(Change.act_id))
    return [
        (row[0], row[1])
        for row in session.exec(joined.where(col(Change.thing).in_(things)).order_by(col(Change.id).desc()).limit(limit)).all()
    ]


def last_changed_by(session: Session, thing: str, fields: Sequence[str]) -> int | None:
    """The member who changed one of these fields of a thing last, None for nobody."""
    wanted = Change.thing == thing, col(Change.field).in_(fields)
    newest = select(Act.by_id).join(Change, col(Act.id) == col(Change.act_id)).where(*wanted).order_by(col(Change.id).desc()).limit(1)
    return session.exec(newest).first()


def ever_changed(session: Session, thing: str, field: str) -> bool:
    """Whether a person ever changed this field of a thing, and it was not taken back."""
    wanted = Change.thing == thing, Change.field == field, col(Act.undone_by).is_(None), col(Act.forward)
    return session.exec(select(Change.id).join(Act, col(Act.id) == col(Change.act_id)).where(*wanted).limit(1)).first() is not None


def newest_change(session: Session, things: Sequence[str]) -> int:
    """The id of the newest change of any of these things, 0 when there is none."""
    return session.exec(select(func.max(Change.id)).where(col(Change.thing).in_(things))).one() or 0


def changes_after(session: Session, things: Sequence[str], after: int) -> Sequence[Change]:
    """What happened to these things after a change, oldest first."""
    wanted = col(Change.thing).in_(things), col(Change.id) > after
    return session.exec(select(Change).where(*wanted).order_by(col(Change.id))).all()


def act_by_id(session: Session, act_id: int, *, lock: bool = False) -> Act | None:
    """One act; lock: held against every other writer until the transaction ends."""
    wanted = select(Act).where(Act.id == act_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def made_by_act(session: Session, thing: str) -> int | None:
    """The act that stored a thing first."""
    return session.exec(select(Change.act_id).where(Change.thing == thing).order_by(col(Change.id)).limit(1)).first()
