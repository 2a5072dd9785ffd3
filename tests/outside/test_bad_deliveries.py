"""Deliveries that no platform would send: each is refused, none has an effect, and none is quoted anywhere."""

import json
import socket
import time
from collections.abc import Iterable
from urllib.parse import urlencode

import httpx
import pytest

from tests.outside.conftest import Place
from tests.outside.program import SOON, Delivery, Serving

SECRET_WORD = "xyzzy-plugh"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def _form(place: Place, user: str, text: str, **changed: str) -> bytes:
    headers, body = place.slack.command(f"/okr {text}", user=user, **changed)
    assert headers["Content-Type"] == FORM
    return body


def _untouched(place: Place, user: str) -> None:
    """Nothing of this person was stored, and nothing of what was said is in the log."""
    assert SECRET_WORD not in place.serving.stderr()
    assert SECRET_WORD not in place.serving.typed("/okr mine", user=user)["text"]
    assert place.serving.get("/healthz").status_code == 200


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_not_from_slack(place: Place) -> None:
    p, slack, user = place.serving, place.slack, place.colleague()
    body = _form(place, user, f"new O: {SECRET_WORD}\nKR1: a from 1 to 2")
    headers, _ = slack.signed(body, FORM)
    wrong: list[dict[str, str]] = [
        {"Content-Type": FORM},
        {name: value for name, value in headers.items() if name != "X-Slack-Signature"},
        {name: value for name, value in headers.items() if name != "X-Slack-Request-Timestamp"},
        headers | {"X-Slack-Signature": "v0=" + "0" * 64},
        headers | {"X-Slack-Signature": headers["X-Slack-Signature"][3:]},
        headers | {"X-Slack-Signature": ""},
        headers | {"X-Slack-Request-Timestamp": str(int(time.time()) + 1)},
        headers | {"X-Slack-Request-Timestamp": "-1"},
        headers | {"X-Slack-Request-Timestamp": "9" * 400},
        headers | {"X-Slack-Request-Timestamp": "1e9"},
        slack.signed(body, FORM, at=time.time() - 400)[0],
        slack.signed(body, FORM, at=time.time() + 400)[0],
        slack.signed(body, FORM, secret="another")[0],
        slack.signed(body, FORM, secret="")[0],
        slack.signed(body + b" ", FORM)[0],
    ]
    answers = [p.slack((given, body), status=401) for given in wrong]
    assert len({answer.text for answer in answers}) == 1, "the answer tells what was wrong"
    _untouched(place, user)


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_not_from_feishu(place: Place) -> None:
    p, feishu, user = place.serving, place.feishu, place.employee()
    said = f"新建 O：{SECRET_WORD}\nKR1：客户从 1 到 2"
    headers, body = feishu.direct(said, user)
    plain = json.dumps({"schema": "2.0", "header": {"token": feishu.token, "event_type": "im.message.receive_v1"}, "event": {}}).encode()
    wrong: list[Delivery] = [
        ({"Content-Type": JSON}, body),
        (headers | {"X-Lark-Signature": "0" * 64}, body),
        (headers | {"X-Lark-Request-Nonce": "other"}, body),
        feishu.signed(body, at=time.time() - 400),
        feishu.signed(body, at=time.time() + 400),
        feishu.signed(body, key="another"),
        feishu.event("im.message.receive_v1", {}, token="wrong"),
        ({"Content-Type": JSON}, plain),
    ]
    for delivery in wrong:
        p.feishu(delivery, status=401)
    p.feishu(feishu.signed(plain), status=400)
    p.says("我的", user)
    assert SECRET_WORD not in "".join(m["text"] for m in feishu.messages if m["channel"] == f"oc_{user}")
    assert SECRET_WORD not in p.stderr()


def test_the_same_bytes_again(place: Place) -> None:
    """A replay within the minutes that a signature is good for: the same answer, one effect."""
    p, user = place.serving, place.colleague()
    delivery = place.slack.command("/okr new O: Once\nKR1: a from 1 to 2", user=user)
    first = p.slack(delivery)
    assert [p.slack(delivery).content for _ in range(3)] == [first.content] * 3
    assert "O2" not in p.typed("/okr publish all", user=user)["text"]
    shown = place.slack.acknowledged(first.content, user=user)
    assert shown is not None
    press = place.slack.command("/okr KR1.1 +1", user=user)
    assert p.slack(press).content == p.slack(press).content
    assert "+1" not in p.typed("/okr KR1.1", user=user)["text"]
    history = p.typed("/okr history KR1.1", user=user)["text"]
    assert history.count("→") <= 2, history


