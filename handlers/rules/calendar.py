"""Which cycle a day is in, and which day it is for somebody."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_QUARTER = re.compile(r"(\d{4})Q([1-4])")


@dataclass(frozen=True)
class Span:
    """A named range of days, both ends included."""

    name: str
    start: date
    end: date


def quarter_of(day: date) -> Span:
    """The calendar quarter that a day is in: "2026Q4"."""
    return quarter(day.year, (day.month + 2) // 3)


def quarter(year: int, number: int) -> Span:
    """A calendar quarter; number 1–4."""
    first = date(year, number * 3 - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return Span(f"{year}Q{number}", first, after - timedelta(days=1))


def quarter_named(name: str) -> Span | None:
    """The quarter called so, if the name is a quarter's."""
    found = _QUARTER.fullmatch(name.strip().upper())
    return quarter(int(found[1]), int(found[2])) if found and 1970 <= int(found[1]) <= 9000 else None


def local_day(now: datetime, timezone: str) -> date:
    """The date that it is somewhere at a moment."""
    return now.astimezone(ZoneInfo(timezone)).date()


def elapsed(start: date, end: date, today: date) -> float:
    """How much of a range of days has gone by when `today` is over: 0.0 before it, 1.0 from its last day on."""
    whole = (end - start).days + 1
    return min(1.0, max(0.0, ((today - start).days + 1) / whole)) if whole > 0 else 1.0


def is_zone(name: str) -> bool:
    """Whether a time zone is called so."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
