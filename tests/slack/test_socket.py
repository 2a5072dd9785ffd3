"""Slack's front over Socket Mode: what is acknowledged with what, and what becomes of a connection that breaks, goes deaf or is renewed."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from bot.messages import Message, OutOfReach
from bot.replies import Reply
from bot.sending import Answered
from bot.slack.listen import SlackFront
from bot.slack.socket import SocketMode
from bot.wire import Patience
from tests.fakes.server import Told, Trouble
from tests.fakes.slack_socket import FakeSlackSocket
from tests.outside.program import until
from tests.payloads import heard, payload, stored
from tests.samples import say
from tests.slack.conftest import NOW, Desk
from tests.slack.test_listen import delivered

PRESS = '{"t":"undo #c1","v":3,"c":"c1"}'
AT_ONCE = Patience(pause=0.01, longest=0.05, settled=0.0, closing=2.0)
WATCHFUL = Patience(opening=1.0, ping=0.02, pong=1.0, pause=0.01, longest=0.05, closing=2.0)
PATIENT = Patience(opening=30.0, ping=0.02, pong=30.0, pause=0.01, longest=0.05, settled=0.0, closing=30.0)


@pytest.fixture
def slack() -> Iterator[FakeSlackSocket]:
    with FakeSlackSocket(now=lambda: NOW) as fake:
        yield fake


Socket = Callable[..., SocketMode]


@pytest.fixture
def socket(slack: FakeSlackSocket, front: SlackFront) -> Iterator[Socket]:
    """socket(): a started Socket Mode on the front; they are stopped at the end."""
    with ExitStack() as stack:

        def started(patience: Patience = AT_ONCE, token: str = "", deliver: Any = None) -> SocketMode:
            made = SocketMode(
                app_token=token or slack.app_token, deliver=deliver or front.deliver, api_url=slack.api_url, patience=patience
            )
            stack.callback(made.kept.stop)
            made.kept.start()
            return made

        yield started


def out_of_reach(_message: Message) -> Answered:
    raise OutOfReach


def well(socket: SocketMode) -> None:
    until(lambda: socket.kept.told().startswith("connected"), "it is connected")
    assert socket.kept.trouble() == ""


@pytest.mark.parametrize("name", stored("slack"))
def test_captured_deliveries_are_heard_as_over_http(name: str, socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    socket()
    said = payload("slack", name)
    slack.push(delivered(slack, said["kind"], said["body"]))
    if said["heard"] is None:
        assert desk.heard == []
    else:
        assert {k: heard(desk.heard[0])[k] for k in said["heard"]} == said["heard"]


def test_a_command_is_answered_in_the_acknowledgement(socket: Socket, slack: FakeSlackSocket, desk: Desk, front: SlackFront) -> None:
    over_http = json.loads(front.handle(*slack.command("/okr mine")).body)
    socket()
    assert slack.push(slack.command("/okr mine")) == over_http
    desk.answer = lambda _m: Answered(None)
    assert slack.push(slack.command("/okr mine")) is None
    assert slack.push(slack.press(PRESS)) is None
    assert slack.push(slack.direct("mine")) is None
    assert front.heard == NOW


def test_what_cannot_be_stored(socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    """An event is not acknowledged, and comes again; a command and a press do not come again, so they are told."""
    socket()
    desk.answer = out_of_reach
    event = slack.direct("KR1.1 20")
    first = slack.send(event)
    assert "Not stored" in json.dumps(slack.push(slack.command("/okr KR1.1 45")))
    assert slack.push(slack.press(PRESS)) is None
    assert slack.messages[-1]["text"].startswith("⚠️ Not stored")
    until(lambda: len(desk.heard) == 3, "the desk has heard all three")
    desk.answer = lambda _m: Answered(None)
    assert slack.push(event, attempt=1) is None
    assert len({m.delivery for m in desk.heard if m.entry == "direct"}) == 1
    assert not slack.acked(first)


def test_what_makes_no_sense_is_acknowledged_and_left(socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    socket()
    (connection,) = slack.connected()
    for garbage in ("nope", "[]", "null", "{}", '{"type":"tickle"}', '{"envelope_id":5}', '{"type":"events_api","envelope_id":"env-x"}'):
        slack._waiting.setdefault("env-x", (False, threading.Event(), []))
        connection.send(garbage)
    connection.send(b"\x00\xff")
    assert slack.ack("env-x") is None
    assert slack.push(({}, b'{"type":"event_callback"}')) is None
    assert slack.push(slack.direct("mine")) is None
    assert [m.text for m in desk.heard] == ["mine"]
    assert slack.opened == 1, "the connection outlives it"


def test_a_slow_answer_holds_nobody_up(socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    made, go_on = socket(PATIENT), threading.Event()

    def answer(message: Message) -> Answered:
        if message.text == "slow":
            assert go_on.wait(15)
        return Answered(Reply((say("confirm_no"),)))

    desk.answer = answer
    slow = [slack.send(slack.command("/okr slow")) for _ in range(3)]
    assert slack.push(slack.command("/okr quick"))
    until(lambda: made.kept.told() == "connected, last heard 0 s ago", "pings are answered meanwhile")
    go_on.set()
    assert all(slack.ack(envelope) for envelope in slow)


def test_cut_in_the_middle_the_event_comes_again_with_one_effect(socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    made, go_on = socket(), threading.Event()

    def answer(_message: Message) -> Answered:
        assert go_on.wait(15)
        return Answered(None)

    desk.answer = answer
    event, (first,) = slack.direct("KR1.1 20"), slack.connected()
    lost = slack.send(event)
    until(lambda: desk.heard, "the desk is at it")
    old = made.kept._wire
    slack.cut()
    slack.connected(beyond=(first,))
    until(lambda: made.kept._wire is not old, "the next is in its place")
    go_on.set()
    assert slack.push(event, attempt=1) is None
    assert {m.delivery for m in desk.heard} == {desk.heard[0].delivery}
    assert slack.ack(lost) is None, "the first acknowledgement leaves over the new connection"
    well(made)


def test_cut_in_the_middle_a_command_is_answered_by_its_response_url(socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    made, go_on = socket(), threading.Event()

    def answer(_message: Message) -> Answered:
        assert go_on.wait(15)
        return Answered(Reply((say("confirm_no"),)))

    desk.answer = answer
    command = slack.send(slack.command("/okr mine"))
    until(lambda: desk.heard, "the desk is at it")
    slack.app_token = "xapp-another"
    slack.cut()
    until(made.kept.trouble, "it is cut off")
    go_on.set()
    until(lambda: slack.messages, "the answer")
    assert (slack.messages[0]["user"], slack.messages[0]["text"]) == ("U1", "Cancel")
    assert not slack.acked(command)


def test_a_connection_gone_deaf_is_noticed_and_renewed(socket: Socket, slack: FakeSlackSocket) -> None:
    made = socket(WATCHFUL)
    (first,) = slack.connected()
    well(made)
    slack.go_deaf()
    slack.connected(beyond=(first,))
    assert slack.push(slack.direct("mine"), over=slack.connected(beyond=(first,))[0]) is None
    well(made)


def test_a_quiet_connection_that_answers_pings_is_left_alone(socket: Socket, slack: FakeSlackSocket) -> None:
    made = socket(Patience(opening=1.0, ping=0.01, pong=5.0, pause=0.01))
    slack.connected()
    before = made.kept.told
    until(lambda: before() == "connected, last heard 0 s ago", "a pong came")
    assert slack.push(slack.direct("mine")) is None
    assert slack.opened == 1


def test_who_never_greets_is_left(socket: Socket, slack: FakeSlackSocket) -> None:
    slack.greets = False
    made = socket(Patience(opening=0.05, ping=0.02, pong=5.0, pause=0.01, longest=0.02))
    until(lambda: slack.opened >= 2, "it tries again")
    until(lambda: made.kept.trouble() == "not greeted", "and says why")
    slack.greets = True
    well(made)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_planned_break_loses_nothing(reason: str, socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    """The next connection is open before the last one is left, and both are heard meanwhile."""
    made = socket()
    (old,) = slack.connected()
    slack.leave(reason)
    (new,) = slack.connected(beyond=(old,))
    assert made.kept.trouble() == ""
    assert [slack.push(slack.direct("mine"), over=over) for over in (old, new)] == [None, None]
    until(lambda: slack.connections == [new], "the old one is closed")
    assert slack.push(slack.direct("mine")) is None
    assert len(desk.heard) == 3
    well(made)


def test_socket_mode_switched_off_is_told_and_tried_again_later(socket: Socket, slack: FakeSlackSocket) -> None:
    made = socket(Patience(pause=0.01, longest=0.05, settled=0.0))
    (old,) = slack.connected()
    slack._server.trouble("apps.connections.open", Trouble(told=Told(b'{"ok":false,"error":"not_allowed"}')), 3)
    slack.leave("link_disabled")
    old.close()
    until(lambda: made.kept.trouble() in ("link_disabled", "refused: not_allowed"), "it says why")
    slack.connected(beyond=(old,))
    well(made)


def test_refused_tokens(socket: Socket, slack: FakeSlackSocket) -> None:
    made = socket(token="xapp-wrong")
    until(lambda: made.kept.trouble() == "refused: invalid_auth", "it says why")
    assert made.kept.told() == "refused: invalid_auth"
    assert slack.opened == 0


def test_slack_away_at_the_start_and_back_later(socket: Socket, slack: FakeSlackSocket) -> None:
    slack.break_down("apps.connections.open", times=2)
    slack.lose("apps.connections.open", times=2)
    slack.rate_limit("apps.connections.open", seconds=0)
    well(socket())
    assert len([m for m, _ in slack.calls if m == "apps.connections.open"]) >= 1
    assert slack.push(slack.command("/okr mine"))


def test_an_address_is_used_once(socket: Socket, slack: FakeSlackSocket) -> None:
    made = socket()
    for _ in range(3):
        there = tuple(slack.connected())
        slack.cut()
        slack.connected(beyond=there)
    well(made)
    assert len([m for m, _ in slack.calls if m == "apps.connections.open"]) == slack.opened >= 4


def test_two_processes_on_one_app(socket: Socket, slack: FakeSlackSocket, front: SlackFront, desk: Desk) -> None:
    """Each payload goes to one of them; one of them breaks on the way: nothing is lost, and nothing is heard by both."""
    by: list[str] = []

    def of(name: str) -> Any:
        def deliver(body: dict[str, Any], mark: str) -> Any:
            by.append(name)
            return front.deliver(body, mark)

        return deliver

    one, two = socket(deliver=of("one")), socket(deliver=of("two"))
    slack.connected(2)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: slack.push(slack.direct(f"note {n}")), range(40))) == [None] * 40
    assert sorted(m.text for m in desk.heard) == sorted(f"note {n}" for n in range(40))
    assert {by.count("one"), by.count("two")} == {20}
    one.kept.stop()
    until(lambda: len(slack.connections) == 1, "the other is left")
    assert slack.push(slack.direct("note 40")) is None
    assert by[-1] == "two"
    well(two)


def test_stopped_in_the_middle_finishes_what_it_is_at(socket: Socket, slack: FakeSlackSocket, desk: Desk) -> None:
    made, go_on = socket(PATIENT), threading.Event()

    def answer(_message: Message) -> Answered:
        assert go_on.wait(15)
        return Answered(Reply((say("confirm_no"),)))

    desk.answer = answer
    under_way = slack.send(slack.command("/okr mine"))
    until(lambda: desk.heard, "the desk is at it")
    stopping = threading.Thread(target=made.kept.stop)
    stopping.start()
    go_on.set()
    stopping.join(15)
    assert slack.ack(under_way) is not None
    until(lambda: slack.connections == [], "it is closed")


def test_stopped_while_it_cannot_connect(slack: FakeSlackSocket, front: SlackFront) -> None:
    made = SocketMode(app_token="xapp-wrong", deliver=front.deliver, api_url=slack.api_url, patience=Patience(pause=600.0, longest=600.0))
    made.kept.start()
    until(lambda: made.kept.trouble() == "refused: invalid_auth", "it has tried")
    made.kept.stop()
    assert not made.kept._thread.is_alive()


def test_logs_never_hold_what_was_said_nor_an_address(
    socket: Socket, slack: FakeSlackSocket, desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # that is Slack's side
    made, word = socket(), "verysecretword"
    for delivery in (slack.direct(word), slack.command(f"/okr {word}"), slack.press(PRESS.replace("undo", word))):
        slack.push(delivery)
    there = tuple(slack.connected())
    there[0].send(f'{{"{word}')
    slack.cut()
    slack.connected(beyond=there)
    slack._tickets.clear()
    slack.fail("apps.connections.open", "invalid_auth")
    slack.connections[-1].send(f'{{"{word}')
    there = tuple(slack.connected(beyond=there))
    slack.leave("warning")
    slack.connected(beyond=there)
    well(made)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "slack: the connection is renewed: closed" in logged
    assert "slack: the connection is renewed: warning" in logged
    for secret in (word, slack.app_token, slack.token, "ticket", "ws://"):
        assert secret not in logged, secret
