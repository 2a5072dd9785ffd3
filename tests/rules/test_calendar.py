"""Cycles and days: every day is in exactly one quarter, and a day is the one where somebody is."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import elapsed, local_day, quarter, quarter_named, quarter_of

days = st.dates(date(1970, 1, 1), date(8999, 12, 31))


@given(days)
def test_a_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    span = quarter_of(day)
    assert span.start <= day <= span.end
    assert span.start.day == 1
    assert quarter_of(span.end + timedelta(days=1)).start == span.end + timedelta(days=1)
    assert quarter_named(span.name) == span


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_four_quarters_make_a_year(number: int) -> None:
    spans = [quarter(2026, n) for n in (1, 2, 3, 4)]
    assert sum((s.end - s.start).days + 1 for s in spans) == 365
    assert quarter(2026, number).name == f"2026Q{number}"


@pytest.mark.parametrize("name", ["", "2026", "2026Q5", "2026Q0", "Q4", "26Q4", "0000Q1", "9999Q4", "2026-Q4", "two", "２０２６Q9"])
def test_what_is_no_quarter(name: str) -> None:
    assert quarter_named(name) is None


@given(st.text(max_size=12))
def test_no_name_is_too_strange(name: str) -> None:
    found = quarter_named(name)
    assert found is None or found.start < found.end


@given(st.dates(date(1980, 1, 1), date(2090, 1, 1)), st.times(), st.sampled_from(sorted(available_timezones())))
def test_a_local_day_is_at_most_one_away_from_utc(day: date, hour: time, zone: str) -> None:
    at = datetime.combine(day, hour, UTC)
    assert abs((local_day(at, zone) - at.date()).days) <= 1
    assert local_day(at, zone) == at.astimezone(ZoneInfo(zone)).date()
    assert local_day(at.astimezone(timezone(timedelta(hours=5))), zone) == local_day(at, zone)


@given(days, st.integers(1, 500))
def test_elapsed_steps_evenly(start: date, length: int) -> None:
    end = min(start + timedelta(days=length - 1), date(9000, 1, 1))
    whole = (end - start).days + 1
    assert elapsed(start, end, start) == pytest.approx(1 / whole)
    assert elapsed(start, end, end) == 1.0
