"""A company of any size, made by a few statements: its members, their key results and what they were asked until a Tuesday."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, Column, ColumnElement, Integer, MetaData, String, Table, case, cast, func, literal, or_, select, update
from sqlmodel import Session, SQLModel

from handlers.rings import rings_of
from storage.checkins import CheckIn
from storage.okrs import Cycle, KeyResult, Objective, Request
from storage.outbox import Owed
from storage.people import Account, Member, Organisation, Workspace
from storage.pulse import EVENING as EVENING_SLOT
from storage.pulse import Absence, Prompt, Ring, ring_like
from storage.store import EVERYWHERE, Store

TODAY = date(2026, 11, 24)
ZERO = datetime(2026, 11, 24, tzinfo=UTC)
MORNING, EVENING = ZERO.replace(hour=9, minute=40), ZERO.replace(hour=17, minute=40)
# Of so many members two are not to be asked, each of eight in a row for a reason of its own.
OF, NOT_DUE, REASONS = 27, 2, 8
MUTED, OFF, INACTIVE, AWAY, DRAFT, DROPPED, UNREACHABLE, WRITTEN = range(1, REASONS + 1)
LATE = 20  # one in so many left yesterday's question unanswered
DAYS = 3  # evenings on which everybody was asked before
ASKING = 100  # one in so many waits for a colleague's answer


def members_for(due: int) -> int:
    """How many members a company has of whom so many are due in the evening."""
    return due * OF // (OF - NOT_DUE)


def found(store: Store, due: int) -> int:
    """A company in an empty database of whom `due` are owed this evening's question; its id."""
    with store.write(EVERYWHERE) as session:
        organisation = Organisation(name="Big", timezone="UTC", made_at=ZERO)
        session.add(organisation)
        session.flush()
        assert organisation.id is not None
        session.add(Workspace(organisation_id=organisation.id, platform="slack", workspace="T1"))
        cycle = Cycle(organisation_id=organisation.id, name="2026Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
        session.add(cycle)
        session.flush()
        _fill(session, organisation.id, cycle.id or 0, members_for(due))
        return organisation.id


def _fill(session: Session, organisation: int, cycle: int, people: int) -> None:
    every = numbers(people)
    n = every.c.n
    name, reason = literal("U") + cast(n, String), reason_of(n)
    common = {"organisation_id": organisation, "made_at": ZERO - timedelta(days=90)}
    rows(
        session,
        Member,
        every,
        common | {"id": n, "name": name, "muted": reason == MUTED, "prompted": reason != OFF, "active": reason != INACTIVE},
    )
    account = {"member_id": n, "platform": "slack", "workspace": "T1", "user": name, "reachable": reason != UNREACHABLE}
    rows(session, Account, every, common | account)
    state = case((reason == DRAFT, "draft"), else_="published")
    own = {"id": n, "cycle_id": cycle, "owner_id": n, "number": 1, "title": "Grow", "state": state, "made_by": n, "nudged_on": TODAY}
    rows(session, Objective, every, common | own)
    state = case((reason == DROPPED, "dropped"), else_="open")
    mine = {"id": n, "objective_id": n, "number": 1, "title": "Users", "owner_id": n, "metric": "number", "target": 9.0, "state": state}
    rows(session, KeyResult, every, common | mine)
    rows(session, Absence, every, common | {"member_id": n, "first": TODAY, "last": TODAY + timedelta(days=3)}, reason == AWAY)
    rows(session, CheckIn, every, common | {"member_id": n, "key_result_id": n, "on": TODAY, "made_at": ZERO}, reason == WRITTEN)
    asked = {"kind": "help", "objective_id": n, "key_result_id": n, "by_id": n, "to_id": n % people + 1, "text": "look?"}
    waits = case((n % (10 * ASKING) == 0, "open"), else_="answered")
    rows(session, Request, every, common | asked | {"state": waits}, n % ASKING == 0)
    for ago in range(DAYS, 0, -1):
        _day(session, every, organisation, ago)
    _place(session, organisation)


def _day(session: Session, every: CTE, organisation: int, ago: int) -> None:
    """One evening's questions, and the answers to all but a few."""
    n, on, at = every.c.n, TODAY - timedelta(days=ago), EVENING - timedelta(days=ago)
    due, late = reason_of(n) == 0, n % LATE == 0
    common = {"organisation_id": organisation, "member_id": n, "made_at": at}
    state = case((late, "open"), else_="answered")
    until = ZERO - timedelta(days=ago - 2)
    rows(session, Prompt, every, common | {"on": on, "until": until, "state": state}, due)
    rows(session, CheckIn, every, common | {"on": on, "note": "did it"}, due & ~late)
    key = literal("prompt-") + cast(n, String) + literal(f"-1-{on:%Y%m%d}")
    where = {"platform": "slack", "workspace": "T1", "user": literal("U") + cast(n, String), "kind": "daily", "subject": "q1"}
    rows(session, Owed, every, common | where | {"key": key, "due_at": at, "until": until, "state": "sent", "sent_at": at}, due)


def _place(session: Session, organisation: int) -> None:
    """Everybody into the rings of the default clock."""
    before = MORNING - timedelta(minutes=10)
    somebody, company = Member(organisation_id=organisation, name="", made_at=ZERO, id=0), Organisation(name="", made_at=ZERO)
    session.info["organisation"] = organisation
    evening, morning = (ring_like(session, Ring(**ring.model_dump())) for ring in rings_of(somebody, company, "xun", before))
    session.connection().execute(update(Member).values(placed=True, ring_id=evening.id, morning_id=morning.id))
    session.info["organisation"] = EVERYWHERE


def numbers(upto: int) -> CTE:
    """The numbers from 1 on, as a table."""
    numbers = select(literal(1, Integer).label("n")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < upto))


