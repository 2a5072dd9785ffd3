"""The same quarter on Feishu, in 中文: in a direct conversation and in a group."""

import json
from typing import Any

import pytest

from tests.outside.conftest import Place
from tests.outside.program import button, labels, until
from tests.outside.test_slack_story import theirs

OKR = "新建 O：赢下华北市场【承诺】\nKR1：签约客户从 10 家提升到 50 家 权重60% {person}\nKR2：退款率由 8% 降至 2%\nKPI：NPS ≥ 40"


def in_direct(place: Place, user: str) -> list[dict[str, Any]]:
    return [m for m in place.feishu.messages if m["channel"] == f"oc_{user}"]


def test_a_quarter(place: Place) -> None:
    p, feishu = place.serving, place.feishu
    anna, ming, chen = place.employee("安娜"), place.employee("小明"), place.employee("陈晨")

    draft = p.says(OKR.format(person="{" + ming + "}"), anna)
    assert all(words in draft["text"] for words in ("赢下华北市场", "签约客户", "退款率", "草稿"))
    assert [name.split()[0] for name in labels(draft)] == ["发布", "编辑", "弃稿"]

    # the press is answered with the card itself; whoever was named is asked in private
    publish = button(draft, "发布")
    acknowledged = p.tapped(draft, "发布", anna)
    assert acknowledged["toast"]["type"] == "success"
    assert "card" in acknowledged
    assert "发布 O1" not in labels(draft)
    asked = until(lambda: in_direct(place, ming), "小明 is asked")[0]
    assert "签约客户" in asked["text"]

    # a second press changes nothing, and shows the card as it is
    again = feishu.acknowledged(p.feishu(feishu.press(publish, user=anna, message=draft)).content)
    assert "赢下华北市场" in json.dumps(again["card"], ensure_ascii=False)

    before = len(in_direct(place, anna))
    p.tapped(asked, 0, ming)
    until(lambda: len(in_direct(place, anna)) > before, "安娜 is told")
    assert f"@{ming}" in in_direct(place, anna)[-1]["text"]

    # check-ins: by word, in a group's thread, with an input method's full stop
    assert "20" in p.says("{" + anna + "} KR1.1 20 信心7 签了三家", ming)["text"]
    root = "om_root_of_the_thread"
    (echo,) = p.told(lambda: p.feishu(feishu.group("KR1.2 6。5％ 信心指数6 修好了", anna, root_id=root)), by="feishu")
    assert (echo["channel"], echo["thread"]) == ("oc_group", root)
    assert "6.5%" in echo["text"]

    # a refusal is a toast, and the whole of it comes as a message to the presser alone
    mine = in_direct(place, anna)
    (told,) = p.told(lambda: _refused(place, echo, chen), by="feishu")
    assert told["channel"] == f"oc_{chen}"
    assert len(in_direct(place, anna)) == len(mine)

    undone = p.tapped(echo, "撤销", anna)
    assert "card" in undone
    assert "6.5" not in p.says("KR1.2", anna)["text"].replace("8% → 2%", "")
    assert "22" in p.says("更正 {" + anna + "} KR1.1 22", ming)["text"]

    data = place.town.export()
    _, (objective,) = theirs(data, anna)
    customers, refunds, nps = objective["key_results"]
    assert (objective["title"], objective["kind"]) == ("赢下华北市场", "committed")
    assert (customers["start"], customers["target"], customers["current"], customers["unit"]) == (10, 50, 22, "家")
    assert customers["owner"] == theirs(data, ming)[0]["id"]
    assert (refunds["metric"], refunds["current"], refunds["direction"]) == ("percent", None, "down")
    assert nps["guardrail"]
    kept = [(c["value"], c["confidence"], c["note"], c["source"]) for c in data["check_ins"] if c["key_result"] == customers["id"]]
    assert kept == [(22, 7, "签了三家", "feishu")]


def _refused(place: Place, card: dict[str, Any], by: str) -> None:
    answer = place.feishu.acknowledged(place.serving.feishu(place.feishu.press(button(card, "撤销"), user=by, message=card)).content)
    assert answer["toast"]["type"] in ("warning", "info")
    assert "card" not in answer


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_ten_people_in_one_line(place: Place) -> None:
    """@_user_1 is a prefix of @_user_10: everybody is who they are."""
    p, feishu = place.serving, place.feishu
    anna, *crowd = [place.employee(f"同事{number}号") for number in range(1, 11)]
    p.says("新建 O：一起做\nKR1：接口从 1 个提升到 9 个", anna)
    p.says("发布", anna)
    everybody = " ".join("{" + user + "}" for user in crowd)
    body = feishu.group(f"{{bot}} 求助 KR1.1 {everybody} 帮忙联调", anna)
    p.told(lambda: p.feishu(body), by="feishu", number=1 + len(crowd))
    for user in crowd:
        assert len(in_direct(place, user)) == 1, user
    assert "@_user" not in "".join(m["text"] for m in feishu.messages)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_group_hears_only_what_mentions_tenday(place: Place) -> None:
    p, feishu = place.serving, place.feishu
    anna, ming = place.employee(), place.employee("小明")
    fence = place.employee("栅栏")
    quiet = {"chat_type": "group", "chat_id": "oc_quiet"}
    p.feishu(feishu.said("KR1.1 45 大家好", anna, quiet))
    p.feishu(feishu.said("{" + ming + "} 我的", anna, quiet))
    p.feishu(feishu.said("{bot} 我的", "ou_bot_two", quiet, sender={"sender_type": "app"}))
    p.says("我的", fence)
    assert not [m for m in feishu.messages if m["channel"] == "oc_quiet"]


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_the_console_and_the_menu(place: Place) -> None:
    p, feishu = place.serving, place.feishu
    for signed in (True, False):
        assert p.feishu(feishu.challenge(signed=signed)).json() == {"challenge": "abc"}
    assert p.feishu(feishu.challenge(signed=False, token="wrong"), status=401)
    anna = place.employee()
    (shown,) = p.told(lambda: p.feishu(feishu.menu("帮助", anna)), by="feishu")
    assert shown["channel"] == f"oc_{anna}"
