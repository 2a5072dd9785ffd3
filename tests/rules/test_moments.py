"""A local time is exactly one moment of every local date, in every zone that there is, whatever the clocks do that night."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.moments import day_over, in_quiet, moment, off_the_hour, window_over

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DATES = [date(2026, 1, 1) + n * DAY for n in range(730)]
MINUTES = (0, 1, 15, 30, 45, 90, 119, 120, 150, 165, 180, 210, 1060, 1380, 1395, 1439)
BEGIN, END = datetime(2025, 12, 28, tzinfo=UTC), datetime(2028, 1, 4, tzinfo=UTC)

# A stretch of time in which the clocks of a zone do nothing: from when (UTC) to when, and how far they are from UTC.
Stretch = tuple[datetime, datetime, timedelta]


def stretches(zone: str) -> tuple[Stretch, ...]:
    """What the clocks of a zone do, found out by looking at them: day by day, then hour by hour, then minute by minute."""
    local = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(local).utcoffset() or timedelta()

    def changes(start: datetime, end: datetime, *steps: timedelta) -> Iterator[datetime]:
        at = start
        while at < end:
            if offset(at) != offset(at + steps[0]):
                yield from changes(at, at + steps[0], *steps[1:]) if steps[1:] else [at + steps[0]]
            at += steps[0]

    edges = [BEGIN, *changes(BEGIN, END, DAY, HOUR, MINUTE), END]
    return tuple((start, end, offset(start)) for start, end in pairwise(edges))


@cache
def clocks() -> dict[tuple[Stretch, ...], str]:
    """Every way that clocks go, each with the name of one zone that has it."""
    return {stretches(zone): zone for zone in sorted(available_timezones())}


def expected(day: date, minute: int, known: tuple[Stretch, ...]) -> datetime:
    wall = datetime(day.year, day.month, day.day, tzinfo=UTC) + minute * MINUTE
    for start, end, offset in known:
        if start + offset <= wall < end + offset:
            return wall - offset
    after = next(start for start, _, offset in known if start + offset > wall)
    offset = next(offset for start, _, offset in known if start == after)
    return after if (after + offset).date() == day else after - MINUTE


def test_there_are_zones_and_changes_of_every_sort() -> None:
    assert len(clocks()) > 60
    jumps = {later[2] - earlier[2] for known in clocks() for earlier, later in pairwise(known)}
    assert {HOUR, -HOUR, timedelta(minutes=30), -timedelta(minutes=30)} <= jumps


def test_one_moment_for_each_date_in_every_zone() -> None:
    for known, zone in clocks().items():
        local = ZoneInfo(zone)
        for minute in MINUTES:
            moments = [moment(day, minute, zone) for day in DATES]
            assert moments == [expected(day, minute, known) for day in DATES], (zone, minute)
            assert [at.astimezone(local).date() for at in moments] == DATES, (zone, minute)
            assert all(earlier < later for earlier, later in pairwise(moments)), (zone, minute)


def test_a_day_is_over_when_the_next_begins_in_every_zone() -> None:
    second = timedelta(seconds=1)
    for zone in clocks().values():
        local = ZoneInfo(zone)
        overs = [day_over(day, zone) for day in DATES]
        assert [over.astimezone(local).date() for over in overs] == [day + DAY for day in DATES], zone
        assert [(over - second).astimezone(local).date() for over in overs] == DATES, zone


def test_a_moment_is_the_time_on_the_wall_or_no_such_time_is_on_it() -> None:
    gone = 0
    for known, zone in clocks().items():
        local = ZoneInfo(zone)
        nights = {(start + shift * DAY).date() for start, _, _ in known[1:] for shift in (-1, 0, 1)} & set(DATES)
        for day in nights:
            walls = {(at.date(), at.hour * 60 + at.minute) for at in walls_around(day, local)}
            for minute in MINUTES:
                at = moment(day, minute, zone).astimezone(local)
                shown = (at.date(), at.hour * 60 + at.minute) == (day, minute)
                assert shown == ((day, minute) in walls), (zone, day, minute)
                gone += not shown
    assert gone > 50


def walls_around(day: date, local: ZoneInfo) -> Iterator[datetime]:
    """What the clock on the wall shows, minute by minute, from before a date to behind it wherever that is."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - 15 * HOUR
    for _ in range(54 * 60):
        yield at.astimezone(local)
        at += MINUTE


