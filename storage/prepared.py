"""Statements for what runs at everybody's every word: built once, so that running one costs little more than the database's own work.

The organisation is a parameter of a prepared read, put there as it is made: none can be run without one. The journal's rows are
written at once, without the ORM's unit of work, and stamped with their organisation all the same.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Table, bindparam, insert
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import Alias, FromClause, Join, SelectBase
from sqlmodel import Session

from storage.apart import EVERYWHERE, PREPARED, Strayed, organisation_for
from storage.base import Owned

Row = TypeVar("Row", bound=Owned)
_SKIP_GUARD = {PREPARED: True}


class Prepared:
    """A read of rows, built once; `apart` is the same for one organisation alone. Plain joins only: each table gets its own filter."""

    def __init__(self, statement: Any) -> None:
        tables = _tables(statement)
        self._statement = statement
        self._apart = statement.where(*(t.c.organisation_id == bindparam("organisation") for t in tables if "organisation_id" in t.c))

    def rows(self, session: Session, **given: Any) -> Sequence[Any]:
        """Every row, as a tuple of what was selected; Strayed when nobody said whose rows."""
        organisation = session.info.get("organisation")
        if organisation is None:
            raise Strayed("a prepared statement without an organisation")
        statement = self._statement if organisation == EVERYWHERE else self._apart
        rows = session.execute(statement, {**given, "organisation": organisation}, execution_options=_SKIP_GUARD).all()
        session.info.setdefault("read", []).append(rows)  # held, because a session forgets what nobody holds: see at_hand
        return rows

    def first(self, session: Session, **given: Any) -> Any | None:
        """The first row, None when there is none."""
        return next(iter(self.rows(session, **given)), None)

    def things(self, session: Session, **given: Any) -> list[Any]:
        """The rows of a statement that selects one thing."""
        return [row[0] for row in self.rows(session, **given)]


def _tables(statement: Any) -> list[Table]:
    """Every table read; what a filter in the WHERE would not keep apart cannot be prepared."""
    if any(isinstance(element, SelectBase | Alias) and element is not statement for element in visitors.iterate(statement)):
        raise Strayed("a query inside a query, or a table under another name, cannot be prepared")
    return [table for source in statement.get_final_froms() for table in _joined(source)]


def _joined(source: FromClause) -> list[Table]:
    if isinstance(source, Join) and not (source.isouter or source.full):
        return [*_joined(source.left), *_joined(source.right)]
    if not isinstance(source, Table):
        raise Strayed("only tables and plain joins can be prepared")
    return [source]


def add_row(session: Session, kind: type[Owned], **values: Any) -> int:
    """Stores a new row that nobody needs as an object; its id."""
    values["organisation_id"] = organisation_for(session, kind)
    return int(session.connection().execute(_insert(_table(kind)), values).scalar_one())


def add_rows(session: Session, kind: type[Owned], rows: Sequence[dict[str, Any]]) -> None:
    """Stores several new rows with the same columns, in one statement."""
    organisation = organisation_for(session, kind)
    session.connection().execute(_insert_plain(_table(kind)), [{**row, "organisation_id": organisation} for row in rows])


def at_hand(session: Session, kind: type[Row], number: int) -> Row | None:
    """The row if this session has read it already."""
    row: Row | None = session.identity_map.get(session.identity_key(kind, number))
    return row


def _table(kind: type[Owned]) -> Table:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    return table


@cache
def _insert(table: Table) -> Insert:
    return insert(table).returning(table.c.id)


@cache
def _insert_plain(table: Table) -> Insert:
    return insert(table).inline()
