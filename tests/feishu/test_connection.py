"""Feishu's front over the long connection: frames in pieces, answers, and what becomes of a connection that breaks or goes deaf."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from bot.feishu import sdk
from bot.feishu.connection import LongConnection
from bot.feishu.listen import FeishuFront
from bot.feishu.pieces import MANY, MOST, SECONDS, Pieces
from bot.messages import Message, OutOfReach
from bot.replies import Reply
from bot.sending import Answered
from bot.wire import Patience
from tests.fakes.feishu_socket import SERVICE, FakeFeishuSocket
from tests.feishu.conftest import NOW, Desk
from tests.outside.program import until
from tests.payloads import heard, payload, stored
from tests.samples import say

VALUE = {"t": "undo #c1", "v": 3, "c": "c1"}
AT_ONCE = Patience(pause=0.01, longest=0.05, settled=0.0, closing=2.0)
WATCHFUL = Patience(opening=1.0, ping=0.02, pong=1.0, pause=0.01, longest=0.05, closing=2.0)
PATIENT = Patience(opening=30.0, ping=0.02, pong=30.0, pause=0.01, longest=0.05, settled=0.0, closing=30.0)


@pytest.fixture
def feishu() -> Iterator[FakeFeishuSocket]:
    with FakeFeishuSocket(now=lambda: NOW) as fake:
        yield fake


Connection = Callable[..., LongConnection]


@pytest.fixture
def connection(feishu: FakeFeishuSocket, front: FeishuFront) -> Iterator[Connection]:
    """connection(): a started long connection on the front; they are stopped at the end."""
    sdk.frame()  # what takes seconds is not waited for in the tests
    with ExitStack() as stack:

        def started(patience: Patience = AT_ONCE, *, secret: str = "", deliver: Any = None, beat: float = 120.0) -> LongConnection:
            made = LongConnection(
                app_id=feishu.app_id,
                app_secret=secret or feishu.app_secret,
                deliver=deliver or front.deliver,
                domain=feishu.domain,
                patience=patience,
                beat=beat,
            )
            stack.callback(made.kept.stop)
            made.kept.start()
            return made

        yield started


def out_of_reach(_message: Message) -> Answered:
    raise OutOfReach


def well(connection: LongConnection) -> None:
    until(lambda: connection.kept.told().startswith("connected"), "it is connected")
    assert connection.kept.trouble() == ""


def test_captured_deliveries_are_heard_as_by_webhook(connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    connection()
    for name in stored("feishu"):
        said = payload("feishu", name)
        desk.heard.clear()
        text = json.dumps(said["body"]).replace('"TOKEN"', json.dumps(feishu.token)).replace('"APP"', json.dumps(feishu.app_id))
        assert feishu.push(feishu.signed(feishu.sealed(json.loads(text))))[0] == 200
        if said["heard"] is None:
            assert desk.heard == [], name
        else:
            assert {k: heard(desk.heard[0])[k] for k in said["heard"]} == said["heard"], name


def test_a_press_is_answered_with_the_card_and_a_message_with_nothing(
    connection: Connection, feishu: FakeFeishuSocket, desk: Desk, front: FeishuFront
) -> None:
    connection()
    desk.answer = lambda _m: Answered(Reply((say("confirm_no"),), card="c1"), "zh", redraw=True)
    code, body = feishu.push(feishu.press(VALUE))
    assert code == 200
    assert feishu.acknowledged(body)["card"]["data"]["body"]["elements"][0]["text"]["content"] == "取消"
    assert feishu.push(feishu.direct("我的")) == (200, b"")
    assert front.heard == NOW


def test_what_cannot_be_stored(connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    """A message is answered 500, and comes again; a press does not come again, so it is told."""
    connection()
    desk.answer = out_of_reach
    message = feishu.direct("KR1.1 20")
    assert feishu.push(message) == (500, b"")
    code, body = feishu.push(feishu.press(VALUE))
    assert (code, json.loads(body)["toast"]["type"]) == (200, "error")
    desk.answer = lambda _m: Answered(None)
    assert feishu.push(message) == (200, b"")
    assert desk.heard[0] == desk.heard[-1]


@pytest.mark.parametrize("pieces", [2, 3, 7])
@pytest.mark.parametrize("order", ["", "last first"])
def test_a_delivery_in_pieces(pieces: int, order: str, connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    connection()
    assert feishu.ack(feishu.send(feishu.direct("新建 O：很长" * 50), pieces=pieces, order=order)) == (200, b"")
    assert [m.text for m in desk.heard] == ["新建 O：很长" * 50]


def test_pieces_of_several_deliveries_are_kept_apart() -> None:
    pieces = Pieces(lambda: 0.0)

    def came(name: str, place: int, piece: bytes, total: str = "2") -> bytes | None:
        return pieces.whole({"message_id": name, "sum": total, "seq": str(place)}, piece)

    assert came("a", 1, b"A2") is came("b", 0, b"B1") is came("a", 1, b"A2") is None
    assert came("b", 1, b"B2") == b"B1B2"
    assert came("a", 0, b"A1") == b"A1A2"
    assert came("c", 0, b"C", "1") == b"C"
    assert pieces.whole({}, b"whole") == b"whole"
    for total, place in (("0", 0), ("x", 0), ("-1", 0), ("2", 2), (str(MOST + 1), 0), ("²", 0)):
        assert came("d", place, b"D", total) is None
    assert pieces._begun == {}


def test_pieces_without_the_rest_are_let_go() -> None:
    now = [0.0]
    pieces = Pieces(lambda: now[0])
    for number in range(3 * MANY):
        assert pieces.whole({"message_id": str(number), "sum": "2", "seq": "0"}, b"half") is None
    assert len(pieces._begun) == MANY
    now[0] = SECONDS + 1
    assert pieces.whole({"message_id": str(3 * MANY - 1), "sum": "2", "seq": "1"}, b"late") is None
    assert len(pieces._begun) == 1


def test_what_makes_no_sense_is_left(connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    connection()
    (there,) = feishu.connected()
    for garbage in (b"", b"\xff\xff", b"\x08", "text", feishu._frame("x", b"{}", total=1, place=0, kind="card")):
        there.send(garbage)
    for body in (b"nope", b"[]", b"null", b"{}", b"[" * 100_000):
        feishu._waiting["y"] = (threading.Event(), [])
        there.send(feishu._frame("y", body, total=1, place=0))
        assert feishu.ack("y") == (200, b"")
    assert feishu.push(feishu.direct("我的")) == (200, b"")
    assert [m.text for m in desk.heard] == ["我的"]
    assert feishu.opened == 1, "the connection outlives it"


def test_a_slow_answer_holds_nobody_up(connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    made, go_on = connection(PATIENT, beat=0.01), threading.Event()

    def answer(message: Message) -> Answered:
        if message.text == "慢":
            assert go_on.wait(15)
        return Answered(None)

    desk.answer = answer
    slow = [feishu.send(feishu.direct("慢")) for _ in range(3)]
    assert feishu.push(feishu.direct("快")) == (200, b"")
    before = feishu.pings
    until(lambda: feishu.pings > before + 2, "pings go on")
    go_on.set()
    assert [feishu.ack(name) for name in slow] == [(200, b"")] * 3
    well(made)


def test_cut_in_the_middle_the_message_comes_again_with_one_effect(connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    made, go_on = connection(), threading.Event()

    def answer(_message: Message) -> Answered:
        assert go_on.wait(15)
        return Answered(None)

    desk.answer = answer
    message, (first,) = feishu.direct("KR1.1 20"), feishu.connected()
    feishu.send(message)
    until(lambda: desk.heard, "the desk is at it")
    feishu.cut()
    feishu.connected(beyond=(first,))
    go_on.set()
    assert feishu.push(message) == (200, b"")
    assert {m.delivery for m in desk.heard} == {desk.heard[0].delivery}
    well(made)


def test_a_connection_gone_deaf_is_noticed_and_renewed(connection: Connection, feishu: FakeFeishuSocket) -> None:
    made = connection(WATCHFUL)
    (first,) = feishu.connected()
    well(made)
    feishu.go_deaf()
    (second,) = feishu.connected(beyond=(first,))
    assert feishu.push(feishu.direct("我的"), over=second) == (200, b"")
    well(made)


def test_who_answers_pings_of_the_protocol_but_not_feishus_own_is_deaf_too(connection: Connection, feishu: FakeFeishuSocket) -> None:
    feishu.mute = True
    made = connection(WATCHFUL, beat=0.05)
    until(lambda: made.kept._why == "deaf" and feishu.opened >= 2, "it is renewed")
    feishu.mute = False
    there = tuple(feishu.connections)
    feishu.cut()
    feishu.connected(beyond=there)
    well(made)


def test_feishu_says_how_often_it_wants_to_be_pinged(connection: Connection, feishu: FakeFeishuSocket) -> None:
    made = connection(beat=7.0)
    until(lambda: feishu.pings, "the first ping comes at once")
    assert made._beat == 7.0
    feishu.config = {"ReconnectCount": -1, "ReconnectInterval": 120, "ReconnectNonce": 30, "PingInterval": 90}
    there = tuple(feishu.connected())
    feishu.cut()
    feishu.connected(beyond=there)
    assert made._beat == 90.0
    feishu.config["PingInterval"] = 60
    there = tuple(feishu.connected())
    pings = feishu.pings
    feishu.cut()
    feishu.connected(beyond=there)
    until(lambda: feishu.pings > pings and made._beat == 60.0, "a pong may say it too")


@pytest.mark.parametrize(("code", "word"), [(1, "refused: 1"), (1000040343, "refused: 1000040343"), (1000040350, "refused: 1000040350")])
def test_refused_by_the_endpoint_and_taken_later(code: int, word: str, connection: Connection, feishu: FakeFeishuSocket) -> None:
    feishu.refuse = code
    made = connection()
    until(lambda: made.kept.trouble() == word, "it says why")
    feishu.refuse = 0
    well(made)


def test_a_wrong_secret_and_a_refused_handshake(connection: Connection, feishu: FakeFeishuSocket) -> None:
    wrong = connection(secret="not-it")
    until(lambda: wrong.kept.trouble() == "refused: 1000040344", "it says why")
    feishu.handshake = {"handshake-status": "514", "handshake-msg": "a message with ticket123", "handshake-autherrcode": "1000040350"}
    made = connection()
    until(lambda: made.kept.trouble() == "refused: 514 1000040350", "it says why")
    feishu.handshake = {"x-other": "1"}
    until(lambda: made.kept.trouble() == "refused: http 403", "it says why")
    feishu.handshake = {}
    well(made)


def test_feishu_away_at_the_start_and_back_later(connection: Connection, feishu: FakeFeishuSocket) -> None:
    feishu.break_down("message", times=2)  # the fake's name of any other POST
    feishu.lose("message", times=2)
    made = connection()
    well(made)
    assert feishu.push(feishu.direct("我的")) == (200, b"")


def test_two_processes_on_one_app(connection: Connection, feishu: FakeFeishuSocket, front: FeishuFront, desk: Desk) -> None:
    by: list[str] = []

    def of(name: str) -> Any:
        def deliver(body: Any) -> Any:
            by.append(name)
            return front.deliver(body)

        return deliver

    one, two = connection(deliver=of("one")), connection(deliver=of("two"))
    feishu.connected(2)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda n: feishu.push(feishu.direct(f"记 {n}"), pieces=1 + n % 3), range(40))) == {(200, b"")}
    assert sorted(m.text for m in desk.heard) == sorted(f"记 {n}" for n in range(40))
    assert {by.count("one"), by.count("two")} == {20}
    one.kept.stop()
    until(lambda: len(feishu.connections) == 1, "the other is left")
    assert feishu.push(feishu.direct("记 40")) == (200, b"")
    assert by[-1] == "two"
    well(two)


def test_stopped_in_the_middle_finishes_what_it_is_at(connection: Connection, feishu: FakeFeishuSocket, desk: Desk) -> None:
    made, go_on = connection(PATIENT), threading.Event()

    def answer(_message: Message) -> Answered:
        assert go_on.wait(15)
        return Answered(None)

    desk.answer = answer
    under_way = feishu.send(feishu.direct("我的"))
    until(lambda: desk.heard, "the desk is at it")
    stopping = threading.Thread(target=made.kept.stop)
    stopping.start()
    go_on.set()
    stopping.join(15)
    assert feishu.ack(under_way) == (200, b"")
    until(lambda: feishu.connections == [], "it is closed")


def test_the_frames_are_those_of_the_sdk() -> None:
    """What the SDK's own client takes for a ping and for an answer, so that an upgrade that changes them is noticed."""
    from lark_oapi.ws.client import _new_ping_frame
    from lark_oapi.ws.pb.pbbp2_pb2 import Frame

    from bot.feishu.connection import ping_of

    theirs, ours = Frame(), Frame()
    theirs.ParseFromString(_new_ping_frame(SERVICE).SerializeToString())
    ours.ParseFromString(ping_of(SERVICE))
    assert theirs == ours


def test_logs_never_hold_what_was_said_nor_an_address(
    connection: Connection, feishu: FakeFeishuSocket, desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # that is Feishu's side
    made, word = connection(), "verysecretword"
    for delivery in (feishu.direct(word), feishu.group(word), feishu.press(VALUE | {"t": word})):
        feishu.push(delivery, pieces=2)
    there = tuple(feishu.connected())
    there[0].send(word)
    feishu.handshake = {"handshake-status": "403", "handshake-msg": word}
    feishu.cut()
    until(lambda: made.kept._why == "refused: 403", "it is refused")
    feishu.handshake = {}
    feishu.connected(beyond=there)
    well(made)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "feishu: the connection is renewed: closed" in logged
    assert "feishu: the connection is renewed: refused: 403" in logged
    for secret in (word, feishu.app_secret, "ticket", "access_key", "ws://"):
        assert secret not in logged, secret
