"""Who is heard: members, newcomers, guests and people of another company; and who we are ourselves."""

from typing import Any

import pytest

from bot.messages import OutOfReach
from bot.sending import Answered, Profile
from bot.slack.listen import SlackFront
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import NOW, Desk

PRESS = '{"t":"undo #c1","v":3,"c":"c1"}'


def everywhere(slack: FakeSlack, user: str = "U1") -> list[Any]:
    return [slack.command("/okr mine", user), slack.direct("mine", user), slack.mention("mine", user), slack.press(PRESS, user)]


@pytest.mark.parametrize("flag", ["is_restricted", "is_ultra_restricted", "is_bot", "is_stranger"])
def test_guests_bots_and_strangers_are_outsiders_wherever_they_speak(flag: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.known = False
    slack.add_user("U5", "Guest", **{flag: True})
    for delivery in everywhere(slack, "U5"):
        front.handle(*delivery)
    assert [m.sender.outsider for m in desk.heard] == [True] * 4
    assert desk.learnt == []


def test_a_newcomers_profile_is_asked_before_and_handed_on_after_the_answer(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.known = False
    order: list[str] = []
    desk.answer = lambda m: order.append(f"answered {m.sender.name} with {len(desk.learnt)} learnt") or Answered(None)  # type: ignore[func-returns-value]
    slack.add_user("U5", "Dan", tz="Asia/Tokyo", locale="zh-TW")
    front.handle(*slack.command("/okr mine", "U5"))
    assert order == ["answered Dan with 0 learnt"]
    assert desk.learnt == [("T1", "U5", Profile("Dan", "dan@example.com", "Asia/Tokyo", "zh"))]
    asked = [arguments for method, arguments in slack.calls if method == "users.info"]
    assert asked[0]["user"] == "U5"
    assert asked[0]["include_locale"] in ("1", "true", True)


@pytest.mark.parametrize(("tag", "ours"), [("en-US", "en"), ("zh-CN", "zh"), ("fr-FR", None), ("", None)])
def test_a_language_that_we_do_not_speak_is_none(tag: str, ours: str | None, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.known = False
    slack.add_user("U5", "Dan", locale=tag)
    front.handle(*slack.direct("mine", "U5"))
    assert desk.learnt[0][2].locale == ours


def test_a_known_member_costs_no_call(front: SlackFront, slack: FakeSlack) -> None:
    for delivery in everywhere(slack):
        front.handle(*delivery)
    assert [method for method, _ in slack.calls if method == "users.info"] == []
    assert [method for method, _ in slack.calls].count("auth.test") == 1


def test_without_a_profile_the_delivery_is_enough(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.known = False
    slack.rate_limit("users.info")
    slack.break_down("users.info")
    front.handle(*slack.command("/okr mine"))
    front.handle(*slack.command("/okr mine"))
    front.handle(*slack.command("/okr mine", "U404"))
    assert [(m.sender.name, m.sender.outsider) for m in desk.heard] == [("anna", False), ("anna", False), ("u404", False)]
    assert desk.learnt == []


def test_a_slow_profile_is_not_waited_for(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    desk.known = False
    slack.delay("users.info", 1.6)
    front.handle(*slack.direct("mine"))
    assert desk.heard[0].sender.outsider is False
    assert desk.learnt == []


def test_a_profile_that_cannot_be_stored_costs_no_answer(slack: FakeSlack, desk: Desk) -> None:
    def learn(_workspace: str, _user: str, _profile: Profile) -> None:
        raise OutOfReach

    front = SlackFront(
        signing_secret=slack.secret,
        bot_token=slack.token,
        api_url=slack.api_url,
        answer=desk,
        clock=lambda: NOW,
        meet=lambda _w, _u: False,
        learn=learn,
    )
    assert slack.acknowledged(front.handle(*slack.command("/okr mine")).body) is not None


def test_the_database_may_be_away_when_we_ask_whether_we_know_somebody(slack: FakeSlack, desk: Desk) -> None:
    def meet(_workspace: str, _user: str) -> bool:
        raise OutOfReach

    front = SlackFront(signing_secret=slack.secret, bot_token=slack.token, api_url=slack.api_url, answer=desk, clock=lambda: NOW, meet=meet)
    assert front.handle(*slack.direct("mine")).status == 500
    shown = slack.acknowledged(front.handle(*slack.command("/okr mine")).body)
    assert shown is not None
    assert "Not stored" in shown["text"]


@pytest.mark.parametrize("field", ["user_team", "source_team", "team"])
def test_people_of_another_company_are_outsiders_in_a_shared_channel(field: str, front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    front.handle(*slack.mention("mine", **{field: "T9"}))
    front.handle(*slack.direct("mine", **{field: "T9"}))
    front.handle(*slack.mention("mine", **{field: "T1"}))
    assert [m.sender.outsider for m in desk.heard] == [True, True, False]
    assert {m.sender.workspace for m in desk.heard} == {"T1"}


def test_commands_and_presses_from_another_workspace(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    front.handle(*slack.command("/okr mine", team_id="T9"))
    front.handle(*slack.press(PRESS))
    front.handle(*slack.press(PRESS, "U9", home="T9"))
    assert [m.sender.outsider for m in desk.heard] == [True, False, True]


def test_while_slack_does_not_tell_who_we_are_the_envelope_does(slack: FakeSlack, desk: Desk) -> None:
    now = [NOW]
    front = SlackFront(signing_secret=slack.secret, bot_token=slack.token, api_url=slack.api_url, answer=desk, clock=lambda: now[0])
    slack.fail("auth.test", "internal_error")
    for _ in range(3):
        front.handle(*slack.mention("<@UBOT> mine", team_id="T9"))
    assert {(m.text, m.sender.workspace) for m in desk.heard} == {("mine", "T1")}
    assert [method for method, _ in slack.calls] == []
    now[0] += 31
    slack.now = lambda: now[0]
    front.handle(*slack.mention("mine"))
    front.handle(*slack.mention("mine"))
    assert [method for method, _ in slack.calls] == ["auth.test"]


def test_what_we_said_ourselves_is_not_heard(front: SlackFront, slack: FakeSlack, desk: Desk) -> None:
    front.handle(*slack.direct("mine", "UBOT"))
    front.handle(*slack.event({"type": "message", "channel_type": "im", "channel": "D1", "bot_id": "B1", "text": "mine"}))
    assert desk.heard == []
