"""Looking back from outside: a blocker that is an action, a review that writes itself, scores, digests and pages of one's own."""

import re

import pytest

from tests.outside.program import labels
from tests.outside.test_changing_story import Meet, meet
from tests.outside.voices import Voice

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
# Like nobody else's: what is learnt here would be told to whoever writes the same.
OKR = "new O: A quiet harbour\nKR1: Crane moves an hour from 30 to 50\nKR2: Ropes lost at sea from 8% to 2%"
OKR_ZH = "新建 O：安静的港口\nKR1：每小时吊次 从30提升到50\nKR2：缆绳丢失率由 8% 降至 2%"
__all__ = ["meet"]


def with_okr(who: Voice) -> Voice:
    who.says(OKR, OKR_ZH)
    assert "KR1.2" in who.says("publish O1", "发布 O1")
    return who


def words(who: Voice, english: str, chinese: str) -> str:
    return english if who.lang == "en" else chinese


def number_in(text: str) -> str:
    """The action that a text names."""
    found = re.search(r"\bA\d+", text)
    assert found, text
    return found[0]


def test_a_blocker_is_an_action_until_it_is_done(meet: Meet) -> None:
    ann, bob = with_okr(meet("Ann")), meet("Bob")
    asked = bob.hears(
        "the lawyers",
        lambda: ann.says(f"KR1.2 7% blocked: the lawyers {bob.at}", f"KR1.2 7% 卡点：the lawyers {bob.at}"),
    )
    number = number_in(asked["text"])
    assert number in bob.says("actions", "待办")
    done = ann.hears("the lawyers", lambda: bob.says(f"done {number}", f"完成 {number}"))
    assert bob.name in done["text"] or bob.shown in done["text"]
    assert number not in bob.says("actions", "待办").split(words(bob, "Done lately", "最近完成"))[0]

    # given by a colleague, with a day that has gone by refused and what was typed kept
    given = ann.says(f"action: call the bank {bob.at} by 2020-01-02", f"待办：call the bank {bob.at} 2020-01-02前")
    assert "call the bank" in given
    assert "call the bank" not in bob.says("actions", "待办")
    heard = bob.hears(
        "call the bank", lambda: ann.says(f"action: call the bank {bob.at} by Friday", f"待办：call the bank {bob.at} 周五前")
    )
    ann.hears("call the bank", lambda: bob.taps(heard, "Not mine", "不是我的"))
    assert "call the bank" in ann.says("actions", "待办")
    assert "A99999" in ann.says("done A99999", "完成 A99999")


def test_a_review_writes_itself_and_is_closed_in_two_taps(meet: Meet) -> None:
    ann, eve = with_okr(meet("Ann")), meet("Eve")
    ann.says("KR1.1 44 c7 met three customers")
    card = ann.card("review", "复盘")
    for step in words(ann, "Result", "评估结果"), "met three customers", "44":
        assert step in card["text"], card["text"]
    ann.says("review KR1.1 insight call early", "复盘 KR1.1 总结经验 call early")
    assert number_in(ann.says("review KR1.1 change call on Mondays by 2099-01-05", "复盘 KR1.1 改进 call on Mondays by 2099-01-05"))
    # the first tap shows what will be stored, the second stores it
    assert words(ann, "Close as drafted", "按草稿完成") in labels(ann.card("review", "复盘"))
    sure = ann.card("review close", "完成复盘")
    assert words(ann, "Store and close", "保存并完成") in labels(sure)
    ann.taps(sure, "Store and close", "保存并完成")
    closed = ann.card("review", "复盘")
    assert "call early" in closed["text"]
    assert words(ann, "Store and close", "保存并完成") not in labels(closed)
    assert words(ann, "Open again", "重开") in "".join(labels(closed))
    # others are not shown it
    assert "call early" not in eve.says(f"review {ann.at}", f"复盘 {ann.at}")


def test_scores_and_what_goes_on(meet: Meet) -> None:
    ann, eve = with_okr(meet("Ann")), meet("Eve")
    ann.says("KR1.1 44")
    assert "KR1.1 0.7" in ann.says("score KR1.1 7", "打分 KR1.1 7")  # out of 0 to 1: what may have been meant, to copy
    assert ann.shown in eve.says(f"score {ann.at} KR1.1 0.2", f"打分 {ann.at} KR1.1 0.2")
    scored = ann.says("score KR1.1 0.7 KR1.2 40%", "打分 KR1.1 0.7 KR1.2 40%")
    assert "0.7" in scored
    assert words(ann, "neither pay nor appraisal", "不用于薪酬和考核") in scored
    assert "0.7" in ann.says("O1")
    sheet = ann.opens("carry O1", "沿用 O1")
    assert any(words(ann, "New target", "新目标值") in label for label in sheet.labels), sheet.labels
    sheet.leaves()
    assert "2027" in ann.says("carry KR1.1 target 60 to 2027Q1", "沿用 KR1.1 目标值 60 到 2027Q1")


def test_a_lead_reads_what_needs_them(meet: Meet) -> None:
    lead, ann, bob = meet("Lee"), with_okr(meet("Ann")), meet("Bob")
    name = f"North{lead.user[-4:]}"
    lead.says(f"team new {name} members {ann.at} {bob.at}", f"团队 新建 {name} 成员 {ann.at} {bob.at}")
    lead.hears("the annex", lambda: ann.says(f"KR1.2 7% blocked: the annex {lead.at}", f"KR1.2 7% 卡点：the annex {lead.at}"))
    digest = lead.says("digest", "简报")
    assert "the annex" in digest
    assert words(lead, "Waiting on you", "等你处理") in digest
    assert bob.name in digest or bob.shown in digest  # who has no OKR
    gaps = lead.says("gaps", "待完善")
    assert bob.name in gaps or bob.shown in gaps
    agenda = ann.says(f"agenda team {name}", f"周会 团队 {name}")
    assert "the annex" in agenda
    # in a group nobody is named: the lead alone reads the digest
    group = ("C9" if lead.platform == "slack" else "oc_9") + lead.user[-4:]
    for message in lead.in_group("digest", "简报", group=group):
        assert message.get("ephemeral") or message["channel"] == lead.home or "the annex" not in message["text"], message["text"]


def test_pages_of_ones_own(meet: Meet) -> None:
    ann, bob = with_okr(meet("Ann")), meet("Bob")
    ann.says("KR1.1 44 met three customers")
    ann.says("next: call the bank", "明日：call the bank")
    assert "met three customers" in ann.says("my week this", "本周周报")
    assert "30 → 44" in ann.says("my cycle", "我的季度")
    assert "met three customers" in bob.says(f"daily {ann.at}", f"日报 {ann.at}")
    ann.says("private O1", "私密 O1")
    assert "met three customers" not in bob.says(f"daily {ann.at}", f"日报 {ann.at}")
