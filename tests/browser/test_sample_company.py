"""A newcomer meets the real program in a browser: the sample company, every kind of card, both languages; each step leaves a picture in shots/."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import free_port
from tests.outside.program import APP, environment, until

CHROMIUM = Path("/usr/bin/chromium")
SHOTS = Path(__file__).parents[2] / "shots"
ANSWER = ".parts"  # what Tenday said, in a card or plain
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("TENDAY_TEST_ALL"), reason="chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The program as `make run` starts it, on an empty folder."""
    folder, port = tmp_path_factory.mktemp("home"), free_port()
    settings = environment(PORT=str(port), TENDAY_TIMEZONE="UTC")
    program = subprocess.Popen([sys.executable, str(APP)], cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    address = f"http://127.0.0.1:{port}"

    def up() -> bool:
        assert program.poll() is None, program.stderr and program.stderr.read()
        try:
            return httpx.get(f"{address}/readyz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    until(up, "the program is ready", seconds=60)
    yield address, folder
    program.terminate()
    program.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at the page: says, presses, reads, and keeps a picture of each step."""

    def __init__(self, browser: Any, home: str, user: str, tour: str) -> None:
        self.page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
        self.home, self.tour, self.steps = home, tour, 0
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.becomes(user)

    def becomes(self, user: str) -> None:
        self.page.goto(f"{self.home}/?as={user}")
        self.page.locator(ANSWER).first.wait_for()

    def says(self, text: str) -> str:
        """The last card's words once it has answered."""
        before = self.page.locator(ANSWER).count()
        self.page.fill("#main-text", text)
        self.page.press("#main-text", "Enter")
        self.page.locator(ANSWER).nth(before).wait_for()
        return self.shot()

    def presses(self, label: str) -> str:
        button = self.page.locator(ANSWER).last.get_by_role("button", name=label, exact=True)
        before = self.words()
        button.click()
        until(lambda: self.words() != before, f"{label} is answered")
        return self.shot()

    def words(self) -> list[str]:
        """The words of every card."""
        return [str(text) for text in self.page.locator(ANSWER).all_inner_texts()]

    def shot(self) -> str:
        self.steps += 1
        SHOTS.mkdir(exist_ok=True)
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=SHOTS / f"{self.tour}-{self.steps:02}.png")
        return str(self.page.locator(ANSWER).last.inner_text())


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
