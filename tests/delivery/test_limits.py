"""As fast as the platforms like it and no faster: budgets on a clock that is turned, against limits that are held strictly."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Patience
from bot.feishu.budget import FeishuBudget
from bot.feishu.send import FeishuSender
from bot.sending import Address, Budget, Later, Outcome, Outgoing, Sent
from bot.slack.budget import FEWEST, PLANNED, SlackBudget
from bot.slack.send import SlackSender
from handlers.delivery import Delivery
from storage.lanes import Where
from storage.store import Store
from tests.delivery.office import ANSWER, START, Clock, Post, found, owe, row, sender, told
from tests.fakes.feishu import FakeFeishu
from tests.fakes.limits import FeishuLimits, SlackLimits
from tests.fakes.server import Asked
from tests.fakes.slack import FakeSlack

BUDGETS: dict[str, Callable[[], Budget]] = {"slack": SlackBudget, "feishu": FeishuBudget}
LIMITS: dict[str, Callable[[], Any]] = {"slack": SlackLimits, "feishu": FeishuLimits}


class Strict(Post):
    """A platform that holds its limits, without the HTTP in between."""

    def __init__(self, clock: Clock, platform: str, limits: Any) -> None:
        super().__init__(clock)
        self.platform, self.limits = platform, limits
        self.late: list[Outgoing] = []

    def send(self, out: Outgoing) -> Outcome:
        now, to = self.clock.seconds(), {"channel": out.to.channel or out.to.user, "receive_id": out.to.user or out.to.channel}
        if self.platform == "slack":
            refused = self.limits.refusal("chat.postMessage", to, now)
            wait = refused and float(refused.headers.get("retry-after", 30))
        else:
            refused = self.limits.refusal("message", Asked("POST", "", {}, {}, b""), to, now)
            wait = refused and float(refused.headers.get("x-ogw-ratelimit-reset", 5))
        if refused:
            return Later(wait, "rate_limited", "receiver" if b"230020" in refused.body else "everybody")
        return super().send(out)


def alone(platform: str, people: int) -> float:
    """Seconds that the limits alone allow: whoever is refused comes back at the very moment that is right."""
    clock, limits = Clock(), LIMITS[platform]()
    windows = [limits._workspace] if platform == "slack" else [limits._second, limits._minute]
    for _ in range(people):
        clock.rest(max(window.wait(clock.seconds()) for window in windows))
        for window in windows:
            window.count(clock.seconds())
    return clock.passed()


def names(count: int) -> list[str]:
    return [f"U{n}" for n in range(1, count + 1)]


@pytest.mark.parametrize("platform", ["slack", "feishu"])
def test_two_thousand_people_lose_nothing_and_wait_no_longer_than_they_must(platform: str, lite: Store) -> None:
    clock = Clock()
    post = Strict(clock, platform, LIMITS[platform]())
    found(lite, platform=platform)
    owe(lite, *told(names(2000)), platform=platform)
    delivery = Delivery(lite, {platform: post.send}, {}, now=clock.now, machine=clock.now, budgets=BUDGETS)
    done = delivery.deliver(rest=clock.rest)
    assert done == {"sent": 2000, "failed": 0, "uncertain": 0, "expired": 0}
    assert set(Counter(post.keys).values()) == {1}
    assert clock.passed() <= 1.1 * alone(platform, 2000), (clock.passed(), alone(platform, 2000))
    assert len(post.limits.refused) <= 2


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platforms(clock: Clock) -> Iterator[Callable[[str, Store], tuple[Any, Delivery]]]:
    """platforms("slack", store): a strict one over HTTP with its limits, and a delivery to it."""
    with ExitStack() as stack:

        def made(platform: str, store: Store) -> tuple[Any, Delivery]:
            fake: Any = stack.enter_context(FakeSlack(now=clock.seconds) if platform == "slack" else FakeFeishu(now=clock.seconds))
            fake.limits = LIMITS[platform]()
            out: Any = (
                SlackSender(bot_token=fake.token, clock=clock.seconds, api_url=fake.api_url)
                if platform == "slack"
                else FeishuSender(app_id=fake.app_id, app_secret=fake.app_secret, clock=clock.seconds, domain=fake.domain)
            )
            senders, settlers = {platform: out.send}, {platform: out.posted}
            return fake, Delivery(store, senders, settlers, now=clock.now, machine=clock.now, budgets=BUDGETS)

        yield made


@pytest.mark.parametrize("platform", ["slack", "feishu"])
def test_people_and_a_busy_channel_over_http(platform: str, lite: Store, clock: Clock, platforms: Any) -> None:
    """The channel's limit holds nobody else up, and is used."""
    fake, delivery = platforms(platform, lite)
    users = found(lite, 60, platform=platform)
    for user in users:
        fake.add_user(user, user)
    channel = "C1" if platform == "slack" else "oc_team"
    owe(lite, *({"key": f"line{n}", "channel": channel} for n in range(12)), *told(users), platform=platform)
    done = delivery.deliver(rest=clock.rest)
    assert done["sent"] == 72
    assert (done["failed"], fake.limits.refused) == (0, [])
    assert clock.passed() < (13 if platform == "slack" else 4)
    assert Counter(m["channel"] == channel for m in fake.messages) == {True: 12, False: 60}


