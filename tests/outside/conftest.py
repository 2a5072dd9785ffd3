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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist loadgroup` one worker has all of a place's tests, and starts its server once. Who only waits begins first."""
    items.sort(key=lambda item: "killed_while_sending" not in item.name)
    for item in items:
        kind = getattr(item, "callspec", None) and item.callspec.params.get("place")  # type: ignore[attr-defined]
        if kind:
            item.add_marker(pytest.mark.xdist_group(f"place-{kind}"))


@pytest.fixture(scope="session", params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Slack and Feishu with one server, shared; its database begins empty and unmigrated. 中文 unless a person's platform says otherwise."""
    folder = tmp_path_factory.mktemp(f"place-{request.param}")
    with town_on(request.param, folder, slack_only=False, migrated=False, TENDAY_LOCALE="zh") as town, town.served() as serving:
        yield Place(town, serving)
        assert "Traceback" not in serving.stderr(), serving.stderr()


@pytest.fixture
def own_town(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """own_town(kind): Slack alone and nobody's else."""
    with ExitStack() as stack:
        yield lambda kind, **more: stack.enter_context(town_on(kind, tmp_path, slack_only=True, **more))
