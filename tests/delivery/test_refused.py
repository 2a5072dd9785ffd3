"""What a refusal means for the rest: who is gone is not tried again, and what an admin must mend holds the lane and loses nothing."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.sending import UNREACHABLE, Later, Never, Unknown
from storage.lanes import Where, held
from storage.people import Account
from storage.store import EVERYWHERE, Store
from tests.delivery.office import ANSWER, START, Clock, Post, found, owe, row, sender, told


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post(clock: Clock) -> Post:
    return Post(clock)


def test_who_is_gone_is_tried_once_and_marked(store: Store, clock: Clock, post: Post) -> None:
    users = found(store, 3)
    post.outcomes = [Never("gone", "user_disabled")]
    owe(store, *told(users), *told(users, "morning"), {"key": "line", "channel": "C1", "member_id": None})
    owe(store, {"key": "answer", "user": "U1", "lane": ANSWER, "due_at": START + timedelta(minutes=1)})
    done = sender(store, clock, post).deliver()
    assert done == {"sent": 5, "failed": 2, "uncertain": 0, "expired": 0}
    assert post.keys.count("daily-U1") == 1
    assert "morning-U1" not in post.keys
    assert (row(store, "morning-U1").state, row(store, "answer").state) == ("failed", "waiting")
    with store.read(EVERYWHERE) as session:
        reached = {account.user: account.reachable for account in session.exec(select(Account)).all()}
    assert reached == {"U1": False, "U2": True, "U3": True}


def test_what_an_admin_must_mend_holds_the_lane_and_loses_nothing(store: Store, clock: Clock, post: Post) -> None:
    """A few tries an hour, of other messages each time; answers are not held; once it is mended everything leaves."""
    users = found(store, 50)
    owe(store, *told(users))
    post.outcomes = [Never("setup", "missing_scope")] * 8
    for minute in range(60):
        sender(store, clock, post).deliver()
        if minute == 5:
            owe(store, {"key": "answer", "user": "U1", "lane": ANSWER, "due_at": START})
            tried, post.outcomes = len(post.sent), post.outcomes
        clock.rest(60)
    assert "answer" in post.keys
    assert tried <= 4, "a minute, then two, then four"
    assert len(post.sent) >= 50
    clock.rest(1200)
    sender(store, clock, post).deliver()
    assert {row(store, f"daily-{user}").state for user in users} == {"sent"}
    with store.read(EVERYWHERE) as session:
        lane = held(session, Where("slack", "T1", 1))
    assert lane is not None
    assert (lane.pauses, lane.problem) == (0, "")


def test_it_pauses_for_longer_each_time_and_says_why(store: Store, clock: Clock, post: Post) -> None:
    owe(store, *told(found(store, 50)))
    post.outcomes = [Never("setup", "invalid_auth")] * 100
    pauses = []
    for _ in range(6):
        sender(store, clock, post).deliver()
        with store.read(EVERYWHERE) as session:
            lane = held(session, Where("slack", "T1", 1))
        assert lane is not None
        assert lane.paused_until is not None
        pauses.append((lane.paused_until - clock.at).total_seconds())
        assert sender(store, clock, post).trouble() == "slack T1: setup: invalid_auth"
        clock.rest(pauses[-1])
    assert pauses == [60, 120, 240, 480, 600, 600]
    assert len(post.sent) == 6
    post.outcomes = []
    assert sender(store, clock, post).deliver()["sent"] > 0
    assert sender(store, clock, post).trouble() == ""


def test_a_patient_tick_does_not_wait_for_an_admin_nor_for_a_platform_that_is_away(store: Store, clock: Clock, post: Post) -> None:
    owe(store, *told(found(store, 5)))
    for calls, outcome in enumerate((Never("setup", "invalid_auth"), Later(30, UNREACHABLE, "everybody")), 1):
        post.outcomes = [outcome] * 5
        assert sender(store, clock, post).deliver(rest=clock.rest)["sent"] == 0
        assert sender(store, clock, post).deliver(rest=clock.rest)["sent"] == 0
        assert len(post.sent) == calls
        clock.rest(120)
    assert clock.passed() == 240


def test_a_platform_that_is_away_costs_no_tries(store: Store, clock: Clock, post: Post) -> None:
    """An hour of it: nothing is given up, and nobody is tried over and over."""
    owe(store, *told(found(store, 3)))
    post.outcomes = [Later(30, UNREACHABLE, "everybody")] * 300
    for _ in range(120):
        sender(store, clock, post).deliver()
        clock.rest(30)
    assert [row(store, f"daily-U{n}").attempts for n in (1, 2, 3)] == [0, 0, 0]
    post.outcomes = []
    clock.rest(30)
    assert sender(store, clock, post).deliver(rest=clock.rest)["sent"] == 3


def test_a_platform_that_breaks_down_for_hours_loses_nothing(store: Store, clock: Clock, post: Post) -> None:
    owe(store, *told(found(store, 4)))
    post.outcomes = [Unknown("http 500")] * 60
    for _ in range(3 * 60):
        sender(store, clock, post).deliver()
        clock.rest(60)
    assert {row(store, f"daily-U{n}").state for n in range(1, 5)} == {"sent"}
    assert len(post.sent) == 64


def test_what_is_past_its_use_is_counted_and_not_pending(store: Store, clock: Clock, post: Post) -> None:
    users = found(store, 2)
    owe(store, *({**one, "until": START + timedelta(hours=1)} for one in told(users)))
    owe(store, {"key": "tomorrow", "user": "U1", "due_at": START + timedelta(days=1)})
    delivery = sender(store, clock, post)
    assert delivery.pending() == 2
    clock.rest(3601)
    assert delivery.deliver() == {"sent": 0, "failed": 0, "uncertain": 0, "expired": 2}
    assert (delivery.pending(), delivery.pending(START + timedelta(days=1))) == (0, 1)
