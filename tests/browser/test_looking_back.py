"""A lead and their people look back on the chat page of the sample company: digest, review, actions, scores, in both languages and by clicking."""

from pathlib import Path
from typing import Any

from tests.browser.visitor import Visitor, needs_chromium

pytestmark = needs_chromium


def test_a_lead_looks_back_in_english(browser: Any, home: tuple[str, Path]) -> None:
    maya = Visitor(browser, home[0], "maya", "back-en")
    digest = maya.says("digest")
    assert "Those you lead" in digest
    assert "Waiting on you" in digest or "Drifting" in digest
    assert "Looking back" in maya.says("review")
    maya.says("review KR1.1 insight procurement first")
    maya.says("review KR1.1 change send the annex ahead @Sofia Marin by 2099-01-05")
    assert "Close it like this?" in maya.says("review close")
    closed = maya.presses("Store and close")
    assert "procurement first" in closed
    assert "Open again" in closed
    assert "Your actions" in maya.says("actions")
    scored = maya.says("score KR1.1 0.6")
    assert "neither pay nor appraisal" in scored
    assert "Took back" in maya.presses("Undo")
    assert "legal review of the data annex" in maya.says("my week this")
    assert "worth talking about" in maya.says("agenda")
    assert "What is missing" in maya.says("gaps") or "Nothing" in maya.says("gaps")
    maya.becomes("sofia")
    assert "send the annex ahead" in maya.says("actions")
    assert maya.faults == []


def test_the_same_in_chinese(browser: Any, home: tuple[str, Path]) -> None:
    chen = Visitor(browser, home[0], "chen", "back-zh", phone=True)
    assert "你带的人" in chen.says("简报")
    assert "复盘" in chen.says("复盘")
    chen.says("复盘 KR1.1 总结经验：弱网先行")
    assert "就这样完成复盘" in chen.says("完成复盘")
    assert "弱网先行" in chen.presses("保存并完成")
    assert "待办" in chen.says("待办")
    assert "不用于薪酬和考核" in chen.says("打分 KR1.1 0.6")
    assert "周报" in chen.says("周报")
    assert "周会" in chen.says("周会")
    assert chen.faults == []
