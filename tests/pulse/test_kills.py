"""Planning in several processes at once, killed at any moment: whoever is owed a message is owed it once, and nobody is left out."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlmodel import col, select

from handlers.reminders import plan
from storage.people import Member
from storage.store import EVERYWHERE, Store
from tests.conftest import KINDS
from tests.killing import Workers
from tests.outside.program import APP, Town, environment
from tests.pulse import work
from tests.pulse.company import asked, found

ZONES = "Pacific/Honolulu", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland"
# The same clock under another name: nobody's moment changes when they move, and all of their rings do.
SAME = {"America/New_York": "America/Toronto", "Europe/Berlin": "Europe/Paris", "Asia/Tokyo": "Asia/Seoul"}
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
KILLS = 8


def test_four_planners_and_eight_kills(database: str, store: Store, tmp_path: Path) -> None:
    """Three workdays in six zones; somebody moves house meanwhile."""
    ids = found(store, ({"timezone": ZONES[n % len(ZONES)], "prompt_at": 17 * 60 + 25} for n in range(180)), MONDAY)
    random, moment = Random(1), MONDAY - timedelta(hours=16)
    work.turn(tmp_path, moment)
    with Workers(work.plan_on_and_on, database, str(tmp_path), count=4) as planners:
        while moment < MONDAY + timedelta(days=3, hours=12):
            until_planned(tmp_path, moment)
            moment += timedelta(minutes=95)
            if random.random() < 0.3:
                some_move(store, random)
            work.turn(tmp_path, moment)
            if planners.killed < KILLS or random.random() < 0.1:
                time.sleep(random.random() * 0.06)
                planners.kill(random)
        until_planned(tmp_path, moment)
        work.turn(tmp_path, None)
        planners.finish()
        assert planners.killed >= KILLS
    workdays = [date(2026, 11, 23) + timedelta(days=n) for n in range(3)]
    evenings = {(member, day): 1 for member in ids for day in workdays}
    assert {key: n for key, n in asked(store, "evening").items() if key[1] in workdays} == evenings
    mornings = {(member, day): 1 for member in ids for day in workdays[1:]}
    assert {key: n for key, n in asked(store, "morning").items() if key[1] in workdays} == mornings


def until_planned(folder: Path, moment: datetime) -> None:
    """Comes back when one of the planners is through with a moment."""
    patience = time.monotonic() + 60
    while not work.planned(folder, moment):
        assert time.monotonic() < patience, "nobody plans"
        time.sleep(0.002)


def some_move(store: Store, random: Random) -> None:
    """A few members into another zone with the same clock."""
    with store.write(EVERYWHERE) as session:
        for member in session.exec(select(Member).where(col(Member.timezone).in_(SAME))).all():
            if random.random() < 0.2:
                member.timezone = SAME[member.timezone]
                session.add(member)


@pytest.mark.parametrize(("kind", "replicas"), list(zip(KINDS, (2, 3), strict=True)))
def test_replicas_that_tick_at_once(own_town: Callable[..., Town], kind: str, replicas: int) -> None:
    """The program itself: the day's question reaches each of them once, and a tick more has nothing to do."""
    town = own_town(kind)
    store = Store(town.database)
    store.opened = True
    ids = found(store, ({} for _ in range(24)), MONDAY)
    assert plan(store, MONDAY) == 0, "from here on they have a ring"
    store.close()
    for number in ids:
        town.slack.add_user(f"U{number}", f"Member{number}", tz="UTC")
    command = [sys.executable, str(APP), "tick", "--at", "2026-11-23T17:45:00Z"]
    settings = environment(**town.settings())
    ticks = [subprocess.Popen(command, env=settings, cwd=town.folder, stdout=subprocess.PIPE, text=True) for _ in range(replicas)]
    told = [json.loads(tick.communicate(timeout=90)[0].splitlines()[-1]) for tick in ticks]
    assert (sum(one["planned"] for one in told), sum(one["sent"] for one in told)) == (len(ids), len(ids)), told
    assert Counter(m["channel"] for m in town.slack.messages) == {f"DU{number}": 1 for number in ids}
    assert town.tick("--at", "2026-11-23T17:45:00Z") | {"at": ""} == dict.fromkeys(told[0], 0) | {"at": ""}
