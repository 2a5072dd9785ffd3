"""Somebody at the page of the real program, in Chromium."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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

needs_chromium = [
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("TENDAY_TEST_ALL"), reason="chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The program as `make run` starts it, on an empty folder; where it is."""
    port = free_port()
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
    yield address
    program.terminate()
    program.wait(timeout=20)


class Visitor:
    """Somebody at the page: says, presses, reads, and keeps a picture of each step."""

    def __init__(self, browser: Any, home: str, user: str, tour: str, *, phone: bool = False, dark: bool = False) -> None:
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 860}
        scheme = "dark" if dark else "light"
        self.context = browser.new_context(viewport=size, color_scheme=scheme, has_touch=phone, is_mobile=phone)
        self.context.set_default_timeout(10000)
        self.page = self.context.new_page()
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
