"""What storage promises: organisations are kept apart by construction, the schema is what the code says, and every change is kept."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, func, update
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel, col, select

from handlers.export import everything
from storage.base import Owned
from storage.journal import Act, Change
from storage.migrate import current, migrate, newest
from storage.okrs import Cycle, KeyResult, Objective
from storage.people import Account, Member, Organisation, Workspace, all_members, only_organisation
from storage.store import EVERYWHERE, Store, Strayed, Unreachable
from storage.tables import METADATA
from tests.conftest import KINDS, entered
from tests.talk import MONDAY, Talk

OWNED: list[Any] = sorted(
    (m.class_ for m in SQLModel._sa_registry.mappers if issubclass(m.class_, Owned)),  # type: ignore[attr-defined]
    key=lambda table: str(table.__name__),
)


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that was never migrated."""
    with ExitStack() as stack:
        yield entered(stack, request.param, tmp_path, migrated=False)


def second_organisation(store: Store) -> int:
    """Another company in the same database, with a workspace T2 of its own."""
    with store.write(EVERYWHERE) as session:
        other = Organisation(origin="other", name="Other", timezone="UTC", made_at=MONDAY)
        session.add(other)
        session.flush()
        place = Workspace(platform="slack", workspace="T2")
        place.organisation_id = other.id or 0
        session.add(place)
        return other.id or 0


def story(talk: Talk) -> list[str]:
    """Everything that ann and bob hear in a small story, without the ids on buttons."""
    said = [
        ("ann", "new O: Grow KR1: NPS from 30 to 50 <@bob> KR2: users from 1 to 9 O: Draft KR1: plans from 1 to 2"),
        ("ann", "publish O1"),
        ("bob", "accept"),
        ("bob", "<@ann> KR1.1 45 c6 shipped; blocked: legal <@ann>"),
        ("bob", "mine"),
        ("bob", "@Ann"),
        ("ann", "O1"),
        ("ann", "KR1.2 5"),
        ("ann", "undo"),
        ("ann", "history O1"),
        ("ann", "mine"),
        ("ann", "answer soon"),
        ("bob", "@Ann O2"),
    ]
    heard = [talk.says(who, text).text for who, text in said]
    return heard + [f"{o.to.user}: {o.reply.parts[0].prompt}" for o in talk.deliver()]  # type: ignore[union-attr]


# ---------------------------------------------------------------- apart by construction


def test_there_are_tables_to_keep_apart() -> None:
    assert {"Objective", "KeyResult", "CheckIn", "Member", "Account", "Act", "Change", "Request", "Owed"} <= {t.__name__ for t in OWNED}


def test_a_query_without_an_organisation_is_stopped(store: Store) -> None:
    with store.read() as session:
        for table in OWNED:
            for statement in (select(table), select(table.id), select(func.count()).select_from(table)):
                with pytest.raises(Strayed):
                    session.exec(statement).all()


def test_a_join_a_subquery_and_a_bulk_statement_are_stopped_too(store: Store) -> None:
    with store.read() as session:
        for statement in (
            select(Organisation.id).join(Objective, col(Objective.organisation_id) == col(Organisation.id)),
            select(Organisation.id).where(select(Objective.id).exists()),
            select(select(func.count(col(Objective.id))).scalar_subquery()),
            select(Organisation).where(col(Organisation.id).in_(select(Member.organisation_id))),
            update(Objective).values(title="x"),
            delete(Objective),
        ):
            with pytest.raises(Strayed):
                session.execute(statement)


def test_one_organisation_never_meets_anothers_rows_in_any_statement(store: Store) -> None:
    story(Talk(store))
    other = second_organisation(store)
    story(Talk(store, workspace="T2"))
    with store.read(EVERYWHERE) as session:
        ids = {t: {r.id: r.organisation_id for r in session.exec(select(t)).all()} for t in OWNED}
    first = next(o for o in {v for rows in ids.values() for v in rows.values()} if o != other)
    for here in (first, other):
        with store.read(here) as session:
            for table, rows in ids.items():
                own = {i for i, organisation in rows.items() if organisation == here}
                assert set(session.exec(select(table.id)).all()) == own
                for foreign in rows.keys() - own:
                    assert session.exec(select(table).where(table.id == foreign)).first() is None
            joined = select(KeyResult.id, Objective.id).join(Objective, col(Objective.organisation_id) > 0)
            assert {ids[KeyResult][k] for k, _ in session.exec(joined).all()} == {here}
    with store.write(first) as session:
        done = session.execute(update(Objective).values(title="Mine now"))
        assert done.rowcount == sum(1 for o in ids[Objective].values() if o == first)  # type: ignore[attr-defined]
    with store.read(other) as session:
        assert "Mine now" not in session.exec(select(Objective.title)).all()


