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

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
TOP = HERE.parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(page: Page, text: str) -> None:
    """Types a message and waits for its answer."""
    before = page.locator(".card").count()
    page.locator("#main-text").fill(text)
    page.locator("#main-text").press("Enter")
    page.locator(".card").nth(before).wait_for()
    page.wait_for_timeout(500)


def walk(page: Page, home: str) -> None:
    """One picture for each thing that the README tells."""
    page.goto(f"{home}/?as=tom")
    page.wait_for_selector(".card")
    say(
        page,
        "new O: Support that customers recommend\nwhy: renewals depend on it\nKR1: NPS from 30 to 50 weight 60%\n"
        "KR2: launch the help centre by 12-18 @Priya Nair\nKPI: Refunds ≤ 2%",
    )
    page.screenshot(path=HERE / "draft.png")
    page.get_by_role("button", name="Publish O2", exact=True).last.click()
    page.wait_for_timeout(900)
    say(page, "KR2.1 36 c7 first ten interviews are in; blocked: @Priya Nair owns the survey tool")
    page.screenshot(path=HERE / "check-in.png")
    page.goto(f"{home}/?as=chen")
    page.wait_for_selector(".card")
    page.screenshot(path=HERE / "mine-zh.png")


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
                walk(browser.new_page(viewport={"width": 1280, "height": 860}), home)
                browser.close()
        finally:
            program.terminate()
            program.wait()


if __name__ == "__main__":
    main()
