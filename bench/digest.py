"""A digest for a lead of very many people, against a hand-written SQL report of the same figures: every count is compared."""
# ruff: noqa: E501  (a statement is read whole)

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import String, case, cast, event, func, literal
from sqlmodel import Session

from bench.company import ZERO, numbers, rows, settle
from bench.planning import opened, servers
from bench.sides import Wrong
from bot.commands import Digest
from bot.messages import Message, Place, Sender
from handlers.asking import Asking
from handlers.digests.digest import PARTS, digest, parts_of
from handlers.digests.findings import Findings
from storage.checkins import CheckIn
from storage.digesting import Circle
from storage.migrate import migrate
from storage.okrs import Cycle, KeyResult, Objective, Request
from storage.outbox import Owed
from storage.people import Account, Member, Organisation, Workspace, members_by_id
from storage.pulse import Prompt
from storage.store import EVERYWHERE, Store
from tests.databases import NoPostgres

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAYS, OBJECTIVES, EACH = 60, 5, 4
PEOPLE = 10_000


def digests(people: int, rounds: int, kinds: list[str]) -> None:
    """Each database with a company of that many, and of half as many."""
    print(
        f"\nA digest for a lead of {people:,} people, {OBJECTIVES} × {EACH} key results and {DAYS} days each, medians of {rounds} rounds\n"
    )
    print("| database | people | statements | Tenday | SQL by hand | times | spread of both |")
    print("|---|---|---|---|---|---|---|")
    for kind in kinds:
        spent = {}
        for many in (people // 2, people):
            try:
                with servers(kind) as empty, opened(empty("digest")) as store:
                    migrate(store)
                    organisation = _found(store, many)
                    settle(store)
                    spent[many] = _measured(store, organisation, (kind, many), rounds)
            except NoPostgres as problem:
                print(f"| {kind} | left out, {problem} | | | | | |")
                break
        else:
            print(f"\n{kind}: twice the people cost {spent[people] / spent[people // 2]:.2f} times as much\n", flush=True)


def _measured(store: Store, organisation: int, of: tuple[str, int], rounds: int) -> float:
    """Both in turn, round after round; the median of ours."""
    ours, theirs, counts = list[float](), list[float](), list[int]()
    _check(store, organisation)
    for _ in range(rounds):
        with _counted(store) as ran:
            begun = time.perf_counter()
            with store.read(organisation) as session:
                shown = digest(_asking(session, organisation), Digest())
            ours.append(time.perf_counter() - begun)
        if len(shown.parts) < len(PARTS):
            raise Wrong("a digest without its parts")
        counts.append(len(ran))
        begun = time.perf_counter()
        _by_hand(store, organisation)
        theirs.append(time.perf_counter() - begun)
    if len(set(counts)) != 1:
        raise Wrong(f"another number of statements each time: {counts}")
    mine, hand = statistics.median(ours), statistics.median(theirs)
    apart = f"{max(ours) / min(ours):.2f}, {max(theirs) / min(theirs):.2f}"
    print(f"| {of[0]} | {of[1]:,} | {counts[0]} | {mine:.2f} s | {hand:.2f} s | {mine / hand:.2f} | {apart} |", flush=True)
    return mine


@contextmanager
def _counted(store: Store) -> Iterator[list[str]]:
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        ran.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield ran
    event.remove(store.engine, "before_cursor_execute", note)


def _asking(session: Session, organisation: int) -> Asking:
    member = members_by_id(session, [1])[1]
    company = session.get(Organisation, organisation)
    assert company is not None
    sender = Sender("slack", "T1", "U1")
    return Asking(session, company, member, Message("d1", sender, Place("", shared=False), "digest", "direct"), NOW, "en")


# ---------------------------------------------------------------- the company


def _found(store: Store, people: int) -> int:
    """A lead, number 1, and the people that report to them; what they did in the last days, by their number."""
    with store.write(EVERYWHERE) as session:
        organisation = Organisation(name="Big", timezone="UTC", made_at=ZERO)
        session.add(organisation)
        session.flush()
        org = organisation.id or 0
        session.add(Workspace(organisation_id=org, platform="slack", workspace="T1"))
        cycle = Cycle(organisation_id=org, name="2026Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
        session.add(cycle)
        session.flush()
        _people(session, org, people + 1)
        _okrs(session, org, cycle.id or 0, people + 1)
        _days(session, org, people + 1)
        return org


def _people(session: Session, org: int, people: int) -> None:
    every = numbers(people)
    n, common = every.c.n, {"organisation_id": org, "made_at": ZERO - timedelta(days=90)}
    name = literal("U") + cast(n, String)
    rows(session, Member, every, common | {"id": n, "name": name}, n == 1)
    rows(session, Member, every, common | {"id": n, "name": name, "lead_id": 1}, n > 1)
    rows(session, Account, every, common | {"member_id": n, "platform": "slack", "workspace": "T1", "user": name})
    day = TODAY - timedelta(days=1)
    rows(session, Prompt, every, common | {"id": n, "member_id": n, "on": day, "until": ZERO, "state": "open"}, n > 1)
    key = literal("prompt-") + cast(n, String) + literal(f"-1-{day:%Y%m%d}")
    sent = {"key": key, "member_id": n, "user": name, "platform": "slack", "workspace": "T1", "state": "sent", "kind": "daily"}
    rows(session, Owed, every, common | sent | {"subject": literal("q") + cast(n, String), "due_at": ZERO, "until": ZERO}, n > 1)


def _okrs(session: Session, org: int, cycle: int, people: int) -> None:
    """One in fifty has no OKR."""
    every = numbers(people * OBJECTIVES * EACH)
    n, common = every.c.n, {"organisation_id": org, "made_at": ZERO - timedelta(days=60)}
    owner, place = (n - 1) / (OBJECTIVES * EACH) + 1, (n - 1) % (OBJECTIVES * EACH)
    whose = cast(func.floor(owner), KeyResult.__table__.c.owner_id.type)  # type: ignore[attr-defined]
    within = cast(func.floor(place / EACH), KeyResult.__table__.c.number.type)  # type: ignore[attr-defined]
    published = datetime(2026, 10, 1, 9, tzinfo=UTC)
    has = (whose > 1) & (whose % 50 != 0)
    mine = {"id": n, "cycle_id": cycle, "owner_id": whose, "number": within + 1, "title": "Grow", "state": "published", "made_by": whose}
    rows(session, Objective, every, common | mine | {"published_at": published}, has & (place % EACH == 0))
    far = case((n % 10 == 0, 5.0), (n % 10 == 1, 40.0), else_=70.0)
    stands = {
        "current": far,
        "checked_on": case((n % 16 == 0, TODAY - timedelta(days=30)), else_=TODAY - timedelta(days=3)),
        "confidence": n % 11,
    }
    kr = {"id": n, "objective_id": n - place % EACH, "number": place % EACH + 1, "title": "Users", "owner_id": whose, "metric": "number"}
    rows(session, KeyResult, every, common | kr | {"start": 0.0, "target": 100.0} | stands, has)


def _days(session: Session, org: int, people: int) -> None:
    """A line a day; one in twenty has said nothing for a week; one in a hundred is blocked and has asked the next."""
    every = numbers(people)
    n = every.c.n
    has = (n > 1) & (n % 50 != 0)
    size = OBJECTIVES * EACH
    for ago in range(DAYS, 0, -1):
        on = TODAY - timedelta(days=ago)
        at = ZERO - timedelta(days=ago) + timedelta(hours=16)
        said = {
            "organisation_id": org, "member_id": n, "made_at": at, "on": on, "note": "went on", "key_result_id": (n - 1) * size + ago % size + 1,
            "value": 10.0 + DAYS - ago, "blocker": case((n % 97 == 0, "the law"), else_="") if ago == 1 else literal(""),
        }  # fmt: skip
        rows(session, CheckIn, every, said, has if ago > 7 else has & (n % 20 != 0))
    asked = {
        "kind": "help",
        "objective_id": (n - 1) * size + 1,
        "key_result_id": (n - 1) * size + 1,
        "by_id": n,
        "to_id": n + 1,
        "text": "look?",
    }
    common = {"organisation_id": org, "made_at": ZERO - timedelta(days=4), "state": "open"}
    rows(session, Request, every, common | asked, has & (n % 100 == 3))


# ---------------------------------------------------------------- the report by hand, and the comparison


def _by_hand(store: Store, organisation: int) -> dict[str, int]:
    """The same figures and first lines, as somebody would write them who knows this company's one calendar."""
    found = {}
    with store.engine.connect() as connection:
        for name, statement in _REPORT.items():
            lines = connection.exec_driver_sql(statement.format(org=organisation, **_words(store.sqlite))).fetchall()
            found[name] = int(lines[0][0]) if lines else 0
    return found


def _check(store: Store, organisation: int) -> None:
    """What Tenday says is what the report says."""
    hand = _by_hand(store, organisation)
    with store.read(organisation) as session:
        asking = _asking(session, organisation)
        found = Findings(asking, Circle(organisation, 1, "led"))
        ours = {part.name: part.count for part in parts_of(found, PARTS, 9)}
        ours["said"] = found.coverage().said
    theirs = {name: hand[name] for name in ("drift", "wins", "none", "said")}
    theirs["waiting"] = hand["unseen"]
    theirs["needs"] = hand["asked"] + hand["blocked"] + hand["overdue"]
    theirs["quiet"] = hand["silent"] + hand["stale"]
    if ours != theirs:
        raise Wrong(f"Tenday says {ours}, the report {theirs}")


def _words(sqlite: bool) -> dict[str, str]:
    """Where the two databases are written differently."""
    if sqlite:
        return _terms(lambda a, b: f"(julianday({a}) - julianday({b}))", "date(o.published_at)")
    return _terms(lambda a, b: f"(CAST({a} AS date) - CAST({b} AS date))", "CAST(o.published_at AS date)")


def _terms(days: Callable[[str, str], str], published: str) -> dict[str, str]:
    since = f"CASE WHEN {published} > c.start THEN {published} ELSE c.start END"
    last = 'COALESCE(k.due, o.due, c."end")'
    pace = f"(({days(_D, since)} + 1.0) / ({days(last, since)} + 1.0))"
    age = days(_D, "COALESCE(k.checked_on, " + since + ")")
    before = (
        'SELECT i.value FROM check_ins i WHERE i.key_result_id = k.id AND i.live AND i.value IS NOT NULL AND i."on" < '
        f'{_Y} ORDER BY i."on" DESC, i.id DESC LIMIT 1'
    )
    when = before.replace("SELECT i.value", 'SELECT i."on"')
    return {"pace": pace, "age": age, "before": f"({before})", "fresh": days(_Y, f"({when})")}


_D, _Y = f"'{TODAY}'", f"'{TODAY - timedelta(days=1)}'"
_HEARD = f"'{TODAY - timedelta(days=5)}'"  # the third workday before
_WEEK = f"'{TODAY - timedelta(days=7)}'"
_KRS = (
    "FROM key_results k JOIN objectives o ON o.id = k.objective_id JOIN cycles c ON c.id = o.cycle_id JOIN members m ON m.id = k.owner_id "
    "WHERE k.organisation_id = {org} AND m.lead_id = 1 AND m.active AND k.state = 'open' AND o.state = 'published' AND NOT k.guardrail "
    f'AND c.start <= {_D} AND c."end" >= {_D}'
)
_SHARE = "((k.current - k.start) / (k.target - k.start))"
_HAS = (
    "EXISTS (SELECT 1 FROM key_results k JOIN objectives o ON o.id = k.objective_id JOIN cycles c ON c.id = o.cycle_id WHERE k.owner_id = m.id "
    f"AND k.state = 'open' AND o.state = 'published' AND c.start <= {_D} AND c.\"end\" >= {_D})"
)
_LED = "m.organisation_id = {org} AND m.lead_id = 1 AND m.active"
_LAST = f'(SELECT i."on" FROM check_ins i WHERE i.member_id = m.id AND i.live AND i."on" <= {_D} ORDER BY i."on" DESC LIMIT 1)'
_SEEN = (
    "EXISTS (SELECT 1 FROM noticed x WHERE x.check_in_id = i.id AND x.by_id = 1 AND x.state = 'live') "
    "OR EXISTS (SELECT 1 FROM comments w WHERE w.key_result_id = i.key_result_id AND w.by_id = 1 AND w.made_at >= i.made_at) "
    "OR EXISTS (SELECT 1 FROM requests r WHERE r.check_in_id = i.id AND r.to_id = 1 AND r.state <> 'open')"
)
_PAGE = "LIMIT 9"
_REPORT = {
    "drift": (
        f"SELECT COUNT(*) OVER (), k.id, {_SHARE} AS share, {{pace}} AS pace {_KRS} AND k.checked_on IS NOT NULL "
        f"AND {{age}} <= 2 * k.rhythm AND {_SHARE} < {{pace}} * 0.8 AND {{pace}} > 0.1 ORDER BY {_SHARE} - {{pace}}, k.id {_PAGE}"
    ),
    "stale": (
        f"SELECT COUNT(*) OVER (), k.id {_KRS} AND {{age}} > 2 * k.rhythm + 1 AND {_SHARE} < 1 "
        f'AND EXISTS (SELECT 1 FROM check_ins i WHERE i.member_id = m.id AND i.live AND i."on" >= {_HEARD}) '
        f"AND EXISTS (SELECT 1 FROM prompts p WHERE p.member_id = m.id AND p.slot = 'evening' AND p.\"on\" < {_D}) ORDER BY k.checked_on, k.id {_PAGE}"
    ),
    "wins": (
        f"SELECT COUNT(*) OVER (), k.id {_KRS} AND k.checked_on >= {_Y} AND k.checked_on < {_D} "
        f"AND ({_SHARE} >= 1 OR {_SHARE} - COALESCE({{before}}, k.start) / 100 >= 0.15 "
        f"OR (COALESCE({{before}}, k.start) / 100 < {{pace}} * 0.8 AND {{fresh}} <= 15 AND {_SHARE} >= {{pace}} * 0.8)) ORDER BY k.id {_PAGE}"
    ),
    "none": f"SELECT COUNT(*) OVER (), m.id FROM members m WHERE {_LED} AND NOT {_HAS} ORDER BY m.name {_PAGE}",
    "silent": (
        f"SELECT COUNT(*) OVER (), m.id, m.name, {_LAST} FROM members m WHERE {_LED} AND {_HAS} AND {_LAST} <= '{TODAY - timedelta(days=6)}' "
        f"AND EXISTS (SELECT 1 FROM prompts p WHERE p.member_id = m.id AND p.slot = 'evening' AND p.\"on\" < {_D}) ORDER BY 4 {_PAGE}"
    ),
    "said": (
        f"SELECT COUNT(*) FROM members m WHERE {_LED} AND {_HAS} "
        f'AND EXISTS (SELECT 1 FROM check_ins i WHERE i.member_id = m.id AND i.live AND i."on" = {_Y})'
    ),
    "unseen": (
        "SELECT COUNT(*) OVER (), i.member_id, COUNT(*), MAX(i.id) FROM check_ins i JOIN members m ON m.id = i.member_id "
        f'WHERE {_LED} AND i.live AND i."on" >= {_WEEK} AND i."on" <= {_Y} AND NOT ({_SEEN}) GROUP BY i.member_id, m.name ORDER BY m.name {_PAGE}'
    ),
    "asked": (
        "SELECT COUNT(*) OVER (), r.id FROM requests r JOIN members m ON m.id = r.by_id JOIN objectives o ON o.id = r.objective_id "
        f"WHERE {_LED} AND r.state = 'open' AND r.kind IN ('help', 'blocker') AND r.to_id <> 1 AND r.made_at <= {_D} ORDER BY r.made_at {_PAGE}"
    ),
    "blocked": (
        "SELECT COUNT(*) OVER (), i.id FROM check_ins i JOIN members m ON m.id = i.member_id JOIN key_results k ON k.id = i.key_result_id "
        f"WHERE {_LED} AND i.live AND i.blocker <> '' AND i.\"on\" >= '{TODAY - timedelta(days=30)}' AND NOT EXISTS (SELECT 1 FROM requests r "
        'WHERE r.check_in_id = i.id) AND NOT EXISTS (SELECT 1 FROM check_ins j WHERE j.key_result_id = i.key_result_id AND j.live AND j."on" > i."on") '
        f'ORDER BY i."on", i.id {_PAGE}'
    ),
    "overdue": (
        f"SELECT COUNT(*) OVER (), a.id FROM actions a JOIN members m ON m.id = a.owner_id WHERE {_LED} AND a.state = 'open' AND a.due < {_D} {_PAGE}"
    ),
}
