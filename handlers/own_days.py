"""Workdays as each member has them: by their own calendar, without the days on which they were away."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from handlers.asking import Asking
from handlers.rings import calendar_for
from storage.people import members_by_id
from storage.pulse import absences_of

_LONGEST = timedelta(days=366)


def counter(asking: Asking, members: Iterable[int]) -> Callable[[int, date], int]:
    """What counts the workdays of one of these members from the day after a day to today; at most a year of them."""
    known = set(members)
    first = asking.today - _LONGEST
    leave = absences_of(asking.session, known, first)
    calendars = {number: calendar_for(row, asking.organisation) for number, row in members_by_id(asking.session, known).items()}

    def count(member: int, since: date) -> int:
        begun = max(since, first)
        days = (begun + timedelta(days=n) for n in range(1, (asking.today - begun).days + 1))
        away = [a for a in leave[member] if not a.part]
        return sum(calendars[member].works(day) for day in days if not any(a.first <= day <= a.last for a in away))

    return count
