"""A database for what does not depend on which one it is."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store
from tests.conftest import entered


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Store]:
    """A migrated, empty SQLite."""
    with ExitStack() as stack:
        store = Store(entered(stack, "sqlite", tmp_path))
        migrate(store)
        yield store
        store.close()
