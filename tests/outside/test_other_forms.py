"""The forms in the language that each platform's other stories do not speak: 中文 on Slack, English on Feishu."""

import pytest

from tests.outside.conftest import Place
from tests.outside.voices import met


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("platform", "lang"), [("slack", "zh"), ("feishu", "en")])
def test_an_objective_a_check_in_and_the_settings(place: Place, platform: str, lang: str) -> None:
    ann = met(place.town, place.serving, platform, lang, "Ann")
    sheet = ann.opens("new", "新建")
    sheet.fill("Objective", "目标", "Win the north")
    sheet.fill("Key result", "关键结果", "NPS of shops")
    sheet.fill("From", "起始值", "thirty-ish")
    assert "thirty-ish" in sheet.sends("Make the draft", "生成草稿")
    assert sheet.holds("Objective", "目标") == "Win the north"
    sheet.fill("From", "起始值", "30")
    sheet.fill("To", "目标值", "50")
    sheet.sends("Make the draft", "生成草稿")
    ann.says("publish O1", "发布 O1")

    sheet = ann.opens("checkin", "进展")
    sheet.fill("Value now", "当前值", "36")
    sheet.fill("What happened", "进展说明", "ten interviews")
    sheet.sends("Check in", "提交进展")
    assert "36" in ann.says("KR1.1")

    sheet = ann.opens("edit O1", "编辑 O1")
    sheet.fill("To", "目标值", "60")
    sheet.sends("Save", "保存")
    sheet.fill("Why the change", "调整原因", "the market is bigger")
    sheet.sends("Save", "保存")
    assert "60" in ann.says("KR1.1")

    sheet = ann.opens("settings", "设置")
    sheet.fill("Time zone", "时区", "Mars/Base")
    assert "Mars/Base" in sheet.sends("Save", "保存")
    sheet.fill("Time zone", "时区", "Asia/Tokyo")
    sheet.sends("Save", "保存")
    again = ann.opens("settings", "设置")
    assert again.holds("Time zone", "时区") == "Asia/Tokyo"
    again.leaves()
    assert "a bug in" not in place.serving.stderr()