@pytest.mark.parametrize(
    ("zone", "day", "minute", "at"),
    [
        ("Asia/Shanghai", "2026-11-25", 1060, "2026-11-25T09:40"),
        ("Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:00"),  # 02:00 is 03:00
        ("Europe/Berlin", "2026-03-29", 180, "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-10-25", 150, "2026-10-25T00:30"),  # 02:30 comes twice
        ("Asia/Beirut", "2026-03-29", 15, "2026-03-28T22:00"),  # no midnight: 00:00 is 01:00
        ("Africa/Cairo", "2026-04-24", 0, "2026-04-23T22:00"),
        ("Africa/Cairo", "2026-10-29", 1395, "2026-10-29T20:15"),  # 23:15 comes twice
        ("America/Havana", "2026-03-08", 45, "2026-03-08T05:00"),
        ("America/Havana", "2026-11-01", 15, "2026-11-01T04:15"),  # 00:15 comes twice
        ("America/Santiago", "2026-09-06", 0, "2026-09-06T04:00"),
        ("Australia/Lord_Howe", "2026-10-04", 135, "2026-10-03T15:30"),  # 02:00 is 02:30
        ("Australia/Lord_Howe", "2026-04-05", 105, "2026-04-04T14:45"),  # 01:45 comes twice
        ("Antarctica/Troll", "2026-03-29", 90, "2026-03-29T01:00"),  # 01:00 is 03:00
        ("America/Nuuk", "2026-03-28", 1395, "2026-03-29T00:59"),  # 23:00 is the next day's 00:00
        ("America/Nuuk", "2026-03-29", 0, "2026-03-29T01:00"),
        ("Pacific/Kiritimati", "2026-11-25", 1060, "2026-11-25T03:40"),
        ("Pacific/Pago_Pago", "2026-11-25", 1060, "2026-11-26T04:40"),
        ("Pacific/Apia", "2011-12-29", 1060, "2011-12-30T03:40"),
        ("Pacific/Apia", "2011-12-30", 1060, "2011-12-30T10:00"),  # there was no such day
        ("Pacific/Apia", "2011-12-31", 1060, "2011-12-31T03:40"),
        ("America/St_Johns", "2010-11-07", 0, "2010-11-07T02:30"),  # 00:01 was the day before's 23:01, so it began twice
    ],
)
def test_nights_that_are_known(zone: str, day: str, minute: int, at: str) -> None:
    assert moment(date.fromisoformat(day), minute, zone) == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_a_window_is_the_local_day_and_an_hour_at_least() -> None:
    day, zone = date(2026, 11, 25), "Asia/Shanghai"
    assert window_over(day, 1060, zone) == datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert window_over(day, 1380, zone) == datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert window_over(day, 1425, zone) == datetime(2026, 11, 25, 16, 45, tzinfo=UTC)
    # The last hour of a day that has 25 of them.
    assert window_over(date(2026, 10, 29), 1425, "Africa/Cairo") == datetime(2026, 10, 29, 22, tzinfo=UTC)


def test_nobody_is_asked_on_the_hour() -> None:
    for minute in range(24 * 60):
        moved = [off_the_hour(minute, person) for person in range(40)]
        assert all(at % 30 for at in moved)
        if minute % 30:
            assert moved == [minute] * 40
        else:
            assert [moved.count(minute + late) for late in (1, 2, 3, 4)] == [10] * 4
        assert all(at < 24 * 60 for at in moved)
        assert moved == [off_the_hour(minute, person) for person in range(40)]


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"),
    [
        (22 * 60, 8 * 60, (22 * 60, 23 * 60, 0, 479), (480, 12 * 60, 22 * 60 - 1)),
        (12 * 60, 14 * 60, (720, 839), (719, 840, 0)),
        (0, 6 * 60, (0, 359), (360, 1439)),
        (20 * 60, 0, (1200, 1439), (0, 1199)),
        (9 * 60, 9 * 60, (), (0, 540, 541, 1439)),
    ],
)
def test_quiet_hours(start: int, end: int, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    assert all(in_quiet(minute, start, end) for minute in inside)
    assert not any(in_quiet(minute, start, end) for minute in outside)


minutes = st.integers(0, 1439)


@given(minutes, minutes, minutes)
def test_a_minute_is_in_quiet_hours_or_in_the_rest(minute: int, start: int, end: int) -> None:
    if start != end:
        assert in_quiet(minute, start, end) != in_quiet(minute, end, start)
    assert not in_quiet(minute, start, start)
