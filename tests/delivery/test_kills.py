"""kill -9 while messages are sent, and connections that break right after a send: nothing is lost, and what can be told is sent once."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from bot.feishu.send import FeishuSender
from bot.sending import Later, Outcome, Outgoing, Sent, Unknown
from handlers.courier import LEASE
from handlers.delivery import Delivery
from storage.lanes import Where, take
from storage.store import EVERYWHERE, Store
from tests.delivery import work
from tests.delivery.office import ANSWER, UNASKED, Clock, Post, found, owe, row, rows, sender, told
from tests.fakes.feishu import FakeFeishu
from tests.fakes.slack import FakeSlack
from tests.killing import Workers

KILLS = 10


def killed_while_sending(workers: Workers, fake: Any, method: str, random: Random) -> None:
    """Kills when a few more messages have come, most of them with their answer in the air still; now and then a connection is lost."""

    def at_work() -> bool:
        return any(process.is_alive() for process in workers.running)

    while workers.killed < KILLS and at_work():
        before, patience = len(fake.messages), time.monotonic() + 20
        fake.delay(method, 0.1, times=6)
        if random.random() < 0.3:
            fake.lose(method)
        enough = before + random.randint(1, 4)
        while len(fake.messages) < enough and time.monotonic() < patience and at_work():
            time.sleep(0.001)
        time.sleep(random.random() * 0.02)
        if at_work():
            workers.kill(random)
    workers.finish()
    assert workers.killed >= KILLS // 3


def test_slack_in_three_processes(database: str, store: Store) -> None:
    """Each direct message once, answers too; each one in a channel at least once, and what may be there twice is marked."""
    users, begun = found(store, 70), time.time()
    with FakeSlack(now=lambda: work.seconds_since(begun)) as slack:
        for user in users:
            slack.add_user(user, user)
        direct = told(users)
        answers = [{"key": f"answer{n}", "channel": f"D{user}", "lane": ANSWER} for n, user in enumerate(users[:25])]
        public = [{"key": f"line{n}", "channel": f"C{n}"} for n in range(20)]
        owe(store, *(row for both in zip(direct, public * 4, strict=False) for row in both if row not in public), *public, *answers)
        with Workers(work.deliver, database, begun, "slack", slack.api_url, (slack.token, ""), count=3) as workers:
            killed_while_sending(workers, slack, "chat.postMessage", Random(1))
        seen = Counter(m["metadata"]["event_payload"]["key"] for m in slack.messages)
    with store.read(EVERYWHERE) as session:
        left = rows(session)
    assert {owed.state for owed in left} == {"sent"}
    assert seen.keys() == {owed.key for owed in left}
    twice = {key for key, count in seen.items() if count > 1}
    assert twice <= {owed.key for owed in left if owed.channel.startswith("C") and owed.problem.startswith("uncertain")}


def test_feishu_in_two_processes(store: Store, database: str) -> None:
    """Each once: a uuid is not sent twice within the hour."""
    users, begun = found(store, 60, platform="feishu"), time.time()
    with FakeFeishu(now=lambda: work.seconds_since(begun)) as feishu:
        for user in users:
            feishu.add_user(user, user)
        owe(store, *told(users), platform="feishu")
        app = feishu.app_id, feishu.app_secret
        with Workers(work.deliver, database, begun, "feishu", feishu.domain, app, count=2) as workers:
            killed_while_sending(workers, feishu, "message", Random(2))
        assert Counter(m["uuid"] for m in feishu.messages) == {f"daily-{user}": 1 for user in users}
    with store.read(EVERYWHERE) as session:
        assert {owed.state for owed in rows(session)} == {"sent"}


class Died(BaseException):
    """The process is gone in the middle of a send."""


@pytest.mark.parametrize(("away", "copies", "uncertain"), [(50 * 60, 1, 0), (61 * 60, 2, 1)])
def test_feishu_forgets_a_uuid_after_an_hour(away: float, copies: int, uncertain: int, lite: Store) -> None:
    """Within the hour once; later at least once, and the second copy is counted."""
    clock = Clock()
    owe(lite, *told(found(lite, 1, platform="feishu")), platform="feishu")
    with FakeFeishu(now=clock.seconds) as feishu:
        out = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, clock=clock.seconds, domain=feishu.domain)

        def dies(message: Outgoing) -> Outcome:
            out.send(message)
            raise Died

        def process(send: Callable[[Outgoing], Outcome]) -> Delivery:
            return Delivery(lite, {"feishu": send}, {"feishu": out.posted}, now=clock.now, machine=clock.now)

        with suppress(Died):
            process(dies).deliver()
        clock.rest(away)
        assert process(out.send).deliver() == {"sent": 1, "failed": 0, "uncertain": uncertain, "expired": 0}
        assert len(feishu.messages) == copies


def test_a_send_that_was_uncertain_is_asked_about_even_after_a_later(lite: Store) -> None:
    """A refusal in between does not make us forget that the first try may have arrived."""
    clock, asked = Clock(), list[str]()
    post = Post(clock)
    owe(lite, *told(found(lite, 1)))

    def look(out: Outgoing, _age: float) -> Outcome | None:
        asked.append(out.key)
        return Sent("m0") if len(asked) == 2 else Later(30, "rate_limited", "everybody")

    post.outcomes = [Unknown("lost")]
    delivery = Delivery(lite, {"slack": post.send}, {"slack": look}, now=clock.now, machine=clock.now)
    assert delivery.deliver(rest=clock.rest) == {"sent": 1, "failed": 0, "uncertain": 0, "expired": 0}
    assert (len(post.sent), len(asked), row(lite, "daily-U1").sent_as) == (1, 2, "m0")


def test_a_lane_is_left_to_who_is_alive_and_taken_over_from_who_died(store: Store) -> None:
    clock, where = Clock(), Where("slack", "T1", UNASKED)
    post = Post(clock)
    owe(store, *told(found(store, 4)), {"key": "answer", "channel": "D1", "lane": ANSWER})

    def held() -> None:
        with store.write(EVERYWHERE) as session:
            assert take(session, where, holder="another", machine=clock.now(), until=clock.now() + LEASE)

    def alive(seconds: float) -> bool:
        clock.rest(seconds)
        if clock.passed() < 60:
            held()
        return clock.passed() < 120

    held()
    assert sender(store, clock, post).deliver(rest=alive)["sent"] == 1
    assert post.keys == ["answer"], "which no lane holds up"
    assert clock.passed() < 5, "who renews its lease is at work"
    assert sender(store, clock, post).deliver(rest=clock.rest)["sent"] == 4
    assert 30 <= clock.passed() <= 36


def test_what_was_in_the_air_waits_for_its_lease_and_the_rest_does_not(store: Store) -> None:
    clock = Clock()
    post = Post(clock)
    owe(store, *told(found(store, 4)))
    first = sender(store, clock, post)

    def dies(out: Outgoing) -> Outcome:
        if len(post.sent) == 2:
            raise Died
        return Post.send(post, out)

    first.senders = {"slack": dies}
    with suppress(Died):
        first.deliver()
    assert sender(store, clock, post).deliver() == {"sent": 1, "failed": 0, "uncertain": 0, "expired": 0}
    assert sender(store, clock, post).deliver(rest=clock.rest) == {"sent": 1, "failed": 0, "uncertain": 1, "expired": 0}
    assert clock.passed() <= 31
    assert sorted(post.keys) == [f"daily-U{n}" for n in range(1, 5)]
