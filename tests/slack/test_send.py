"""What becomes of a message to Slack: one attempt, one honest outcome, never two posts."""

import socket
from typing import Any

import pytest

from bot.replies import Button, Buttons, Copy, Reply, Say
from bot.sending import Address, Later, Never, Outgoing, Profile, Sent, Unknown
from bot.slack.send import EPHEMERAL, SlackSender
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import NOW

REPLY = Reply((Say("confirm_no"), Copy("<!channel>"), Buttons((Button("confirm_no", "undo #c1", 2),))), card="c1")


def outgoing(key: str = "k1", reply: Reply = REPLY, **to: str) -> Outgoing:
    return Outgoing(key, "slack", "T1", Address(**to), reply, "en")


@pytest.fixture
def sender(slack: FakeSlack) -> SlackSender:
    return SlackSender(bot_token=slack.token, api_url=slack.api_url, clock=lambda: NOW)


@pytest.fixture
def nowhere() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/api/"


def test_to_a_channel_a_thread_and_a_person(sender: SlackSender, slack: FakeSlack) -> None:
    assert sender.send(outgoing(channel="C1")) == Sent(slack.messages[-1]["ts"])
    assert sender.send(outgoing(channel="C1", thread="1.2")) == Sent(slack.messages[-1]["ts"])
    assert slack.messages[-1]["thread"] == "1.2"
    assert sender.send(outgoing(user="U2")) == Sent(slack.messages[-1]["ts"])
    assert slack.messages[-1]["channel"] == "DU2"
    assert slack.messages[-1]["buttons"] == [("Cancel", '{"t":"undo #c1","v":2,"c":"c1"}')]


def test_nothing_unfolds_nothing_is_parsed_and_the_key_travels(sender: SlackSender, slack: FakeSlack) -> None:
    sender.send(outgoing(channel="C1"))
    _, said = slack.calls[-1]
    assert said["metadata"] == {"event_type": "tenday", "event_payload": {"key": "k1"}}
    for name in ("unfurl_links", "unfurl_media", "link_names", "mrkdwn"):
        assert said[name] in (False, "0", 0)
    assert said["parse"] == "none"


def test_a_conversation_is_opened_where_a_user_id_is_refused(sender: SlackSender, slack: FakeSlack) -> None:
    slack.refuse_user_channels = True
    assert isinstance(sender.send(outgoing(user="U2")), Sent)
    assert isinstance(sender.send(outgoing(user="U2")), Sent)
    assert [m for m, _ in slack.calls].count("conversations.open") == 1
    assert sender.send(outgoing(user="U404")) == Never("gone", "user_not_found")


def test_for_one_persons_eyes_in_a_channel(sender: SlackSender, slack: FakeSlack) -> None:
    assert sender.send(outgoing(channel="C1", user="U2", thread="1.2")) == Sent()
    assert (slack.messages[-1]["user"], slack.messages[-1]["ephemeral"], slack.messages[-1]["thread"]) == ("U2", True, "1.2")


def test_a_card_is_redrawn_in_place(sender: SlackSender, slack: FakeSlack) -> None:
    for to in ({"channel": "C1"}, {"user": "U1"}):
        sent = sender.send(outgoing(**to))
        assert isinstance(sent, Sent)
        assert sender.send(outgoing("k2", Reply((Say("pressed_unknown"),)), message=sent.message, **to)) == sent
        assert slack.messages[-1]["edited"] is True
        assert "do not know this button" in slack.messages[-1]["text"]
    assert sender.send(outgoing(channel="C1", message="9.9")) == Never("edit", "message_not_found")


def test_by_the_hook_of_a_press(sender: SlackSender, slack: FakeSlack) -> None:
    sent = sender.send(outgoing(channel="C1"))
    assert isinstance(sent, Sent)
    there = slack.messages[-1]
    hook = slack.hook("C1", "U1", there["ts"])
    assert sender.send(outgoing(hook=hook, channel="C1", message=sent.message)) == sent
    assert there["edited"] is True
    assert sender.send(outgoing(hook=hook, channel="C1", user="U1")) == Sent()
    assert slack.messages[-1]["ephemeral"] is True
    assert sender.send(outgoing(hook=hook, channel="C1", message=EPHEMERAL)) == Sent()


