"""Planning a minute in which very many are due, against the bare SQL that stores as many rows; and a minute in which nobody is."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlmodel import select

from bench.company import EVENING, MORNING, TODAY, due_in, found, members_for, prepare, settle, store_prepared
from bench.sides import Wrong
from handlers.reminders import plan
from storage.migrate import migrate
from storage.outbox import Owed
from storage.pulse import Prompt
from storage.store import EVERYWHERE, Store
from tests.databases import Cluster, NoPostgres

SMALL = 1000  # members who are due in a company that has as little to do in an idle minute
IDLE_ROUNDS = 200


def planning(due: int, rounds: int, kinds: list[str]) -> None:
    """Every figure on each database; Wrong when a single row is missing, is there twice or should not be there."""
    print(f"\nPlanning for {due:,} of {members_for(due):,} members, medians of {rounds} rounds\n")
    print("| database | what | messages | Tenday | bare SQL, evening | times | spread of both |")
    print("|---|---|---|---|---|---|---|")
    idle = []
    for kind in kinds:
        with ExitStack() as stack:
            try:
                shelf = stack.enter_context(shelves(kind))
            except NoPostgres as problem:
                print(f"| {kind} | left out, {problem} | | | | | |")
                continue
            shelf.fill("big", due)
            shelf.fill("small", SMALL)
            _minutes(shelf, due, rounds)
            idle.append((kind, *_idle(shelf)))
    for kind, many, few in idle:
        spent = f"{many * 1e3:.2f} / {few * 1e3:.2f} ms"
        print(f"\n{kind}: an idle minute costs {many / few:.2f} times what it costs with {SMALL:,} members ({spent})")


class Shelf:
    """Companies of several sizes on one database server, from which copies are taken: each round begins with the same."""

    def __init__(self, empty: Callable[[str], str], copy: Callable[[str], str]) -> None:
        self._empty, self._copy = empty, copy

    def fill(self, name: str, due: int) -> None:
        """A company in which so many are due."""
        with opened(self._empty(name)) as store:
            migrate(store)
            prepare(store, found(store, due))
            settle(store)

    @contextmanager
    def copied(self, name: str) -> Iterator[Store]:
        """A copy of a company, ready to be used."""
        with opened(self._copy(name)) as store:
            migrate(store)
            yield store


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = Store(url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def servers(kind: str) -> Iterator[Callable[[str], str]]:
    """A server as durable as it is out of the box: the address of an empty database by its name."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield lambda name: f"sqlite:///{folder}/{name}.db"
        return
    cluster = Cluster(durable=True)
    cluster.start()
    try:
        yield cluster.database
    finally:
        cluster.remove()


@contextmanager
def shelves(kind: str) -> Iterator[Shelf]:
    """A server as durable as it is out of the box, without anything yet."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield Shelf(lambda name: f"sqlite:///{folder}/{name}.db", lambda name: _file_copied(Path(folder), name))
        return
    cluster = Cluster(durable=True)
    cluster.start()
    try:
        yield Shelf(cluster.database, lambda name: _database_copied(cluster, name))
    finally:
        cluster.remove()


def _file_copied(folder: Path, name: str) -> str:
    for left in folder.glob(f"{name}-copy.db*"):
        left.unlink()
    shutil.copyfile(folder / f"{name}.db", folder / f"{name}-copy.db")
    return f"sqlite:///{folder}/{name}-copy.db"


def _database_copied(cluster: Cluster, name: str) -> str:
    engine = create_engine(cluster.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}_copy WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}_copy TEMPLATE {name}")
        connection.exec_driver_sql("CHECKPOINT")
    engine.dispose()
    return make_url(cluster.url).set(database=f"{name}_copy").render_as_string(hide_password=False)


def _minutes(shelf: Shelf, due: int, rounds: int) -> None:
    """The morning, the evening and the bare SQL in turn, each time from the same state."""
    mornings, evenings, bare = list[float](), list[float](), list[float]()
    for _ in range(rounds):
        with shelf.copied("big") as store:
            mornings.append(_timed(plan, store, MORNING))
            late = _check(store, "morning", due)
            evenings.append(_timed(plan, store, EVENING))
            _check(store, "evening", due)
            if plan(store, EVENING):
                raise Wrong("a second look planned more")
            kind = "SQLite" if store.sqlite else "PostgreSQL"
        with shelf.copied("big") as store:
            bare.append(_timed(store_prepared, store))
            _check(store, "evening", due)
    theirs = statistics.median(bare)
    for what, ours, rows in (("evening", evenings, due), ("morning", mornings, late)):
        mine = statistics.median(ours)
        apart = f"{max(ours) / min(ours):.2f}, {max(bare) / min(bare):.2f}"
        print(f"| {kind} | {what} | {rows:,} | {mine:.2f} s | {theirs:.2f} s | {mine / theirs:.2f} | {apart} |", flush=True)


def _timed(work: Callable[..., object], *arguments: object) -> float:
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def _check(store: Store, slot: str, due: int) -> int:
    """Each who is due has one prompt and one message that waits, and nobody else has any; how many they are."""
    with store.read(EVERYWHERE) as session:
        asked = session.exec(select(Prompt.id, Prompt.member_id).where(Prompt.on == TODAY, Prompt.slot == slot)).all()
        kind = "daily" if slot == "evening" else slot
        owed = session.exec(select(Owed.subject, Owed.member_id).where(Owed.state == "waiting", Owed.kind == kind)).all()
    wanted = due_in(slot, members_for(due))
    if sorted(member for _, member in asked) != wanted or sorted(owed) != sorted((f"q{prompt}", member) for prompt, member in asked):
        raise Wrong(f"{slot}: {len(asked)} prompts and {len(owed)} messages for {len(wanted)} members")
    return len(wanted)


def _idle(shelf: Shelf) -> tuple[float, float]:
    """Seconds of a minute in which nobody is due: in the big company, and in a small one."""
    minute = MORNING - timedelta(minutes=5)
    with shelf.copied("big") as many, shelf.copied("small") as few:
        spent: dict[Store, list[float]] = {many: [], few: []}
        for _ in range(IDLE_ROUNDS):
            for store, times in spent.items():
                times.append(_timed(plan, store, minute))
        if any(plan(store, minute) for store in spent):
            raise Wrong("somebody was due in an idle minute")
    return statistics.median(spent[many]), statistics.median(spent[few])
