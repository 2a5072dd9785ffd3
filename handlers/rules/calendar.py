"""Which cycle a day is in, how cycles are cut and named, and which day it is for somebody."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# How cycles are cut: how many months each length has, and the letter of its name ("2027Q1", "2027B1", "2027M01", "2027").
LENGTHS = {"quarter": 3, "two months": 2, "month": 1, "year": 12}
_LETTERS = {"quarter": "Q", "two months": "B", "month": "M", "year": ""}
_NAMED = re.compile(r"([1-9][0-9]{3})(?:([QBM])([0-9]{1,2}))?")
_FIRST_YEAR, _LAST_YEAR = 1970, 9000


@dataclass(frozen=True)
class Span:
    """A named range of days, both ends included."""

    name: str
    start: date
    end: date

    def overlaps(self, start: date, end: date) -> bool:
        """Whether a range of days shares a day with it."""
        return self.start <= end and start <= self.end


def span_of(day: date, length: str) -> Span:
    """The span of a length that a day is in."""
    return _span(day.year, length, (day.month - 1) // LENGTHS[length] + 1)


def span_named(name: str) -> Span | None:
    """The span called so: 2027Q1, 2027B1 (January and February), 2027M01, 2027; None for any other name."""
    found = _NAMED.fullmatch(name.strip().upper())
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    length = next(length for length, letter in _LETTERS.items() if letter == (found[2] or ""))
    number = int(found[3] or 1)
    return _span(int(found[1]), length, number) if 1 <= number <= 12 // LENGTHS[length] else None


def next_span(span: Span) -> Span:
    """The span of the same length right behind a regular one."""
    return span_of(span.end + timedelta(days=1), length_of(span))


def length_of(span: Span) -> str:
    """The length that a regular span was cut by; ValueError for a custom one."""
    for length in LENGTHS:
        if span_of(span.start, length) == span:
            return length
    raise ValueError(f"{span.name} is no regular span")


def quarter_of(day: date) -> Span:
    """The calendar quarter that a day is in: "2026Q4"."""
    return span_of(day, "quarter")


def _span(year: int, length: str, number: int) -> Span:
    months = LENGTHS[length]
    first = date(year, (number - 1) * months + 1, 1)
    after = date(year + 1, 1, 1) if number * months == 12 else date(year, number * months + 1, 1)
    place = f"{number:02}" if length == "month" else str(number)
    letter = _LETTERS[length]
    return Span(f"{year}{letter}{place}" if letter else str(year), first, after - timedelta(days=1))


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
