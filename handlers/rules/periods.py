"""What a review looks back on and on which day it is asked: by xun, week or fortnight, and by the days that somebody works."""

from collections.abc import Callable
from datetime import date, timedelta

from handlers.rules.calendar import Span

Works = Callable[[date], bool]
KINDS = ("xun", "week", "fortnight")
# Fewer workdays than this are no review: the period goes into the next one.
ENOUGH = {"xun": 4, "week": 2, "fortnight": 4}
# How many periods make a month of them, at whose end also who works one day a week is asked.
_MONTH = {"xun": 3, "week": 4, "fortnight": 2}
_FIRST_MONDAY = date(2026, 1, 5)
_LOOK_BACK = 12
_LOOK_AHEAD = 60
_DAY = timedelta(days=1)


def period_of(day: date, kind: str) -> Span:
    """The period that a day is in: "2026-11-2" for days 11–20, "2026-W47", "2026-W47/48"."""
    if kind == "xun":
        return _xun(day)
    monday = day - day.weekday() * _DAY
    if kind == "week":
        return Span(_week(monday), monday, monday + 6 * _DAY)
    monday -= (monday - _FIRST_MONDAY).days % 14 * _DAY
    return Span(f"{_week(monday)}/{_week(monday + 7 * _DAY)[-2:]}", monday, monday + 13 * _DAY)


def review_on(day: date, kind: str, works: Works) -> tuple[date, date] | None:
    """The first and last day that the review asked on a day looks back on; None on a day without a review.

    It is asked on the last workday of its period. A period with few workdays is not asked for, the next review reaches back to its first
    day, however many of them there are in a row. A period without any is skipped: a review does not begin in it, but reaches over it.
    Where a whole month has only short periods, and workdays enough together, it is asked at the end of the month: who works
    one day a week is asked as well.
    """
    period = period_of(day, kind)
    if not works(day) or _last(period, works) != day or not _asked(period, kind, works):
        return None
    return _start(period, kind, works), period.end


def next_review(day: date, kind: str, works: Works) -> tuple[date, date, date] | None:
    """The next review from a day on, that day included: when it is asked, and the first and last day that it looks back on."""
    period = period_of(day, kind)
    for _ in range(_LOOK_AHEAD):
        last = _last(period, works)
        if last and last >= day and (span := review_on(last, kind, works)):
            return last, *span
        period = period_of(period.end + _DAY, kind)
    return None


def _start(period: Span, kind: str, works: Works) -> date:
    """The first day of the earliest short period since the last one that was asked for."""
    start = period.start
    for _ in range(_LOOK_BACK):
        period = period_of(period.start - _DAY, kind)
        if _asked(period, kind, works):
            break
        if _count(period, works):
            start = period.start
    return start


def _asked(period: Span, kind: str, works: Works) -> bool:
    own = _count(period, works)
    return own >= ENOUGH[kind] or (own > 0 and _closes_a_thin_month(period, own, kind, works))


def _closes_a_thin_month(period: Span, own: int, kind: str, works: Works) -> bool:
    if not _closes_a_month(period, kind):
        return False
    counts = [own]
    for _ in range(_MONTH[kind] - 1):
        period = period_of(period.start - _DAY, kind)
        counts.append(_count(period, works))
    return max(counts) < ENOUGH[kind] <= sum(counts)


def _closes_a_month(period: Span, kind: str) -> bool:
    if kind == "xun":
        return (period.end + _DAY).day == 1
    return ((period.end + _DAY) - _FIRST_MONDAY).days % 28 == 0


def _xun(day: date) -> Span:
    third = min((day.day - 1) // 10, 2)
    next_month = (day.replace(day=28) + 4 * _DAY).replace(day=1)
    end = next_month - _DAY if third == 2 else day.replace(day=10 * third + 10)
    return Span(f"{day:%Y-%m}-{third + 1}", day.replace(day=10 * third + 1), end)


def _week(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def _count(period: Span, works: Works) -> int:
    return sum(map(works, _days(period)))


def _last(period: Span, works: Works) -> date | None:
    return next((day for day in reversed(_days(period)) if works(day)), None)


def _days(period: Span) -> list[date]:
    return [period.start + n * _DAY for n in range((period.end - period.start).days + 1)]