def test_a_row_cannot_be_written_into_another_organisation(store: Store) -> None:
    Talk(store).says("ann", "mine")
    other = second_organisation(store)
    stray = Cycle(name="2030Q1", start=MONDAY.date(), end=MONDAY.date(), organisation_id=other)
    with pytest.raises(Strayed), store.write(1) as session:
        session.add(stray)
    with pytest.raises(Strayed), store.write() as session:
        session.add(Cycle(name="2030Q1", start=MONDAY.date(), end=MONDAY.date()))
    with store.read(EVERYWHERE) as session:
        assert session.exec(select(Cycle)).all() == []


def test_the_same_dialogs_in_two_organisations_are_the_same(store: Store) -> None:
    first = Talk(store)
    heard = story(first)
    other = second_organisation(store)
    second = Talk(store, workspace="T2")
    assert story(second) == heard
    with store.read(EVERYWHERE) as session:
        home = only_organisation(session)
        assert home is not None
    shapes = []
    for organisation_id in (home.id, other):
        with store.read(organisation_id) as session:
            organisation = session.exec(select(Organisation).where(Organisation.id == organisation_id)).one()
            shapes.append({name: len(rows) for name, rows in everything(session, organisation, MONDAY).items() if isinstance(rows, list)})
    assert shapes[0] == shapes[1]
    assert shapes[0]["people"] == 2
    assert shapes[0]["objectives"] == 2


def test_nobody_reaches_over_by_an_id_on_a_button(store: Store) -> None:
    first = Talk(store)
    card = first.says("ann", "new O: Grow KR1: NPS from 30 to 50")
    first.presses("ann", card, "Publish")
    echo = first.says("ann", "KR1.1 45")
    second_organisation(store)
    spy = Talk(store, workspace="T2")
    spy.says("eve", "mine")
    with store.read(EVERYWHERE) as session:
        before = [(c.thing, c.new) for c in session.exec(select(Change)).all()]
    texts = ["#o1", "#k1", "#k1 5", "checkin #k1 46", "undo #c1", "undo #c2", "undo #c3", "publish #o1", "edit #o1", "discard #o1",
             "history #o1", "correct #k1 5", "help #k1 <@eve> x", "accept #r1", "@#m1", "@Ann", "@Ann O1", "<@ann>"]  # fmt: skip
    for text in texts:
        for entry in ("direct", "press"):
            heard = spy.hears(replace(spy.message("eve", text), entry=entry, drawn=1, card="o1"))  # type: ignore[arg-type]
            assert "NPS" not in heard.text, text
            assert "Grow" not in heard.text, text
    for button in (b for _, b in echo.buttons()):
        assert spy.press("eve", button, "").reply.tone == "refusal"  # type: ignore[union-attr]
    with store.read(EVERYWHERE) as session:
        after = [(c.thing, c.new) for c in session.exec(select(Change)).all()]
    assert after == before


# ---------------------------------------------------------------- migrations


