"""A connection that is kept: how long it stays away, what it says meanwhile, and that nothing can hold it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from websockets.sync.server import ServerConnection

from bot.kept import Kept, Refused
from bot.wire import Patience, Wire, dial
from tests.fakes.sockets import Sockets
from tests.outside.program import until


def never() -> Wire:
    raise Refused("no")


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_pauses_grow_to_a_bound_and_never_come_together(chance: float) -> None:
    kept = Kept("x", never, patience=Patience(pause=1.0, longest=60.0), chance=lambda: chance)
    pauses = []
    for failures in range(1, 2000, 7):
        kept._failures = failures
        pauses.append(kept._pause())
    assert 0.5 <= pauses[0] <= 1.0
    assert all(later >= earlier for earlier, later in pairwise(pauses))
    assert pauses[-1] == 60.0 * (0.5 + chance / 2)


def test_after_a_connection_that_lasted_it_comes_back_at_once_unless_asked_to_stay_away() -> None:
    kept = Kept("x", never, patience=Patience())
    assert kept._pause() == 0.0
    kept._say("refused: ratelimited", 30.0)
    assert kept._pause() == 30.0
    kept._failures = 1
    assert kept._pause() == 30.0


def test_for_a_moment_after_the_start_nothing_is_wrong_yet() -> None:
    now = [1000.0]
    kept = Kept("x", never, patience=Patience(opening=10.0), clock=lambda: now[0])
    assert (kept.trouble(), kept.told()) == ("", "connecting")
    now[0] += 10.0
    assert kept.trouble() == "connecting"
    assert Kept("x", never, patience=Patience(), clock=lambda: now[0]).trouble() == ""


def test_what_is_open_and_silent_is_called_deaf_before_anybody_has_cut_it() -> None:
    quiet = [3.0]
    kept = Kept("x", never, patience=Patience(ping=10.0, pong=10.0), clock=lambda: 1000.0)
    kept._wire = SimpleNamespace(greeted=True, lost=False, quiet_for=lambda: quiet[0])  # type: ignore[assignment]
    assert (kept.trouble(), kept.told()) == ("", "connected, last heard 3 s ago")
    kept._why, quiet[0] = "closed", 31.0
    assert (kept.trouble(), kept.told()) == ("deaf", "deaf")


def test_a_refusal_is_told_at_once() -> None:
    kept = Kept("x", never, patience=Patience(pause=600.0, longest=600.0))
    kept.start()
    until(lambda: kept.trouble() == "refused: no", "it says so")
    kept.stop()


@contextmanager
def server(talk: Any) -> Iterator[Sockets]:
    sockets = Sockets(talk, lambda _connection, _request: None)
    sockets.start()
    try:
        yield sockets
    finally:
        sockets.stop()


def test_who_takes_nothing_in_any_more_holds_nobody() -> None:
    """The other side reads nothing, our buffers are full, somebody is in the middle of sending: it is noticed all the same."""
    go_on = threading.Event()
    patience = Patience(opening=2.0, ping=0.05, pong=0.2, pause=0.01, longest=0.02, settled=0.0)

    def sulk(_connection: ServerConnection) -> None:
        go_on.wait(30)

    with server(sulk) as sockets:
        stuck: list[Wire] = []

        def opened() -> Wire:
            wire = Wire(dial(sockets.url, patience), lambda _wire, _said: None, patience=patience, clock=time.monotonic)
            wire.greeted = True
            stuck.append(wire)
            return wire

        kept = Kept("x", opened, patience=patience)
        kept.start()
        first = until(lambda: stuck and stuck[0], "it is connected")

        def talks() -> None:
            while first.send(b"x" * 1_000_000):
                pass

        talker = threading.Thread(target=talks, daemon=True)
        talker.start()
        until(lambda: len(stuck) >= 2, "another is opened")
        talker.join(15)
        assert not talker.is_alive()
        assert first.why == "deaf"
        go_on.set()
        kept.stop()
        assert not kept._thread.is_alive()
