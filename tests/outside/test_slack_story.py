"""A quarter on Slack, from the first objective to the export, as the people of it see it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.outside.conftest import Place
from tests.outside.program import button, labels, until

OKR = "new O: Win the north [committed]\nKR1: Customers from 10 to 50 weight 60% {ben}\nKR2: Refunds from 8% to 2%\nKPI: NPS ≥ 40"


def in_direct(place: Place, user: str) -> list[dict[str, Any]]:
    return [m for m in place.slack.messages if m["channel"] == f"D{user}"]


def redrawn(message: dict[str, Any], press: Callable[[], object]) -> None:
    """Waits until this press has drawn the message anew."""
    message["edited"] = False
    press()
    until(lambda: message["edited"], "the message is redrawn")


def theirs(data: dict[str, Any], user: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A person of the export, and their objectives."""
    person = next(p for p in data["people"] if user in [a["user"] for a in p["accounts"]])
    return person, [o for o in data["objectives"] if o["owner"] == person["id"]]


def test_a_quarter(place: Place) -> None:
    p, anna, ben, chen = place.serving, place.colleague("Anna"), place.colleague("Ben"), place.colleague("Chen")

    # a draft comes back in the acknowledgement, and counts nowhere yet
    draft = p.typed("/okr " + OKR.format(ben=f"<@{ben}|ben>"), user=anna)
    assert all(title in draft["text"] for title in ("Win the north", "Customers", "Refunds", "NPS"))
    assert [name.split()[0] for name in labels(draft)] == ["Publish", "Edit", "Discard"]
    assert "Win the north" not in p.typed(f"/okr <@{anna}>", user=chen)["text"]
    assert not in_direct(place, ben)

    # published: the card itself is redrawn, and whoever was named is asked in private
    old = dict(draft)
    p.pressed(draft, "Publish", user=anna)
    until(lambda: draft["edited"], "the card is redrawn")
    published, buttons = draft["text"], [b for b in draft["buttons"] if b[0] != "Undo"]
    assert not any("Publish" in name for name in labels(draft))
    asked = until(lambda: in_direct(place, ben), "Ben is asked")[0]
    assert "Customers" in asked["text"]
    assert len(asked["buttons"]) == 2

    # a second press of the old card changes nothing and shows it as it is
    redrawn(draft, lambda: p.slack(place.slack.press(button(old, "Publish"), user=anna, message=old)))
    assert draft["buttons"] == buttons
    assert "Win the north" in draft["text"], published

    # nobody else can accept it
    p.typed("/okr accept", user=chen)
    assert f"@{chen}" not in p.typed("/okr O1", user=anna)["text"]
    told_before = len(in_direct(place, anna))
    p.pressed(asked, 0, user=ben)
    until(lambda: len(in_direct(place, anna)) > told_before, "Anna is told")
    assert f"@{ben}" in in_direct(place, anna)[-1]["text"]

    # check-ins: a command, a direct message, a mention in a thread which is answered in that thread
    shown = p.typed("/okr KR1.2 7% c6 first refund fixed", user=anna)
    assert "Undo" in labels(shown)
    said = p.direct(f"<@{anna}> KR1.1 20 c7 three pilots signed", user=ben)
    assert said["channel"] == f"D{ben}"
    assert "20" in said["text"]
    thread = "1795000000.000900"
    (in_thread,) = p.told(lambda: p.slack(place.slack.mention(f"<@{anna}> KR1.1 25", user=ben, thread_ts=thread)))
    assert (in_thread["channel"], in_thread["thread"], in_thread["ephemeral"]) == ("C1", thread, False)

    # undo by button: not by somebody else, once, and a stale press changes nothing
    p.told(lambda: p.pressed(in_thread, "Undo", user=chen))
    assert "25" in p.typed(f"/okr <@{anna}> KR1.1", user=anna)["text"]
    undo = button(in_thread, "Undo")
    redrawn(in_thread, lambda: p.slack(place.slack.press(undo, user=ben, message=in_thread)))
    undone = in_thread["text"]
    redrawn(in_thread, lambda: p.slack(place.slack.press(undo, user=ben, message=in_thread)))
    assert "Undo" not in labels(in_thread), undone
    assert "20" in p.typed(f"/okr <@{anna}> KR1.1", user=anna)["text"]

    # mended, visibly
    assert "22" in p.typed(f"/okr correct <@{anna}> KR1.1 22", user=ben)["text"]

    data = place.town.export()
    person, (objective,) = theirs(data, anna)
    customers, refunds, nps = objective["key_results"]
    assert (objective["title"], objective["state"], objective["kind"]) == ("Win the north", "published", "committed")
    assert re.match("Customers", customers["title"])
    assert customers["owner"] == theirs(data, ben)[0]["id"]
    assert (customers["current"], customers["start"], customers["target"], customers["confidence"]) == (22, 10, 50, 7)
    assert (refunds["metric"], refunds["current"], refunds["direction"], refunds["owner"]) == ("percent", 7, "down", person["id"])
    assert (nps["guardrail"], nps["weight"]) == (True, None)
    assert abs(customers["progress"] - 0.3) < 1e-6
    assert abs(objective["progress"] - (0.6 * 0.3 + 0.4 / 6)) < 1e-6
    mine = [c for c in data["check_ins"] if c["key_result"] in (customers["id"], refunds["id"])]
    assert [(c["value"], c["note"], c["source"]) for c in mine] == [
        (7, "first refund fixed", "slack"),
        (22, "three pilots signed", "slack"),
    ]
    assert {c["what"] for c in data["changes"]} >= {objective["id"], customers["id"]}


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_colleague_is_asked_and_answers(place: Place) -> None:
    p, anna, ben = place.serving, place.colleague("Anna"), place.colleague("Ben")
    p.typed("/okr new O: Ship the app\nKR1: Crashes from 90 to 10", user=anna)
    assert "Ship the app" in p.typed("/okr publish O1", user=anna)["text"]
    shown = p.typed(f"/okr help KR1.1 <@{ben}|ben> could you look at *this*?", user=anna)
    assert f"@{ben}" in shown["text"]
    request = until(lambda: in_direct(place, ben), "Ben is asked")[0]
    assert "could you look at *this*?" in request["text"]
    assert len(request["buttons"]) == 3
    p.pressed(request, 2, user=ben)
    assert place.slack.modal(ben).labels == ["Your answer"]
    before = len(in_direct(place, anna))
    assert p.direct("answer it is the cache, see <https://example.com|the notes>", user=ben)
    until(lambda: len(in_direct(place, anna)) > before, "Anna is told")
    assert "it is the cache" in in_direct(place, anna)[-1]["text"]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_everybody_reads_their_own_language(place: Place) -> None:
    """The words are the same in both; the workspace speaks 中文, and who reads English is told so by Slack."""
    p, anna, wei = place.serving, place.colleague("Anna"), place.colleague("Wei", locale="zh-CN")
    p.typed("/okr mine", user=anna)
    p.typed("/okr mine", user=wei)
    english, chinese = p.typed("/okr 帮助", user=anna)["text"], p.typed("/okr help", user=wei)["text"]
    assert not re.search("[一-鿿]", english.replace("中文", ""))
    assert re.search("[一-鿿]{4}", chinese)
    p.typed("/okr language 中文", user=anna)
    assert p.typed("/okr help", user=anna)["text"] == chinese