def test_the_migrations_make_what_the_code_says(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found = [d for d in compare_metadata(context, METADATA) if "migration_lock" not in repr(d)]
    assert found == []


def test_migrating_again_does_nothing_and_keeps_everything(store: Store) -> None:
    Talk(store).says("ann", "mine")
    assert migrate(store) is False
    with store.read(EVERYWHERE) as session:
        assert [m.name for m in all_members(session)] == ["Ann"]


def test_eight_that_start_at_once_migrate_once(bare: str) -> None:
    stores = [Store(bare) for _ in range(8)]
    done: list[bool | BaseException] = []

    def start(store: Store) -> None:
        try:
            done.append(migrate(store))
        except BaseException as problem:
            done.append(problem)

    threads = [threading.Thread(target=start, args=(s,)) for s in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done, key=str) == [False] * 7 + [True]
    with stores[0].engine.connect() as connection:
        assert current(connection) == newest()
    assert Talk(stores[3]).says("ann", "mine").reply is not None
    for store in stores:
        store.close()


def test_connections_that_the_server_cut_while_they_rested_trouble_nobody(store: Store) -> None:
    if store.sqlite:
        return  # a file cuts nobody off
    with ExitStack() as stack:
        others = [stack.enter_context(store.read(EVERYWHERE)) for _ in range(3)]
        assert [only_organisation(session) for session in others] == [None] * 3
    with store.write(EVERYWHERE) as session:
        session.connection().execute(sql_text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
    with ExitStack() as stack:
        again = [stack.enter_context(store.read(EVERYWHERE)) for _ in range(3)]
        assert [only_organisation(session) for session in again] == [None] * 3


def test_what_is_not_open_yet_is_out_of_reach(bare: str) -> None:
    store = Store(bare)
    with pytest.raises(Unreachable), store.read(EVERYWHERE):
        raise AssertionError
    assert store.answers() != ""
    migrate(store)
    assert store.answers() == ""
    store.close()


# ---------------------------------------------------------------- the journal


def test_every_change_is_kept_with_who_when_old_new_and_delivery(store: Store) -> None:
    talk = Talk(store)
    steps = [
        ("ann", "new O: Grow KR1: NPS from 30 to 50 <@bob>"),
        ("ann", "edit O1\nO: Grow more\nKR1: NPS from 30 to 60 <@bob>"),
        ("ann", "publish"),
        ("bob", "accept"),
        ("ann", "KR1.1 40 c5"),
        ("ann", "KR1.1 45 c6"),
        ("ann", "correct KR1.1 44"),
        ("ann", "undo"),
        ("ann", "timezone Asia/Shanghai"),
        ("ann", "language zh"),
    ]
    deliveries = []
    for who, text in steps:
        message = talk.message(who, text)
        deliveries.append((message.delivery, who, talk.now))
        assert talk.hears(message).reply.tone == "answer", text  # type: ignore[union-attr]
        talk.later(minutes=1)
    with store.read(EVERYWHERE) as session:
        users = {a.member_id: a.user for a in session.exec(select(Account)).all()}
        acts = session.exec(select(Act).order_by(col(Act.id))).all()
        changes = session.exec(select(Change).order_by(col(Change.id))).all()
        rows = {f"k{r.id}": r for r in session.exec(select(KeyResult)).all()} | {
            f"o{r.id}": r for r in session.exec(select(Objective)).all()
        }
    assert [(a.delivery, users[a.by_id], a.platform) for a in acts] == [(d, w, "slack") for d, w, _ in deliveries]
    assert [a.at.replace(tzinfo=None) for a in acts] == [at.replace(tzinfo=None) for _, _, at in deliveries]
    assert all(any(c.act_id == a.id for c in changes) for a in acts)
    chains: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        chains.setdefault((change.thing, change.field), []).append(change)
    for (thing, field), chain in chains.items():
        for earlier, later in pairwise(chain):
            assert json.loads(later.old) == json.loads(earlier.new), (thing, field)
        if thing in rows:
            now = getattr(rows[thing], field)
            assert json.loads(chain[-1].new) == (now if isinstance(now, int | float | str | bool | None) else str(now)), (thing, field)
    values = [(json.loads(c.old), json.loads(c.new)) for c in chains[("k1", "current")]]
    assert values == [(None, 40), (40, 45), (45, 44), (44, 45)]


def test_what_was_refused_leaves_no_trace(store: Store) -> None:
    talk = Talk(store)
    talk.says("ann", "new O: Grow KR1: NPS from 30 to 50")
    talk.says("ann", "publish")

    def counted() -> list[int]:
        with store.read(EVERYWHERE) as session:
            return [session.exec(select(func.count()).select_from(t)).one() for t in OWNED if t.__name__ not in ("Parked",)]

    before = counted()
    for text in (
        "KR9.9 3",
        "KR1.1 5000",
        "publish",
        "help KR1.1 @Nobody x",
        "correct KR1.1 4",
        "new team Nowhere O: x KR1: y",
        "nonsense",
        "O9",
    ):
        talk.says("ann", text)
    assert counted() == before
