"""Guests, people of a connected workspace and of another tenant: a polite word in private, and nothing stored or shown."""

import json
from typing import Any

import pytest

from tests.outside.conftest import Place

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)

MARK = "Northwind plans"
GUESTS: list[dict[str, Any]] = [
    {"is_restricted": True},
    {"is_ultra_restricted": True, "is_restricted": True},
    {"is_stranger": True},
]


def company(place: Place) -> str:
    """Somebody with an objective that outsiders must not see."""
    anna = place.colleague("Anna")
    place.serving.typed(f"/okr new O: {MARK}\nKR1: Customers from 10 to 50", user=anna)
    assert MARK in place.serving.typed("/okr publish O1", user=anna)["text"]
    return anna


def attempts(anna: str) -> list[str]:
    return ["", "mine", f"<@{anna}>", f"<@{anna}> O1", f"<@{anna}> KR1.1 45", "new O: Mine now\nKR1: a from 1 to 2", "help", "find North"]


def never_heard(place: Place, *users: str) -> None:
    people = place.town.export()["people"]
    assert not {a["user"] for p in people for a in p["accounts"]} & set(users)


def test_guests(place: Place) -> None:
    p, anna = place.serving, company(place)
    guests = [place.colleague("Gus", **flags) for flags in GUESTS]
    for guest in guests:
        for text in attempts(anna):
            shown = p.typed("/okr " + text, user=guest)
            assert MARK not in shown["text"]
            assert not shown["buttons"]
        said = p.direct("KR1.1 45 hello there", user=guest)
        assert (said["channel"], said["buttons"]) == (f"D{guest}", [])
        (answer,) = p.told(lambda guest=guest: p.slack(place.slack.mention(f"<@{anna}>", user=guest)))  # type: ignore[misc]
        assert answer["user"] == guest, "a refusal is for their eyes alone"
    never_heard(place, *guests)


def test_a_connected_workspace(place: Place) -> None:
    p, anna = place.serving, company(place)
    other = place.colleague("Olga", team="T9")
    theirs = {"user_team": "T9", "source_team": "T9", "team": "T9"}
    for text in attempts(anna):
        (answer,) = p.told(lambda text=text: p.slack(place.slack.mention(text, user=other, **theirs)))  # type: ignore[misc]
        assert answer["user"] == other
        assert MARK not in answer["text"]
    press = place.slack.press(json.dumps({"t": "undo", "v": 0, "c": ""}), user=other, home="T9")
    (answer,) = p.told(lambda: p.slack(press))
    assert answer["user"] == other
    assert MARK not in p.typed(f"/okr <@{anna}>", user=other, team_id="T9")["text"]
    never_heard(place, other)


def test_nobody_outside_is_asked_or_owns(place: Place) -> None:
    """A guest who is named neither becomes an owner nor gets a message."""
    p, anna, guest = place.serving, company(place), place.colleague("Gus", is_restricted=True)
    p.typed("/okr mine", user=guest)
    p.typed(f"/okr help KR1.1 <@{guest}|gus> please", user=anna)
    p.typed(f"/okr new O: With a guest\nKR1: b from 1 to 2 <@{guest}|gus>", user=anna)
    p.typed("/okr publish all", user=anna)
    p.direct("mine", user=anna)
    assert not [m for m in place.slack.messages if m["channel"] == f"D{guest}"]


def test_another_tenant(place: Place) -> None:
    p, feishu, anna = place.serving, place.feishu, place.employee("安娜")
    p.says(f"新建 O：{MARK}\nKR1：客户从 10 到 50", anna)
    p.says("发布", anna)
    other = place.employee("外人")
    theirs = {"tenant_key": "another"}
    for text in ("", "我的", "{" + anna + "}", "{" + anna + "} KR1.1 45", "新建 O：我的\nKR1：a 从 1 到 2", "帮助"):
        group = {"chat_type": "group", "chat_id": "oc_mixed"}
        body = feishu.said("{bot} " + text, other, group, sender=theirs)
        (answer,) = p.told(lambda body=body: p.feishu(body), by="feishu")  # type: ignore[misc]
        assert answer["channel"] == f"oc_{other}", "a refusal is for their eyes alone"
        assert MARK not in answer["text"]
        assert not answer["buttons"]
    operator = {"open_id": other, "tenant_key": "another"}
    feishu.acknowledged(p.feishu(feishu.press({"t": "undo", "v": 0, "c": ""}, user=other, operator=operator)).content)
    never_heard(place, other)
