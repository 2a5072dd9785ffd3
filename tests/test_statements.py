"""What runs at everybody's every word takes a known number of statements, whatever else there is: more is noticed here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import Session

from handlers import prompting
from handlers.asking import Asking
from storage.actions import Action
from storage.migrate import migrate
from storage.okrs import Request
from storage.people import account_of, only_organisation
from storage.store import EVERYWHERE, Store
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


def test_a_list_of_actions_and_a_morning_take_as_many_statements_however_long(talk: Talk) -> None:
    talk.says("bob", "mine")
    for n in range(3):
        talk.says("ann", f"new O: Grow {n}\nKR: users from 0 to 1000\nKR: churn from 9% to 4%")
    talk.says("ann", "publish all")
    ran_for = []
    for few, many in ((1, 2), (2, 4)):
        for n in range(few, many):
            talk.says("ann", f"KR{n % 3 + 1}.1 5 blocked: legal {n} <@bob>")
            talk.says("ann", f"action KR{n % 3 + 1}.2: call <@bob> by 11-24")
        with counted(talk.store) as listed:
            assert "legal" in talk.says("bob", "actions", entry="command").text
        with talk.store.write(EVERYWHERE) as session:
            for table in (Action, Request):
                session.exec(update(table).values({"nudged_on" if table is Action else "nudged_to": talk.now.date()}))
        with talk.store.read(EVERYWHERE) as session, counted(talk.store) as brought:
            asking = _asking_of(session, talk, "bob")
            assert len(prompting.brought_back(asking, talk.now.date())) > 3 * few
        ran_for.append((len(listed), len(brought)))
    assert ran_for[0] == ran_for[1]


def _asking_of(session: Session, talk: Talk, user: str) -> Asking:
    found = account_of(session, talk.platform, talk.workspace, user)
    organisation = only_organisation(session)
    assert found is not None
    assert organisation is not None
    session.info["organisation"] = organisation.id
    return Asking(session, organisation, found[1], talk.message(user, ""), talk.now, "en")


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
