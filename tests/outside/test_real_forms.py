"""The forms that people meet, filled in from outside: a new objective, a check-in and an edit, on Slack in English and on Feishu in 中文."""

from typing import Any

import pytest

from tests.outside.conftest import Place
from tests.outside.program import until


def objectives(place: Place, user: str) -> list[dict[str, Any]]:
    data = place.town.export()
    person = next(p for p in data["people"] if user in [a["user"] for a in p["accounts"]])
    return [o for o in data["objectives"] if o["owner"] == person["id"]]


def test_on_slack(place: Place) -> None:
    p, slack, anna, ben = place.serving, place.slack, place.colleague("Anna"), place.colleague("Ben")
    assert p.slack(slack.command("/okr new", user=anna)).content == b""
    modal = slack.modal(anna)
    modal.fill("Objective", "Win the north")
    modal.fill("Key result", "NPS of shops")
    modal.fill("From", "thirty-ish")
    modal.fill("Owner", ben)
    slack.answered(modal, p.slack(slack.submit(modal)).content)
    assert modal.open
    assert "thirty-ish" in str(modal.errors)
    assert modal.holds("Objective") == "Win the north"
    modal.fill("From", "30")
    modal.fill("To", "50")
    slack.answered(modal, p.slack(p.town.slack.submit(modal)).content)
    assert not modal.open
    draft = until(lambda: [m for m in slack.messages if m["user"] == anna and "Win the north" in m["text"]], "the draft is shown")[0]
    p.pressed(draft, "Publish", user=anna)
    until(lambda: draft["edited"], "it is published")
    [objective] = objectives(place, anna)
    assert [(k["start"], k["target"]) for k in objective["key_results"]] == [(30, 50)]
    assert (objective["state"], objective["title"]) == ("published", "Win the north")

    p.slack(slack.command("/okr checkin", user=anna))
    modal = slack.modal(anna)
    modal.fill("Value now", "36")
    modal.fill("What happened", "ten interviews are in")
    slack.answered(modal, p.slack(slack.submit(modal)).content)
    assert not modal.open
    assert objectives(place, anna)[0]["key_results"][0]["current"] == 36

    p.slack(slack.command("/okr edit O1", user=anna))
    modal = slack.modal(anna)
    modal.fill("To", "60")
    slack.answered(modal, p.slack(slack.submit(modal)).content)
    assert modal.open, "a published target asks why"
    modal.fill("Why the change", "the market is bigger")
    slack.answered(modal, p.slack(slack.submit(modal)).content)
    assert not modal.open
    assert objectives(place, anna)[0]["key_results"][0]["target"] == 60
    assert "a bug in" not in p.stderr()


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_on_feishu(place: Place) -> None:
    p, feishu, wei = place.serving, place.feishu, place.employee()
    p.says("语言 中文", wei)
    card = p.says("新建", wei)

    def sends(label: str) -> dict[str, Any]:
        return feishu.acknowledged(p.feishu(feishu.send_form(card, label, wei)).content, card)

    feishu.fill(card, "目标", "让客户爱上第一周")
    feishu.fill(card, "关键结果", "NPS 从30提升到50")
    sends("再加一条关键结果")
    assert feishu.holds(card, "目标") == "让客户爱上第一周"
    sends("生成草稿")
    assert "草稿 O1" in str(card["card"])
    p.says("发布", wei)
    [objective] = objectives(place, wei)
    assert (objective["title"], objective["key_results"][0]["target"]) == ("让客户爱上第一周", 50)

    card = p.says("进展", wei)
    feishu.fill(card, "当前值", "36")
    feishu.fill(card, "进展说明", "已访谈十位客户")
    assert sends("提交进展")["toast"]["type"] == "success"
    assert "30 → 36" in card["text"]
    assert objectives(place, wei)[0]["key_results"][0]["current"] == 36
    assert "a bug in" not in p.stderr()
