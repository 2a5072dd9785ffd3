"""Takes the README's pictures: starts Tenday with its sample company and walks the chat page in Chromium.

.venv/bin/python docs/pictures/take.py
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
TOP = HERE.parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def visitor(browser: Browser, home: str, user: str, *, size: tuple[int, int] = (1200, 840), dark: bool = False) -> Page:
    """Somebody's page, sharp enough for a landing page."""
    phone = size[0] < 500
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        color_scheme="dark" if dark else "light",
        locale="zh-CN" if phone else "en-GB",
        has_touch=phone,
        is_mobile=phone,
    )
    page = context.new_page()
    page.goto(f"{home}/?as={user}")
    page.locator(".card").first.wait_for()
    return page


def say(page: Page, text: str) -> None:
    """Types a message and waits for its answer."""
    before = page.locator(".card").count()
    page.locator("#main-text").fill(text)
    page.locator("#main-text").press("Enter")
    page.locator(".card").nth(before).wait_for()
    settled(page)


def settled(page: Page) -> None:
    """The pointer out of the way, and whatever moves at rest."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)


def chat(page: Page) -> None:
    """An objective is typed, and comes back as a draft."""
    say(
        page,
        "new O: Support that customers recommend\nwhy: renewals depend on it\nKR1: NPS from 30 to 50 weight 60%\n"
        "KR2: launch the help centre by 12-18 @Priya Nair\nKPI: Refunds ≤ 2%",
    )
    page.screenshot(path=HERE / "chat.png")


def form(page: Page) -> None:
    """The same in a form."""
    say(page, "new")
    fields = page.locator("form.form").last
    for name, text in {
        "title": "Partners sell us while we sleep",
        "why": "one partner brings more than one sales rep",
        "kr_n1_title": "Active resellers",
        "kr_n1_start": "3",
        "kr_n1_target": "10",
        "kr_n1_weight": "60%",
    }.items():
        fields.locator(f"[data-field='{name}'] .control").fill(text)
    fields.locator("[data-field='kr_n1_owner'] .control").scroll_into_view_if_needed()
    for name, letters in {"kr_n1_owner": "sof", "kr_n1_with": "tom"}.items():
        fields.locator(f"[data-field='{name}'] .control").click()
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
    fields.locator("[data-field='kr_n1_with'] .control").click()
    page.keyboard.type("p")
    fields.locator("[data-field='kr_n1_title']").evaluate("(field) => field.scrollIntoView({block: 'start'})")
    settled(page)
    page.screenshot(path=HERE / "form.png")


def review(page: Page) -> None:
    """A review that wrote itself, with what was learnt."""
    say(page, "review KR1.1 insight one firmware version makes half of the gaps")
    say(page, "review")
    page.screenshot(path=HERE / "review.png")


def digest(page: Page) -> None:
    """What a lead reads."""
    say(page, "digest")
    page.screenshot(path=HERE / "digest.png")


def channel(page: Page) -> None:
    """A thread in the channel, in the dark."""
    page.locator("[data-place=general]").click()
    page.locator(".replies").first.click()
    page.locator("#side-lines .card").wait_for()
    settled(page)
    page.screenshot(path=HERE / "channel-dark.png")


def phone(page: Page) -> None:
    """中文 on a phone."""
    say(page, "我的")
    page.screenshot(path=HERE / "phone-zh.png")


def walk(browser: Browser, home: str) -> None:
    """One picture for each thing that the README tells."""
    chat(visitor(browser, home, "tom"))
    form(visitor(browser, home, "sofia"))
    review(visitor(browser, home, "priya"))
    digest(visitor(browser, home, "maya"))
    channel(visitor(browser, home, "maya", dark=True))
    phone(visitor(browser, home, "wang", size=(390, 800)))


def main() -> None:
    """Starts the program on an empty database, takes the pictures, stops it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "PORT": str(port), "DATABASE_URL": f"sqlite:///{folder}/tenday.db"}
        program = subprocess.Popen([sys.executable, "app.py"], cwd=TOP, env=settings)
        home = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{home}/healthz", timeout=1)
                    break
                except OSError:
                    time.sleep(0.2)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                walk(browser, home)
                browser.close()
        finally:
            program.terminate()
            program.wait()


if __name__ == "__main__":
    main()
