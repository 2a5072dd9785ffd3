"""On which day a review is asked and what it looks back on: by the days that somebody works, with nothing asked twice or lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import Span
from handlers.rules.periods import ENOUGH, KINDS, next_review, period_of, review_on
from handlers.rules.workdays import Calendar

DAY = timedelta(days=1)
Works = Callable[[date], bool]
CHINA, PLAIN = Calendar(country="CN").works, Calendar().works


def away(works: Works, first: str, last: str) -> Works:
    start, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
    return lambda day: works(day) and not start <= day <= end


def reviews(works: Works, first: date, last: date, kind: str = "xun") -> list[tuple[date, date, date]]:
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [(day, *span) for day in days if (span := review_on(day, kind, works))]


def short(found: list[tuple[date, date, date]]) -> list[str]:
    return [" ".join(f"{day:%m-%d}" for day in row) for row in found]


# Who, the kind, from and to which day it is looked at, and each review: asked on, first and last day.
TABLE: list[tuple[str, Works, str, str, str, list[str]]] = [
    (
        "November and December",
        PLAIN,
        "xun",
        "11-01",
        "12-31",
        ["11-10 11-01 11-10", "11-20 11-11 11-20", "11-30 11-21 11-30", "12-10 12-01 12-10", "12-18 12-11 12-20", "12-31 12-21 12-31"],
    ),
    ("National Day leaves three workdays", CHINA, "xun", "09-21", "10-31", ["09-30 09-21 09-30", "10-20 10-01 10-20", "10-30 10-21 10-31"]),
    (
        "Spring Festival",
        CHINA,
        "xun",
        "02-01",
        "03-10",
        ["02-10 02-01 02-10", "02-14 02-11 02-20", "02-28 02-21 02-28", "03-10 03-01 03-10"],
    ),
    ("leave over the last days", away(PLAIN, "11-19", "11-25"), "xun", "11-11", "12-10", ["11-18 11-11 11-20", "12-10 11-21 12-10"]),
    ("wholly on leave", away(PLAIN, "11-11", "11-20"), "xun", "11-01", "11-30", ["11-10 11-01 11-10", "11-30 11-21 11-30"]),
    ("leave over two of them", away(PLAIN, "11-09", "11-30"), "xun", "11-01", "12-10", ["11-06 11-01 11-10", "12-10 12-01 12-10"]),
    ("short, then on leave", away(PLAIN, "11-04", "11-20"), "xun", "11-01", "11-30", ["11-30 11-01 11-30"]),
    ("on leave, then short", away(PLAIN, "11-11", "11-26"), "xun", "11-01", "12-10", ["11-10 11-01 11-10", "12-10 11-21 12-10"]),
    (
        "short and short again",
        away(away(PLAIN, "11-13", "11-20"), "11-23", "11-27"),
        "xun",
        "11-01",
        "12-10",
        ["11-10 11-01 11-10", "12-10 11-11 12-10"],
    ),
    (
        "Monday to Wednesday",
        Calendar("1110000").works,
        "xun",
        "11-01",
        "12-31",
        ["11-10 11-01 11-10", "11-18 11-11 11-20", "11-30 11-21 11-30", "12-09 12-01 12-10", "12-30 12-11 12-31"],
    ),
    ("Fridays alone", Calendar("0000100").works, "xun", "10-01", "12-31", ["10-30 10-01 10-31", "11-27 11-01 11-30", "12-25 12-01 12-31"]),
    ("weeks", PLAIN, "week", "11-16", "11-30", ["11-20 11-16 11-22", "11-27 11-23 11-29"]),
    ("a week with one day", away(PLAIN, "11-17", "11-20"), "week", "11-09", "11-29", ["11-13 11-09 11-15", "11-27 11-16 11-29"]),
    ("a week with two days", away(PLAIN, "11-18", "11-20"), "week", "11-16", "11-29", ["11-17 11-16 11-22", "11-27 11-23 11-29"]),
    ("two weeks", PLAIN, "fortnight", "11-01", "12-06", ["11-06 10-26 11-08", "11-20 11-09 11-22", "12-04 11-23 12-06"]),
    ("two weeks with three days", away(PLAIN, "11-12", "11-20"), "fortnight", "11-01", "12-06", ["11-06 10-26 11-08", "12-04 11-09 12-06"]),
    ("Sunday to Thursday", Calendar("1111001").works, "week", "11-16", "11-29", ["11-22 11-16 11-22", "11-29 11-23 11-29"]),
]


@pytest.mark.parametrize(("works", "kind", "first", "last", "asked"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_when_it_is_asked_and_what_for(works: Works, kind: str, first: str, last: str, asked: list[str]) -> None:
    found = reviews(works, date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}"), kind)
    assert short(found) == asked


@pytest.mark.parametrize(
    ("day", "kind", "span"),
    [
        ("2026-11-10", "xun", Span("2026-11-1", date(2026, 11, 1), date(2026, 11, 10))),
        ("2026-11-11", "xun", Span("2026-11-2", date(2026, 11, 11), date(2026, 11, 20))),
        ("2028-02-29", "xun", Span("2028-02-3", date(2028, 2, 21), date(2028, 2, 29))),
        ("2026-12-31", "xun", Span("2026-12-3", date(2026, 12, 21), date(2026, 12, 31))),
        ("2026-11-22", "week", Span("2026-W47", date(2026, 11, 16), date(2026, 11, 22))),
        ("2027-01-01", "week", Span("2026-W53", date(2026, 12, 28), date(2027, 1, 3))),
        ("2026-01-05", "fortnight", Span("2026-W02/03", date(2026, 1, 5), date(2026, 1, 18))),
        ("2026-01-04", "fortnight", Span("2025-W52/01", date(2025, 12, 22), date(2026, 1, 4))),
    ],
)
def test_periods_that_are_known(day: str, kind: str, span: Span) -> None:
    assert period_of(date.fromisoformat(day), kind) == span


@given(st.dates(date(1971, 1, 1), date(2999, 12, 31)), st.sampled_from(KINDS))
def test_every_day_is_in_one_period_and_they_follow_one_another(day: date, kind: str) -> None:
    span = period_of(day, kind)
    assert span.start <= day <= span.end
    assert period_of(span.start, kind) == period_of(span.end, kind) == span
    after = period_of(span.end + DAY, kind)
    assert after.start == span.end + DAY
    assert after.name != span.name


FIRST = date(2026, 1, 5)
weeks = st.lists(st.booleans(), min_size=7, max_size=7)
leaves = st.lists(st.tuples(st.integers(0, 230), st.integers(1, 40)), max_size=6)


@st.composite
def lives(draw: st.DrawFn) -> set[date]:
    """The days that somebody works in the first half year of 2026: a week of their own, or two in turn, less their leaves."""
    week, other = draw(weeks), draw(weeks)
    off = {start + n for start, length in draw(leaves) for n in range(length)}
    turn = (week, draw(st.sampled_from([week, other])))
    return {FIRST + n * DAY for n in range(240) if turn[n // 7 % 2][n % 7] and n not in off}


@given(lives(), st.sampled_from(KINDS))
def test_every_workday_is_looked_back_on_once(worked: set[date], kind: str) -> None:
    asked = reviews(worked.__contains__, FIRST - 20 * DAY, FIRST + 260 * DAY, kind)
    periods = [period_of(day, kind) for day, _, _ in asked]
    assert len(set(periods)) == len(periods)
    for (day, start, end), period in zip(asked, periods, strict=True):
        assert day == max(d for d in worked if d <= period.end)
        assert end == period.end
        assert sum(start <= d <= end for d in worked) >= ENOUGH[kind]
        first = period_of(start, kind)
        assert first.start == start
        assert any(d in worked for d in (first.start + n * DAY for n in range((first.end - first.start).days + 1)))
    for d in worked:
        around = [row for row in asked if row[1] <= d <= row[2]]
        later = [row for row in asked if row[2] >= d]
        # Not yet asked for, or so long ago that it is let go: twelve periods of which none was worth a review.
        assert len(around) == 1 or not later or (not around and steps(d, later[0][2], kind) > 12), d


def steps(day: date, until: date, kind: str) -> int:
    count, period = 0, period_of(day, kind)
    while period.end < until:
        count, period = count + 1, period_of(period.end + DAY, kind)
    return count


@given(lives(), st.sampled_from(KINDS))
def test_a_period_with_days_enough_is_always_asked_for(worked: set[date], kind: str) -> None:
    asked = {period_of(day, kind) for day, _, _ in reviews(worked.__contains__, FIRST, FIRST + 260 * DAY, kind)}
    for d in worked:
        period = period_of(d, kind)
        if sum(period.start <= other <= period.end for other in worked) >= ENOUGH[kind]:
            assert period in asked


@given(lives(), st.sampled_from(KINDS), st.integers(0, 200))
def test_the_next_review_is_the_next_that_is_asked(worked: set[date], kind: str, ahead: int) -> None:
    day = FIRST + ahead * DAY
    later = reviews(worked.__contains__, day, day + 260 * DAY, kind)
    assert next_review(day, kind, worked.__contains__) == (later[0] if later else None)


def test_who_never_works_has_no_next_review() -> None:
    assert next_review(date(2026, 11, 25), "xun", Calendar("0000000").works) is None
