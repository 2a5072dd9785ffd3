"""Cycles, objectives, key results with their stages, and who works on them.

Weights are stored as they were given (None: not given); what they come to among siblings is a rule of handlers/rules/progress.py.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Index, TextClause, UniqueConstraint, and_, bindparam, func, or_
from sqlalchemy import text as sql_text
from sqlmodel import Field, Session, col, select

from storage.base import Owned, alike
from storage.prepared import Prepared, at_hand

# As text, so that a database sees that an index with the same words covers the question: what was not brought back yet, to the one
# asked and to the asker, and drafts of members that nobody was reminded of.
_WAITS = sql_text("state = 'open'"), sql_text("kind IN ('help', 'blocker')")
UNANSWERED = *_WAITS, sql_text("nudged_to IS NULL")
UNTOLD = *_WAITS, sql_text("nudged_by IS NULL")
NOT_NUDGED = sql_text("owner_kind = 'member'"), sql_text("state = 'draft'"), sql_text("nudged_on IS NULL")


def _among(words: Sequence[TextClause], name: str, column: str) -> Index:
    """An index of the rows for which all of this holds."""
    both = sql_text(" AND ".join(word.text for word in words))
    return Index(name, column, sqlite_where=both, postgresql_where=both)


class Cycle(Owned, table=True):
    """A named range of dates, both ends included. state: open, or away for one that was taken back before it held anything."""

    __tablename__ = "cycles"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    start: date
    end: date
    state: str = Field(default="open", sa_column_kwargs={"server_default": "open"})


class Objective(Owned, table=True):
    """An objective. owner_id: a member or a team by owner_kind, 0 for the company. state: draft, published, closed, dropped or discarded.

    number: given once per owner and cycle. version grows with every change of it or of its key results.
    nudged_on: the day on which its owner was reminded that it is still a draft. carried_from: the objective of an earlier cycle that it
    goes on with.
    """

    __tablename__ = "objectives"
    __table_args__ = (
        UniqueConstraint("organisation_id", "cycle_id", "owner_kind", "owner_id", "number"),
        _among(NOT_NUDGED, "ix_objectives_not_nudged", "owner_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycles.id", index=True)
    owner_kind: str = "member"
    owner_id: int = Field(index=True)
    number: int
    title: str
    why: str = ""
    kind: str = "aspirational"
    kind_said: bool = False
    state: str = "draft"
    visibility: str = "everyone"
    weight: float | None = None
    score: float | None = None
    due: date | None = None
    version: int = 1
    typed: str = ""
    made_by: int = Field(foreign_key="members.id")
    made_at: datetime
    published_at: datetime | None = None
    nudged_on: date | None = None
    carried_from: int | None = Field(default=None, foreign_key="objectives.id")


class KeyResult(Owned, table=True):
    """A key result. current None: no value yet. direction up, down or keep; bound min or max (of `keep` and of guardrails).

    start_said: false where no starting value was given and 0 stands in. rhythm: days between two values asked for.
    checked_on: the local date of the value that `current` is; state: open or dropped. carried_from: the key result of an earlier cycle
    that it goes on with.
    """

    __tablename__ = "key_results"
    __table_args__ = (UniqueConstraint("objective_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    objective_id: int = Field(foreign_key="objectives.id", index=True)
    number: int
    title: str
    owner_id: int = Field(foreign_key="members.id", index=True)
    metric: str = "done"
    unit: str = ""
    start: float | None = None
    start_said: bool = True
    target: float | None = None
    current: float | None = None
    direction: str = "up"
    bound: str = "min"
    guardrail: bool = False
    weight: float | None = None
    confidence: int | None = None
    score: float | None = None
    due: date | None = None
    rhythm: int = 7
    state: str = "open"
    checked_on: date | None = None
    unclear: str = ""
    version: int = 1
    carried_from: int | None = Field(default=None, foreign_key="key_results.id")


class Stage(Owned, table=True):
    """One stage of a staged key result."""

    __tablename__ = "stages"
    id: int | None = Field(default=None, primary_key=True)
    key_result_id: int = Field(foreign_key="key_results.id", index=True)
    position: int
    title: str
    weight: float | None = None
    owner_id: int | None = Field(default=None, foreign_key="members.id")
    due: date | None = None
    done: bool = False


class Request(Owned, table=True):
    """Something asked of a member: to own or join a key result, to help, to clear a blocker.

    kind: owner, join, help, blocker or transfer. state: open, accepted, declined or answered, or withdrawn with what it came from.
    key_result_id or objective_id says on what; check_in_id where it came with a check-in. owner_kind, owner_id: of a transfer,
    whose it becomes; to_id is who accepts it for them. nudged_to, nudged_by: the days on which it was brought back, unanswered, to
    whoever was asked and then to the asker.
    """

    __tablename__ = "requests"
    __table_args__ = (
        _among(UNANSWERED, "ix_requests_unanswered", "to_id"),
        _among(UNTOLD, "ix_requests_untold", "by_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    objective_id: int = Field(foreign_key="objectives.id", index=True)
    key_result_id: int | None = Field(default=None, foreign_key="key_results.id", index=True)
    check_in_id: int | None = Field(default=None, foreign_key="check_ins.id")
    by_id: int = Field(foreign_key="members.id")
    to_id: int = Field(foreign_key="members.id", index=True)
    text: str = ""
    state: str = "open"
    answer: str = ""
    made_at: datetime
    version: int = 1
    owner_kind: str = Field(default="member", sa_column_kwargs={"server_default": "member"})
    owner_id: int | None = None
    nudged_to: date | None = None
    nudged_by: date | None = None


class NumberLeft(Owned, table=True):
    """The highest number of an objective that went from its owner to another: it is not given again."""

    __tablename__ = "numbers_left"
    __table_args__ = (UniqueConstraint("organisation_id", "cycle_id", "owner_kind", "owner_id"),)
    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycles.id")
    owner_kind: str
    owner_id: int
    highest: int


_OPEN_CYCLES = Prepared(select(Cycle).where(Cycle.state == "open").order_by(col(Cycle.start), col(Cycle.id)))


def open_cycles(session: Session) -> Sequence[Cycle]:
    """Every cycle that was ever opened and not taken back, by its first day."""
    return _OPEN_CYCLES.things(session)


def cycle_named(session: Session, name: str) -> Cycle | None:
    """The cycle of that name, also one that was put away; case and width do not matter."""
    wanted = alike(name)
    return next((c for c in session.exec(select(Cycle).order_by(col(Cycle.id))).all() if alike(c.name) == wanted), None)


def holds_anything(session: Session, cycle_id: int) -> bool:
    """Whether an objective was ever written in a cycle."""
    return session.exec(select(Objective.id).where(Objective.cycle_id == cycle_id).limit(1)).first() is not None


def published_in(session: Session, cycles: Iterable[int]) -> dict[int, int]:
    """How many objectives that everybody may see count in each of these cycles."""
    wanted = col(Objective.cycle_id).in_(set(cycles)), col(Objective.state).in_(["published", "closed"]), Objective.visibility == "everyone"
    rows = session.exec(select(Objective.cycle_id, func.count()).where(*wanted).group_by(col(Objective.cycle_id))).all()
    return {row[0]: row[1] for row in rows}


def next_objective_number(session: Session, cycle_id: int, owner_kind: str, owner_id: int) -> int:
    """One more than the highest number ever given to this owner in this cycle; the cycle is held, so that nobody gets the same."""
    session.exec(select(Cycle.id).where(Cycle.id == cycle_id).with_for_update(key_share=True)).first()
    highest = select(func.max(Objective.number)).where(
        Objective.cycle_id == cycle_id, Objective.owner_kind == owner_kind, Objective.owner_id == owner_id
    )
    left = number_left(session, cycle_id, owner_kind, owner_id)
    return max(session.exec(highest).one() or 0, left.highest if left else 0) + 1


def number_left(session: Session, cycle_id: int, owner_kind: str, owner_id: int) -> NumberLeft | None:
    """What an owner's objectives that went to others in a cycle were called at most."""
    wanted = NumberLeft.cycle_id == cycle_id, NumberLeft.owner_kind == owner_kind, NumberLeft.owner_id == owner_id
    return session.exec(select(NumberLeft).where(*wanted)).first()


