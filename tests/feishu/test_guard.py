"""What Feishu's front lets in: the signature before anything is decrypted, and one answer to everything else."""

import base64
import json
import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feishu.guard import MAX_BODY
from bot.feishu.listen import FeishuFront
from bot.sending import Response
from tests.fakes.feishu import Delivery, FakeFeishu
from tests.feishu.conftest import NOW, Desk

REFUSAL = Response(401, b"not authorised", "text/plain")
MALFORMED = Response(400, b"malformed", "text/plain")


def without(delivery: Delivery, *names: str) -> Delivery:
    headers, body = delivery
    return {name: value for name, value in headers.items() if name not in names}, body


def changed(feishu: FakeFeishu, header: str, value: str) -> Delivery:
    headers, body = feishu.direct("我的")
    return headers | {header: value}, body


def another_key(feishu: FakeFeishu) -> Delivery:
    stranger = FakeFeishu(now=feishu.now)
    stranger.encrypt_key = "other"
    return stranger.direct("我的")


REFUSED: dict[str, Callable[[FakeFeishu], Delivery]] = {
    "unsigned": lambda f: without(f.direct("我的"), "X-Lark-Signature"),
    "unsigned and bare": lambda f: ({}, f.direct("我的")[1]),
    "unsigned plaintext challenge": lambda f: ({}, json.dumps({"challenge": "a", "token": f.token, "type": "url_verification"}).encode()),
    "unsigned challenge with another token": lambda f: f.challenge(signed=False, token="other"),
    "unsigned garbage": lambda _f: ({}, b"\xff\x00"),
    "unsigned encrypted garbage": lambda _f: ({}, json.dumps({"encrypt": base64.b64encode(os.urandom(64)).decode()}).encode()),
    "unsigned, cut block": lambda _f: ({}, json.dumps({"encrypt": base64.b64encode(os.urandom(33)).decode()}).encode()),
    "stale": lambda f: f.signed(f.direct("我的")[1], at=NOW - 301),
    "future": lambda f: f.signed(f.direct("我的")[1], at=NOW + 301),
    "another key": another_key,
    "signed without a key": lambda f: f.signed(f.direct("我的")[1], key=""),
    "changed body": lambda f: (f.direct("我的")[0], f.direct("你的")[1]),
    "no nonce": lambda f: without(f.direct("我的"), "X-Lark-Request-Nonce"),
    "nonce beyond ASCII": lambda f: changed(f, "X-Lark-Request-Nonce", "ü"),
    "no timestamp": lambda f: without(f.direct("我的"), "X-Lark-Request-Timestamp"),
    "timestamp of words": lambda f: changed(f, "X-Lark-Request-Timestamp", "abc"),
    "endless timestamp": lambda f: changed(f, "X-Lark-Request-Timestamp", "9" * 5000),
    "signature beyond ASCII": lambda f: changed(f, "X-Lark-Signature", "ü"),
    "empty signature": lambda f: changed(f, "X-Lark-Signature", ""),
    "another token": lambda f: f.event("im.message.receive_v1", {}, token="other"),
    "no token": lambda f: f.event("im.message.receive_v1", {}, token=None),
    "token of another type": lambda f: f.event("im.message.receive_v1", {}, token=["x"]),
    "token beyond UTF-8": lambda f: f.event("im.message.receive_v1", {}, token="\ud800"),
    "signed challenge with another token": lambda f: f.challenge(token="other"),
}

