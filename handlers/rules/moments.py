"""At which moment a local time of a local date is, whatever clocks do that night. It steps in UTC alone and asks no clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)
_HOUR = timedelta(hours=1)
_DAY_MINUTES = 24 * 60


def moment(day: date, minute: int, zone: str) -> datetime:
    """The moment, in UTC, of `minute` minutes after midnight by the wall clock on that date.

    A time that clocks skip is the first instant after the gap; where that is a later date already, the last minute before the gap. Of a
    time that comes twice it is the first. Of a date that a zone skips as a whole it is the first instant after it.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    local = ZoneInfo(zone)
    at = wall.replace(tzinfo=local).astimezone(UTC)
    if _wall(at, local) == wall:
        return at
    after = _gap_end(wall, local)
    if _wall(after, local).date() == day:
        return after
    before = after - timedelta(minutes=1)
    return before if _wall(before, local).date() == day else after


def day_over(day: date, zone: str) -> datetime:
    """The first instant, in UTC, of the next local date."""
    return moment(day + timedelta(days=1), 0, zone)


def window_over(day: date, minute: int, zone: str) -> datetime:
    """Until when what was to be sent at that time may still be: until the local day is over, and for an hour in any case."""
    return max(day_over(day, zone), moment(day, minute, zone) + _HOUR)


def off_the_hour(minute: int, person: int) -> int:
    """A minute that is not the one of everybody's reminders: on :00 or :30 one to four later, always the same for one person."""
    return minute if minute % 30 else minute + 1 + person % 4


def in_quiet(minute: int, start: int, end: int) -> bool:
    """Whether a minute of the day lies in the quiet hours from one to another, the end not included; they may go over midnight."""
    return (minute - start) % _DAY_MINUTES < (end - start) % _DAY_MINUTES


def _gap_end(wall: datetime, local: ZoneInfo) -> datetime:
    """The first instant whose wall time is not before one that the clocks skip."""
    # Read with the offset from after the gap it is a moment before the gap, and the other way round: the change is between the two.
    early = wall.replace(tzinfo=local, fold=1).astimezone(UTC)
    late = wall.replace(tzinfo=local, fold=0).astimezone(UTC)
    while late - early > _SECOND:
        middle = early + (late - early) // _SECOND // 2 * _SECOND
        early, late = (early, middle) if _wall(middle, local) >= wall else (middle, late)
    return late


def _wall(at: datetime, local: ZoneInfo) -> datetime:
    return at.astimezone(local).replace(tzinfo=None, fold=0)