def leave_number(session: Session, row: Objective) -> None:
    """Notes that an objective goes from its owner, so that its number is not given again."""
    left = number_left(session, row.cycle_id, row.owner_kind, row.owner_id)
    left = left or NumberLeft(cycle_id=row.cycle_id, owner_kind=row.owner_kind, owner_id=row.owner_id, highest=0)
    left.highest = max(left.highest, row.number)
    session.add(left)


def objective_numbered(session: Session, cycle_id: int, owner_kind: str, owner_id: int, number: int) -> Objective | None:
    """The owner's objective of that number, discarded ones left out."""
    wanted = (
        Objective.cycle_id == cycle_id,
        Objective.owner_kind == owner_kind,
        Objective.owner_id == owner_id,
        Objective.number == number,
        Objective.state != "discarded",
    )
    return session.exec(select(Objective).where(*wanted)).first()


def objectives_of(session: Session, cycle_id: int, owner_kind: str, owner_id: int, states: Iterable[str]) -> Sequence[Objective]:
    """An owner's objectives in a cycle, by number."""
    wanted = (
        Objective.cycle_id == cycle_id,
        Objective.owner_kind == owner_kind,
        Objective.owner_id == owner_id,
        col(Objective.state).in_(list(states)),
    )
    return session.exec(select(Objective).where(*wanted).order_by(col(Objective.number))).all()


