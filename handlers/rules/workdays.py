"""Which days somebody works: their own week, their country's holidays and shifted workdays. It asks no clock and no network.

The holidays come from the `holidays` package, which is loaded when a country's calendar is first looked at.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

log = logging.getLogger("tenday.workdays")

USUAL = "1111100"
# Nobody's days off are longer than this in a row; whoever seems to have none is looked at again the day after.
_REACH = 60
_DAY = timedelta(days=1)
_FIRST_MONDAY = date(2026, 1, 5)
_SWAPPED = re.compile(r"substituted from (\d\d/\d\d/\d{4})")


@dataclass(frozen=True)
class Calendar:
    """Somebody's workdays.

    workdays: seven letters from Monday on, "1" for a day of work ("1111100"), "" for what is usual in the country.
    other: those of every other week, "" for the same. anchor: a day in a week that goes by `workdays`; the weeks alternate from it,
    also backwards. country: whose holidays are kept ("CN", "DE-BY"), "" for nobody's.
    """

    workdays: str = ""
    other: str = ""
    anchor: date | None = None
    country: str = ""

    def works(self, day: date) -> bool:
        """Whether it is a day of work. A year whose holidays cannot be had is off: better silent than a message on a holiday."""
        year = _year(self.country, day.year)
        if year is None or day in year.off:
            return False
        return self._planned(day, year) or (day in year.shifted and self._stands_in(day, year))

    def after(self, day: date) -> date:
        """The next workday behind a day. Where none is within two months, the day behind it, so that it is looked at again."""
        return next((later for later in _days(day + _DAY, day + _REACH * _DAY) if self.works(later)), day + _DAY)

    def before(self, day: date) -> date:
        """The last workday before a day. Where none is within two months, the day before it."""
        return self.last_within(day - _REACH * _DAY, day - _DAY) or day - _DAY

    def last_within(self, start: date, end: date) -> date | None:
        """The last workday of a range of days, both ends included; None without any."""
        return next((day for day in _days(end, start) if self.works(day)), None) if start <= end else None

    def count(self, start: date, end: date) -> int:
        """How many workdays a range of days has, both ends included."""
        return sum(self.works(day) for day in _days(start, end)) if start <= end else 0

    def week_of(self, day: date) -> str:
        """The letters of the week that a day is in, its holidays apart: "1111100"."""
        return self._letters(day) or usual_week(self.country, day)

    def _planned(self, day: date, year: "_Year") -> bool:
        """Whether the week as such has it as a day of work."""
        letters = self._letters(day)
        return letters[day.weekday()] == "1" if letters else day not in year.weekend

    def _letters(self, day: date) -> str:
        if not self.other:
            return self.workdays
        return self.other if (_week(day) - _week(self.anchor or _FIRST_MONDAY)) % 2 else self.workdays

    def _stands_in(self, day: date, year: "_Year") -> bool:
        """Whether a shifted workday is theirs: it stands in for a day that was made free, and who never works then owes nothing for it."""
        free = year.shifted[day]
        letters = self._letters(free or day)
        return not letters or (free is not None and letters[free.weekday()] == "1")


def usual_week(country: str, day: date) -> str:
    """The letters of the week that is usual in a country around a day: "1111100"; also where its calendar cannot be had."""
    monday = day - day.weekday() * _DAY
    source = _source(country, day.year) if country else None
    return "".join("01"[not source.is_weekend(d)] for d in _days(monday, monday + 6 * _DAY)) if source else USUAL


@dataclass(frozen=True)
class _Year:
    """What a country's calendar says about one year. shifted: workdays on a weekend, with the day off that each was swapped for."""

    off: frozenset[date]
    weekend: frozenset[date]
    shifted: Mapping[date, date | None]


@cache
def _year(country: str, year: int) -> _Year | None:
    days = tuple(_days(date(year, 1, 1), date(year, 12, 31)))
    if not country:
        return _Year(frozenset(), frozenset(day for day in days if day.weekday() >= 5), {})
    source = _source(country, year)
    if source is None:
        return None
    # A break may reach over New Year, and a day in December be worked for one in January.
    near = [source, *(other for other in (_source(country, year - 1), _source(country, year + 1)) if other is not None)]
    swapped = {day: _swapped_for(name) for other in near for day, name in other.items() if _SWAPPED.search(name)}
    worked = {worked: day for day, worked in swapped.items()}
    shifted = {day: worked.get(day) for other in near for day in other.weekend_workdays}
    off = {day for other in near for day in other}
    off |= _breaks(swapped, off, shifted, source)
    return _Year(frozenset(off), frozenset(day for day in days if source.is_weekend(day)), shifted)


def _breaks(swapped: Iterable[date], off: set[date], shifted: Mapping[date, date | None], source: "HolidayBase") -> set[date]:
    """The whole breaks that days were swapped for: the weekends in them are everybody's, also of who works on other Saturdays."""
    found, next_to = set[date](), list(swapped)
    while next_to:
        day = next_to.pop()
        if day not in found and (day in off or (day not in shifted and source.is_weekend(day))):
            found.add(day)
            next_to += (day - _DAY, day + _DAY)
    return found


@cache
def _source(country: str, year: int) -> "HolidayBase | None":
    """A country's public holidays of a year, as observed; None, and said once, where they cannot be had."""
    from holidays import country_holidays  # noqa: PLC0415  (it takes 50 ms to load, and not everybody has a country)

    code, _, part = country.partition("-")
    try:
        # In one language whatever the machine speaks: the names say which days were swapped.
        return country_holidays(code, subdiv=part or None, years=year, language="en_US")
    except Exception:  # whatever a package of others does, nobody is to be woken on a holiday for it
        log.exception("no holidays of %s for %s: its days count as off", country, year)
        return None


def _swapped_for(name: str) -> date:
    found = _SWAPPED.search(name)
    assert found
    return datetime.strptime(found[1], "%m/%d/%Y").date()  # noqa: DTZ007  (a date has no zone)


def _days(start: date, end: date) -> Iterable[date]:
    """The days from one to another, both included, backwards where the second is the earlier."""
    step = 1 if start <= end else -1
    return map(date.fromordinal, range(start.toordinal(), end.toordinal() + step, step))


def _week(day: date) -> int:
    """The number of its Monday-to-Sunday week, counted from the beginning of the calendar."""
    return (day.toordinal() - 1) // 7
