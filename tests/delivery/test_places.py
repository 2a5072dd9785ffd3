"""A message in the thread, or in the place, of another one: looked up when it is sent, and never sent for nothing."""

from datetime import timedelta

import pytest

from bot.sending import Later, Never, Unknown
from storage.store import Store
from tests.delivery.office import START, Clock, Post, found, owe, row, sender


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post(clock: Clock) -> Post:
    return Post(clock)


def test_an_answer_stands_in_the_thread_of_what_it_follows(store: Store, clock: Clock, post: Post) -> None:
    found(store)
    owe(store, {"key": "day", "channel": "C1"}, {"key": "line", "channel": "C1", "after": "day"})
    owe(
        store,
        {"key": "to-one", "user": "U1"},
        {"key": "more", "user": "U1", "after": "to-one"},
        {"key": "rest", "user": "U1", "after": "more"},
    )
    assert sender(store, clock, post).deliver()["sent"] == 5
    assert [(out.key, out.to.channel, out.to.user, out.to.thread) for _, out in post.sent] == [
        ("day", "C1", "", ""),
        ("line", "C1", "", "m1"),
        ("to-one", "", "U1", ""),
        ("more", "", "U1", "m3"),
        ("rest", "", "U1", "m3"),
    ]


def test_it_waits_for_what_it_follows_and_no_try_is_counted(store: Store, clock: Clock, post: Post) -> None:
    found(store)
    post.outcomes = [Later(300, "busy")]
    owe(store, {"key": "day", "channel": "C1"}, {"key": "line", "channel": "C1", "after": "day"})
    delivery = sender(store, clock, post)
    for _ in range(20):
        delivery.deliver()
        clock.rest(10)
    assert post.keys == ["day"]
    assert row(store, "line").attempts == 0
    clock.rest(200)
    delivery.deliver()
    assert post.keys == ["day", "day", "line"]
    assert post.sent[-1][1].to.thread == "m2"


@pytest.mark.parametrize("state", ["failed", "no id", "never owed"])
def test_without_what_it_follows_it_stands_by_itself_and_an_edit_is_not_sent(state: str, store: Store, clock: Clock, post: Post) -> None:
    found(store)
    if state != "never owed":
        owe(store, {"key": "day", "channel": "C1", "state": "failed" if state == "failed" else "sent"})
    owe(store, {"key": "line", "channel": "C1", "after": "day"}, {"key": "new", "channel": "C1", "edits": "day"})
    assert sender(store, clock, post).deliver() == {"sent": 1, "failed": 0, "uncertain": 0, "expired": 1}
    assert [(out.key, out.to.thread) for _, out in post.sent] == [("line", "")]
    assert (row(store, "new").state, row(store, "new").problem) == ("expired", "nothing to edit")


def test_only_the_newest_change_of_a_message_is_sent(store: Store, clock: Clock, post: Post) -> None:
    found(store)
    owe(store, {"key": "card", "user": "U1"}, *({"key": f"edit{n}", "edits": "card"} for n in (1, 2, 3)))
    assert sender(store, clock, post).deliver() == {"sent": 2, "failed": 0, "uncertain": 0, "expired": 2}
    assert [(out.key, out.to.user, out.to.message) for _, out in post.sent] == [("card", "U1", ""), ("edit3", "U1", "m1")]
    owe(store, {"key": "edit4", "edits": "card"})
    sender(store, clock, post).deliver()
    assert post.sent[-1][1].to.message == "m2"  # this platform gives a new id each time


def test_a_change_that_was_overtaken_while_it_was_tried_is_left(store: Store, clock: Clock, post: Post) -> None:
    found(store)
    owe(store, {"key": "card", "user": "U1"}, {"key": "edit1", "edits": "card"})
    delivery = sender(store, clock, post)
    delivery.deliver()
    owe(store, {"key": "edit2", "edits": "card"})
    post.outcomes = [Unknown("lost")]
    delivery.deliver()
    owe(store, {"key": "edit3", "edits": "card"})
    delivery.deliver()
    clock.rest(60)
    delivery.deliver()
    assert post.keys == ["card", "edit1", "edit2", "edit3"]
    assert row(store, "edit2").problem == "a newer one takes its place"


def test_what_cannot_be_changed_any_more_is_posted_anew(store: Store, clock: Clock, post: Post) -> None:
    found(store)
    owe(store, {"key": "card", "user": "U1"})
    sender(store, clock, post).deliver()
    owe(store, {"key": "edit1", "edits": "card"})
    post.outcomes = [Never("edit", "edit_window_closed")]
    assert sender(store, clock, post).deliver() == {"sent": 1, "failed": 0, "uncertain": 0, "expired": 0}
    assert [(out.key, out.to.message) for _, out in post.sent[1:]] == [("edit1", "m1"), ("edit1", "")]
    owe(store, {"key": "edit2", "edits": "card"})
    sender(store, clock, post).deliver()
    assert post.sent[-1][1].to.message == "m3", "the one that stands there now"


def test_it_goes_with_an_edit_that_is_due_and_not_with_one_that_is_not(store: Store, clock: Clock, post: Post) -> None:
    found(store)
    owe(store, {"key": "card", "user": "U1"}, {"key": "now", "edits": "card"})
    owe(store, {"key": "tomorrow", "edits": "card", "due_at": START + timedelta(days=1)})
    sender(store, clock, post).deliver()
    assert post.keys == ["card", "now"]