def objectives_owned(session: Session, owner_kind: str, owner_id: int) -> Sequence[Objective]:
    """An owner's objectives of all cycles, discarded ones left out."""
    wanted = Objective.owner_kind == owner_kind, Objective.owner_id == owner_id, Objective.state != "discarded"
    return session.exec(select(Objective).where(*wanted).order_by(col(Objective.id))).all()


def drafts_of(session: Session, member_id: int) -> Sequence[Objective]:
    """A member's drafts, and those that they wrote for a team or the company, newest first."""
    own = and_(col(Objective.owner_kind) == "member", col(Objective.owner_id) == member_id)
    written = and_(col(Objective.owner_kind) != "member", col(Objective.made_by) == member_id)
    wanted = or_(own, written), Objective.state == "draft"
    return session.exec(select(Objective).where(*wanted).order_by(col(Objective.id).desc())).all()


def objectives_by_id(session: Session, ids: Iterable[int]) -> dict[int, Objective]:
    """These objectives by id."""
    wanted = set(ids)
    rows = session.exec(select(Objective).where(col(Objective.id).in_(wanted))).all() if wanted else ()
    return {row.id: row for row in rows if row.id is not None}


_KEY_RESULTS = Prepared(
    select(KeyResult)
    .where(col(KeyResult.objective_id).in_(bindparam("ids", expanding=True)), KeyResult.state == "open")
    .order_by(col(KeyResult.objective_id), col(KeyResult.number))
)


def key_results_in(session: Session, objectives: Iterable[int]) -> Sequence[KeyResult]:
    """The key results of these objectives, by objective and number, dropped ones left out."""
    wanted = set(objectives)
    if not wanted:
        return ()
    return _KEY_RESULTS.things(session, ids=list(wanted))


def every_key_result_of(session: Session, objective_id: int) -> Sequence[KeyResult]:
    """All key results that an objective ever had, the dropped ones too, by number."""
    return session.exec(select(KeyResult).where(KeyResult.objective_id == objective_id).order_by(col(KeyResult.number))).all()


