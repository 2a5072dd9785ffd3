"""Drafts among colleagues and what is private, from outside: who reads, who comments, and who hears that there is nothing of the kind."""

from typing import Any

import pytest

from tests.outside.program import until
from tests.outside.test_changing_story import Meet, meet, with_okr
from tests.outside.voices import Voice

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
__all__ = ["meet"]


def test_a_draft_is_shown_commented_and_the_comment_resolved(meet: Meet) -> None:
    ann, bob, eve = meet("Ann"), meet("Bob"), meet("Eve")
    ann.says("new O: Secret plan\nKR1: NPS from 30 to 50", "新建 O：Secret plan\nKR1：NPS 从30提升到50")
    shown = bob.hears("Secret plan", lambda: ann.says(f"share O1 {bob.at}", f"请 {bob.at} 看看 O1"))
    assert "KR1.1" in shown["text"]
    assert "Secret plan" in bob.says(f"{ann.at} O1")
    assert "Secret plan" not in eve.says(f"{ann.at} O1")

    told = ann.hears("too low", lambda: bob.says(f"comment {ann.at} KR1.1: too low", f"评论 {ann.at} KR1.1 too low"))
    assert bob.name in told["text"]
    bob.hears("too low", lambda: ann.taps(told, "Resolve", "解决"))
    assert ("1 resolved" if ann.lang == "en" else "1 条已解决") in ann.says("comments O1", "查看评论 O1")

    # into a group: read there by everybody in it, and at home by nobody who was not asked
    group = ("C8" if ann.platform == "slack" else "oc_8") + ann.user[-4:]
    ann.in_group("share O1 here", "分享 O1 到这里", group=group)
    until(lambda: [m for m in seen_in(ann, group) if "Secret plan" in m["text"]], "it is posted")
    assert "Secret plan" in eve.in_group(f"{ann.at} O1", group=group)[0]["text"]
    assert "Secret plan" not in eve.says(f"{ann.at} O1")

    # published, it is everybody's to comment on, and who commented on the draft hears of it
    bob.hears("Secret plan", lambda: ann.says("publish O1", "发布 O1"))
    ann.hears("well said", lambda: eve.says(f"comment {ann.at} O1: well said", f"评论 {ann.at} O1：well said"))


def seen_in(who: Voice, group: str) -> list[dict[str, Any]]:
    """What everybody in a group has read."""
    return [m for m in who.there.messages if m["channel"] == group and not m.get("ephemeral")]


def test_private_leaves_no_trace_for_others(meet: Meet) -> None:
    sue, eve = with_okr(meet("Sue")), meet("Eve")
    team = f"Hush{sue.user[-4:]}"
    sue.says(f"team new {team} members {eve.at}", f"团队 新建 {team} 成员 {eve.at}")
    sue.says("KR1.1 40 hush")
    assert "30 → 50" in eve.says(f"{sue.at} O1")
    sue.says("private O1", "私密 O1")
    group = ("C9" if sue.platform == "slack" else "oc_9") + sue.user[-4:]
    nothing = {"O1": "O8", "KR1.1": "KR8.1"}
    for english, chinese in (
        ("{who} O1", ""),
        ("{who} KR1.1", ""),
        ("history {who} KR1.1", "历史 {who} KR1.1"),
        ("comment {who} O1: well", "评论 {who} O1：well"),
        ("help {who} KR1.1", "求助 {who} KR1.1 在吗"),
        ("{who} KR1.1 44", ""),
    ):
        said = [text.format(who=sue.at) for text in (english, chinese)]
        heard = eve.says(*said)
        for there, not_there in nothing.items():
            said = [text.replace(there, not_there) for text in said]
        missing = eve.says(*said)
        for there, not_there in nothing.items():
            missing = missing.replace(not_there, there)
        assert heard == missing, said
    for heard in (eve.says(sue.at), eve.says(f"team {team}", f"团队 {team}")):
        assert "NPS" not in heard
        assert "hush" not in heard
    public = sue.in_group(f"{sue.at} O1", group=group)
    assert "NPS" in "".join(m["text"] for m in public)
    assert "NPS" not in "".join(m["text"] for m in seen_in(sue, group))
    assert "NPS" in sue.says("mine", "我的")
    sue.says("public O1", "公开 O1")
    assert "30 → 50" in eve.says(f"{sue.at} O1")