def reason_of(n: ColumnElement[int]) -> ColumnElement[int]:
    """Why the n-th is not to be asked; 0: they are."""
    mine = n % OF
    return case((or_(mine == 1, mine == 2), (n // OF) % (REASONS // 2) * 2 + mine), else_=0)


def due_in(slot: str, people: int) -> list[int]:
    """Who is owed something, by number: this evening's question, or this morning what was not answered."""
    due = [n for n in range(1, people + 1) if n % OF not in (1, 2)]
    if slot == EVENING_SLOT:
        return due
    waits = {n for asker in range(10 * ASKING, people + 1, 10 * ASKING) for n in (asker, asker % people + 1)}
    told = {n for n in waits if _reason(n) in (0, OFF, DRAFT, DROPPED, WRITTEN)}
    return sorted(told | {n for n in due if n % LATE == 0})


def _reason(n: int) -> int:
    """As `reason_of`, in Python."""
    return n // OF % (REASONS // 2) * 2 + n % OF if n % OF in (1, 2) else 0


def rows(
    session: Session,
    kind: type[SQLModel],
    every: CTE,
    values: Mapping[str, Any],
    which: ColumnElement[bool] | None = None,
    *,
    into: Table | None = None,
) -> None:
    table = _table(kind) if into is None else into
    given = {column.name: values.get(column.name, _usual(kind, column.name)) for column in table.columns}
    given = {name: value for name, value in given.items() if value is not None}
    chosen = select(*((v if isinstance(v, ColumnElement) else literal(v, table.c[k].type)).label(k) for k, v in given.items()))
    chosen = chosen.select_from(every)
    if which is not None:
        chosen = chosen.where(which)
    session.connection().execute(table.insert().from_select(list(given), chosen))


def _table(kind: type[SQLModel]) -> Table:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    return table


def _usual(kind: type[SQLModel], name: str) -> Any:
    field = kind.model_fields[name]
    return None if field.is_required() else field.get_default()


def prepare(store: Store, organisation: int) -> None:
    """What this evening comes to, found out already: in tables without an index, for the bare SQL to store."""
    with store.write(EVERYWHERE) as session:
        for kind in (Prompt, Owed):
            _prepared(kind).create(session.connection())
        people = session.connection().execute(select(func.max(_table(Member).c.id))).scalar_one()
        every = numbers(people)
        n, common = every.c.n, {"organisation_id": organisation, "member_id": every.c.n, "made_at": EVENING}
        first = session.connection().execute(select(func.max(_table(Prompt).c.id))).scalar_one()
        prompt = {"id": first + n, "on": TODAY, "until": ZERO + timedelta(days=2)}
        rows(session, Prompt, every, common | prompt, reason_of(n) == 0, into=_prepared(Prompt))
        mark = cast(first + n, String)
        message = {"key": literal("prompt-") + mark + literal(f"-1-{TODAY:%Y%m%d}"), "kind": "daily", "subject": literal("q") + mark}
        where = {"platform": "slack", "workspace": "T1", "user": literal("U") + cast(n, String)}
        when = {"id": first + n, "due_at": EVENING, "until": ZERO + timedelta(days=1)}
        rows(session, Owed, every, common | message | where | when, reason_of(n) == 0, into=_prepared(Owed))


def store_prepared(store: Store) -> None:
    """The bare SQL: as many rows into the same tables, in one transaction of two statements."""
    with store.write(EVERYWHERE) as session:
        for kind in (Prompt, Owed):
            prepared = _prepared(kind)
            session.connection().execute(_table(kind).insert().from_select(prepared.columns.keys(), select(prepared)))


def _prepared(kind: type[SQLModel]) -> Table:
    table = _table(kind)
    return Table(f"prepared_{table.name}", MetaData(), *(Column(column.name, column.type) for column in table.columns))


def settle(store: Store) -> None:
    """What PostgreSQL does by itself in time: it counts what it holds, and clears up. SQLite is never told to."""
    if not store.sqlite:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