def next_key_result_number(session: Session, objective_id: int) -> int:
    """One more than the highest number that this objective ever gave."""
    return (session.exec(select(func.max(KeyResult.number)).where(KeyResult.objective_id == objective_id)).one() or 0) + 1


def key_result_numbered(session: Session, objective_id: int, number: int, *, dropped: bool = False) -> KeyResult | None:
    """The objective's key result of that number; dropped: also when it was dropped."""
    states = ["open", "dropped"] if dropped else ["open"]
    wanted = KeyResult.objective_id == objective_id, KeyResult.number == number, col(KeyResult.state).in_(states)
    return session.exec(select(KeyResult).where(*wanted)).first()


def key_results_by_id(session: Session, ids: Iterable[int]) -> dict[int, KeyResult]:
    """These key results by id, dropped ones too."""
    wanted = set(ids)
    rows = session.exec(select(KeyResult).where(col(KeyResult.id).in_(wanted))).all() if wanted else ()
    return {row.id: row for row in rows if row.id is not None}


def key_results_held(session: Session, ids: Iterable[int]) -> Sequence[KeyResult]:
    """These key results as they are now, held against every other writer until the transaction ends; one statement."""
    wanted = sorted(set(ids))
    held_ = select(KeyResult).where(col(KeyResult.id).in_(wanted)).order_by(col(KeyResult.id)).with_for_update()
    return session.exec(held_.execution_options(populate_existing=True)).all() if wanted else ()


_MEANT = select(KeyResult, Objective).where(
    Objective.cycle_id == bindparam("cycle_id"),
    Objective.owner_kind == "member",
    Objective.owner_id == bindparam("owner_id"),
    Objective.number == bindparam("objective"),
    Objective.state != "discarded",
    col(KeyResult.objective_id) == col(Objective.id),
    KeyResult.number == bindparam("number"),
    KeyResult.state == "open",
)
_OWN_KEY_RESULT = Prepared(_MEANT)
_OWN_KEY_RESULT_HELD = Prepared(_MEANT.with_for_update(of=KeyResult).execution_options(populate_existing=True))


def own_key_result(
    session: Session, cycle_id: int, member_id: int, objective: int, number: int, *, lock: bool = False
) -> tuple[KeyResult, Objective] | None:
    """The open key result of these numbers in a member's own objective; lock: held against every other writer."""
    wanted = _OWN_KEY_RESULT_HELD if lock else _OWN_KEY_RESULT
    found = wanted.first(session, cycle_id=cycle_id, owner_id=member_id, objective=objective, number=number)
    return (found[0], found[1]) if found else None


def key_results_owned(session: Session, cycle_id: int, member_id: int) -> Sequence[tuple[KeyResult, Objective]]:
    """The open key results of published objectives in a cycle that a member owns or accepted to work on, with those objectives."""
    accepted = Request.to_id == member_id, Request.state == "accepted", col(Request.kind).in_(["join", "help"])
    joined_in = select(Request.key_result_id).where(*accepted)
    own_objective = and_(col(Objective.owner_kind) == "member", col(Objective.owner_id) == member_id)
    wanted = (
        or_(col(KeyResult.owner_id) == member_id, own_objective, col(KeyResult.id).in_(joined_in)),
        KeyResult.state == "open",
        Objective.cycle_id == cycle_id,
        Objective.state == "published",
    )
    joined = select(KeyResult, Objective).join(Objective, col(Objective.id) == col(KeyResult.objective_id))
    rows = session.exec(joined.where(*wanted).order_by(col(Objective.id), col(KeyResult.number))).all()
    return [(row[0], row[1]) for row in rows]


_STAGES = Prepared(
    select(Stage)
    .where(col(Stage.key_result_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Stage.key_result_id), col(Stage.position))
)


def stages_in(session: Session, key_results: Iterable[int]) -> Sequence[Stage]:
    """The stages of these key results, in order."""
    wanted = set(key_results)
    if not wanted:
        return ()
    return _STAGES.things(session, ids=list(wanted))


