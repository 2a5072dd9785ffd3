"""What a lead is told, and when."""

from datetime import date

import pytest

from handlers.rules import digesting
from handlers.rules.workdays import Calendar

WORKS = Calendar().works
NOVEMBER = {day: date(2026, 11, day) for day in range(1, 31)}


@pytest.mark.parametrize(
    ("last", "through", "days"),
    [(23, 23, 0), (23, 24, 1), (20, 23, 1), (20, 26, 4), (21, 22, 0), (26, 23, 0)],
)
def test_days_of_silence_are_workdays(last: int, through: int, days: int) -> None:
    assert digesting.silent_days(NOVEMBER[last], NOVEMBER[through], WORKS) == days


@pytest.mark.parametrize(("today", "before"), [(24, 23), (23, 20), (22, 20), (21, 20)])
def test_the_last_workday_that_is_over(today: int, before: int) -> None:
    assert digesting.last_finished(NOVEMBER[today], WORKS) == NOVEMBER[before]


@pytest.mark.parametrize(
    ("today", "kind"),
    [(24, "day"), (30, "week"), (11, "xun"), (10, "day"), (23, "xun"), (16, "week")],
)
def test_what_a_morning_is_about(today: int, kind: str) -> None:
    """The 23rd is a Monday, and the first workday after the 20th."""
    assert digesting.morning_span(NOVEMBER[today], WORKS) == kind


def test_a_holiday_on_monday_moves_the_week() -> None:
    works = lambda day: WORKS(day) and day != NOVEMBER[30]  # noqa: E731  (a calendar with one more holiday)
    assert not digesting.first_of_week(NOVEMBER[30], works)
    assert digesting.first_of_week(date(2026, 12, 1), works)


@pytest.mark.parametrize(
    ("kind", "today", "first", "last"),
    [("week", 24, 17, 23), ("xun", 24, 21, 23), ("xun", 11, 1, 10), ("xun", 21, 11, 20)],
)
def test_the_days_of_a_digest(kind: str, today: int, first: int, last: int) -> None:
    assert digesting.span_of(kind, NOVEMBER[today]) == (NOVEMBER[first], NOVEMBER[last])


@pytest.mark.parametrize(
    ("status", "confidence", "end", "parted"),
    [
        ("at_risk", 8, 0.5, True),
        ("at_risk", 8, 0.9, False),
        ("at_risk", 5, 0.5, False),
        ("on_track", 9, 0.5, False),
        ("off_track", None, 0.1, False),
    ],
)
def test_words_and_numbers_part(status: str, confidence: int | None, end: float, parted: bool) -> None:
    assert digesting.diverges(status, confidence, end) is parted  # type: ignore[arg-type]


def test_the_trend_goes_on() -> None:
    assert digesting.projected(0.5, 0.4, 10, 20) == pytest.approx(0.7)
    assert digesting.projected(0.5, 0.5, 0, 20) == 0.5