@pytest.mark.parametrize(("retry_after", "pause"), [(True, 30), (False, 61)])
def test_slack_says_too_many(retry_after: bool, pause: float, lite: Store, clock: Clock, platforms: Any) -> None:
    """One refusal holds for the workspace, costs one call, no message a try, and the next minute is a little slower."""
    fake, delivery = platforms("slack", lite)
    fake.limits = SlackLimits(100, retry_after=retry_after)
    users = found(lite, 150)
    for user in users:
        fake.add_user(user, user)
    owe(lite, *told(users))
    done = delivery.deliver(rest=clock.rest)
    assert done == {"sent": 150, "failed": 0, "uncertain": 0, "expired": 0}
    assert len(fake.limits.refused) <= 3
    assert clock.passed() <= 60 + pause
    assert max(row(lite, f"daily-{user}").attempts for user in users) == 1
    budget = delivery.budget(Where("slack", "T1", 1))
    assert isinstance(budget, SlackBudget)
    assert FEWEST <= budget.rate <= 0.9 * PLANNED


def test_feishus_older_refusal_holds_for_the_app(lite: Store, clock: Clock, platforms: Any) -> None:
    fake, delivery = platforms("feishu", lite)
    users = found(lite, 3, platform="feishu")
    fake.rate_limit("message", 17, status=400)
    owe(lite, *told(users), platform="feishu")
    assert delivery.deliver()["sent"] == 0
    assert [name for name, _ in fake.calls].count("message") == 0  # refused before it was looked at
    assert delivery.deliver(rest=clock.rest)["sent"] == 3
    assert clock.passed() == pytest.approx(17, abs=0.5)


def test_one_receiver_of_too_much_rests_alone(lite: Store, clock: Clock, platforms: Any) -> None:
    fake, delivery = platforms("feishu", lite)
    users = found(lite, 3, platform="feishu")
    fake.fail("message", 230020)
    owe(lite, *told(users), platform="feishu")
    assert delivery.deliver()["sent"] == 2
    assert delivery.deliver(rest=clock.rest)["sent"] == 1
    assert clock.passed() == pytest.approx(5, abs=0.5)


def test_an_answer_does_not_wait_for_a_fan_out(lite: Store, clock: Clock) -> None:
    found(lite)
    owe(lite, *told(names(1000)))
    post = Strict(clock, "slack", SlackLimits(600))
    asked: list[int] = []
    plain = post.send

    def asking(out: Outgoing) -> Outcome:
        """Somebody asks after every hundredth message."""
        outcome = plain(out)
        if isinstance(outcome, Sent) and len(post.sent) % 100 == 50:
            asked.append(len(post.sent))
            owe(lite, {"key": f"answer{len(asked)}", "channel": f"D{len(asked)}", "lane": ANSWER, "due_at": clock.at})
        return outcome

    delivery = Delivery(lite, {"slack": asking}, {}, now=clock.now, machine=clock.now, budgets=BUDGETS)
    assert delivery.deliver(rest=clock.rest)["sent"] == 1000 + len(asked)
    waited = [post.keys.index(f"answer{n}") - after for n, after in enumerate(asked, 1)]
    assert len(waited) == 10
    assert max(waited) <= 5


def test_feishus_minute_keeps_some_for_who_is_asking() -> None:
    budget, now = FeishuBudget(), 1000.0
    assert budget.take(Address(user="ou_0"), now, answer=True) is None
    sent = 0
    while sent < 1000:
        no = budget.take(Address(user=f"ou_{sent}"), now, answer=False)
        if no is not None and no.seconds > 30:
            break
        now, sent = (now + no.seconds, sent) if no else (now, sent + 1)
    assert 900 < sent < 1000
    assert budget.take(Address(user="ou_0"), now + 2, answer=True) is None


def test_slacks_budget_finds_out_how_much_there_is() -> None:
    """Up by steps, down by a share, and not at once again where it was refused."""
    for really in (150, 450):
        budget, limits, now, refusals = SlackBudget(), SlackLimits(really), 1000.0, 0
        sent = [0] * 61
        while now < 1000 + 3600:
            to = Address(user=f"U{sum(sent)}")
            no = budget.take(to, now, answer=False)
            if no is not None:
                now += no.seconds
                continue
            refused = limits.refusal("chat.postMessage", {"channel": to.user}, now)
            refusals += refused is not None
            budget.told(Later(float(refused.headers["retry-after"]), "", "everybody") if refused else Sent(), to, now)
            sent[int((now - 1000) // 60)] += refused is None
        assert sum(sent[30:60]) >= 0.9 * 30 * min(really, 450), (really, sent)
        assert refusals <= 20, refusals


def test_another_process_counts_what_this_one_sent(store: Store, clock: Clock) -> None:
    """A minute belongs to the workspace, not to whoever happens to send."""
    found(store)
    owe(store, *told(names(400)))
    post = Strict(clock, "slack", SlackLimits())
    for _ in range(20):
        Delivery(store, {"slack": post.send}, {}, now=clock.now, machine=clock.now, budgets=BUDGETS).deliver()
        clock.rest(1.0)
    assert (len(post.sent), post.limits.refused) == (300, [])
    clock.rest(30.0)
    sender(store, clock, post, budgets=BUDGETS).deliver(rest=clock.rest)
    assert (len(post.sent), post.limits.refused) == (400, [])


def test_a_patient_tick_leaves_what_takes_too_long(store: Store, clock: Clock) -> None:
    post = Post(clock, [Later(600, "rate_limited", "everybody")])
    owe(store, *told(found(store, 2)))
    delivery = sender(store, clock, post, budgets=BUDGETS)
    slept: list[float] = []
    assert delivery.deliver(rest=Patience(sleep=slept.append).rest)["sent"] == 0
    assert (slept, delivery.pending(START + timedelta(minutes=1)), delivery.pending(START - timedelta(minutes=1))) == ([], 2, 0)
    assert post.keys == ["daily-U1"]
