"""A fake Slack, and a front on it whose desk only notes what it hears."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from bot.messages import Message
from bot.replies import Reply
from bot.sending import Answered, Profile
from bot.slack.listen import SlackFront
from tests.fakes.slack import FakeSlack
from tests.samples import say

NOW = 1_795_000_000.0


@dataclass
class Desk:
    """Notes what it hears and answers what it is told to."""

    heard: list[Message] = field(default_factory=list)
    learnt: list[tuple[str, str, Profile]] = field(default_factory=list)
    known: bool = True
    answer: Callable[[Message], Answered] = lambda _message: Answered(Reply((say("confirm_no"),)))

    def __call__(self, message: Message) -> Answered:
        self.heard.append(message)
        return self.answer(message)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack(now=lambda: NOW) as fake:
        yield fake


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def front(slack: FakeSlack, desk: Desk) -> SlackFront:
    return SlackFront(
        signing_secret=slack.secret,
        bot_token=slack.token,
        api_url=slack.api_url,
        answer=desk,
        clock=lambda: NOW,
        meet=lambda _workspace, _user: desk.known,
        learn=lambda workspace, user, profile: desk.learnt.append((workspace, user, profile)),
    )
