"""Days that pass on the chat page: half a day off is asked nothing, and on the last working day of ten the look back comes in the question's place."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.browser.test_forms_and_clock import Guest
from tests.browser.visitor import needs_chromium
from tests.outside.program import until
from tests.outside.test_days_pass import period_ends

pytestmark = needs_chromium
DAY = timedelta(days=1)


class Traveller(Guest):
    """Somebody who turns the clock."""

    @property
    def today(self) -> date:
        return datetime.fromisoformat(self.page.get_attribute("#clock", "datetime")).date()

    def turns_to(self, day: date, hour: int) -> None:
        self.page.click("#clock-open")
        self.page.fill("#leap-at", f"{day.isoformat()}T{hour:02}:00")
        self.page.press("#leap-at", "Enter")
        self.holds(f"document.querySelector('#clock').dateTime.startsWith('{day.isoformat()}T{hour:02}')")
        self.holds("document.querySelector('#clock-panel').hidden")

    def questions(self, words: str) -> int:
        return int(self.page.locator(".card:has(form.form)", has_text=words).count())


def test_half_a_day_off_and_the_look_back(browser: Any, lived_in: tuple[str, Path]) -> None:
    priya = Traveller(browser, lived_in[0], "priya", "days")
    priya.page.set_default_timeout(30000)
    first = next(day for day in (priya.today + DAY, priya.today + 2 * DAY) if not period_ends(day))
    end = next(day for day in (first + DAY * n for n in range(2, 40)) if period_ends(day))
    priya.says("workdays Mon-Sun")
    assert "afternoon" in priya.says(f"away {first} afternoon")
    priya.turns_to(first, 12)
    before = priya.questions("How was today?")
    priya.turns_to(first, 19)
    assert priya.questions("How was today?") == before
    priya.turns_to(first + DAY, 19)  # a whole day again
    until(lambda: priya.questions("How was today?") > before, "the next day is asked about")
    priya.turns_to(end, 19)
    look = priya.page.locator(".card", has_text="Time to look back").last
    look.wait_for()
    look.scroll_into_view_if_needed()
    priya.shot()
    assert look.get_by_role("button", name="Nothing new").count() == 1
    assert priya.faults == []
