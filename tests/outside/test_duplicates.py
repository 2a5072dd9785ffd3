"""What the platforms deliver again, to whichever process and however late: one effect and one answer."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import KINDS
from tests.outside.conftest import Place
from tests.outside.program import Delivery, Serving, Town, button, until

OKR = "/okr new O: Base\nKR1: Customers from 10 to 50"


def together(*deliver: Callable[[], Any]) -> list[Any]:
    """All of them at the same time."""
    with ThreadPoolExecutor(len(deliver)) as pool:
        return [done.result() for done in [pool.submit(one) for one in deliver]]


def again(delivery: Delivery, number: int, why: str = "http_timeout") -> Delivery:
    """The same bytes as Slack repeats them."""
    headers, body = delivery
    return (headers | {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": why}, body) if number else delivery


def told(town: Town, channel: str) -> list[dict[str, Any]]:
    return [m for m in town.slack.messages if m["channel"] == channel]


@pytest.mark.parametrize("kind", KINDS)
def test_two_processes_and_a_restart(own_town: Callable[..., Town], kind: str) -> None:
    """Both come up on one empty database at once; each event comes four times to both, then to the one that was started anew."""
    town = own_town(kind, migrated=False)
    with town.served(live=False) as one, town.served(live=False) as two:
        one.live()
        two.live()
        one.typed(OKR)
        two.typed("/okr publish O1")
        event = town.slack.direct("KR1.1 +1 counted once")
        mention = town.slack.mention("KR1.1 +10", thread_ts="1.1")
        command = town.slack.command("/okr KR1.1 +100")
        for delivery in (event, mention):
            copies = [(p, again(delivery, number)) for number in range(4) for p in (one, two)]
            together(*[lambda p=p, copy=copy: p.slack(copy) for p, copy in copies])  # type: ignore[misc]
        answers = together(*[lambda p=p: p.slack(command).content for p in (one, two) * 3])  # type: ignore[misc]
        assert len(set(answers)) == 1
        one.kill()
        one.start()
        one.live()
        for number in range(1, 4):
            one.slack(again(event, number))
            one.slack(again(mention, number))
        assert one.slack(command).content == answers[0]
        # the same mention may come as app_mention and as message, with another event_id: its ts says what it is
        body = json.loads(mention[1]) | {"event_id": "EvOther"}
        two.slack(town.slack.signed(json.dumps(body).encode(), "application/json"))
        two.direct("mine", user="U2")  # a fence: what was owed before is sent before
        assert len(told(town, "DU1")) == 1
        assert len([m for m in told(town, "C1") if m["thread"] == "1.1"]) == 1

        twice_pressed(town, one, two)
    data = town.export()
    assert [c["value"] for c in data["check_ins"]] == [11, 21, 121]
    assert data["check_ins"][0]["note"] == "counted once"


def twice_pressed(town: Town, one: Serving, two: Serving) -> None:
    """A double click reaches two processes: one publishes, the other shows what there is."""
    draft = one.typed("/okr new O: Second\nKR1: Share from 1 to 5", user="U3")
    value = button(draft, 0)
    together(*[lambda p=p: p.slack(town.slack.press(value, user="U3", message=draft)) for p in (one, two) * 2])  # type: ignore[misc]
    history = two.typed("/okr O1", user="U3")["text"]
    assert "Second" in history


def test_many_at_once(place: Place) -> None:
    """Twenty people, and one of them twenty times, at the same time: nobody's line is lost, and relative values add up."""
    p, anna = place.serving, place.colleague("Anna")
    p.typed(OKR, user=anna)
    p.typed("/okr publish O1", user=anna)
    crowd = [place.colleague(f"Person {number}") for number in range(20)]
    lines = [place.slack.command("/okr KR1.1 +1", user=anna) for _ in range(20)]
    lines += [place.slack.command("/okr new O: Mine\nKR1: a from 1 to 2", user=user) for user in crowd]
    assert all(together(*[lambda line=line: p.slack(line).content for line in lines]))  # type: ignore[misc]
    data = place.town.export()
    people = {person["accounts"][0]["user"]: person["id"] for person in data["people"]}
    assert sorted(c["value"] for c in data["check_ins"] if c["member"] == people[anna]) == list(range(11, 31))
    owners = [o["owner"] for o in data["objectives"]]
    assert [owners.count(people[user]) for user in (anna, *crowd)] == [1] * 21
    (objective,) = (o for o in data["objectives"] if o["owner"] == people[anna])
    assert objective["key_results"][0]["current"] == 30


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_feishu_pushes_again(place: Place) -> None:
    """At 15 s, 5 min, 1 h and 6 h, with another event_id, and to a process that was not there the first time."""
    p, feishu, anna = place.serving, place.feishu, place.employee()
    p.says("新建 O：一次\nKR1：客户从 10 到 50", anna)
    p.says("发布", anna)
    direct = {"chat_type": "p2p", "chat_id": f"oc_{anna}", "message_id": f"om_only_{anna}"}
    group = {"chat_type": "group", "chat_id": "oc_group", "message_id": f"om_group_{anna}"}

    def in_group() -> list[dict[str, Any]]:
        return [m for m in feishu.messages if m["thread"] == group["message_id"]]

    def pushed(to: Serving) -> None:
        to.feishu(feishu.said("KR1.1 +1 只算一次", anna, direct))
        to.feishu(feishu.said("{bot} KR1.1 +10", anna, group))

    together(*[lambda: pushed(p)] * 4)
    with place.town.served() as newer:
        together(lambda: pushed(newer), lambda: pushed(p), lambda: pushed(newer))
        newer.says("我的", place.employee())
        p.says("我的", place.employee())
        echo = until(in_group, "the group is answered")[0]
        press = feishu.press(button(echo, "撤销"), user=anna, message=echo)
        first = p.feishu(press).json()
        assert "card" in first
        assert [to.feishu(press).json() for to in (p, newer, p)] == [first] * 3
    assert len(in_group()) == 1
    answers = [m for m in feishu.messages if m["channel"] == f"oc_{anna}"]
    assert len(answers) == 3, [m["text"] for m in answers]
    data = place.town.export()
    person = next(x["id"] for x in data["people"] if x["accounts"][0]["user"] == anna)
    assert len([c for c in data["check_ins"] if c["member"] == person]) == 1
