"""A fake Feishu, and a front on it whose desk only notes what it hears."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from bot.feishu.listen import FeishuFront
from bot.messages import Message
from bot.replies import Reply
from bot.sending import Answered
from tests.fakes.feishu import FakeFeishu
from tests.samples import say

NOW = 1_795_000_000.0


@dataclass
class Desk:
    """Notes what it hears and answers what it is told to."""

    heard: list[Message] = field(default_factory=list)
    answer: Callable[[Message], Answered] = lambda _message: Answered(Reply((say("confirm_no"),)))

    def __call__(self, message: Message) -> Answered:
        self.heard.append(message)
        return self.answer(message)


@pytest.fixture
def feishu() -> Iterator[FakeFeishu]:
    with FakeFeishu(now=lambda: NOW) as fake:
        yield fake


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def front(feishu: FakeFeishu, desk: Desk) -> FeishuFront:
    return FeishuFront(
        verification_token=feishu.token,
        encrypt_key=feishu.encrypt_key,
        app_id=feishu.app_id,
        answer=desk,
        clock=lambda: NOW,
        bot_identity=lambda: feishu.bot,
    )