MALFORMED = [
    (b"", FORM),
    (b"{", JSON),
    (b"[]", JSON),
    (b'"okr"', JSON),
    (b"{}", JSON),
    (b"null", JSON),
    (b"\xff\xfe", FORM),
    (b'{"type":"event_callback"}', JSON),
    (b'{"type":"event_callback","event":[]}', JSON),
    (b'{"type":"event_callback","event":{"type":7}}', JSON),
    (b'{"type":"event_callback","event":{"type":"message","channel_type":"im"},"authorizations":[7]}', JSON),
    (b'{"type":"block_actions","actions":[[]]}', JSON),
    (b'{"type":"block_actions","user":"U1"}', JSON),
    (b"payload=", FORM),
    (b"payload=%7B", FORM),
    (b"payload=%5B%5D", FORM),
    (b"payload=7", FORM),
    (b"a=1&" * 200 + b"command=%2Fokr", FORM),
    (b'{"a":' * 40_000 + b"1" + b"}" * 40_000, JSON),
    (b'{"type":' + b"9" * 5_000 + b"}", JSON),
    (urlencode({"command": "/okr", "text": "mine\x00", "user_id": "\x00", "team_id": "T1"}).encode(), FORM),
    (b"command=/okr&text=%FF%FE%ED%A0%80&user_id=U1&team_id=T1", FORM),
    (b'{"type":"event_callback","event":{"type":"message","channel_type":"im","user":"U1","ts":"1","text":"\\ud800"}}', JSON),
    (b'{"type":"event_callback","event":{"type":"app_mention","user":{},"ts":[],"text":{}}}', JSON),
]


@pytest.mark.parametrize("number", range(len(MALFORMED)))
def test_signed_and_malformed(place: Place, number: int) -> None:
    body, kind = MALFORMED[number]
    answer = place.serving.post("/slack/events", place.slack.signed(body, kind))
    assert answer.status_code in (200, 400), answer.text
    assert "Traceback" not in answer.text
    fenced = {"command", "event"} & {word for word in ("command", "event") if word.encode() in body}
    assert answer.status_code == 400 or fenced, "nothing that can be read is acknowledged"
    raw = place.feishu.sealed(json.loads(body)) if _is_json(body) else body
    sealed = place.serving.post("/feishu/events", place.feishu.signed(raw))
    assert sealed.status_code in (200, 400, 401), sealed.text


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def test_shapes_that_feishu_never_sends(place: Place) -> None:
    p, feishu = place.serving, place.feishu
    events = [
        {},
        {"message": [], "sender": "ou_1"},
        {"message": {"message_id": {}, "content": 7, "chat_type": "p2p"}, "sender": {"sender_id": {"open_id": "ou_1"}}},
        {"message": {"message_id": "om_x1", "content": "{", "chat_type": "p2p"}, "sender": {"sender_id": {"open_id": "ou_1"}}},
        {"message": {"message_id": "om_x2", "content": "[[[", "chat_type": "p2p", "mentions": [7, {}, {"id": "x"}]}, "sender": {}},
        {"action": {"value": "undo"}, "operator": {"open_id": "ou_1"}},
        {"action": {"value": {"t": "undo", "v": True, "c": ""}}, "operator": {}},
        {"action": {"value": {"t": "undo", "v": 10**30, "c": ""}}, "operator": {"open_id": "ou_1"}},
    ]
    for kind in ("im.message.receive_v1", "card.action.trigger", "application.bot.menu_v6", "never.heard.of", ""):
        for event in events:
            answer = p.feishu(feishu.event(kind, event))
            feishu.acknowledged(answer.content)