GARBAGE: dict[str, Callable[[FakeFeishu], bytes]] = {
    "plaintext, though signed": lambda f: json.dumps({"schema": "2.0", "header": {"token": f.token}, "event": {}}).encode(),
    "half JSON": lambda _f: b'{"encrypt":',
    "a list": lambda _f: b"[]",
    "a number": lambda _f: b"5",
    "nothing": lambda _f: b"",
    "encrypt of a number": lambda _f: b'{"encrypt":5}',
    "not base64": lambda _f: b'{"encrypt":"!!!"}',
    "too short": lambda _f: b'{"encrypt":"AAAA"}',
    "random bytes": lambda _f: json.dumps({"encrypt": base64.b64encode(os.urandom(64)).decode()}).encode(),
    "sealed list": lambda f: f.sealed([1]),
    "sealed text": lambda f: f.sealed("x"),
    "deep": lambda _f: b'{"encrypt":' + b"[" * 100_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_feishus_own_and_fresh_is_refused_in_one_way(name: str, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    assert front.handle(*REFUSED[name](feishu)) == REFUSAL
    assert desk.heard == []


@pytest.mark.parametrize("name", GARBAGE)
def test_signed_garbage_is_malformed(name: str, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    assert front.handle(*feishu.signed(GARBAGE[name](feishu))) == MALFORMED
    assert desk.heard == []


def test_nothing_is_decrypted_before_the_signature_is_right(
    front: FeishuFront, feishu: FakeFeishu, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise AssertionError("decrypted")

    monkeypatch.setattr("bot.feishu.guard.decrypt", fail)
    assert front.handle(*changed(feishu, "X-Lark-Signature", "0" * 64)) == REFUSAL


@pytest.mark.parametrize("keys", [{"encrypt_key": ""}, {"verification_token": ""}, {"encrypt_key": "", "verification_token": ""}])
def test_without_keys_nothing_is_accepted(keys: dict[str, str], feishu: FakeFeishu, desk: Desk) -> None:
    given_keys = {"encrypt_key": feishu.encrypt_key, "verification_token": feishu.token} | keys
    front = FeishuFront(answer=desk, clock=lambda: NOW, **given_keys)  # type: ignore[arg-type]
    feishu.encrypt_key, feishu.token = given_keys["encrypt_key"], given_keys["verification_token"]
    for delivery in (feishu.direct("我的"), feishu.challenge(), feishu.challenge(signed=False)):
        assert front.handle(*delivery) == REFUSAL


def test_the_address_is_verified_signed_or_not(front: FeishuFront, feishu: FakeFeishu) -> None:
    for delivery in (feishu.challenge(), feishu.challenge(signed=False)):
        assert front.handle(*delivery) == Response(200, b'{"challenge": "abc"}')


def test_an_unsigned_challenge_answers_the_challenge_and_nothing_else(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    event = {"schema": "2.0", "header": {"token": feishu.token, "event_type": "im.message.receive_v1"}, "event": {}}
    assert front.handle({}, feishu.sealed(event)) == REFUSAL
    answer = front.handle({}, feishu.sealed(event | {"type": "url_verification", "challenge": "abc"}))
    assert answer == Response(200, b'{"challenge": "abc"}')
    assert desk.heard == []


def test_a_huge_body_is_refused(front: FeishuFront, feishu: FakeFeishu) -> None:
    assert front.handle(*feishu.signed(b"x" * (MAX_BODY + 1))).status == 413


@pytest.mark.parametrize("spelling", [str.lower, str.upper])
def test_headers_in_any_case(spelling: Callable[[str], str], front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    headers, body = feishu.direct("我的")
    assert front.handle({spelling(name): value for name, value in headers.items()}, body) == Response(200, b"{}")
    assert desk.heard[0].text == "我的"


def test_the_same_bytes_again_are_the_same_delivery(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    for delivery in (feishu.direct("我的"), feishu.group("我的"), feishu.press({"t": "mine", "v": 0, "c": ""}), feishu.menu("我的")):
        desk.heard.clear()
        front.handle(*delivery)
        front.handle(*delivery)
        assert len({message.delivery for message in desk.heard}) == 1


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["open_id", "key", "id", "value", "t", "v", "c"]), inner),
    max_leaves=8,
)
_FIELDS = ["sender", "message", "operator", "action", "context", "event_key", "chat_type", "mentions", "content", "message_id", "sender_id"]
_events = st.recursive(
    st.dictionaries(st.sampled_from(_FIELDS), _json), lambda e: st.dictionaries(st.sampled_from(_FIELDS), e), max_leaves=4
)


@pytest.fixture(scope="module")
def shared() -> tuple[FeishuFront, FakeFeishu]:
    fake = FakeFeishu(now=lambda: NOW)
    return FeishuFront(verification_token=fake.token, encrypt_key=fake.encrypt_key, answer=Desk(), clock=lambda: NOW), fake


@settings(deadline=None)
@given(event=_events, kind=st.sampled_from(["im.message.receive_v1", "card.action.trigger", "application.bot.menu_v6", "x", None]))
def test_no_signed_payload_is_ever_a_5xx(event: dict[str, object], kind: str, shared: tuple[FeishuFront, FakeFeishu]) -> None:
    front, fake = shared
    assert front.handle(*fake.event(kind, event)).status == 200