def test_when_the_hook_has_expired_there_is_another_way(sender: SlackSender, slack: FakeSlack) -> None:
    sent = sender.send(outgoing(channel="C1"))
    assert isinstance(sent, Sent)
    hook = slack.hook("C1", "U1", sent.message)
    slack.expire_hooks()
    assert sender.send(outgoing(hook=hook, channel="C1", message=sent.message)) == sent
    assert slack.messages[-1]["edited"] is True
    assert sender.send(outgoing(hook=hook, channel="C1", user="U1")) == Sent()
    assert slack.messages[-1]["ephemeral"] is True
    assert isinstance(sender.send(outgoing(hook=hook, channel="C1")), Sent)


ERRORS = {
    "account_inactive": Never("gone", "account_inactive"),
    "user_not_found": Never("gone", "user_not_found"),
    "channel_not_found": Never("gone", "channel_not_found"),
    "is_archived": Never("gone", "is_archived"),
    "not_in_channel": Never("gone", "not_in_channel"),
    "edit_window_closed": Never("edit", "edit_window_closed"),
    "cant_update_message": Never("edit", "cant_update_message"),
    "invalid_blocks": Never("content", "invalid_blocks"),
    "restricted_action": Never("content", "restricted_action"),
    "messages_tab_disabled": Never("setup", "messages_tab_disabled"),
    "msg_too_long": Never("content", "msg_too_long"),
    "msg_blocks_too_long": Never("content", "msg_blocks_too_long"),
    "something_new": Never("content", "something_new"),
    "invalid_auth": Never("setup", "invalid_auth"),
    "missing_scope": Never("setup", "missing_scope"),
    "token_revoked": Never("setup", "token_revoked"),
    "ratelimited": Later(30.0, "ratelimited", "everybody"),
    "service_unavailable": Later(30.0, "service_unavailable", "everybody"),
    "fatal_error": Unknown("fatal_error"),
    "internal_error": Unknown("internal_error"),
}


