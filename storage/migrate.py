"""Brings a database to the newest schema, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from storage.store import Store, Unreachable, name_of

_PATIENCE = 20_000  # milliseconds
SCRIPTS = Path(__file__).parent / "migrations"


def migrate(store: Store) -> bool:
    """Runs the missing migrations; false when there were none. Several processes may call it at once: one does the work."""
    try:
        with _alone(store) as connection:
            missing = current(connection) != newest()
            if missing:
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        store.opened = True
        return missing
    except DatabaseError as problem:
        if not isinstance(problem, OperationalError) and type(problem) is not DatabaseError:
            raise
        raise Unreachable(name_of(problem)) from problem


def newest() -> str | None:
    """The newest schema's revision."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(connection: Connection) -> str | None:
    """The database's revision."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


@contextmanager
def _alone(store: Store) -> Iterator[Connection]:
    """A transaction that no second process can be in: SQLite locks its file, elsewhere a row is locked."""
    if store.sqlite:
        with (
            store.engine.execution_options(tenday_begin="BEGIN IMMEDIATE").connect() as connection,
            _patient(connection),
            connection.begin(),
        ):
            yield connection
        return
    _ensure_lock_row(store.engine)
    with store.engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE"))
        yield connection


@contextmanager
def _patient(connection: Connection) -> Iterator[None]:
    """Waits for another process's migration, which takes longer than any transaction of ours."""
    raw = connection.connection.driver_connection
    assert raw is not None
    [(usual,)] = raw.execute("PRAGMA busy_timeout").fetchall()
    raw.execute(f"PRAGMA busy_timeout={_PATIENCE}")
    yield
    raw.execute(f"PRAGMA busy_timeout={usual}")


def _ensure_lock_row(engine: Engine) -> None:
    for _ in range(5):
        try:
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE IF NOT EXISTS migration_lock (id INTEGER PRIMARY KEY)"))
                connection.execute(text("INSERT INTO migration_lock (id) VALUES (1) ON CONFLICT DO NOTHING"))
            return
        except (IntegrityError, ProgrammingError):
            continue
