"""What the database reckons of many key results at once is what the rules say of each; and how many people there are costs no statement."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from handlers.views import look
from storage.digesting import Circle
from storage.drifting import of_theirs
from storage.okrs import Cycle, KeyResult, Objective, Stage
from storage.people import Member, Organisation
from storage.standing import K, pace, progress, staged, status
from storage.store import Store
from tests.dialogs.conftest import Town
from tests.test_statements import counted

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 10, 1, 12, tzinfo=UTC)
numbers = st.one_of(st.none(), st.sampled_from([-5.0, 0.0, 1.0, 10.0, 45.0, 50.0, 100.0]))
days = st.dates(date(2026, 9, 20), date(2027, 1, 10))
key_results = st.fixed_dictionaries(
    {
        "metric": st.sampled_from(["number", "percent", "done", "stages"]),
        "start": numbers,
        "target": numbers,
        "current": numbers,
        "direction": st.sampled_from(["up", "down", "keep"]),
        "bound": st.sampled_from(["min", "max"]),
        "due": st.one_of(st.none(), days),
        "rhythm": st.sampled_from([1, 7, 30]),
        "checked_on": st.one_of(st.none(), st.dates(date(2026, 10, 1), TODAY)),
    }
)
stages = st.lists(st.tuples(st.one_of(st.none(), st.sampled_from([0.0, 0.2, 0.5, 0.9])), st.booleans()), max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    many=st.lists(st.tuples(key_results, stages), min_size=1, max_size=12),
    published=st.one_of(st.none(), days),
    due=st.one_of(st.none(), days),
)
def test_the_database_reckons_as_the_rules_do(store: Store, many: list[Any], published: date | None, due: date | None) -> None:
    with store.write(0) as session:
        organisation = Organisation(origin=str(datetime.now(UTC).timestamp()), name="x", made_at=MADE)
        session.add(organisation)
        session.flush()
        org = organisation.id or 0
    with store.write(org) as session:
        member, cycle = Member(name="ann", made_at=MADE), Cycle(name="2026Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
        session.add_all([member, cycle])
        session.flush()
        at = datetime(published.year, published.month, published.day, 22, 30, tzinfo=UTC) if published else None
        parent = Objective(
            cycle_id=cycle.id or 0, owner_id=member.id or 0, number=1, title="O", state="published", due=due, made_by=member.id or 0,
            made_at=MADE, published_at=at,
        )  # fmt: skip
        session.add(parent)
        session.flush()
        for n, (values, of) in enumerate(many, 1):
            row = KeyResult(objective_id=parent.id or 0, number=n, title="K", owner_id=member.id or 0, **values)
            session.add(row)
            session.flush()
            for place, (weight, done) in enumerate(of if row.metric == "stages" else ()):
                session.add(Stage(key_result_id=row.id or 0, position=place, title="s", weight=weight, done=done))
        session.flush()
        theirs = {kr.row.id: kr for view in look(session, [parent], TODAY) for kr in view.key_results}
        shares = staged(org)
        share, expected = progress(K.c.current, shares.share), pace(TODAY)
        columns = K.c.id, share, expected, status(share, K.c.checked_on, expected, TODAY), literal(0)
        chosen = of_theirs(select(*columns), Circle(org, member.id or 0, "self"), TODAY, shares)
        rows = session.connection().execute(chosen).all()
    assert len(rows) == len(many)
    for number, far, due_by_now, stands, _ in rows:
        kr = theirs[number]
        assert far == pytest.approx(kr.progress, abs=2e-6)
        assert due_by_now == pytest.approx(kr.expected if kr.row.direction != "keep" else due_by_now, abs=1e-6)
        assert stands == kr.status, (kr, far, due_by_now)


def test_how_many_people_there_are_costs_no_statement(store: Store) -> None:
    town = Town(store, workspace="T-size")
    town.says("boss", "mine")
    ran = {}
    for many in (3, 12):
        lead = f"lead{many}"
        town.says(lead, "mine")
        for n in range(many):
            who = town.with_okr("O: Grow\nKR1: NPS from 30 to 50\nKR2: users from 100 to 200", f"m{many}x{n}")
            town.says(who, f"my lead is <@{lead}>")
            town.says(who, "KR1.1 50")
            town.says(who, "KR1.2 101 blocked: the law")
        for said in ("digest", "gaps", "digest week"):
            with counted(store) as statements:
                heard = town.says(lead, said, entry="command")
            assert heard.reply is not None
            assert heard.reply.tone == "answer"
            ran[said, many] = len(statements)
    for said in ("digest", "gaps", "digest week"):
        assert ran[said, 3] == ran[said, 12], ran