@pytest.mark.parametrize("error", ERRORS)
def test_slacks_refusals(error: str, sender: SlackSender, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", error)
    assert sender.send(outgoing(channel="C1")) == ERRORS[error]
    assert slack.messages == []


def test_account_inactive_is_ours_when_the_token_is_dead_too(sender: SlackSender, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", "account_inactive")
    slack.fail("auth.test", "account_inactive")
    assert sender.send(outgoing(user="U1")) == Never("setup", "account_inactive")


def test_too_many(sender: SlackSender, slack: FakeSlack) -> None:
    slack.rate_limit("chat.postMessage", 17)
    assert sender.send(outgoing(channel="C1")) == Later(17.0, "rate_limited", "everybody")
    slack.rate_limit("hook", 3)
    assert sender.send(outgoing(hook=slack.hook("C1", "U1"), channel="C1", user="U1")) == Later(3.0, "rate_limited")
    assert [m for m, _ in slack.calls].count("chat.postMessage") == 0


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_broken_slack_may_have_it(status: int, sender: SlackSender, slack: FakeSlack) -> None:
    slack.break_down("chat.postMessage", status)
    assert sender.send(outgoing(channel="C1")) == Unknown(f"http {status}")
    slack.break_down("hook", status)
    assert sender.send(outgoing(hook=slack.hook("C1", "U1"), user="U1", channel="C1")) == Unknown(f"http {status}")


def test_a_lost_answer_is_unknown_and_posted_once_and_can_be_read_back(sender: SlackSender, slack: FakeSlack) -> None:
    slack.lose("chat.postMessage")
    assert isinstance(sender.send(outgoing(user="U1")), Unknown)
    assert len(slack.messages) == 1
    assert sender.posted(outgoing(user="U1")) == Sent(slack.messages[0]["ts"])
    assert sender.posted(outgoing("another", user="U1")) is None
    slack.fail("conversations.history", "missing_scope")
    assert sender.posted(outgoing(user="U1")) == Never("setup", "missing_scope")


def test_a_late_answer_is_unknown(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.send.SECONDS", 1.0)
    sender = SlackSender(bot_token=slack.token, api_url=slack.api_url, clock=lambda: NOW)
    slack.delay("chat.postMessage", 1.5)
    assert isinstance(sender.send(outgoing(channel="C1")), Unknown)


def test_nobody_there_is_later(nowhere: str) -> None:
    sender = SlackSender(bot_token="x", api_url=nowhere, clock=lambda: NOW)
    assert sender.send(outgoing(channel="C1")) == Later(30.0, "unreachable", "everybody")
    assert sender.reachable() != ""
    hook = nowhere.replace("/api/", "/hook")
    assert sender.send(outgoing(hook=hook, channel="C1", user="U1")) == Later(30.0, "unreachable", "everybody")
    assert sender.profile("U1") is None


def test_a_wrong_token_is_a_matter_of_setup(slack: FakeSlack) -> None:
    sender = SlackSender(bot_token="xoxb-wrong", api_url=slack.api_url, clock=lambda: NOW)
    assert sender.send(outgoing(channel="C1")) == Never("setup", "invalid_auth")
    assert sender.reachable() == "slack: invalid_auth"


def test_reachable_is_the_last_outcome_and_asks_once(sender: SlackSender, slack: FakeSlack) -> None:
    assert sender.reachable() == ""
    slack.break_down("chat.postMessage")
    sender.send(outgoing(channel="C1"))
    assert sender.reachable() == "slack: http 500"
    sender.send(outgoing(channel="C1"))
    assert sender.reachable() == ""
    slack.fail("chat.postMessage", "channel_not_found")
    sender.send(outgoing(channel="C1"))
    assert sender.reachable() == ""
    assert [m for m, _ in slack.calls].count("auth.test") == 1


def test_trouble_ends_when_slack_answers_again(slack: FakeSlack) -> None:
    now = [NOW]
    sender = SlackSender(bot_token=slack.token, api_url=slack.api_url, clock=lambda: now[0])
    slack.break_down("chat.postMessage")
    sender.send(outgoing(channel="C1"))
    assert sender.reachable() == "slack: http 500"
    now[0] += 31
    assert [sender.reachable() for _ in range(3)] == [""] * 3
    assert [m for m, _ in slack.calls].count("auth.test") == 2


def test_profile(sender: SlackSender, slack: FakeSlack) -> None:
    slack.add_user("U7", "Eva", locale="zh-CN", deleted=True)
    assert sender.profile("U7") == Profile("Eva", "eva@example.com", "Europe/Berlin", "zh", active=False)
    assert sender.profile("U404") is None


def test_logs_never_hold_what_was_sent(sender: SlackSender, slack: FakeSlack, caplog: Any, capfd: Any) -> None:
    caplog.set_level(0)
    reply = Reply((Say("confirm_no"), Copy("verysecretword")))
    for name in ("fail", "break_down", "lose", "rate_limit"):
        getattr(slack, name)("chat.postMessage", *(["invalid_blocks"] if name == "fail" else []))
        sender.send(outgoing(reply=reply, channel="C1"))
        sender.send(outgoing(reply=reply, channel="C1", user="U1", hook=slack.hook("C1", "U1")))
    logged = caplog.text + "".join(capfd.readouterr())
    for secret in ("verysecretword", slack.token, "/hooks/"):
        assert secret not in logged


def test_the_fake_is_strict(sender: SlackSender, slack: FakeSlack) -> None:
    assert sender._web.retry_handlers == []
    wrong: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(Exception, match="invalid_blocks"):
        sender._web.chat_postMessage(channel="C1", text="x", blocks=wrong)
    with pytest.raises(Exception, match="no_text"), pytest.warns(UserWarning, match="text"):
        sender._web.chat_postMessage(channel="C1", text="", blocks=[{"type": "divider"}])
    with pytest.raises(Exception, match="invalid_blocks"):
        sender._web.chat_postMessage(channel="C1", text="x", blocks=[{"type": "divider", "made_up": 1}])
