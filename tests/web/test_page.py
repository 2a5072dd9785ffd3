"""A visitor walks through the chat page in a real browser; every step leaves a picture in shots/."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import serving
from tests.web.town import OUT_OF_REACH, Town

CHROMIUM = Path("/usr/bin/chromium")
SHOTS = Path(__file__).parents[2] / "shots"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGS += ["--disable-component-update", "--disable-sync"]
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("TENDAY_TEST_ALL"), reason="chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


class Visit:
    """An open page, the town behind it, and a camera."""

    def __init__(self, page: Any, town: Town, name: str) -> None:
        self.page, self.town, self.name = page, town, name
        self.steps = 0
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" and "503" not in said.text else None)

    def say(self, text: str, where: str = "main") -> None:
        self.page.fill(f"#{where}-text", text)
        self.page.press(f"#{where}-text", "Enter")

    def until(self, script: str) -> None:
        """Waits for it; Playwright's own way evaluates text inside the page, which the page's policy forbids."""
        for _ in range(160):
            if self.page.evaluate(f"Boolean({script})"):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(script)

    def shot(self, what: str) -> None:
        self.steps += 1
        SHOTS.mkdir(exist_ok=True)
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=str(SHOTS / f"{self.name}-{self.steps:02d}-{what}.png"))


def visit(browser: Any, town: Town, url: str, name: str, *, size: str, dark: bool, user: str) -> Visit:
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, has_touch=size == "phone", is_mobile=size == "phone")
    context.set_default_timeout(8000)
    guest = Visit(context.new_page(), town, name)
    guest.page.goto(f"{url}/?as={user}")
    guest.page.wait_for_selector("#app[data-ready=yes]")
    return guest


SAID = {
    "en": {"mine": "mine", "new": "new O: New customers love their first week", "in": "checkin KR1.1 +1", "no": "checkin KR9.9 45 c6",
           "vague": "we are at 45 now", "help": "help", "ask": "@Tenday mine"},
    "zh": {"mine": "我的", "new": "新建 O：让新客户爱上第一周", "in": "进展 KR1.1 +1", "no": "进展 KR9.9 45", "vague": "现在到 45 了",
           "help": "帮助", "ask": "@Tenday 我的"},
}  # fmt: skip
LOOKS = [("desktop", False, "en"), ("desktop", True, "zh"), ("phone", False, "zh"), ("phone", True, "en")]


@pytest.mark.parametrize(("size", "dark", "locale"), LOOKS)
def test_a_visitor_walks_through(browser: Any, size: str, dark: bool, locale: str) -> None:
    town = Town().history()
    user, said = {"en": "mina", "zh": "chenjing"}[locale], SAID[locale]
    with serving(town) as served:
        guest = visit(browser, town, served.url, f"{size}-{'dark' if dark else 'light'}-{locale}", size=size, dark=dark, user=user)
        page = guest.page
        guest.shot("welcome")
        guest.say(said["mine"])
        guest.until("document.querySelectorAll('.item').length === 12")
        guest.shot("mine")
        guest.say(said["new"])
        guest.until("document.querySelector('.button.is-danger')")
        guest.shot("draft")
        page.click(".button.is-danger")
        guest.until("document.activeElement.closest('.asks')")
        guest.shot("confirm")
        page.keyboard.press("Escape")
        guest.say(said["vague"])
        guest.until("document.querySelector('.is-question')")
        guest.say(said["no"])
        guest.until("document.querySelector('.is-refusal pre')")
        guest.shot("question-refusal")
        guest.say(said["in"])
        guest.until("document.querySelector('[data-say^=undo]')")
        guest.shot("echo")
        page.click("[data-say^=undo]")
        guest.until("document.querySelector('.edited') && !document.querySelector('[data-say^=undo]')")
        guest.say(said["help"])
        guest.until("document.querySelectorAll('.words code').length > 3")
        guest.shot("undone-help")
        if size == "phone":
            page.click("#rail-open")
            guest.shot("drawer")
        page.click("[data-place=general]")
        guest.until("document.querySelectorAll('.replies').length === 1")
        guest.say(said["ask"])
        guest.until("document.querySelectorAll('.replies').length === 2")
        if size == "phone":
            guest.shot("channel")
            page.locator(".replies").last.click()
        guest.until("document.querySelectorAll('#side .item').length === 12")
        guest.shot("thread")
        assert guest.faults == []
        assert town.heard[0].text == said["mine"]


def test_it_is_used_by_keyboard_and_loses_nothing(browser: Any) -> None:
    town = Town().history()
    with serving(town) as served:
        guest = visit(browser, town, served.url, "keys", size="desktop", dark=False, user="mina")
        page = guest.page

        page.focus("#main-text")
        page.keyboard.type("line one")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("ask @陈")
        guest.until("!document.querySelector('#main-people').hidden")
        guest.shot("mention")
        page.keyboard.press("Enter")
        assert page.input_value("#main-text") == "line one\nask @陈静 "
        page.keyboard.press("Enter")
        guest.until("document.querySelector('.text .mention')")
        assert town.heard[0].text == "line one\nask \ue000chenjing\ue001"
        guest.until("document.querySelector('.card')")

        page.keyboard.press("ArrowUp")
        assert page.input_value("#main-text") == "line one\nask @陈静"

        town.broken["answer"] = OUT_OF_REACH
        guest.say("checkin KR1.1 +1")
        guest.until("!document.querySelector('#main-composer .trouble').hidden")
        guest.shot("not-stored")
        assert page.input_value("#main-text") == "checkin KR1.1 +1"
        town.broken.clear()
        page.press("#main-text", "Enter")
        guest.until("document.querySelector('[data-say^=undo]')")
        assert [line.text for line in town.lines].count("checkin KR1.1 +1") == 1

        guest.say("checkin KR9.9 45 c6")
        guest.until("document.querySelector('.is-refusal [data-fill]')")
        page.click(".is-refusal [data-fill]")
        assert page.input_value("#main-text") == "checkin KR9.9 45 c6\nshipped <b>everything</b>"
        assert guest.faults == []


def test_people_themes_and_languages_are_switched(browser: Any) -> None:
    town = Town().history()
    with serving(town) as served:
        guest = visit(browser, town, served.url, "switches", size="desktop", dark=False, user="mina")
        page = guest.page
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        page.click("[data-theme-choice=dark]")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.click("[data-language=zh]")
        assert page.get_attribute("#main-text", "placeholder") == "发消息给 Tenday"
        page.click("#me")
        guest.shot("picker")
        page.keyboard.type("omar")
        page.keyboard.press("Enter")
        guest.until("document.querySelector('#me b').textContent === 'Omar Haddad'")
        assert page.get_attribute("#main-text", "placeholder") == "Message Tenday"

        # Somebody else writes in the channel: a dot, until it is read.
        town.post(conversation="general", author="ann", text="@here <b>lunch</b>?", reply="", locale="en", thread=None, only_for="")
        guest.until("document.querySelector('.conversation.is-unread .dot')")
        guest.shot("unread")
        page.click("[data-place=general]")
        guest.until("!document.querySelector('.conversation .dot')")
        assert page.locator(".text").last.text_content() == "@here <b>lunch</b>?"
        guest.shot("channel-dark")
        assert guest.faults == []


def test_a_page_can_be_read_aloud(browser: Any) -> None:
    """Every control has a name, and nothing is told by colour alone."""
    town = Town().history()
    with serving(town) as served:
        guest = visit(browser, town, served.url, "names", size="desktop", dark=False, user="mina")
        guest.say("mine")
        guest.until("document.querySelectorAll('.item').length === 12")
        tree = guest.page.locator("body").aria_snapshot()
        assert not re.search(r"^\s*- (button|textbox|combobox)(:| *$)", tree, re.MULTILINE), tree
        assert "off track" in guest.page.locator(".meter.is-off_track").first.inner_text()
        assert guest.page.locator(".meter.is-off_track .icon").count() > 0
