"""Forms, the clock and the developer view of the real program: by mouse, by keyboard alone, on a phone, in the dark; nothing typed is lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_sample_company import exported
from tests.browser.visitor import Visitor, needs_chromium
from tests.outside.program import APP, environment, until

pytestmark = needs_chromium
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
Home = tuple[str, Path]


class Guest(Visitor):
    """Somebody with a form before them."""

    @property
    def form(self) -> Any:
        return self.page.locator("form.form").last

    def field(self, name: str) -> Any:
        return self.form.locator(f"[data-field='{name}'] .control")

    def opens(self, text: str) -> None:
        before = self.page.locator("form.form").count()
        self.page.fill("#main-text", text)
        self.page.press("#main-text", "Enter")
        self.page.locator("form.form").nth(before).wait_for()

    def holds(self, script: str) -> None:
        until(lambda: self.page.evaluate(f"Boolean({script})"), script)

    def reloads(self) -> None:
        self.page.reload()
        self.page.locator("#app[data-ready=yes]").wait_for()


@pytest.fixture(scope="module")
def home(lived_in: Home) -> Home:
    """Shared with who turns the clock next."""
    return lived_in


def test_an_objective_is_written_in_a_form(browser: Any, home: Home) -> None:
    tom = Guest(browser, home[0], "tom", "form-en")
    tom.opens("new")
    tom.field("title").fill("Support that customers recommend")
    tom.field("why").fill("renewals depend on it\nand so do we")
    tom.field("kr_n1_title").fill("NPS")
    tom.field("kr_n1_start").fill("30")

    # A person is found by name and chosen with the keyboard.
    tom.field("kr_n1_owner").focus()
    tom.page.keyboard.type("pri")
    assert tom.field("kr_n1_owner").get_attribute("aria-expanded") == "true"
    tom.page.keyboard.press("Enter")
    assert tom.form.locator("[data-field='kr_n1_owner'] .pick").inner_text().split("\n")[-2] == "Priya Nair"
    tom.shot()

    # A mistake: said at its field, which has the keyboard; the rest stands.
    tom.field("kr_n1_weight").fill("lots")
    tom.form.locator("[type=submit]").click()
    tom.form.locator(".has-error").first.wait_for()
    tom.holds("document.activeElement.closest('.has-error')")
    assert tom.field("why").input_value() == "renewals depend on it\nand so do we"
    assert tom.form.locator(".pick").count() == 1
    tom.shot()

    # Typed and not sent: it outlives a redraw of another line, the language and a reload.
    tom.field("kr_n1_target").fill("50")
    tom.field("kr_n1_weight").fill("100%")
    tom.page.click("[data-language=zh]")
    tom.page.click("[data-language=en]")
    assert tom.field("kr_n1_target").input_value() == "50"
    tom.reloads()
    assert (tom.field("kr_n1_target").input_value(), tom.field("kr_n1_start").input_value()) == ("50", "30")
    assert tom.form.locator(".pick").count() == 1
    assert tom.form.locator(".form-notice:not(.is-bad)").count() == 0

    # One more key result and back: the form is drawn anew with everything in it.
    tom.form.get_by_role("button", name="Add a key result").click()
    tom.field("kr_n3_title").wait_for()
    assert tom.field("kr_n1_target").input_value() == "50"

    # The server is away: it says so, keeps everything, and the same press goes through later.
    tom.context.route("**/chat/form", lambda route: route.abort())
    tom.form.locator("[type=submit]").click()
    tom.holds("document.querySelector('.form-state.is-trouble')?.textContent.includes('still here')")
    assert tom.field("title").input_value() == "Support that customers recommend"
    tom.context.unroute("**/chat/form")
    tom.form.locator("[type=submit]").click()
    tom.page.get_by_role("button", name="Publish O2").wait_for()
    assert tom.page.locator("form.form").count() == 0
    tom.shot()
    drafts = [o for o in exported(home[1])["objectives"] if o["title"] == "Support that customers recommend"]
    assert [(k["start"], k["target"]) for o in drafts for k in o["key_results"]] == [(30, 50)]
    assert [fault for fault in tom.faults if "ERR_FAILED" not in fault] == []


def test_two_tabs_on_one_form(browser: Any, home: Home) -> None:
    here = Guest(browser, home[0], "maya", "form-tabs")
    here.opens("settings")
    there = Guest(browser, home[0], "maya", "form-tabs-2")
    there.form.wait_for()
    here.field("timezone").fill("Nowhere/Land")
    there.field("timezone").fill("Mars/Base")
    there.form.locator("[type=submit]").click()
    there.form.locator(".has-error").wait_for()
    here.holds("document.querySelector('.form-notice:not(.is-bad)')")
    assert here.field("timezone").input_value() == "Nowhere/Land"
    here.shot()
    there.field("timezone").fill("Europe/Berlin")
    there.form.locator("[type=submit]").click()
    there.holds("!document.querySelector('form.form')")
    here.holds("document.querySelector('.form-left pre')?.textContent.includes('Nowhere/Land')")
    here.shot()
    here.page.locator(".form-left button").click()
    here.reloads()
    assert here.page.locator(".form-left").count() == 0
    assert here.faults == there.faults == []


def test_by_keyboard_alone(browser: Any, home: Home) -> None:
    sofia = Guest(browser, home[0], "sofia", "keys")
    keys = sofia.page.keyboard
    sofia.says("skip")  # the day's question shall not come between the box and the form
    sofia.page.locator("#main-text").focus()
    keys.type("settings")
    keys.press("Enter")
    sofia.page.locator("form.form [data-field='timezone']").wait_for()
    for _ in range(12):  # back from the box through the chips into the form
        keys.press("Shift+Tab")
        if sofia.page.evaluate("document.activeElement.type === 'submit' && Boolean(document.activeElement.closest('form.form'))"):
            break
    for _ in range(8):  # and back through its fields
        keys.press("Shift+Tab")
        if sofia.page.evaluate("document.activeElement.closest('[data-field]')?.dataset.field") == "timezone":
            break
    assert sofia.page.evaluate("document.activeElement.closest('[data-field]').dataset.field") == "timezone"
    keys.press("Control+a")
    keys.type("Nowhere")
    keys.press("Enter")
    sofia.holds("document.activeElement.getAttribute('aria-invalid') === 'true'")
    described = sofia.page.evaluate(
        "document.activeElement.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' ')"
    )
    assert "time zone" in described.lower()
    keys.press("Control+a")
    keys.type("Europe/Madrid")
    keys.press("Enter")
    sofia.holds("!document.querySelector('form.form')")
    sofia.page.locator("#clock-open").focus()
    keys.press("Enter")
    sofia.holds("document.activeElement.classList.contains('leap')")
    keys.press("Escape")
    sofia.holds("document.activeElement.id === 'clock-open' && document.querySelector('#clock-panel').hidden")
    assert sofia.faults == []


def test_the_clock_turns_forward(browser: Any, home: Home) -> None:
    lin, zhao = Guest(browser, home[0], "lin", "clock"), Guest(browser, home[0], "zhao", "clock-other")
    before = lin.page.get_attribute("#clock", "datetime")
    lin.page.click("#clock-open")
    lin.shot()
    monday = lin.page.locator(".leap").nth(3)
    to = monday.locator("time").get_attribute("datetime")
    monday.click()
    lin.page.locator("#passed").wait_for(timeout=30000)  # six days of a company's questions
    assert "天" in lin.page.inner_text("#passed")
    assert before < to == lin.page.get_attribute("#clock", "datetime")
    lin.page.locator(".day.is-now").wait_for()
    zhao.holds(f"document.querySelector('#clock').dateTime.slice(0, 10) === '{to[:10]}'")
    lin.shot()
    heard = lin.says("我的")
    assert "OKR" in heard
    assert lin.page.locator(".line time").last.get_attribute("datetime")[:10] == to[:10]

    lin.page.click("#clock-open")
    lin.page.fill("#leap-at", before)
    lin.page.press("#leap-at", "Enter")
    lin.holds("document.querySelector('#leap-state').textContent")
    assert lin.page.get_attribute("#clock", "datetime")[:10] == to[:10]
    done = subprocess.run(
        [sys.executable, str(APP), "tick"], cwd=home[1], env=environment(TENDAY_TIMEZONE="UTC"), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["at"][:10] >= to[:10]
    assert lin.faults == zhao.faults == []


@pytest.mark.parametrize(("user", "dark"), [("priya", False), ("chen", True)])
def test_the_developer_view(browser: Any, home: Home, user: str, dark: bool) -> None:
    dev = Guest(browser, home[0], user, f"dev-{user}", dark=dark)
    assert not dev.page.evaluate("performance.getEntriesByType('resource').some((one) => one.name.includes('/dev/'))")
    dev.page.click("#dev-switch")
    dev.page.locator(".dev").last.scroll_into_view_if_needed()  # what is far from sight is drawn when somebody comes to it
    dev.page.locator(".of-slack .sl-header").first.wait_for()
    dev.page.locator(".of-feishu .fs-body", has_text="KR1.1").first.wait_for()
    assert dev.page.locator(".dev-note").count() == 0
    dev.page.locator(".of-slack .dev-head .tool").first.click()
    assert json.loads(dev.page.locator(".of-slack .dev-json").first.inner_text())["blocks"]
    dev.shot()
    dev.opens({"priya": "new", "chen": "新建"}[user])
    dev.page.locator(".dev").last.scroll_into_view_if_needed()
    dev.page.locator(".sl-modal").last.wait_for()
    dev.page.locator(".fs-form").last.wait_for()
    assert dev.page.locator(".dev-note").count() == 0
    dev.shot()
    dev.page.click("#dev-switch")
    assert dev.page.locator(".dev").count() == 0
    assert dev.faults == []


@pytest.mark.parametrize(
    ("user", "said", "dark"), [("wang", ("新建", "打卡", "设置"), False), ("tom", ("new", "checkin", "settings"), True)]
)
def test_on_a_phone_nothing_sticks_out(browser: Any, home: Home, user: str, said: tuple[str, ...], dark: bool) -> None:
    phone = Guest(browser, home[0], user, f"phone-{user}", phone=True, dark=dark)
    for text in said:
        phone.opens(text)
        phone.shot()
        wide = phone.page.evaluate(
            "[...document.querySelectorAll('.card *')].filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.className)"
        )
        assert wide == []
    phone.page.click("#rail-open")
    phone.page.click("#clock-open")
    phone.shot()
    box = phone.page.locator("#clock-panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert phone.faults == []


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read(browser: Any, home: Home, dark: bool) -> None:
    reader = Guest(browser, home[0], "priya", f"contrast-{dark}", dark=dark)
    for text in ("mine", "new O: Short", "checkin KR9.9 45", "help", "KR1.1 900000"):
        reader.says(text)
    reader.opens("settings")
    reader.field("timezone").fill("Nowhere")
    reader.form.locator("[type=submit]").click()
    reader.form.locator(".has-error").wait_for()
    reader.page.click("#clock-open")
    assert reader.page.evaluate(f"(() => {{ {CONTRAST} }})()") == []
    reader.page.keyboard.press("Escape")
    reader.page.click("[data-place=general]")
    reader.page.locator(".replies").first.click()
    reader.page.locator("#side-lines .line").first.wait_for()
    assert reader.page.evaluate(f"(() => {{ {CONTRAST} }})()") == []


def test_a_thread_says_that_it_has_news(browser: Any, home: Home) -> None:
    tom, priya = Guest(browser, home[0], "tom", "thread-tom"), Guest(browser, home[0], "priya", "thread-priya")
    for guest in (tom, priya):
        guest.page.click("[data-place=general]")
        guest.page.locator(".replies").first.wait_for()
    assert tom.page.locator(".replies .dot").count() == 0
    priya.page.locator(".replies").first.click()
    priya.page.fill("#side-text", "well done")
    priya.page.press("#side-text", "Enter")
    tom.page.locator(".replies .dot").wait_for()
    tom.page.locator(".replies:has(.dot)").click()
    tom.page.locator("#side-lines .text", has_text="well done").wait_for()
    tom.holds("!document.querySelector('.replies .dot')")
    tom.page.keyboard.press("Escape")
    tom.holds("document.querySelector('#side').hidden")
    assert tom.page.locator(".replies .dot").count() == 0
    assert tom.faults == priya.faults == []


def test_a_day_passes_and_its_question_is_answered(browser: Any, home: Home) -> None:
    """A newcomer turns the clock to see a day go by: the question came at its hour, and is answered with a tap and in words."""
    tom = Guest(browser, home[0], "tom", "pulse")
    for _ in range(2):
        tom.page.click("#clock-open")
        tom.page.locator(".leap").nth(2).click()
        tom.page.locator("#passed").wait_for()
        tom.holds("document.querySelector('#clock-panel').hidden")
    asked = tom.page.locator(".card:has(form.form)", has_text="Nothing new").last
    asked.wait_for()
    asked.scroll_into_view_if_needed()
    tom.shot()
    assert asked.locator("[data-field='note']").is_visible()
    asked.locator("[data-field='note'] .control").fill("Two calls with Porto")
    asked.locator("button[type=submit]").click()
    tom.page.locator(".card", has_text="checked in").last.wait_for()
    tom.shot()
    rows = exported(home[1])["check_ins"]
    assert [row["note"] for row in rows][-1] == "Two calls with Porto"
    assert tom.faults == []
