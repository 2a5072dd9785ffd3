"""A town where many dialogs are held at once: each test's people are new, so that the database can stay from test to test."""

import itertools
import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.messages import Message
from bot.sending import Answered, Outgoing
from handlers import export
from handlers.people import Defaults
from handlers.views import look
from storage.checkins import CheckIn
from storage.journal import Act, Change
from storage.migrate import migrate
from storage.okrs import Objective
from storage.people import account_of, members_by_id
from storage.store import EVERYWHERE, Store
from tests.checked import faults_of
from tests.conftest import KINDS, entered
from tests.talk import MONDAY, Heard, Talk, plain

_people = itertools.count(1)


class Town(Talk):
    """Conversations of people who are new in each test, in one language; whatever they hear is looked at."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.look_closely = self.store.sqlite

    def someone(self, name: str = "ann") -> str:
        """A person whom nobody has met yet."""
        return f"{name}{next(_people)}"

    def hears(self, message: Message) -> Heard:
        heard = super().hears(message)
        assert heard.reply is None or heard.reply.tone != "apology", f"an apology to {message.text!r}"
        if self.look_closely and heard.reply is not None:
            assert faults_of(heard.reply) == [], f"in the answer to {message.text!r}"
        return heard

    def deliver(self) -> list[Outgoing]:
        sent = super().deliver()
        if self.look_closely:
            assert [fault for out in sent for fault in faults_of(out.reply)] == []
        return sent

    def delivered_to(self, *users: str, channel: str = "") -> list[Heard]:
        """What went out now to these people, or into a channel."""
        sent = [o for o in self.deliver() if o.to.user in users or (channel and o.to.channel == channel and not o.to.user)]
        return [self.read(out) for out in sent]

    def read(self, out: Outgoing) -> Heard:
        """A delivered message as its reader meets it."""
        return Heard(plain(out.reply, out.locale), out.reply, Answered(out.reply, out.locale), out.locale)

    def with_okr(self, text: str, name: str = "ann") -> str:
        """Somebody with a published objective of this text."""
        who, closely = self.someone(name), self.look_closely
        self.look_closely = False
        drafted = self.says(who, f"new {text}")
        assert drafted.reply is not None
        assert drafted.reply.tone == "answer", drafted.text
        assert self.says(who, "publish all").reply.tone == "answer"  # type: ignore[union-attr]
        self.look_closely = closely
        return who

    def of(self, who: str, ref: str = "KR1.1") -> dict[str, Any]:
        """A key result of somebody's objective, as it is exported."""
        rows = [k for o in self.objectives_of(who) for k in o["key_results"] if k["ref"] == ref]
        assert rows, f"{who} has no {ref}"
        return rows[0]

    def check_ins(self, who: str) -> list[dict[str, Any]]:
        """What somebody checked in and did not take back, oldest first."""
        with self.store.read(EVERYWHERE) as session:
            theirs = select(CheckIn).where(CheckIn.member_id == self._id(session, who), col(CheckIn.live)).order_by(col(CheckIn.id))
            rows = session.exec(theirs).all()
            names = "key_result_id", "value", "confidence", "note", "blocker", "plan", "source"
            return [{name: getattr(row, name) for name in names} | {"on": row.on.isoformat()} for row in rows]

    def objectives_of(self, who: str) -> list[dict[str, Any]]:
        """Somebody's objectives, as they are exported."""
        with self.store.read(EVERYWHERE) as session:
            wanted = Objective.owner_id == self._id(session, who), Objective.owner_kind == "member", Objective.state != "discarded"
            rows = session.exec(select(Objective).where(*wanted).order_by(col(Objective.id))).all()
            return [export._objective(view) for view in look(session, rows, self.now.date())]

    def changes_by(self, who: str) -> list[dict[str, Any]]:
        """Everything that somebody changed, oldest first."""
        with self.store.read(EVERYWHERE) as session:
            theirs = select(Change, Act).join(Act, col(Act.id) == col(Change.act_id)).where(Act.by_id == self._id(session, who))
            rows = session.exec(theirs.order_by(col(Change.id))).all()
            return [{"thing": c.thing, "field": c.field, "old": json.loads(c.old), "new": json.loads(c.new)} for c, _ in rows]

    def name_of(self, member: str) -> str:
        """The name of "m12"."""
        with self.store.read(EVERYWHERE) as session:
            return members_by_id(session, [int(member[1:])])[int(member[1:])].name

    def _id(self, session: Session, who: str) -> int | None:
        found = account_of(session, self.platform, self.workspace, who)
        return found[1].id if found else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Both languages on SQLite and one of them on PostgreSQL: the words do not depend on the database."""
    twice = {"town_store": "postgres", "lang": "en"}
    items[:] = [i for i in items if not (twice.items() <= getattr(getattr(i, "callspec", None), "params", {}).items())]


@pytest.fixture(scope="module", params=KINDS)
def town_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ExitStack() as stack:
        opened = Store(entered(stack, request.param, tmp_path_factory.mktemp("town")))
        migrate(opened)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def lite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ExitStack() as stack:
        opened = Store(entered(stack, "sqlite", tmp_path_factory.mktemp("lite")))
        migrate(opened)
        yield opened
        opened.close()


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    """The language that everybody in a dialog speaks and hears."""
    return str(request.param)


def _town(store: Store, lang: str) -> Town:
    town = Town(store, workspace=f"T-{lang}", defaults=Defaults(timezone="UTC", locale=lang), now=MONDAY)
    town.deliver()
    town.sent.clear()
    return town


@pytest.fixture
def town(town_store: Store, lang: str) -> Town:
    """A town in which everybody speaks `lang`."""
    return _town(town_store, lang)


@pytest.fixture
def lite(lite_store: Store, lang: str) -> Town:
    """The same on SQLite alone, for what is about words and not about the database."""
    return _town(lite_store, lang)


@pytest.fixture
def lite_english(lite_store: Store) -> Town:
    """A town in which everybody hears English, on SQLite alone."""
    return _town(lite_store, "en")


@pytest.fixture
def english(town_store: Store) -> Town:
    """A town in which everybody hears English."""
    return _town(town_store, "en")