_REQUESTS = Prepared(select(Request).where(col(Request.objective_id).in_(bindparam("ids", expanding=True))).order_by(col(Request.id)))


def requests_on(session: Session, objectives: Iterable[int]) -> Sequence[Request]:
    """Everything asked of anybody on these objectives, oldest first."""
    wanted = set(objectives)
    if not wanted:
        return ()
    return _REQUESTS.things(session, ids=list(wanted))


def open_requests_to(session: Session, member_id: int) -> Sequence[Request]:
    """What is asked of a member and not answered yet, newest first."""
    wanted = Request.to_id == member_id, Request.state == "open"
    return session.exec(select(Request).where(*wanted).order_by(col(Request.id).desc())).all()


def open_transfers(session: Session, objective_id: int) -> Sequence[Request]:
    """Who is asked to take over an objective or one of its key results."""
    wanted = Request.objective_id == objective_id, Request.kind == "transfer", Request.state == "open"
    return session.exec(select(Request).where(*wanted).order_by(col(Request.id))).all()


def held(session: Session, objectives: Iterable[Objective]) -> list[Objective]:
    """These objectives as they are now, in the order given, held against every other writer until the transaction ends."""
    rows = list(objectives)
    wanted = select(Objective).where(col(Objective.id).in_([o.id for o in rows])).order_by(col(Objective.id))
    session.exec(wanted.with_for_update().execution_options(populate_existing=True)).all()
    return rows


def objective_by_id(session: Session, objective_id: int) -> Objective | None:
    """One objective."""
    return session.exec(select(Objective).where(Objective.id == objective_id)).first()


def key_result_by_id(session: Session, key_result_id: int, *, lock: bool = False) -> KeyResult | None:
    """One key result; lock: held against every other writer until the transaction ends."""
    wanted = select(KeyResult).where(KeyResult.id == key_result_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def request_by_id(session: Session, request_id: int, *, lock: bool = False) -> Request | None:
    """One request; lock: held against every other writer until the transaction ends."""
    wanted = select(Request).where(Request.id == request_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def requests_by_id(session: Session, ids: Iterable[int]) -> list[Request]:
    """These requests, the oldest first."""
    wanted = list(ids)
    found = select(Request).where(col(Request.id).in_(wanted)).order_by(col(Request.made_at), col(Request.id))
    return list(session.exec(found).all()) if wanted else []


_CYCLES = Prepared(select(Cycle).where(col(Cycle.id).in_(bindparam("ids", expanding=True))))


def cycles_by_id(session: Session, ids: Iterable[int]) -> dict[int, Cycle]:
    """These cycles by id."""
    found = {number: row for number in ids if (row := at_hand(session, Cycle, number)) is not None}
    missing = list(set(ids) - found.keys())
    return found | {row.id: row for row in (_CYCLES.things(session, ids=missing) if missing else ())}


_WEIGHTS = Prepared(
    select(  # type: ignore[call-overload]
        Objective.id, Objective.cycle_id, Objective.owner_kind, Objective.owner_id, Objective.weight, Objective.visibility
    )
    .where(
        col(Objective.cycle_id).in_(bindparam("cycles", expanding=True)),
        col(Objective.owner_id).in_(bindparam("owners", expanding=True)),
        col(Objective.state).in_(["published", "closed"]),
    )
    .order_by(col(Objective.id))
)


def weights_beside(
    session: Session, cycles: Iterable[int], owners: Iterable[int]
) -> Sequence[tuple[int, int, str, int, float | None, str]]:
    """Id, cycle, kind and id of the owner, weight and visibility of the objectives that count in these cycles, for these owners' ids."""
    return _WEIGHTS.rows(session, cycles=list(cycles), owners=list(owners))


def cycle_by_id(session: Session, cycle_id: int) -> Cycle | None:
    """One cycle."""
    return at_hand(session, Cycle, cycle_id) or session.exec(select(Cycle).where(Cycle.id == cycle_id)).first()
