"""Puts members into the rings of their clock and calendar, anew whenever something that decides it has changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from handlers.rules.calendar import local_day
from handlers.rules.moments import in_quiet, moment, off_the_hour, window_over
from handlers.rules.workdays import Calendar
from storage.people import Member, Organisation, organisation_by_id, teams_of
from storage.pulse import ALIKE, EVENING, MORNING, Ring, prompt_on, ring_by_id, ring_like, unplaced
from storage.store import EVERYWHERE, Store

MORNING_AT = 9 * 60 + 40
MORNING_LASTS = timedelta(hours=3)
CHUNK = 500


@dataclass(frozen=True)
class Missed:
    """A member who came to a ring after its call of today, new here or from another zone: they are asked at once. ring: theirs now."""

    organisation: int
    ring: int
    member: int


def place(store: Store, now: datetime) -> list[Missed]:
    """Finds the rings of everybody whose settings changed or who is new; those who would miss today's question by moving."""
    missed: list[Missed] = []
    while True:
        with store.read(EVERYWHERE) as session:
            waiting = {member.organisation_id for member in unplaced(session, CHUNK)}
        for organisation in waiting:
            with store.write(organisation) as session:
                missed += _place_some(session, organisation, now)
        if not waiting:
            return missed


def _place_some(session: Session, organisation_id: int, now: datetime) -> list[Missed]:
    organisation = organisation_by_id(session, organisation_id)
    assert organisation is not None
    known: dict[object, Ring] = {}
    missed = []
    for member in unplaced(session, CHUNK):
        before = ring_by_id(session, member.ring_id) if member.ring_id else None
        evening, morning = (_found(session, known, ring) for ring in rings_of(session, member, organisation, now))
        member.ring_id, member.morning_id, member.placed = evening.id, morning.id, True
        session.add(member)
        if (before is None or before.zone != evening.zone) and _passed(session, member, evening, now):
            missed.append(Missed(organisation_id, evening.id or 0, member.id or 0))
    return missed


def _found(session: Session, known: dict[object, Ring], wanted: Ring) -> Ring:
    key = tuple(getattr(wanted, name) for name in ALIKE)
    if key not in known:
        known[key] = ring_like(session, wanted)
    return known[key]


def _passed(session: Session, member: Member, ring: Ring, now: datetime) -> bool:
    """Whether the ring has made its call of today, and they were not asked for today."""
    today = local_day(now, ring.zone)
    return ring.on > today and now < window_of(ring, today) and prompt_on(session, member.id or 0, today) is None


def rings_of(session: Session, member: Member, organisation: Organisation, now: datetime) -> tuple[Ring, Ring]:
    """The rings that a member belongs to: that of their prompt, and that of the morning."""
    zone = member.timezone or organisation.timezone
    person = member.id or 0
    return (
        _ring(session, member, organisation, (EVENING, zone, off_the_hour(member.prompt_at, person)), now),
        _ring(session, member, organisation, (MORNING, zone, off_the_hour(_morning(member), person)), now),
    )


def _ring(session: Session, member: Member, organisation: Organisation, clock: tuple[str, str, int], now: datetime) -> Ring:
    slot, zone, minute = clock
    on = local_day(now, zone)
    ring = Ring(
        slot=slot,
        zone=zone,
        minute=minute,
        workdays=member.workdays,
        other_workdays=member.other_workdays,
        workdays_from=member.workdays_from.isoformat() if member.workdays_from else "",
        country=member.country or organisation.country,
        review=review_of(session, member),
        on=on,
        at=moment(on, minute, zone),
    )
    if now >= window_of(ring, on):
        ring.on, ring.at = on + timedelta(days=1), moment(on + timedelta(days=1), minute, zone)
    return ring


def window_of(ring: Ring, day: date) -> datetime:
    """Until when a ring's call of a day may still be made: the evening's until the day is over, the morning's for some hours."""
    if ring.slot == EVENING:
        return window_over(day, ring.minute, ring.zone)
    return moment(day, ring.minute, ring.zone) + MORNING_LASTS


def _morning(member: Member) -> int:
    """09:40, or when their quiet hours end where those cover it."""
    start, end = member.quiet_from, member.quiet_to
    return end if start is not None and end is not None and in_quiet(MORNING_AT, start, end) else MORNING_AT


def review_of(session: Session, member: Member) -> str:
    """How often a member looks back: as the first of their teams that chose, else every ten days."""
    return next((team.review for team in teams_of(session, member.id or 0) if team.review), "xun")


def calendar_of(ring: Ring) -> Calendar:
    """The working days of a ring."""
    anchor = date.fromisoformat(ring.workdays_from) if ring.workdays_from else None
    return Calendar(ring.workdays, ring.other_workdays, anchor, ring.country)


def calendar_for(member: Member, organisation: Organisation) -> Calendar:
    """A member's working days, leave apart."""
    return Calendar(member.workdays, member.other_workdays, member.workdays_from, member.country or organisation.country)
