"""What every test may ask for: an empty database of either kind, by its URL (`database`) or opened (`store`)."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

# Here a search for new misreadings, in CI the same examples at every run: what lands must not depend on luck.
settings.register_profile("search", deadline=None)
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady" if os.environ.get("CI") or os.environ.get("TENDAY_TEST_ALL") else "search")

if TYPE_CHECKING:
    from storage.store import Store

KINDS = ("sqlite", "postgres")


def entered(stack: ExitStack, kind: str, folder: Path, *, migrated: bool = True) -> str:
    """The URL of a fresh database of this kind, for as long as the stack is open; skips the test where there is no PostgreSQL."""
    from tests import databases

    try:
        return stack.enter_context(
            databases.sqlite_url(folder, migrated=migrated) if kind == "sqlite" else databases.postgres_url(migrated=migrated)
        )
    except databases.NoPostgres as problem:
        if os.environ.get("TENDAY_TEST_ALL") == "1":
            raise
        pytest.skip(str(problem))


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database: SQLite, then PostgreSQL."""
    with ExitStack() as stack:
        yield entered(stack, request.param, tmp_path)


@pytest.fixture
def store(database: str) -> "Iterator[Store]":
    """A migrated, empty database, opened: SQLite, then PostgreSQL."""
    from storage.migrate import migrate
    from storage.store import Store

    opened = Store(database)
    migrate(opened)
    yield opened
    opened.close()
