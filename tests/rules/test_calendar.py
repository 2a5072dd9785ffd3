"""Cycles and days: every day is in exactly one quarter, and a day is the one where somebody is."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import LENGTHS, Span, elapsed, length_of, local_day, next_span, quarter_of, span_named, span_of

days = st.dates(date(1970, 1, 1), date(8999, 12, 31))


lengths = st.sampled_from(sorted(LENGTHS))


@given(days, lengths)
def test_a_day_lies_in_its_span_and_in_no_other(day: date, length: str) -> None:
    span = span_of(day, length)
    assert span.start <= day <= span.end
    assert span.start.day == 1
    assert span_of(span.start, length) == span_of(span.end, length) == span
    assert span_of(span.start - timedelta(days=1), length).end == span.start - timedelta(days=1)
    assert length_of(span) == length


@given(days, lengths)
def test_one_span_follows_another_without_a_gap(day: date, length: str) -> None:
    span = span_of(day, length)
    after = next_span(span)
    assert after.start == span.end + timedelta(days=1)
    assert length_of(after) == length
    assert span.overlaps(span.end, after.end)
    assert not span.overlaps(after.start, after.end)


@given(days, lengths)
def test_a_span_is_found_by_its_name(day: date, length: str) -> None:
    span = span_of(day, length)
    assert span_named(span.name) == span_named(f" {span.name.lower()} ") == span


@pytest.mark.parametrize("length", LENGTHS)
def test_the_spans_of_a_year_make_a_year(length: str) -> None:
    spans = [span_of(date(2028, 1, 1), length)]
    while spans[-1].end < date(2028, 12, 31):
        spans.append(next_span(spans[-1]))
    assert len(spans) == 12 // LENGTHS[length]
    assert len({s.name for s in spans}) == len(spans)
    assert sum((s.end - s.start).days + 1 for s in spans) == 366


def test_names_that_people_know() -> None:
    day = date(2027, 2, 28)
    assert [span_of(day, length).name for length in LENGTHS] == ["2027Q1", "2027B1", "2027M02", "2027"]
    assert span_named("2027m2") == span_named("2027M02")
    assert quarter_of(day) == span_named("2027Q1")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2026Q5",
        "2026Q0",
        "2026B7",
        "2026B0",
        "2026M13",
        "2026M00",
        "2026Q",
        "Q4",
        "26Q4",
        "0000Q1",
        "9999Q4",
        "2026-Q4",
        "two",
        "２０２６Q9",
        "H1",
    ],
)
def test_what_is_no_span(name: str) -> None:
    assert span_named(name) is None


def test_a_custom_span_has_no_length() -> None:
    with pytest.raises(ValueError, match="H1"):
        length_of(Span("H1", date(2027, 1, 1), date(2027, 6, 30)))


@given(st.text(max_size=12))
def test_no_name_is_too_strange(name: str) -> None:
    found = span_named(name)
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
