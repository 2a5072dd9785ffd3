"""Transactions: the one place that opens, commits and rolls back, on SQLite and on PostgreSQL.

SQLite writes begin with BEGIN IMMEDIATE (a read that turns into a write would lose updates or fail) and are served first come,
first served inside this process. Every read or write of an organisation's rows carries its filter, put there by a hook.
"""

import select
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import ClauseElement, Engine, column, event
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlmodel import Session, create_engine, text

from storage.apart import EVERYWHERE, PREPARED, Strayed, organisation_for
from storage.base import Owned
from storage.tables import METADATA

__all__ = ["EVERYWHERE", "Conflict", "Store", "Strayed", "Turnstile", "Unreachable", "name_of"]

# Every table is known before the filter below meets its first query.
_KEPT_APART = frozenset(table.name for table in METADATA.tables.values() if "organisation_id" in table.c)
# SQLAlchemy analyses the filter on the class that the tables share, which has no column of its own until here.
type.__setattr__(Owned, "organisation_id", column("organisation_id"))

RESTED = 15.0  # seconds after which a connection to PostgreSQL is asked whether it is still there


class Unreachable(Exception):
    """The database did not answer, or could not write."""


class Conflict(Exception):
    """Another transaction was in the way (a deadlock, a serialisation failure): the same work will do on another try."""


class Turnstile:
    """A lock that serves in order of arrival; a plain Lock lets the luckiest thread go on for ever."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *exc: object) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Store:
    """One database. `read` and `write` give a session; `write` commits at its end, and nothing else ever commits.

    opened: the schema was brought up to date; until then there is nothing to read or write.
    """

    def __init__(self, url: str) -> None:
        self.sqlite = url.startswith("sqlite")
        self.opened = False
        self.engine = _sqlite(url) if self.sqlite else _postgres(url)
        self._writers = Turnstile()
        self._immediate = self.engine.execution_options(tenday_begin="BEGIN IMMEDIATE") if self.sqlite else self.engine

    @contextmanager
    def read(self, organisation: int | None = None) -> Iterator[Session]:
        """A session to look with. organisation None: no organisation's rows at all; EVERYWHERE: all of them."""
        self._refuse_unopened()
        with _told(), Session(self.engine, expire_on_commit=False) as session:
            session.info["organisation"] = organisation
            yield session

    @contextmanager
    def write(self, organisation: int | None = None) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it raises. Unreachable when it cannot be stored."""
        self._refuse_unopened()
        with _told(), self._turn(), Session(self._immediate, expire_on_commit=False) as session:
            session.info["organisation"] = organisation
            yield session
            session.commit()

    def _refuse_unopened(self) -> None:
        if not self.opened:
            raise Unreachable("not open yet")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.sqlite:
            yield
            return
        with self._writers:
            yield

    def answers(self) -> str:
        """ "" when the database answers, else why it does not."""
        try:
            with self.read() as session:
                session.connection().execute(text("SELECT 1"))
        except Unreachable as problem:
            return str(problem)
        return ""

    def close(self) -> None:
        """Gives every connection back."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Turns what a driver says when it cannot reach or write its database into Unreachable, without statements or values."""
    try:
        yield
    except (OperationalError, InterfaceError) as problem:
        if getattr(problem.orig, "sqlstate", None) in ("40001", "40P01"):
            raise Conflict from problem
        raise Unreachable(name_of(problem)) from problem
    except PoolTimeout as problem:
        raise Unreachable("every connection is busy") from problem
    except DBAPIError as problem:
        if problem.connection_invalidated or type(problem) is DatabaseError:  # the bare one: the file is damaged, or no database
            raise Unreachable(name_of(problem)) from problem
        raise


def name_of(problem: DBAPIError) -> str:
    """What the driver calls it: SQLITE_FULL, or the name of its class."""
    return getattr(problem.orig, "sqlite_errorname", None) or type(problem.orig).__name__


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": 2.5, "isolation_level": None}, pool_size=16, max_overflow=16
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=2500"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("tenday_begin", "BEGIN"))

    return engine


def _postgres(url: str) -> Engine:
    options = "-c lock_timeout=2500 -c statement_timeout=20000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
    engine = create_engine(url, pool_size=16, max_overflow=16, pool_timeout=2.5, connect_args={"connect_timeout": 2, "options": options})

    @event.listens_for(engine, "checkin")
    def rested(_connection: Any, record: Any) -> None:
        record.info["since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def alive(connection: Any, record: Any, _proxy: Any) -> None:
        """Asked only where there is reason to doubt: it rested long, or something came meanwhile, as when the server goes away."""
        now = time.monotonic()
        rested_long = now - record.info.get("since", now) > RESTED
        try:
            if rested_long or _heard(connection):
                engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as problem:
            raise InvalidatePoolError from problem  # the others will be no better

    return engine


def _heard(connection: Any) -> bool:
    """Whether something came on a connection that nothing was asked on."""
    ear = select.poll()
    ear.register(connection.fileno(), select.POLLIN)
    return bool(ear.poll(0))


@event.listens_for(Session, "do_orm_execute")
def _keep_apart(state: ORMExecuteState) -> None:
    """Adds the organisation to every statement that touches an organisation's rows."""
    organisation = state.session.info.get("organisation")
    if organisation == EVERYWHERE or state.is_column_load or state.is_relationship_load or PREPARED in state.execution_options:
        return
    if organisation is None:
        _refuse_strays(state)
        return
    state.statement = state.statement.options(
        with_loader_criteria(Owned, lambda cls: cls.organisation_id == organisation, include_aliases=True)
    )


def _refuse_strays(state: ORMExecuteState) -> None:
    for element in visitors.iterate(cast(ClauseElement, state.statement)):
        name = getattr(getattr(element, "table", element), "name", "")
        if name in _KEPT_APART:
            raise Strayed(f"a query on {name} without an organisation")


@event.listens_for(Session, "before_flush")
def _stamp(session: Any, _context: Any, _instances: Any) -> None:
    """Gives new rows their organisation, and refuses to write a row into another one."""
    for row in session.new:
        if isinstance(row, Owned) and session.info.get("organisation") != EVERYWHERE:
            row.organisation_id = organisation_for(session, type(row), row.organisation_id)
