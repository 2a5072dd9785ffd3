"""Planning on a real database, over two weeks around a change of clocks: everybody is asked once a workday, at their own time."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from handlers.reminders import plan
from handlers.rules.moments import moment, off_the_hour, window_over
from handlers.rules.workdays import Calendar
from storage.migrate import migrate
from storage.outbox import Owed
from storage.people import Member
from storage.pulse import Absence, Prompt, next_ring
from storage.store import EVERYWHERE, Store
from tests.databases import sqlite_url
from tests.pulse.company import found

# From the westernmost to the easternmost, by half and quarter hours, and those that change at midnight, by half an hour or in April.
ZONES = (
    *("Pacific/Pago_Pago", "Pacific/Honolulu", "America/St_Johns", "America/Havana", "America/New_York", "UTC", "Europe/Berlin"),
    *("Africa/Cairo", "Asia/Beirut", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati"),
)
# Mondays of two weeks in which clocks change: in Europe and Beirut; in Cairo; on Lord Howe; in Europe, Beirut, Cairo, Havana and New York; there
# and in Havana again.
MONDAYS = date(2026, 3, 23), date(2026, 4, 20), date(2026, 9, 28), date(2026, 10, 19), date(2027, 3, 8)
TIMES = 0, 25, 150, 9 * 60, 12 * 60 + 30, 17 * 60 + 30, 17 * 60 + 40, 22 * 60 + 41
WEEKS = "1111100", "1110011", "0101000"
MORNING = 9 * 60 + 40
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Move:
    """Who goes where, and so many hours after the first Monday begins."""

    who: int
    zone: str
    after: int


class World:
    """Two weeks of many members. got: the days that each was asked for; dose: how many messages on which local date."""

    def __init__(self, store: Store, monday: date) -> None:
        self.store, self.monday = store, monday
        self.start = datetime(monday.year, monday.month, monday.day, 4, tzinfo=UTC) - DAY
        settings = [
            {"timezone": ZONES[n % len(ZONES)], "prompt_at": TIMES[n % len(TIMES)], "workdays": WEEKS[n % 5 % len(WEEKS)]}
            for n in range(18)
        ]
        self.ids = found(store, settings, self.start)
        self.leave = {who: (monday + n * DAY, monday + (n + 2) * DAY) for n, who in enumerate(self.ids[::4])}
        with store.write(EVERYWHERE) as session:
            rows = [Absence(organisation_id=1, member_id=who, first=f, last=to, made_at=self.start) for who, (f, to) in self.leave.items()]
            session.add_all(rows)
        self.got: dict[int, list[date]] = {who: [] for who in self.ids}
        self.dose = Counter[tuple[int, date]]()
        self.seen = 0

    def works(self, member: Member, day: date) -> bool:
        first, last = self.leave.get(member.id or 0, (date.max, date.max))
        return Calendar(member.workdays).works(day) and not first <= day <= last

    def tick(self, now: datetime) -> None:
        """Plans, looks at what is new, and that nobody is missing who can be asked now."""
        plan(self.store, now)
        with self.store.read(EVERYWHERE) as session:
            members = {m.id: m for m in session.exec(select(Member)).all()}
            new = session.exec(select(Prompt).where(col(Prompt.id) > self.seen).order_by(col(Prompt.id))).all()
            due = dict(session.exec(select(Owed.subject, Owed.due_at).where(col(Owed.subject).in_([f"q{p.id}" for p in new]))).all())
        for prompt in new:
            self.look_at(prompt, members[prompt.member_id], now, due[f"q{prompt.id}"].replace(tzinfo=UTC))
            self.seen = prompt.id or 0
        for member in members.values():
            self.look_for(member, now)

    def look_at(self, prompt: Prompt, member: Member, now: datetime, due: datetime) -> None:
        zone, slot = member.timezone, MORNING if prompt.slot == "morning" else member.prompt_at
        minute = off_the_hour(slot, member.id or 0)
        assert self.works(member, prompt.on), (member, prompt)
        assert due == moment(prompt.on, minute, zone) <= now < window_over(prompt.on, minute, zone), (member, prompt, due, now)
        wall = due.astimezone(ZoneInfo(zone))
        assert wall.minute % 30 or wall.hour * 60 + wall.minute != minute
        self.dose[prompt.member_id, now.astimezone(ZoneInfo(zone)).date()] += 1
        if prompt.slot == "evening":
            self.got[prompt.member_id].append(prompt.on)

    def look_for(self, member: Member, now: datetime) -> None:
        minute, today = off_the_hour(member.prompt_at, member.id or 0), now.astimezone(ZoneInfo(member.timezone)).date()
        if today >= self.monday and self.works(member, today) and moment(today, minute, member.timezone) <= now:
            assert today in self.got[member.id or 0], (member, now)

    def move(self, who: int, zone: str) -> None:
        with self.store.write(EVERYWHERE) as session:
            member = session.get_one(Member, self.ids[who])
            member.timezone = zone
            session.add(member)


@pytest.mark.parametrize("monday", MONDAYS, ids=str)
@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
@given(
    late=st.lists(st.integers(0, 70), min_size=5, max_size=15),
    moves=st.lists(st.builds(Move, st.integers(0, 17), st.sampled_from(ZONES), st.integers(-10, 13 * 24)), min_size=6, max_size=12),
)
def test_two_weeks_everywhere(tmp_path: Path, monday: date, late: list[int], moves: list[Move]) -> None:
    """late: how many minutes after a moment that matters somebody looks at the clock at last, in turn."""
    assume(len(set(late)) > 3 and len({move.who for move in moves}) > 3)  # not the plainest of all, which is tried first
    with sqlite_url(tmp_path) as url:
        store = Store(url)
        migrate(store)
        world = World(store, monday)
        now, end, ticks = world.start, world.start + 15 * DAY, 0
        ahead = sorted(moves, key=lambda move: move.after)
        while now < end:
            world.tick(now)
            with store.read(EVERYWHERE) as session:
                soonest = next_ring(session, now)
            assert soonest is not None
            now, ticks = soonest + timedelta(minutes=late[ticks % len(late)]), ticks + 1
            while ahead and world.start + timedelta(hours=20 + ahead[0].after) <= now:
                world.move(ahead[0].who, ahead.pop(0).zone)
        store.close()
    assert max(world.dose.values()) <= 2
    assert all(len(set(days)) == len(days) for days in world.got.values())
    moved = {world.ids[move.who] for move in moves}
    for number, who in enumerate(world.ids):
        week, (first, last) = Calendar(WEEKS[number % 5 % len(WEEKS)]), world.leave.get(who, (date.max, date.max))
        days = [monday + n * DAY for n in range(13)]
        owed = [day for day in days if week.works(day) and not first <= day <= last]
        if who not in moved:
            assert [day for day in world.got[who] if day in days] == owed
