"""What Slack's front lets in: the signature first, and garbage is never a 5xx."""

import json
import os
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sending import Response
from bot.slack.guard import MAX_BODY
from bot.slack.listen import SlackFront
from tests.fakes.slack import Delivery, FakeSlack
from tests.slack.conftest import NOW, Desk

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

REFUSED: dict[str, Callable[[FakeSlack], Delivery]] = {
    "unsigned": lambda s: ({"Content-Type": FORM}, s.command("/okr mine")[1]),
    "stale": lambda s: s.signed(b"command=/okr", FORM, at=NOW - 301),
    "future": lambda s: s.signed(b"command=/okr", FORM, at=NOW + 301),
    "another app's secret": lambda s: s.signed(b"command=/okr", FORM, secret="other"),
    "no secret at all": lambda s: s.signed(b"command=/okr", FORM, secret=""),
    "changed body": lambda s: (s.command("/okr mine")[0], s.command("/okr yours")[1]),
    "timestamp of words": lambda s: changed(s, "X-Slack-Request-Timestamp", "abc"),
    "timestamp of other digits": lambda s: changed(s, "X-Slack-Request-Timestamp", "１７９５００００００"),
    "endless timestamp": lambda s: changed(s, "X-Slack-Request-Timestamp", "9" * 5000),
    "negative timestamp": lambda s: changed(s, "X-Slack-Request-Timestamp", f"-{int(NOW)}"),
    "no timestamp": lambda s: changed(s, "X-Slack-Request-Timestamp", ""),
    "signature beyond ASCII": lambda s: changed(s, "X-Slack-Signature", "v0=ü"),
    "cut signature": lambda s: changed(s, "X-Slack-Signature", "v0="),
    "other version": lambda s: changed(s, "X-Slack-Signature", "v1" + s.command("/okr")[0]["X-Slack-Signature"][2:]),
}

MALFORMED = {
    "half JSON": (b'{"type":', JSON),
    "JSON list": (b"[1,2]", JSON),
    "JSON without a type": (b'{"a":1}', JSON),
    "form without a value": (b"command", FORM),
    "form of nothing": (b"", FORM),
    "form of something else": (b"a=b&c=d", FORM),
    "payload of half JSON": (b"payload=%7B%22type", FORM),
    "payload of a list": (b"payload=%5B%5D", FORM),
    "not UTF-8": (b"\xff\xfe{}", JSON),
    "binary": (bytes(range(256)), "application/octet-stream"),
    "event that is a list": (b'{"type":"event_callback","event":[]}', JSON),
    "event without a type": (b'{"type":"event_callback","event":{}}', JSON),
    "no event": (b'{"type":"event_callback"}', JSON),
    "user that is a number": (b'{"type":"block_actions","user":5,"actions":[{"action_id":"x"}]}', JSON),
    "actions of strings": (b'{"type":"block_actions","actions":["x"]}', JSON),
    "authorizations of strings": (b'{"type":"event_callback","event":{"type":"x"},"authorizations":["x"]}', JSON),
    "deep JSON": (b'{"type":' + b"[" * 100_000, JSON),
    "endless number": (b'{"type":"x","n":' + b"9" * 10_000 + b"}", JSON),
    "thousand fields": (urlencode({f"f{i}": i for i in range(1000)}).encode(), FORM),
}


