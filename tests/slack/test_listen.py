"""What Slack's front hears, and how it answers when the desk can and cannot."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.messages import Message, OutOfReach
from bot.replies import Reply
from bot.sending import Answered, Response
from bot.slack.listen import SlackFront
from tests.fakes.slack import Delivery, FakeSlack
from tests.payloads import heard, payload, stored
from tests.samples import HOSTILE, REPLIES, say
from tests.slack.conftest import NOW, Desk

PRESS = '{"t":"undo #c1","v":3,"c":"c1"}'
FOREIGN = [
    "",
    "nope",
    "{}",
    "[]",
    "null",
    "5",
    '{"t":1,"v":1,"c":""}',
    '{"t":"x","v":"1","c":""}',
    '{"t":"x","v":true,"c":""}',
    '{"t":"x","v":1}',
    '{"t":"x","v":9223372036854775808,"c":""}',
    "[" * 1900,
]


def out_of_reach(_message: Message) -> Answered:
    raise OutOfReach


def broken(_message: Message) -> Answered:
    raise ValueError("a secret that somebody typed")


def delivered(slack: FakeSlack, kind: str, body: dict[str, Any]) -> Delivery:
    if kind == "json":
        return slack.signed(json.dumps(body).encode(), "application/json")
    form = body if kind == "form" else {"payload": json.dumps(body)}
    return slack.signed(urlencode(form).encode(), "application/x-www-form-urlencoded")


@pytest.mark.parametrize("name", stored("slack"))
def test_captured_deliveries(name: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    said = payload("slack", name)
    assert front.handle(*delivered(slack, said["kind"], said["body"])).status == 200
    if said["heard"] is None:
        assert desk.heard == []
    else:
        assert {k: heard(desk.heard[0])[k] for k in said["heard"]} == said["heard"]


def test_a_command_is_answered_in_the_acknowledgement_for_the_asker_alone(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = lambda _m: Answered(Reply((say("confirm_no"),), aside=Reply((say("apology"),))), "zh")
    answer = front.handle(*slack.command("/okr mine"))
    shown = slack.acknowledged(answer.body)
    assert answer.content_type.startswith("application/json")
    assert json.loads(answer.body)["response_type"] == "ephemeral"
    assert shown is not None
    assert shown["text"].startswith("取消\n抱歉")


def test_nothing_to_say_is_an_empty_acknowledgement(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = lambda _m: Answered(None)
    assert front.handle(*slack.command("/okr mine")).body == b""


def test_the_word_payload_in_a_command_reaches_us(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    """Bolt's own parser takes such a form for an interactive one, and loses it."""
    front.handle(*slack.command("/okr new O: cut the payload=x by half"))
    assert desk.heard[0].text == "new O: cut the payload=x by half"


def test_a_mention_delivered_twice_under_two_names_is_one_delivery(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    event = {"user": "U1", "channel": "D1", "ts": "1.2", "text": "mine"}
    front.handle(*slack.event(event | {"type": "app_mention"}))
    front.handle(*slack.event(event | {"type": "message", "channel_type": "im"}))
    assert {m.delivery for m in desk.heard} == {"D1:1.2"}


@pytest.mark.parametrize("answer", [out_of_reach, broken])
def test_a_command_that_fails_gives_back_what_was_typed(answer: Any, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = answer
    shown = slack.acknowledged(front.handle(*slack.command("/okr checkin KR1.2 45 <@U2|ben> &lt;!here&gt;")).body)
    assert shown is not None
    assert shown["text"].startswith("⚠️ Not stored" if answer is out_of_reach else "⚠️ Sorry")
    assert "checkin KR1.2 45 @ben <!here>" in shown["text"]
    assert "secret" not in shown["text"]


def test_an_event_that_cannot_be_stored_is_asked_for_again_and_a_bug_is_not(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = out_of_reach
    assert front.handle(*slack.direct("mine")) == Response(500, b"", "text/plain;charset=utf-8")
    assert front.handle(*slack.mention("mine")).status == 500
    desk.answer = broken
    assert front.handle(*slack.direct("mine")).status == 200


@pytest.mark.parametrize("answer", [out_of_reach, broken])
def test_a_press_that_fails_is_told_to_the_presser(answer: Any, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = answer
    assert front.handle(*slack.press(PRESS)).status == 200
    assert slack.messages[-1]["user"] == "U1"
    assert slack.messages[-1]["text"].startswith("⚠️ Not stored" if answer is out_of_reach else "⚠️ Sorry")


def test_a_press_that_fails_when_slack_is_away_too_is_still_acknowledged(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.answer = out_of_reach
    slack.break_down("hook")
    assert front.handle(*slack.press(PRESS)).status == 200
    slack.lose("hook")
    assert front.handle(*slack.press(PRESS)).status == 200


@pytest.mark.parametrize("value", FOREIGN)
def test_a_foreign_button_is_answered_politely(value: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    assert front.handle(*slack.press(value)).status == 200
    assert desk.heard == []
    assert "do not know this button" in slack.messages[-1]["text"]


def test_other_elements_are_no_buttons_of_ours(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    select = {"type": "static_select", "action_id": "x", "selected_option": {"value": PRESS}}
    assert front.handle(*slack.press("", actions=[select])).status == 200
    assert front.handle(*slack.press("", actions=[])).status in (200, 400)
    assert desk.heard == []


def test_an_answer_in_another_language_when_the_workspace_has_one(slack: FakeSlack) -> None:
    front = SlackFront(
        signing_secret=slack.secret, bot_token="", answer=out_of_reach, clock=lambda: NOW, api_url=slack.api_url, default_locale="zh"
    )
    shown = slack.acknowledged(front.handle(*slack.command("/okr mine")).body)
    assert shown is not None
    assert "没有存下来" in shown["text"]


def test_logs_never_hold_what_was_said_nor_a_secret(
    front: SlackFront, slack: FakeSlack, desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    word = "verysecretword"
    for answer in (broken, out_of_reach, lambda _m: Answered(REPLIES["mine"])):
        desk.answer = answer
        desk.known = False
        for said in (slack.command(f"/okr {word}"), slack.direct(word), slack.mention(word), slack.press(PRESS.replace("undo", word))):
            front.handle(*said)
            front.handle(said[0] | {"X-Slack-Signature": "v0=0"}, said[1])
            front.handle(*slack.signed(said[1][:-3], "application/json"))
    slack.break_down("users.info")
    front.handle(*slack.direct(word))
    logged = caplog.text + "".join(capfd.readouterr())
    assert "the desk failed on delivery" in logged
    for secret in (word, slack.secret, slack.token, "/hooks/", "a secret that somebody typed", HOSTILE):
        assert secret not in logged
