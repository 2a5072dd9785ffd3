"""Puts members into the rings of their clock and calendar, anew whenever something that decides it has changed."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from handlers.rules.calendar import local_day
from handlers.rules.moments import in_quiet, moment, off_the_hour, window_over
from handlers.rules.workdays import Calendar
from storage.people import NOBODYS, Member, Organisation, organisation_by_id
from storage.pulse import (
    ALIKE,
    EVENING,
    MORNING,
    Ring,
    hold_unplaced,
    organisations_unplaced,
    reviews_of,
    ring_like,
    rings_by_id,
)
from storage.store import EVERYWHERE, Store

MORNING_AT = 9 * 60 + 40
MORNING_LASTS = timedelta(hours=7)
XUN = "xun"
CHUNK = 500


# Asks some members of a ring at once for today; how many messages that is.
AskNow = Callable[[Session, Ring, Sequence[int]], int]


def place(store: Store, now: datetime, ask: AskNow) -> int:
    """Finds the rings of everybody whose settings changed or who is new; how many messages are owed by it.

    Who is new here, or came from another time zone, after the moment of today is asked at once, in the transaction that moves them:
    whatever ends the process between, they are moved and asked, or will be.
    """
    planned, placed = 0, True
    while placed:
        with store.read(EVERYWHERE) as session:
            waiting = organisations_unplaced(session, CHUNK)
        placed = False
        for organisation in waiting:
            with store.write(organisation) as session:
                members = hold_unplaced(session, CHUNK)
                planned += _place_some(session, organisation, members, now, ask)
                placed = placed or bool(members)
    return planned


def _place_some(session: Session, organisation_id: int, members: Sequence[Member], now: datetime, ask: AskNow) -> int:
    organisation = organisation_by_id(session, organisation_id)
    assert organisation is not None
    reviews = reviews_of(session, [member.id or 0 for member in members])
    known: dict[object, Ring] = {}
    moves = list[tuple[Member, int | None, int]]()
    for member in members:
        evening, morning = (_found(session, known, ring) for ring in rings_of(member, organisation, reviews.get(member.id or 0, XUN), now))
        moves += [(member, member.ring_id, evening.id or 0), (member, member.morning_id, morning.id or 0)]
        member.ring_id, member.morning_id, member.placed = evening.id, morning.id, True
        session.add(member)
    # From here on nobody calls at these rings until we are through: what they have called for can be relied on.
    session.flush()
    rings = rings_by_id(session, {ring for _, *both in moves for ring in both if ring})
    missed: dict[int, list[int]] = defaultdict(list)
    for member, was, ring in moves:
        if _missed(member, rings.get(was or 0), rings[ring], now):
            missed[ring].append(member.id or 0)
    return sum(ask(session, rings[ring], who) for ring, who in missed.items())


def _found(session: Session, known: dict[object, Ring], wanted: Ring) -> Ring:
    key = tuple(getattr(wanted, name) for name in ALIKE)
    if key not in known:
        known[key] = ring_like(session, wanted)
    return known[key]


def _missed(member: Member, was: Ring | None, ring: Ring, now: datetime) -> bool:
    """Whether somebody would hear nothing today, because the ring has called already and the one that they come from has not."""
    today = local_day(now, ring.zone)
    if not _called(ring, today, member) or now >= window_of(ring, today):
        return False
    heard = was is not None and _called(was, today, member)
    if ring.slot != EVENING:
        return was is not None and not heard
    return not heard or (was is not None and was.zone != ring.zone)  # from another zone: that call may have been too late for its day


def _called(ring: Ring, day: date, member: Member) -> bool:
    """Whether a ring is through with a member's place in it for a day."""
    return ring.on > day or (ring.on == day and ring.after_id >= (member.id or 0))


def rings_of(member: Member, organisation: Organisation, review: str, now: datetime) -> tuple[Ring, Ring]:
    """The rings that a member belongs to: that of their prompt, and that of the morning. review: how often they look back."""
    return (
        _ring(member, organisation, now, slot=EVENING, at=member.prompt_at, review=review),
        _ring(member, organisation, now, slot=MORNING, at=morning_of(member), review=review),
    )


def _ring(member: Member, organisation: Organisation, now: datetime, *, slot: str, at: int, review: str) -> Ring:
    zone, minute = member.timezone or organisation.timezone, off_the_hour(at, member.id or 0)
    on = local_day(now, zone)
    ring = Ring(
        slot=slot,
        zone=zone,
        minute=minute,
        workdays=member.workdays,
        other_workdays=member.other_workdays,
        workdays_from=member.workdays_from.isoformat() if member.workdays_from else "",
        country=country_of(member, organisation),
        review=review,
        on=on,
        at=moment(on, minute, zone),
    )
    if now >= window_of(ring, on):
        ring.on, ring.at = on + timedelta(days=1), moment(on + timedelta(days=1), minute, zone)
    return ring


def country_of(member: Member, organisation: Organisation) -> str:
    """Whose holidays are a member's; "" for nobody's, which they may have chosen."""
    return "" if member.country == NOBODYS else member.country or organisation.country


def window_of(ring: Ring, day: date) -> datetime:
    """Until when a ring's call of a day may still be made: the evening's until the day is over, the morning's for some hours."""
    if ring.slot == EVENING:
        return window_over(day, ring.minute, ring.zone)
    return moment(day, ring.minute, ring.zone) + MORNING_LASTS


def morning_of(member: Member) -> int:
    """09:40, or when their quiet hours end where those cover it."""
    start, end = member.quiet_from, member.quiet_to
    return end if start is not None and end is not None and in_quiet(MORNING_AT, start, end) else MORNING_AT


def review_of(session: Session, member: Member) -> str:
    """How often a member looks back: as the first of their teams that chose, else every ten days."""
    return reviews_of(session, [member.id or 0]).get(member.id or 0, XUN)


def calendar_of(ring: Ring) -> Calendar:
    """The working days of a ring."""
    anchor = date.fromisoformat(ring.workdays_from) if ring.workdays_from else None
    return Calendar(ring.workdays, ring.other_workdays, anchor, ring.country)


def calendar_for(member: Member, organisation: Organisation) -> Calendar:
    """A member's working days, leave apart."""
    return Calendar(member.workdays, member.other_workdays, member.workdays_from, country_of(member, organisation))
