"""What becomes of a message to Feishu: one attempt, one honest outcome, and a key that makes a repeat harmless."""

import socket
from typing import Any

import pytest

from bot.feishu.chats import DirectChats
from bot.feishu.listen import FeishuFront
from bot.feishu.send import FeishuSender
from bot.replies import Button, Buttons, Copy, Reply, Say
from bot.sending import Address, Answered, Department, Later, Never, Outgoing, Profile, Sent, Unknown
from tests.fakes.feishu import FakeFeishu
from tests.feishu.conftest import NOW

REPLY = Reply((Say("confirm_no"), Copy("<at id=all></at>"), Buttons((Button("confirm_no", "undo #c1", 2),))), card="c1")


def outgoing(key: str = "k1", reply: Reply = REPLY, **to: str) -> Outgoing:
    return Outgoing(key, "feishu", "tenant1", Address(**to), reply, "zh")


@pytest.fixture
def sender(feishu: FakeFeishu) -> FeishuSender:
    return FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=lambda: NOW)


def test_to_a_group_a_person_and_a_thread(sender: FeishuSender, feishu: FakeFeishu) -> None:
    assert sender.send(outgoing("a", channel="oc_group")) == Sent(feishu.messages[-1]["id"])
    assert feishu.messages[-1]["buttons"] == [("取消", {"t": "undo #c1", "v": 2, "c": "c1"})]
    assert sender.send(outgoing("b", user="ou_1")) == Sent(feishu.messages[-1]["id"])
    assert feishu.messages[-1]["buttons"] == [("取消", {"t": "undo #c1", "v": 2, "c": "c1", "d": 1})]
    assert sender.send(outgoing("c", channel="oc_group", thread="om_9")) == Sent(feishu.messages[-1]["id"])
    assert feishu.messages[-1]["thread"] == "om_9"


def test_a_card_in_a_conversation_that_we_know_to_be_direct_says_so(feishu: FakeFeishu) -> None:
    chats = DirectChats()
    sender = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=lambda: NOW, direct=chats)
    front = FeishuFront(
        verification_token=feishu.token, encrypt_key=feishu.encrypt_key, answer=lambda _m: Answered(None), clock=lambda: NOW, direct=chats
    )
    front.handle(*feishu.direct("我的"))
    sender.send(outgoing(channel="oc_ou_1"))
    assert feishu.messages[-1]["buttons"][0][1]["d"] == 1


def test_for_one_persons_eyes_beside_a_group_it_goes_to_them_directly(sender: FeishuSender, feishu: FakeFeishu) -> None:
    sender.send(outgoing(channel="oc_group", user="ou_1", thread="om_9"))
    assert (feishu.messages[-1]["user"], feishu.messages[-1]["thread"]) == ("ou_1", "")


