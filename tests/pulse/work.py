"""What a process does that plans, again and again, whatever the moment is: the one that stands in a file."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from handlers import reminders, rings
from storage.migrate import migrate
from storage.store import Conflict, Store, Unreachable

CHUNK = 15  # so that there is a great deal between two commits


def plan_on_and_on(database: str, folder: str) -> None:
    """Plans until the file `clock` is gone; each moment that was planned to its end is a line in the file `done`."""
    reminders.CHUNK = rings.CHUNK = CHUNK
    store = Store(database)
    while not store.opened:
        with suppress(Unreachable, Conflict):  # the others are at the file
            migrate(store)
    while (now := _now(Path(folder) / "clock")) is not None:
        with suppress(Unreachable, Conflict):  # as the program's own ring does it
            reminders.plan(store, now)
            _say(Path(folder) / "done", now.isoformat())
    store.close()


def turn(folder: Path, now: datetime | None) -> None:
    """Turns the clock; None: the day is over."""
    if now is None:
        (folder / "clock").unlink()
        return
    (folder / "next").write_text(now.isoformat())
    (folder / "next").replace(folder / "clock")


def planned(folder: Path, now: datetime) -> bool:
    """Whether somebody has planned this moment to its end."""
    done = folder / "done"
    return done.exists() and now.isoformat() in done.read_text().splitlines()


def _now(clock: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(clock.read_text())
    except FileNotFoundError:
        return None


def _say(path: Path, line: str) -> None:
    """In one write, so that a process that is killed leaves a line or none."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)
