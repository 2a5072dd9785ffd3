"""Answers that leave as messages: sent once and never lost, whatever Slack, the network or the power do in between."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import KINDS
from tests.outside.program import Town, until


def told(town: Town, user: str) -> list[dict[str, Any]]:
    return [m for m in town.slack.messages if m["channel"] == f"D{user}"]


def troubles_to_come(town: Town) -> int:
    """How many of the troubles that were ordered for a post have not happened yet."""
    return len(town.slack._server._troubles["chat.postMessage"])


def keys(town: Town) -> list[str]:
    return [m["metadata"]["event_payload"]["key"] for m in town.slack.messages if m["metadata"]]


@pytest.mark.parametrize("kind", KINDS)
def test_slack_has_trouble(own_town: Callable[..., Town], kind: str) -> None:
    """A 429, a broken server, a lost reply and a slow one, at the same time: everybody gets one answer."""
    town = own_town(kind)
    troubles = {
        "U21": lambda: town.slack.rate_limit("chat.postMessage", seconds=1),
        "U22": lambda: town.slack.break_down("chat.postMessage", 503),
        "U23": lambda: town.slack.lose("chat.postMessage"),
        "U24": lambda: town.slack.fail("chat.postMessage", "internal_error"),
    }
    with town.served() as p:
        for user, trouble in troubles.items():
            town.slack.add_user(user, f"Person {user}")
            trouble()
            p.slack(town.slack.direct("mine", user=user))
            until(lambda: not troubles_to_come(town), f"{user}'s answer is tried")
        assert p.direct("mine", user="U1"), "one's trouble holds nobody else up"
        until(lambda: all(told(town, user) for user in troubles), "everybody has an answer", seconds=25)
        p.direct("mine", user="U2")
        assert [len(told(town, user)) for user in troubles] == [1] * 4
        assert len(keys(town)) == len(set(keys(town)))


@pytest.mark.parametrize("kind", KINDS)
def test_killed_before_it_could_send(own_town: Callable[..., Town], kind: str) -> None:
    """kill -9 right after the acknowledgement: `tick` delivers, beside a server too, and once."""
    town = own_town(kind)
    with town.served("--no-clock") as p:
        assert "clock" not in p.get("/readyz").json()
        town.slack.rate_limit("chat.postMessage", seconds=2)
        p.slack(town.slack.direct("mine", user="U1"))
        until(lambda: not troubles_to_come(town), "it is tried")
        time.sleep(0.3)  # the refusal is noted
        p.kill()
        assert not told(town, "U1")
        time.sleep(1.8)  # as Slack asked
        assert town.tick() | {"at": ""} == {"at": "", "planned": 0, "sent": 1, "pending": 0, "failed": 0, "uncertain": 0}
    assert len(told(town, "U1")) == 1


def test_killed_while_sending(own_town: Callable[..., Town]) -> None:
    """kill -9 while Slack has the message and we do not know: the next process waits for the lease, looks, and does not send it again."""
    town = own_town("sqlite")
    with town.served() as p:
        town.slack.delay("chat.postMessage", 3)
        p.slack(town.slack.direct("mine", user="U1"))
        until(lambda: told(town, "U1"), "Slack has it")
        p.kill()
        lost = town.slack.direct("help", user="U2")
        p.start()
        p.live()
        p.slack(lost)
        until(lambda: told(town, "U2"), "others are answered meanwhile")
        until(lambda: "conversations.history" in [method for method, _ in town.slack.calls], "the lease has ended", seconds=40)
        p.direct("help", user="U2")
        assert town.tick()["pending"] == 0
    assert len(told(town, "U1")) == 1


def test_slack_is_out_of_reach(own_town: Callable[..., Town]) -> None:
    """What fits into an acknowledgement is answered all the same; /readyz says what is wrong."""
    town = own_town("sqlite", TENDAY_SLACK_API_URL="http://127.0.0.1:9/api/")
    with town.served() as p:
        state = p.get("/readyz")
        assert state.status_code == 503
        assert state.json()["slack"] not in ("", "ok")
        assert state.json()["database"] == "ok"
        assert p.get("/healthz").status_code == 200
        assert p.typed("/okr new O: Still\nKR1: a from 1 to 2")["buttons"]
        p.slack(town.slack.direct("mine"))
    town.more["TENDAY_SLACK_API_URL"] = town.slack.api_url
    assert len(town.export()["objectives"]) == 1


def test_somebody_who_left_costs_nobody_an_answer(own_town: Callable[..., Town]) -> None:
    town = own_town("sqlite")
    with town.served() as p:
        p.typed("/okr new O: Base\nKR1: Customers from 10 to 50")
        p.typed("/okr publish O1")
        town.slack.fail("chat.postMessage", "user_disabled")
        p.typed("/okr help KR1.1 <@U3|chen> please")
        until(lambda: not troubles_to_come(town), "it is refused")
        assert p.direct("mine", user="U1")
        assert not told(town, "U3")
    assert town.tick()["pending"] == 0