def test_a_message_to_answer_that_is_gone_is_answered_in_the_group(sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.fail("reply", 230011)
    assert isinstance(sender.send(outgoing(channel="oc_group", thread="om_9")), Sent)
    assert (feishu.messages[-1]["channel"], feishu.messages[-1]["thread"]) == ("oc_group", "")
    assert isinstance(sender.send(outgoing("k2", channel="oc_group", thread="omt_topic")), Sent)


def test_a_card_is_redrawn_in_place(sender: FeishuSender, feishu: FakeFeishu) -> None:
    sent = sender.send(outgoing(channel="oc_group"))
    assert isinstance(sent, Sent)
    assert sender.send(outgoing("k2", Reply((Say("pressed_unknown"),)), channel="oc_group", message=sent.message)) == sent
    assert feishu.messages[-1]["text"].startswith("这个按钮已经失效了")
    assert sender.send(outgoing("k3", channel="oc_group", message="om_404")) == Never("edit", "99992354")


def test_the_same_key_is_posted_once(sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.lose("message")
    assert isinstance(sender.send(outgoing(user="ou_1")), Unknown)
    assert sender.send(outgoing(user="ou_1")) == Sent(feishu.messages[0]["id"])
    assert len(feishu.messages) == 1


NO_EDIT = [230011, 230031, 230075, 230110, 99992354]


@pytest.mark.parametrize("code", NO_EDIT)
def test_a_card_that_cannot_be_changed_any_more(code: int, sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.fail("update", code)
    assert sender.send(outgoing(user="ou_1", message="om_1")) == Never("edit", str(code))


def test_whether_a_repeat_is_harmless(sender: FeishuSender) -> None:
    assert sender.posted(outgoing(user="ou_1"), 54 * 60) is None
    assert isinstance(sender.posted(outgoing(user="ou_1"), 56 * 60), Unknown)
    assert sender.posted(outgoing(user="ou_1", message="om_1"), 56 * 60) is None


ERRORS = {
    230020: Later(5.0, "230020", "receiver"),
    230049: Later(5.0, "230049"),
    99991400: Later(30.0, "99991400", "everybody"),
    11232: Later(5.0, "11232", "everybody"),
    230002: Never("gone", "230002"),
    230013: Never("gone", "230013"),
    230029: Never("gone", "230029"),
    230034: Never("gone", "230034"),
    230053: Never("gone", "230053"),
    232009: Never("gone", "232009"),
    230035: Never("gone", "230035"),
    230018: Never("gone", "230018"),
    230001: Never("content", "230001"),
    230025: Never("content", "230025"),
    230022: Never("content", "230022"),
    230028: Never("content", "230028"),
    230099: Never("content", "230099"),
    230006: Never("setup", "230006"),
    230027: Never("setup", "230027"),
    230038: Never("gone", "230038"),
    99992402: Never("content", "99992402"),
    99992354: Never("content", "99992354"),
    999: Never("content", "999"),
}


@pytest.mark.parametrize("code", ERRORS)
def test_feishus_refusals(code: int, sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.fail("message", code)
    assert sender.send(outgoing(user="ou_1")) == ERRORS[code]
    assert feishu.messages == []


def test_too_many(sender: FeishuSender, feishu: FakeFeishu) -> None:
    for status in (429, 400):
        feishu.rate_limit("message", 17, status=status)
        assert sender.send(outgoing(user="ou_1")) == Later(17.0, "99991400", "everybody")


def test_a_token_that_has_died_is_fetched_anew_once(sender: FeishuSender, feishu: FakeFeishu) -> None:
    sender.send(outgoing("a", user="ou_1"))
    feishu.revoke_tokens()
    assert isinstance(sender.send(outgoing("b", user="ou_1")), Sent)
    assert [name for name, _ in feishu.calls] == ["token", "message", "message", "token", "message"]
    feishu.fail("message", 99991663, times=2)
    assert sender.send(outgoing("c", user="ou_1")) == Never("setup", "99991663")


def test_without_a_token_nothing_was_sent(feishu: FakeFeishu) -> None:
    sender = FeishuSender(app_id=feishu.app_id, app_secret="wrong", domain=feishu.domain, clock=lambda: NOW)
    assert sender.send(outgoing(user="ou_1")) == Never("setup", "10014")
    assert sender.reachable() == "feishu: 10014"
    feishu.break_down("token")
    assert sender.send(outgoing(user="ou_1")) == Later(30.0, "unreachable", "everybody")
    feishu.lose("token")
    assert sender.send(outgoing(user="ou_1")) == Later(30.0, "unreachable", "everybody")
    assert [name for name, _ in feishu.calls if name == "message"] == []


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_broken_feishu_may_have_it(status: int, sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.break_down("message", status)
    assert sender.send(outgoing(user="ou_1")) == Unknown(f"http {status}")
    assert sender.reachable() == f"feishu: http {status}"
    sender.send(outgoing(user="ou_1"))
    assert sender.reachable() == ""


def test_trouble_ends_when_feishu_answers_again(feishu: FakeFeishu) -> None:
    now = [NOW]
    sender = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=lambda: now[0])
    assert sender.reachable() == ""
    feishu.break_down("message")
    sender.send(outgoing(user="ou_1"))
    assert sender.reachable() != ""
    now[0] += 31
    assert [sender.reachable() for _ in range(3)] == [""] * 3
    assert [name for name, _ in feishu.calls].count("bot") == 2


def test_a_late_answer_is_unknown(feishu: FakeFeishu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feishu.send.SECONDS", 0.3)
    sender = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=lambda: NOW)
    feishu.delay("message", 0.6)
    assert isinstance(sender.send(outgoing(user="ou_1")), Unknown)


def test_nobody_there_is_later(sender: FeishuSender, feishu: FakeFeishu) -> None:
    sender.send(outgoing("a", user="ou_1"))  # now it holds a token
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    away = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=address, clock=lambda: NOW)
    assert away.send(outgoing("b", user="ou_1")) == Later(30.0, "unreachable", "everybody")
    assert away.profile("ou_1") is None
    assert away.bot_identity() == ""


def test_who_we_are_is_asked_once_and_again_later_when_it_fails(feishu: FakeFeishu) -> None:
    now = [NOW]
    sender = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=lambda: now[0])
    feishu.fail("bot", 99991400)
    assert [sender.bot_identity() for _ in range(3)] == [""] * 3
    now[0] += 31
    assert [sender.bot_identity() for _ in range(3)] == ["ou_bot"] * 3
    assert sender.reachable() == ""
    assert [name for name, _ in feishu.calls].count("bot") == 1


def test_profile(sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.add_user("ou_7", "王芳", leader="ou_1", is_resigned=True)
    assert sender.profile("ou_7") == Profile("王芳", "ou_7@example.cn", "Asia/Shanghai", None, "ou_1", (), active=False)
    assert sender.profile("ou_404") is None


def test_departments_with_their_leads_are_asked_once(sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.add_department("od-1", "增长", leader="ou_1")
    feishu.add_department("od-2", "品牌")
    feishu.add_user("ou_7", "王芳", departments=["0", "od-1", "od-2"])
    feishu.add_user("ou_8", "李雷", departments=["od-1"])
    growth, brand = Department("od-1", "增长", "ou_1"), Department("od-2", "品牌")
    assert _departments(sender, "ou_7") == (growth, brand)
    assert _departments(sender, "ou_8") == (growth,)
    assert [name for name, _ in feishu.calls].count("department") == 2


def test_departments_are_asked_again_after_a_while(feishu: FakeFeishu) -> None:
    now = [NOW]
    sender = FeishuSender(app_id=feishu.app_id, app_secret=feishu.app_secret, domain=feishu.domain, clock=lambda: now[0])
    feishu.add_department("od-1", "增长")
    feishu.add_user("ou_7", "王芳", departments=["od-1"])
    assert _departments(sender, "ou_7") == (Department("od-1", "增长"),)
    feishu.add_department("od-1", "用户增长", leader="ou_2")
    assert _departments(sender, "ou_7") == (Department("od-1", "增长"),)
    now[0] += 601
    assert _departments(sender, "ou_7") == (Department("od-1", "用户增长", "ou_2"),)


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        ("contact:user.department:readonly", None),
        ("contact:department.base:readonly", None),
        ("contact:department.organize:readonly", (Department("od-1", "增长"),)),
    ],
)
def test_what_a_missing_scope_hides(sender: FeishuSender, feishu: FakeFeishu, scope: str, seen: Any) -> None:
    feishu.add_department("od-1", "增长", leader="ou_1")
    feishu.add_user("ou_7", "王芳", departments=["od-1"])
    feishu.scopes.remove(scope)
    assert _departments(sender, "ou_7") == seen


def test_a_department_outside_the_contact_range_or_a_broken_answer_says_nothing(sender: FeishuSender, feishu: FakeFeishu) -> None:
    feishu.add_department("od-1", "增长")
    feishu.add_user("ou_7", "王芳", departments=["od-1", "od-404"])
    assert _departments(sender, "ou_7") is None
    feishu.add_department("od-3", "法务")
    feishu.add_user("ou_8", "李雷", departments=["od-3"])
    feishu.break_down("department")
    assert _departments(sender, "ou_8") is None


def _departments(sender: FeishuSender, user: str) -> Any:
    profile = sender.profile(user)
    assert profile is not None
    return profile.departments


def test_logs_and_standard_output_never_hold_what_was_sent(sender: FeishuSender, feishu: FakeFeishu, caplog: Any, capfd: Any) -> None:
    caplog.set_level(0)
    reply = Reply((Say("confirm_no"), Copy("verysecretword")))
    for name in ("fail", "break_down", "lose", "rate_limit"):
        getattr(feishu, name)("message", *([230099] if name == "fail" else []))
        sender.send(outgoing(reply=reply, user="ou_1"))
    printed = "".join(capfd.readouterr())
    assert printed == ""
    for secret in ("verysecretword", feishu.app_secret, "Bearer"):
        assert secret not in caplog.text


def test_the_fake_is_strict(sender: FeishuSender) -> None:
    card = '{"schema":"2.0","config":{"update_multi":true},"body":{"elements":[{"tag":"action","actions":[]}]}}'
    body = {"receive_id": "ou_1", "msg_type": "interactive", "content": card, "uuid": "k"}
    answer = sender._api.call("POST", "/open-apis/im/v1/messages", query=[("receive_id_type", "open_id")], body=body)
    assert answer.said["code"] == 230099
    assert "unsupported tag action" in answer.said["msg"]
