"""A newcomer meets the real program in a browser: the sample company, every kind of card, both languages; each step leaves a picture in shots/."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.browser.visitor import Visitor, needs_chromium
from tests.outside.program import APP, environment, until

pytestmark = needs_chromium


def exported(folder: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(APP), "export"], cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def test_a_newcomer_writes_publishes_checks_in_and_takes_back(browser: Any, home: tuple[str, Path]) -> None:
    tom = Visitor(browser, home[0], "tom", "sample-en")
    tom.shot()
    heard = tom.says(
        "new O: Support that customers recommend\nKR1: NPS from 30 to 50 weight 60%\nKR2: launch the help centre by 12-28\nKPI: Refunds ≤ 2%"
    )
    assert "Draft O2" in heard
    assert "30 → 50" in heard
    assert "60%" in heard
    assert "Publish O2" in heard
    assert "Published" in tom.presses("Publish O2")
    heard = tom.says("KR2.1 36 c7 ten interviews are in; blocked: @Priya Nair owns the survey tool")
    assert "30 → 36" in heard
    assert "confidence 7/10" in heard
    assert "Priya Nair" in heard
    assert "Took back" in tom.presses("Undo")
    assert "Done again" in tom.presses("Redo")
    assert "2%" in tom.says("KR2.3 3%")
    assert "far from" in tom.says("KR2.1 450")
    assert "36 → 450" in tom.presses("36 → 450")
    assert "done" in tom.says("KR2.2 done")
    assert "help" in tom.says("what a lovely day").lower()
    assert "O2" in tom.says("mine")
    tom.becomes("priya")
    until(lambda: "blocked on KR2.1" in tom.page.inner_text("main"), "Priya is asked")
    assert "Which one?" in tom.says("answer you have access now")
    assert "answered: you have access now" in tom.presses("Answer Tom Okafor · KR2.1")
    assert tom.faults == []
    data = exported(home[1])
    rows = {k["title"]: k for o in data["objectives"] for k in o["key_results"]}
    assert rows["NPS from 30 to 50"]["current"] == 450
    assert rows["launch the help centre"]["progress"] == 1.0
    assert [c["blocker"] for c in data["check_ins"] if "ten interviews" in c["note"]] == ["@Priya Nair owns the survey tool"]


def test_the_same_in_chinese(browser: Any, home: tuple[str, Path]) -> None:
    wang = Visitor(browser, home[0], "wang", "sample-zh")
    wang.shot()
    heard = wang.says(
        "新建 O：让运维不再半夜起床\n关键结果1：夜间告警从每月45次降至10次 权重60%\n关键结果2：自愈脚本覆盖率从20%提升到75%\n底线：误关阀次数 ≤ 0"
    )
    assert "草稿 O2" in heard
    assert "45次 → 10次" in heard
    assert "已发布" in wang.presses("发布 O2")
    heard = wang.says("KR2.1 40→32 信心7 告警分级已上线；卡点：@陈默 值班表没定")
    assert "32次" in heard
    assert "陈默" in heard
    assert "已撤销" in wang.presses("撤销")
    assert "已恢复" in wang.presses("恢复")
    assert "我的 OKR" in wang.says("我的")
    wang.becomes("chen")
    until(lambda: "KR2.1" in wang.page.inner_text("main"), "陈默收到消息")
    assert "已接受" in wang.says("接受")
    assert wang.faults == []


def test_hostile_words_are_words(browser: Any, home: tuple[str, Path]) -> None:
    sofia = Visitor(browser, home[0], "sofia", "sample-hostile")
    heard = sofia.says("new O: <img src=x onerror=alert(1)> `code` <!channel>\nKR1: <script>document.title='gone'</script> from 1 to 2")
    assert "<img src=x onerror=alert(1)> `code` <!channel>" in heard
    assert "<script>document.title='gone'</script>" in heard
    assert sofia.page.title() != "gone"
    assert sofia.page.locator(".parts img, .parts script").count() == 0
    assert sofia.faults == []
