"""What a lead is told, and when: how long somebody was not heard, which days a digest is about, when words and numbers part. Pure."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.replies import Status
from handlers.rules.periods import period_of
from handlers.rules.progress import ON_TRACK_FROM

Works = Callable[[date], bool]
# So many workdays without a line: whom it is about hears of it that evening, their lead the next morning.
SILENT_FROM = 3
CONFIDENT = 7
TREND_OVER = timedelta(days=14)
_DAY = timedelta(days=1)
_FAR = 400


def last_finished(today: date, works: Works) -> date:
    """The last workday that is over."""
    return next((today - n * _DAY for n in range(1, 60) if works(today - n * _DAY)), today - _DAY)


def silent_days(last: date, through: date, works: Works) -> int:
    """On how many workdays nothing was said since a day, up to and including another."""
    return sum(works(last + n * _DAY) for n in range(1, min(_FAR, (through - last).days) + 1))


def span_of(kind: str, today: date) -> tuple[date, date]:
    """The days that a digest asked for today is about: the last seven, or the ten-day period that runs or ended yesterday."""
    yesterday = today - _DAY
    if kind == "xun":
        return period_of(yesterday, "xun").start, yesterday
    return today - 7 * _DAY, yesterday


def morning_span(today: date, works: Works) -> str:
    """What the morning's digest is about: a ten-day period that closed since the last workday, else on a week's first workday the week."""
    before = last_finished(today, works)
    if period_of(before, "xun") != period_of(today, "xun"):
        return "xun"
    return "week" if first_of_week(today, works) else "day"


def first_of_week(today: date, works: Works) -> bool:
    """Whether it is the first workday of its week."""
    return works(today) and not week_before(today, works)


def week_before(today: date, works: Works) -> list[date]:
    """The workdays of a day's week before it."""
    return [day for n in range(1, today.weekday() + 1) if works(day := today - n * _DAY)]


def projected(progress: float, before: float, days: int, left: int) -> float:
    """How far it would be at its end, if it went on as in the last days. before: how far it was then."""
    return progress + (progress - before) / max(1, days) * left


def diverges(status: Status, confidence: int | None, at_the_end: float) -> bool:
    """Whether it is said to be well while pace and trend say otherwise."""
    return status in ("at_risk", "off_track") and confidence is not None and confidence >= CONFIDENT and at_the_end < ON_TRACK_FROM
