"""A town where many dialogs are held at once: each test's people are new, so that the database can stay from test to test."""

import itertools
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bot.sending import Answered, Outgoing
from handlers.people import Defaults
from storage.migrate import migrate
from storage.store import Store
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

    def hears(self, message):  # type: ignore[no-untyped-def]
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

    def with_okr(self, text: str, name: str = "ann", **fields: str) -> str:
        """Somebody with a published objective of this text."""
        who = self.someone(name)
        drafted = self.says(who, f"new {text}")
        assert drafted.reply is not None
        assert drafted.reply.tone == "answer", drafted.text
        assert self.says(who, "publish all").reply.tone == "answer"  # type: ignore[union-attr]
        return who

    def of(self, who: str, ref: str = "KR1.1") -> dict[str, object]:
        """A key result of somebody's objective, as it is exported."""
        return self.key_result(ref, who.capitalize())

    def check_ins(self, who: str) -> list[dict[str, object]]:
        """What somebody checked in, as it is exported."""
        data = self.export()
        ids = {p["id"] for p in data["people"] if p["name"] == who.capitalize()}
        return [c for c in data["check_ins"] if c["member"] in ids]

    def objectives_of(self, who: str) -> list[dict[str, object]]:
        """Somebody's objectives, as they are exported."""
        data = self.export()
        ids = {p["id"] for p in data["people"] if p["name"] == who.capitalize()}
        return [o for o in data["objectives"] if o["owner"] in ids]


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
def english(town_store: Store) -> Town:
    """A town in which everybody hears English."""
    return _town(town_store, "en")
