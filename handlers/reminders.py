"""Who is owed which prompt at a moment: rings wake, and everybody of a ring is asked at once, and once, however many processes plan."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from handlers.rings import calendar_of, place, window_of
from handlers.rules.calendar import local_day
from handlers.rules.digesting import week_before
from handlers.rules.moments import day_over, moment
from handlers.rules.periods import period_of, review_on
from handlers.rules.workdays import Calendar
from storage.owing import NOON, Round, owe_evening, owe_morning
from storage.pulse import EVENING, Absence, Ring, absences_of, absent_around, due_rings, hold_due, last_in_chunk, last_looked_back
from storage.store import EVERYWHERE, Store

log = logging.getLogger("tenday.reminders")
CHUNK = 10_000
LOOK_BACK = timedelta(days=100)  # leave that long ago changes nothing about a review


def plan(store: Store, now: datetime) -> int:
    """Owes everybody what they are owed at a moment; how many messages that is. A second call at the same moment adds none."""
    planned = place(store, now, lambda session, ring, members: _ask_at_once(session, ring, members, now))
    with store.read(EVERYWHERE) as session:
        waiting = due_rings(session, now)
    return planned + sum(_rung(store, ring, organisation, now) for ring, organisation in waiting)


def _rung(store: Store, ring: int, organisation: int, now: datetime) -> int:
    """A ring's calls that have come; one that fails is called again at the next look, and keeps no other back."""
    planned = 0
    try:
        while True:
            with store.write(organisation) as session:
                held = hold_due(session, now, ring)
                if held is None:
                    return planned
                planned += _call(session, held, now)
    except Exception as problem:
        log.error("ring %s could not call: %s", ring, type(problem).__name__)
        return planned


def _call(session: Session, ring: Ring, now: datetime) -> int:
    """One chunk of a ring's members, or its next day."""
    calendar = calendar_of(ring)
    if now >= window_of(ring, ring.on) or not calendar.works(ring.on):
        _turn(ring, now)
        session.add(ring)
        return 0
    upto = last_in_chunk(session, ring, CHUNK)
    planned = _chunk(session, ring, calendar, now, upto)
    if upto is None:
        _turn(ring, now)
    else:
        ring.after_id = upto
    session.add(ring)
    return planned


def _turn(ring: Ring, now: datetime) -> None:
    """To the first day after the ring's own whose window is still open."""
    day = max(ring.on + timedelta(days=1), local_day(now, ring.zone) - timedelta(days=1))
    while window_of(ring, day) <= now:
        day += timedelta(days=1)
    ring.on, ring.at, ring.after_id = day, moment(day, ring.minute, ring.zone), 0


def _chunk(session: Session, ring: Ring, calendar: Calendar, now: datetime, upto: int | None) -> int:
    of = _round(ring, calendar, now, upto)
    if ring.slot != EVENING:
        return _morning(session, of, calendar, ring)
    on_leave = absent_around(session, ring, upto, *_matters(ring, calendar))
    planned = _evening(session, replace(of, without=tuple(on_leave)), ring, calendar.works)
    return planned + _each_by_themselves(session, of, ring, calendar, on_leave)


def _matters(ring: Ring, calendar: Calendar) -> tuple[date, date]:
    """Between which days leave decides what is asked today: until period and next workday are over; days before today in a review alone."""
    end = period_of(ring.on, ring.review).end
    last = calendar.after(ring.on)
    return (ring.on if last <= end else ring.on - LOOK_BACK), max(end, last)


def _round(ring: Ring, calendar: Calendar, now: datetime, upto: int | None) -> Round:
    return Round(
        organisation=ring.organisation_id,
        ring=ring.id or 0,
        slot=ring.slot,
        on=ring.on,
        minute=ring.minute,
        due=moment(ring.on, ring.minute, ring.zone),
        window=window_of(ring, ring.on),
        until=day_over(calendar.after(ring.on), ring.zone),
        now=now,
        after=ring.after_id,
        upto=upto,
    )


