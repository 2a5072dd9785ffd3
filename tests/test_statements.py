"""What runs at everybody's every word takes a known number of statements, whatever else there is: more is noticed here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage.migrate import migrate
from storage.store import Store
from tests.talk import Talk


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        ran.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = Store(f"sqlite:///{tmp_path}/t.db")
    migrate(store)
    yield Talk(store)
    store.close()


@pytest.mark.parametrize("objectives", [1, 4])
def test_a_check_in_and_a_look(talk: Talk, objectives: int) -> None:
    text = "\n".join(f"O: Grow {n}\nKR: users from 0 to 1000\nKR: churn from 9% to 4%" for n in range(objectives))
    talk.says("ann", f"new {text}")
    talk.says("ann", "publish all")
    talk.says("ann", "KR1.1 1")
    with counted(talk.store) as ran:
        assert "2" in talk.says("ann", "KR1.1 +1", entry="checkin").text
    assert len(ran) <= 11, ran
    with counted(talk.store) as ran:
        assert "users" in talk.says("ann", "mine", entry="command").text
    assert len(ran) <= 14, ran


def test_the_sender_is_woken_by_what_it_has_to_do_alone(talk: Talk) -> None:
    woken: list[None] = []
    talk.desk.wake = lambda: woken.append(None)
    talk.says("ann", "new O: Grow\nKR: users from 0 to 1000")
    assert len(woken) == 1, "a newcomer's profile is to be fetched"
    talk.says("ann", "publish O1")
    talk.says("ann", "KR1.1 5", entry="checkin")
    assert len(woken) == 1, "the answers are in their acknowledgements"
    talk.says("ann", "KR1.1 6 <@bob> please look", entry="checkin")
    assert len(woken) == 2, "somebody is asked"
    talk.in_channel("ann", "KR1.1 7")
    assert len(woken) == 3, "the answer is a message"
