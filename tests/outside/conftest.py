"""Towns to play in: one for many tests, where everybody is new; or one's own, to break."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import KINDS, entered
from tests.fakes.feishu import FakeFeishu
from tests.fakes.slack import FakeSlack
from tests.outside.program import Serving, Town
from tests.scanned import faults_at

_numbers = itertools.count(101)


@dataclass
class Place:
    """A town and a server in it, shared by many tests; everybody in it is met for the first time."""

    town: Town
    serving: Serving

    @property
    def slack(self) -> FakeSlack:
        return self.town.slack

    @property
    def feishu(self) -> FakeFeishu:
        return self.town.feishu

    def colleague(self, name: str = "Anna", **flags: object) -> str:
        """Somebody new on Slack."""
        user = f"U{next(_numbers)}"
        self.slack.add_user(user, name, **flags)  # type: ignore[arg-type]
        return user

    def employee(self, name: str = "安娜", **status: bool) -> str:
        """Somebody new on Feishu."""
        user = f"ou_{next(_numbers)}"
        self.feishu.add_user(user, name, **status)
        return user


@contextmanager
def town_on(kind: str, folder: Path, *, slack_only: bool, migrated: bool = True, **more: str) -> Iterator[Town]:
    """A town on a database of this kind. slack_only: without Feishu, whose SDK takes seconds to load."""
    with ExitStack() as stack:
        url = entered(stack, kind, folder, migrated=migrated)
        slack, feishu = stack.enter_context(FakeSlack()), stack.enter_context(FakeFeishu())
        if slack_only:
            more = {"TENDAY_FEISHU_APP_ID": "", "TENDAY_FEISHU_APP_SECRET": "", **more}
        yield Town(slack, feishu, url, folder, more)
        assert faults_at(slack.messages, feishu.messages) == []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who only waits begins first."""
    items.sort(key=lambda item: "killed_while_sending" not in item.name)


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Place]]:
    """places(kind): Slack and Feishu with one server, started once. It speaks 中文 to whom their platform does not say otherwise."""
    made: dict[str, Place] = {}
    with ExitStack() as stack:

        def on(kind: str) -> Place:
            if kind not in made:
                folder = tmp_path_factory.mktemp(f"place-{kind}")
                town = stack.enter_context(town_on(kind, folder, slack_only=False, migrated=False, TENDAY_LOCALE="zh"))
                made[kind] = Place(town, stack.enter_context(town.served()))
            return made[kind]

        yield on


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, places: Callable[[str], Place]) -> Iterator[Place]:
    """A place that many tests share; its database was empty and unmigrated when the server first saw it."""
    here = places(request.param)
    yield here
    assert "Traceback" not in here.serving.stderr(), here.serving.stderr()
    assert faults_at(here.slack.messages, here.feishu.messages) == []


@pytest.fixture
def own_town(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """own_town(kind): Slack alone and nobody's else."""
    with ExitStack() as stack:
        yield lambda kind, **more: stack.enter_context(town_on(kind, tmp_path, slack_only=True, **more))