def _evening(session: Session, of: Round, ring: Ring, works: Callable[[date], bool]) -> int:
    """Asks those of a round who work on the same days."""
    review = review_on(of.on, ring.review, works)
    start, end = review or (None, None)
    of = replace(of, eve=_eve_counts(of, works))
    return owe_evening(session, of, kind="xun" if review else "daily", start=start, end=end)


def _eve_counts(of: Round, works: Callable[[date], bool]) -> bool:
    """Whether what was said the evening before was said for today: a workday's evening belongs to that day, unless one is asked by day."""
    return of.minute < NOON or not works(of.on - timedelta(days=1))


@dataclass(frozen=True)
class _Own:
    """How a day is for somebody whose leave is near."""

    review: tuple[date, date] | None
    until: datetime
    eve: bool


def _each_by_themselves(session: Session, of: Round, ring: Ring, calendar: Calendar, members: list[int]) -> int:
    """Those with leave near: which day is their last of a period, and which their next, is their own; those alike are asked together."""
    alike: dict[_Own, list[int]] = defaultdict(list)
    looked = last_looked_back(session, members, of.on)
    for member, leave in absences_of(session, members, of.on - LOOK_BACK).items():
        works = there(calendar, leave)
        if works(of.on):
            own = _Own(
                _reaching_back(review_on(of.on, ring.review, works), looked.get(member)),
                day_over(_next(of.on, works), ring.zone),
                _eve_counts(of, works),
            )
            alike[own].append(member)
    planned = 0
    for own, who in alike.items():
        theirs = replace(of, only=tuple(who), until=own.until, eve=own.eve)
        start, end = own.review or (None, None)
        planned += owe_evening(session, theirs, kind="xun" if own.review else "daily", start=start, end=end)
    return planned


def _reaching_back(review: tuple[date, date] | None, looked: date | None) -> tuple[date, date] | None:
    """A review with what an earlier one missed because they fell ill on its day. looked: the last day that they have looked back on."""
    if review is None or looked is None or review[0] - looked > timedelta(days=32):
        return review
    return min(review[0], looked + timedelta(days=1)), review[1]


def there(calendar: Calendar, leave: list[Absence]) -> Callable[[date], bool]:
    """On which days somebody works: their calendar's, without those of their leave; half a day off is a day of work."""
    return lambda day: calendar.works(day) and not any(a.first <= day <= a.last and not a.part for a in leave)


def _next(day: date, works: Callable[[date], bool]) -> date:
    """The next day on which somebody works."""
    return next((day + timedelta(days=n) for n in range(1, 400) if works(day + timedelta(days=n))), day + timedelta(days=1))


def _morning(session: Session, of: Round, calendar: Calendar, ring: Ring) -> int:
    """What waits for people this morning. Who is asked in the morning anyway is not asked again for the day before."""
    yesterday = calendar.before(of.on)
    soon = calendar.after(calendar.after(of.on))
    return owe_morning(
        session,
        of,
        asked_by=moment(yesterday, ring.minute, ring.zone),
        told_by=moment(calendar.before(yesterday), ring.minute, ring.zone),
        drafts=(of.on + timedelta(days=1), soon),
        week=week_before(of.on, calendar.works),
    )


def _ask_at_once(session: Session, ring: Ring, members: Sequence[int], now: datetime) -> int:
    """Asks some members of a ring for today, whose call they have missed."""
    calendar, today = calendar_of(ring), local_day(now, ring.zone)
    theirs = Ring(**{**ring.model_dump(), "on": today, "after_id": 0})
    of = replace(_round(theirs, calendar, now, None), only=tuple(members))
    if ring.slot != EVENING:
        return _morning(session, of, calendar, theirs) if calendar.works(today) else 0
    on_leave = [member for member, leave in absences_of(session, members, today - LOOK_BACK).items() if leave]
    rest = tuple(member for member in members if member not in on_leave)
    planned = _evening(session, replace(of, only=rest), theirs, calendar.works) if rest and calendar.works(today) else 0
    return planned + _each_by_themselves(session, of, theirs, calendar, on_leave)
