"""Which days people work: holidays, observed ones, shifted workdays, other weekends, part-timers and every other Saturday."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import workdays
from handlers.rules.workdays import Calendar, usual_week

DAY = timedelta(days=1)
CHINA, BAVARIA = Calendar(country="CN"), Calendar(country="DE-BY")
PART_TIME = Calendar("1110000", country="CN")
BIG_AND_SMALL = Calendar("1111110", "1111100", date(2026, 1, 5), "CN")


def of_year(year: int) -> list[date]:
    return [date(year, 1, 1) + n * DAY for n in range(366) if (date(year, 1, 1) + n * DAY).year == year]


def days(*named: str) -> list[date]:
    """ "02-16..02-20" and "02-23", of 2026."""
    found = []
    for name in named:
        first, _, last = name.partition("..")
        day, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last or first}")
        found += [day + n * DAY for n in range((end - day).days + 1)]
    return found


# Of each calendar, the days of 2026 on which it is not the plain Monday to Friday.
TABLE = {
    "China": (
        CHINA,
        days("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
        days("01-01..01-02", "02-16..02-20", "02-23", "04-06", "05-01", "05-04..05-05", "06-19", "09-25", "10-01..10-02", "10-05..10-07"),
    ),
    "the US, where a Saturday's holiday is kept on Friday": (
        Calendar(country="US"),
        [],
        days("01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"),
    ),
    "Bavaria": (BAVARIA, [], days("01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "05-25", "06-04", "12-25")),
    "Berlin": (Calendar(country="DE-BE"), [], days("01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "12-25")),
    "no country": (Calendar(), [], []),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_year_of_a_country(name: str) -> None:
    calendar, worked, free = TABLE[name]
    for day in of_year(2026):
        assert calendar.works(day) == (day in worked or (day.weekday() < 5 and day not in free)), day


def test_weekends_that_are_others() -> None:
    emirates, israel = Calendar(country="AE"), Calendar(country="IL")
    week = days("11-16..11-22")  # from Monday on
    assert [emirates.works(day) for day in week] == [True] * 5 + [False] * 2
    assert [israel.works(day) for day in week] == [True] * 4 + [False] * 2 + [True]
    assert not any(emirates.works(day) for day in days("12-02..12-03"))
    assert usual_week("IL", date(2026, 11, 25)) == "1111001"
    assert usual_week("AE", date(2026, 11, 25)) == usual_week("", date(2026, 11, 25)) == "1111100"
    assert usual_week("AE", date(2020, 11, 25)) == "1111001"  # a weekend that was moved


def test_a_part_timer_owes_a_shifted_day_only_for_a_day_of_their_own() -> None:
    off_week = [day for day in of_year(2026) if day.weekday() > 2 and PART_TIME.works(day)]
    # For Monday 02-23, Tuesday 05-05, Tuesday 10-06 and Wednesday 10-07; not those for a Friday, 01-04 and 02-14.
    assert off_week == days("02-28", "05-09", "09-20", "10-10")
    assert [PART_TIME.works(day) for day in days("02-23..02-28")] == [False, True, True, False, False, True]
    assert not any(PART_TIME.works(day) for day in days("10-01..10-07"))


def test_every_other_saturday() -> None:
    saturdays = [day for day in days("01-05..12-31") if day.weekday() == 5 and BIG_AND_SMALL.works(day)]
    big = days("01-10", "01-24", "02-07", "03-07", "03-21", "04-04", "04-18", "05-16", "05-30", "06-13", "06-27", "07-11", "07-25")
    big += days("08-08", "08-22", "09-05", "09-19", "10-17", "10-31", "11-14", "11-28", "12-12", "12-26")
    # A big week's Saturday that lies in a break (02-21, 05-02, 10-03) is free; shifted ones are worked in any week.
    assert saturdays == sorted([*big, *days("02-14", "02-28", "05-09", "10-10")])
    sundays = [day for day in of_year(2026) if day.weekday() == 6 and BIG_AND_SMALL.works(day)]
    assert sundays == days("01-04", "09-20")


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_weeks_alternate_both_ways_from_any_day_of_the_anchors_week(day: date, anchor: date) -> None:
    calendar = Calendar("1111111", "0000000", anchor)
    monday = anchor - anchor.weekday() * DAY
    assert calendar.works(day) == ((day - monday).days // 7 % 2 == 0)
    assert calendar.works(day) != calendar.works(day + 7 * DAY)
    assert Calendar("1111100", "", anchor).works(day) == (day.weekday() < 5)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_every_country_as_its_own_source_says(year: int) -> None:
    for country in holidays.list_supported_countries(include_aliases=False):
        # With its neighbours, as a break or an observed day may lie over New Year.
        source = holidays.country_holidays(country, years=(year - 1, year, year + 1))
        calendar = Calendar(country=country)
        said = [day for day in of_year(year) if source.is_working_day(day)]
        assert [day for day in of_year(year) if calendar.works(day)] == said, country


def test_swapped_days_are_found_in_every_country_that_has_them() -> None:
    countries = [
        c for c in holidays.list_supported_countries(include_aliases=False) if holidays.country_holidays(c).has_substituted_holidays
    ]
    assert {"CN", "HU", "LV", "TW"} <= set(countries)
    for country in countries:
        for year in range(2015, 2028):
            of_it = workdays._year(country, year)
            assert of_it is not None
            known = {day: free for day, free in of_it.shifted.items() if day.year == year}
            assert all(free is not None and free.weekday() != day.weekday() for day, free in known.items()), (country, year)


def test_the_language_of_the_machine_is_nothing_to_it(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    assert PART_TIME.works(date(2026, 2, 28))
    assert not PART_TIME.works(date(2026, 2, 14))


def test_the_workday_after_and_before() -> None:
    assert CHINA.after(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CHINA.before(date(2026, 10, 8)) == date(2026, 9, 30)
    assert CHINA.after(date(2026, 2, 13)) == date(2026, 2, 14)
    assert BAVARIA.after(date(2026, 1, 5)) == date(2026, 1, 7)
    assert BAVARIA.last_within(date(2026, 12, 19), date(2026, 12, 27)) == date(2026, 12, 24)
    assert BAVARIA.last_within(date(2026, 12, 25), date(2026, 12, 27)) is None
    assert BAVARIA.last_within(date(2026, 12, 22), date(2026, 12, 21)) is None
    assert CHINA.count(date(2026, 10, 1), date(2026, 10, 10)) == 3
    assert CHINA.count(date(2026, 10, 8), date(2026, 10, 8)) == 1
    assert CHINA.count(date(2026, 10, 9), date(2026, 10, 8)) == 0


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from([CHINA, BAVARIA, PART_TIME, BIG_AND_SMALL, Calendar("0000001")]))
def test_nothing_is_worked_between_a_day_and_its_neighbours(day: date, calendar: Calendar) -> None:
    after, before = calendar.after(day), calendar.before(day)
    assert before < day < after
    assert calendar.works(after)
    assert calendar.works(before)
    assert calendar.count(before + DAY, after - DAY) == calendar.works(day)


def test_who_never_works_is_looked_at_again_the_day_after() -> None:
    never = Calendar("0000000")
    assert never.after(date(2026, 11, 25)) == date(2026, 11, 26)
    assert never.before(date(2026, 11, 25)) == date(2026, 11, 24)
    assert not never.works(date(2026, 11, 26))


@pytest.fixture
def fresh() -> Iterator[None]:
    """Calendars as if none had been looked at yet, and none of what the test made of them left."""
    for kept in (workdays._year, workdays._source):
        kept.cache_clear()
    yield
    for kept in (workdays._year, workdays._source):
        kept.cache_clear()


def test_a_year_without_source_is_off_and_said_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fresh: None) -> None:
    real = holidays.country_holidays

    def broken(country: str, *, years: int, **rest: object) -> object:
        if years == 2027:
            raise ConnectionError("no such year")
        return real(country, years=years, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(holidays, "country_holidays", broken)
    with caplog.at_level(logging.ERROR):
        assert not any(calendar.works(day) for calendar in (CHINA, PART_TIME) for day in of_year(2027))
        assert CHINA.works(date(2026, 12, 31))
        assert CHINA.after(date(2026, 12, 31)) == date(2027, 1, 1)
        assert usual_week("CN", date(2027, 5, 5)) == "1111100"
    assert [record.getMessage() for record in caplog.records] == ["no holidays of CN for 2027: its days count as off"]


def test_a_country_that_is_none_is_off(fresh: None) -> None:
    assert not Calendar(country="ZZ").works(date(2026, 11, 25))
    assert not Calendar("1111111", country="DE-XX").works(date(2026, 11, 25))


def test_nothing_is_loaded_before_a_calendar_is_looked_at() -> None:
    code = """
import sys
from datetime import date
import app
from handlers.rules import countries, periods
from handlers.rules.workdays import Calendar
print(Calendar().works(date(2026, 11, 25)), "holidays" in sys.modules)
print(Calendar(country="DE").works(date(2026, 11, 25)), "holidays" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.stdout.splitlines() == ["True False", "True True"], done.stderr