def changed(slack: FakeSlack, header: str, value: str) -> Delivery:
    headers, body = slack.command("/okr mine")
    return headers | {header: value}, body


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_signed_by_slack_and_fresh_is_refused(name: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    assert front.handle(*REFUSED[name](slack)) == Response(401, b"not authorised", "text/plain")
    assert desk.heard == []
    assert slack.calls == []


@pytest.mark.parametrize("name", MALFORMED)
def test_signed_garbage_is_malformed_and_no_failure_of_ours(name: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    assert front.handle(*slack.signed(*MALFORMED[name])) == Response(400, b"malformed", "text/plain")
    assert desk.heard == []


def test_a_huge_body_is_refused_before_anything_is_read(front: SlackFront, slack: FakeSlack) -> None:
    assert front.handle(*slack.signed(b"a=" + b"x" * MAX_BODY, FORM)).status == 413


def test_without_a_secret_nothing_is_accepted(slack: FakeSlack, desk: Desk) -> None:
    front = SlackFront(signing_secret="", bot_token="", answer=desk, clock=lambda: NOW, api_url=slack.api_url)
    assert front.handle(*slack.signed(slack.command("/okr")[1], FORM, secret="")).status == 401


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_headers_in_any_case(spelling: Callable[[str], str], front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    headers, body = slack.command("/okr mine")
    assert front.handle({spelling(name): value for name, value in headers.items()}, body).status == 200
    assert desk.heard[0].text == "mine"


def test_the_edges_of_freshness(front: SlackFront, slack: FakeSlack) -> None:
    body = slack.command("/okr mine")[1]
    assert [front.handle(*slack.signed(body, FORM, at=NOW + d)).status for d in (-300, 0, 300)] == [200, 200, 200]


def test_the_same_bytes_again_are_the_same_delivery(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    for delivery in (slack.command("/okr mine"), slack.direct("mine"), slack.press('{"t":"mine","v":0,"c":""}')):
        desk.heard.clear()
        headers, body = delivery
        front.handle(headers, body)
        front.handle(headers | {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}, body)
        assert len({message.delivery for message in desk.heard}) == 1
        assert len(desk.heard) == 2


def test_without_a_trigger_two_commands_are_still_two(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    for text in ("/okr mine", "/okr mine", "/okr company"):
        front.handle(*slack.command(text, trigger_id="", response_url=""))
    assert len({message.delivery for message in desk.heard}) == 2


def test_the_address_is_verified(front: SlackFront, slack: FakeSlack) -> None:
    answer = front.handle(*slack.challenge())
    assert (answer.status, json.loads(answer.body)) == (200, {"challenge": "abc"})
    assert front.handle(*slack.signed(b"ssl_check=1&token=x", FORM)).status == 200


def test_bolts_own_variables_change_nothing(slack: FakeSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_VERIFICATION_TOKEN"):
        monkeypatch.setenv(name, "other")
    front = SlackFront(signing_secret=slack.secret, bot_token=slack.token, api_url=slack.api_url, answer=desk, clock=lambda: NOW)
    assert front.bolt.oauth_flow is None
    assert os.environ["SLACK_CLIENT_ID"] == "other"
    assert front.handle(*slack.command("/okr mine")).status == 200


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = [
    *("type", "event", "user", "team", "channel", "container", "message", "actions", "authorizations", "command", "text"),
    *("team_id", "trigger_id", "response_url", "enterprise", "view", "is_enterprise_install", "bot_id", "callback_id", "token"),
]
_KINDS = ["event_callback", "block_actions", "view_submission", "shortcut", "url_verification", "interactive_message", "message"]
_payloads = st.dictionaries(st.sampled_from(_FIELDS), _json, max_size=8).flatmap(
    lambda body: st.sampled_from([body, *({**body, "type": kind} for kind in _KINDS)])
)
_events = st.dictionaries(st.sampled_from(["type", "user", "channel", "ts", "text", "team", "channel_type", "subtype", "bot_id"]), _json)


@pytest.fixture(scope="module")
def shared() -> tuple[SlackFront, FakeSlack]:
    fake = FakeSlack(now=lambda: NOW)
    front = SlackFront(signing_secret=fake.secret, bot_token="", api_url="http://127.0.0.1:9/", answer=Desk(), clock=lambda: NOW)
    return front, fake


@settings(deadline=None)
@given(body=_payloads | _events.map(lambda e: {"type": "event_callback", "event": {"type": "message", "channel_type": "im", **e}}))
def test_no_signed_payload_is_ever_a_5xx(body: dict[str, object], shared: tuple[SlackFront, FakeSlack]) -> None:
    front, fake = shared
    raw = json.dumps(body).encode()
    assert front.handle(*fake.signed(raw, JSON)).status in (200, 400, 401)
    assert front.handle(*fake.signed(urlencode({"payload": raw}).encode(), FORM)).status in (200, 400, 401)
