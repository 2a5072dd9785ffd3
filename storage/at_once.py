"""Writes that are done at once, by a statement built once: for rows that everybody's every word writes, in place of the unit of work.

The row stays the session's own, as if it had just been read, and may be changed further like any other. A savepoint that is rolled
back takes these rows back as well.
"""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, Update, bindparam, event, insert, update
from sqlalchemy.orm import SessionTransaction, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from storage.apart import organisation_for
from storage.base import Owned


def stored(session: Session, row: Any) -> None:
    """Stores a new row, which has its id then."""
    session.flush()  # what it points at
    row.organisation_id = organisation_for(session, type(row), row.organisation_id)
    table = type(row).__table__
    values = {name: getattr(row, name) for name in _columns(table)}
    row.id = int(session.connection().execute(_insert(table), values).scalar_one())
    make_transient_to_detached(row)
    session.add(row)
    _remember(session, row, new=True)


def changed(session: Session, row: Any, values: dict[str, Any]) -> None:
    """Gives a stored row new values."""
    which = {"this_id": row.id, "its_organisation": row.organisation_id}
    session.connection().execute(_update(type(row).__table__), values | which)
    for name, value in values.items():
        set_committed_value(row, name, value)
    _remember(session, row, new=False)


@cache
def _columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name != "id")


@cache
def _insert(table: Table) -> Insert:
    return insert(table).returning(table.c.id)


@cache
def _update(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("this_id"), table.c.organisation_id == bindparam("its_organisation"))


def _remember(session: Session, row: Owned, *, new: bool) -> None:
    inside = session.get_nested_transaction() or session.get_transaction()
    session.info.setdefault("at_once", []).append((inside, row, new))


@event.listens_for(Session, "after_soft_rollback")
def _taken_back(session: Session, gone: SessionTransaction) -> None:
    """What was written inside what is rolled back is read anew, or is no row at all."""
    written = session.info.pop("at_once", [])
    session.info["at_once"] = [entry for entry in written if not _within(entry[0], gone)]
    for inside, row, new in written:
        if _within(inside, gone) and row in session:
            if new:
                session.expunge(row)
            else:
                session.expire(row)


def _within(inside: SessionTransaction | None, gone: SessionTransaction) -> bool:
    while inside is not None and inside is not gone:
        inside = inside.parent
    return inside is gone