def _raw(place: Place, head: bytes, pieces: Iterable[bytes] = ()) -> bytes:
    """What the server says to these bytes; b"" when it just hung up."""
    with socket.create_connection(("127.0.0.1", place.serving.port), timeout=20) as line:
        try:
            line.sendall(head)
            for piece in pieces:
                line.sendall(piece)
        except OSError:
            pass
        try:
            return line.recv(65536)
        except OSError:
            return b""


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/slack/events", "/feishu/events"])
def test_too_large(place: Place, path: str) -> None:
    p = place.serving
    signed = place.slack.signed if path.startswith("/slack") else lambda body, _kind: place.feishu.signed(body)
    for size, status in ((300 * 1024, 413), (256 * 1024 + 1, 413), (256 * 1024, 400)):
        assert p.post(path, signed(b"x" * size, FORM)).status_code == status
    lying = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n".encode()
    assert b" 413 " in _raw(place, lying).split(b"\r\n")[0]

    before = p.resident()
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    streamed = f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    said = _raw(place, streamed, [chunk] * 320 + [b"0\r\n\r\n"])
    assert said == b"" or b" 413 " in said.split(b"\r\n")[0], said
    assert p.resident() - before < 12, "a body that is refused is kept in memory"
    assert p.get("/healthz").status_code == 200


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_chunked_body_is_as_good(place: Place) -> None:
    p, user = place.serving, place.colleague()
    headers, body = place.slack.command("/okr mine", user=user)
    pieces = [body[i : i + 7] for i in range(0, len(body), 7)]
    with httpx.Client(trust_env=False) as client:
        answer = client.post(f"http://127.0.0.1:{p.port}/slack/events", headers=headers, content=iter(pieces))
    assert answer.status_code == 200
    assert place.slack.acknowledged(answer.content, user=user)


GARBAGE = [
    b"X-Slack-Signature: v0=\xff\xfe\xc3\xa9\r\nX-Slack-Request-Timestamp: 1",
    b"X-Slack-Request-Timestamp: \xd9\xa1\xd9\xa2\r\nX-Slack-Signature: v0=0",
    b"X-Lark-Signature: \xff\r\nX-Lark-Request-Timestamp: \xff\r\nX-Lark-Request-Nonce: \xff",
    b"X-Lark-Signature: 0\r\nX-Lark-Request-Nonce: " + b"\xe4\xb8\xad" * 20 + b"\r\nX-Lark-Request-Timestamp: 1",
    b"Content-Type: \xff\xff; charset=\xc3\xa9",
    b"\xc3\xa9: 1",
    b"no colon at all",
    b"X: " + b"y" * 70_000,
    b"Content-Length: -5",
    b"Content-Length: \xb2",
    b"Transfer-Encoding: chunked, chunked\r\nContent-Length: 3",
]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("number", range(len(GARBAGE)))
@pytest.mark.parametrize("path", ["/slack/events", "/feishu/events", "/healthz"])
def test_garbage_for_headers(place: Place, path: str, number: int) -> None:
    said = _raw(place, f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".encode() + GARBAGE[number] + b"\r\n\r\n")
    assert said == b"" or said.split()[1] in (b"400", b"401", b"405", b"411", b"413", b"431", b"501"), said[:200]
    assert place.serving.get("/healthz").status_code == 200


WRONG = [
    ("GET", "/slack/events", 405),
    ("PUT", "/slack/events", 405),
    ("GET", "/feishu/events", 405),
    ("POST", "/healthz", 405),
    ("POST", "/readyz", 405),
    ("GET", "/slack/events/", 404),
    ("POST", "/slack", 404),
    ("GET", "/../app.py", 404),
    ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
    ("GET", "/metrics", 404),
    ("GET", "/.env", 404),
    ("BREW", "/slack/events", 400),
]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("method", "path", "status"), WRONG)
def test_the_wrong_door(place: Place, method: str, path: str, status: int) -> None:
    answer = place.serving.ask(method, path)
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_half_a_request(place: Place) -> None:
    """Somebody who begins and does not go on, or leaves in the middle, holds nobody up."""
    p, user = place.serving, place.colleague()
    lines = [socket.create_connection(("127.0.0.1", p.port), timeout=5) for _ in range(60)]
    for i, line in enumerate(lines):
        line.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + b"x" * i)
    began = time.monotonic()
    assert p.typed("/okr mine", user=user)
    assert time.monotonic() - began < SOON, "it hangs"
    for line in lines:
        line.close()
    assert p.get("/healthz").status_code == 200
    _no_noise(p)


def _no_noise(p: Serving) -> None:
    assert "Traceback" not in p.stderr(), p.stderr()[-2000:]
