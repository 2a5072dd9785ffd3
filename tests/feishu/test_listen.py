"""What Feishu's front hears, and how it answers when the desk can and cannot."""

import json
import subprocess
import sys
from typing import Any

import pytest

from bot.feishu.listen import FeishuFront
from bot.messages import Message, OutOfReach
from bot.replies import Reply
from bot.sending import Answered, Response
from tests.fakes.feishu import FakeFeishu
from tests.feishu.conftest import NOW, Desk
from tests.payloads import heard, payload, stored
from tests.samples import say

VALUE = {"t": "undo #c1", "v": 3, "c": "c1"}
FOREIGN: list[Any] = [None, "x", 5, [], {}, {"t": "x"}, VALUE | {"v": "3"}, VALUE | {"v": True}, VALUE | {"v": 2**63}, VALUE | {"c": None}]


def out_of_reach(_message: Message) -> Answered:
    raise OutOfReach


def broken(_message: Message) -> Answered:
    raise ValueError("a secret that somebody typed")


@pytest.mark.parametrize("name", stored("feishu"))
def test_captured_deliveries(name: str, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    said = payload("feishu", name)
    text = json.dumps(said["body"]).replace('"TOKEN"', json.dumps(feishu.token)).replace('"APP"', json.dumps(feishu.app_id))
    assert front.handle(*feishu.signed(feishu.sealed(json.loads(text)))).status == 200
    if said["heard"] is None:
        assert desk.heard == []
    else:
        assert {k: heard(desk.heard[0])[k] for k in said["heard"]} == said["heard"]


def test_a_press_redraws_the_card_in_the_acknowledgement(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    desk.answer = lambda _m: Answered(Reply((say("confirm_no"),), card="c1"), "zh", redraw=True)
    said = feishu.acknowledged(front.handle(*feishu.press(VALUE)).body)
    assert said["toast"] == {"type": "success", "content": "取消"}
    assert said["card"]["data"]["body"]["elements"][0]["text"]["content"] == "取消"


def test_a_press_without_a_redraw_is_a_passing_notice(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    assert feishu.acknowledged(front.handle(*feishu.press(VALUE)).body) == {"toast": {"type": "success", "content": "Cancel"}}
    desk.answer = lambda _m: Answered(None)
    assert front.handle(*feishu.press(VALUE)) == Response(200, b"{}")


@pytest.mark.parametrize("answer", [out_of_reach, broken])
def test_a_press_that_fails_says_so(answer: Any, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    desk.answer = answer
    toast = feishu.acknowledged(front.handle(*feishu.press(VALUE)).body)["toast"]
    assert toast["type"] == "error"
    assert toast["content"].startswith("没有存下来" if answer is out_of_reach else "抱歉")


@pytest.mark.parametrize("value", FOREIGN)
def test_a_foreign_button_is_answered_politely(value: Any, front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    toast = feishu.acknowledged(front.handle(*feishu.press(value)).body)["toast"]
    assert toast["content"].startswith("这个按钮已经失效了")
    assert desk.heard == []


def test_a_message_that_cannot_be_stored_is_asked_for_again_and_a_bug_is_not(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    desk.answer = out_of_reach
    assert [front.handle(*d).status for d in (feishu.direct("我的"), feishu.group("我的"), feishu.menu("我的"))] == [500] * 3
    desk.answer = broken
    assert front.handle(*feishu.direct("我的")) == Response(200, b"{}")


def test_a_press_in_a_conversation_that_we_know_to_be_direct(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    card = {"id": "om_1", "channel": "oc_ou_1"}
    front.handle(*feishu.press(VALUE, message=card))
    front.handle(*feishu.direct("我的"))
    front.handle(*feishu.press(VALUE, message=card))
    front.handle(*feishu.press(VALUE | {"d": 1}, message={"id": "om_2", "channel": "oc_other"}))
    assert [m.place.shared for m in desk.heard if m.entry == "press"] == [True, False, False]


def test_while_feishu_does_not_tell_who_we_are_any_bot_mentioned_is_us(feishu: FakeFeishu, desk: Desk) -> None:
    front = FeishuFront(verification_token=feishu.token, encrypt_key=feishu.encrypt_key, answer=desk, clock=lambda: NOW)
    front.handle(*feishu.group("求助 KR1 {ou_2}"))
    assert desk.heard[0].mentions[0].user == "ou_2"
    assert desk.heard[0].text.startswith("求助 KR1")


def test_other_peoples_apps_and_tenants(feishu: FakeFeishu, desk: Desk) -> None:
    front = FeishuFront(
        verification_token=feishu.token,
        encrypt_key=feishu.encrypt_key,
        answer=desk,
        clock=lambda: NOW,
        app_id=feishu.app_id,
        tenant="tenant1",
    )
    front.handle(*feishu.event("im.message.receive_v1", {}, app_id="cli_other"))
    assert desk.heard == []
    event = {"sender": {"sender_id": {"open_id": "ou_1"}, "sender_type": "user", "tenant_key": "tenant9"}, "message": {}}
    event["message"] = {"message_id": "om_1", "chat_type": "p2p", "chat_id": "oc_1", "message_type": "text", "content": '{"text":"x"}'}
    front.handle(*feishu.event("im.message.receive_v1", event, tenant_key="tenant9"))
    assert (desk.heard[0].sender.workspace, desk.heard[0].sender.outsider) == ("tenant1", True)


def test_the_first_tenant_heard_is_ours(front: FeishuFront, feishu: FakeFeishu, desk: Desk) -> None:
    front.handle(*feishu.direct("我的"))
    front.handle(*feishu.said("我的", "ou_1", {"chat_type": "p2p", "chat_id": "oc_1"}, sender={"tenant_key": "tenant9"}))
    assert [m.sender.outsider for m in desk.heard] == [False, True]


def test_logs_never_hold_what_was_said_nor_a_secret(front: FeishuFront, feishu: FakeFeishu, desk: Desk, caplog: Any, capfd: Any) -> None:
    caplog.set_level(0)
    word = "verysecretword"
    for answer in (broken, out_of_reach):
        desk.answer = answer
        for said in (feishu.direct(word), feishu.group(word), feishu.press(VALUE | {"t": word}), feishu.menu(word)):
            front.handle(*said)
            front.handle(said[0] | {"X-Lark-Signature": "0"}, said[1])
            front.handle(*feishu.signed(said[1][:-9]))
    logged = caplog.text + "".join(capfd.readouterr())
    assert "the desk failed on delivery" in logged
    for secret in (word, feishu.token, feishu.encrypt_key, feishu.app_secret, "a secret that somebody typed"):
        assert secret not in logged


def test_the_sdk_is_not_loaded_until_a_sender_is_made() -> None:
    code = "import sys, bot.feishu.listen, bot.feishu.send, bot.feishu.render; assert 'lark_oapi' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
