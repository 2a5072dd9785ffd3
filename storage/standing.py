"""How very many key results stand, reckoned by the database: progress, pace and status as handlers/rules/progress.py has them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Float, Table, and_, case, cast, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import SQLModel

from storage.okrs import Cycle, KeyResult, Objective, Stage

# The figures of the rule; a test holds the two together.
ON_TRACK_FROM, AT_RISK_FROM, TOO_EARLY = 0.8, 0.5, 0.1


def table(kind: type[SQLModel]) -> Table:
    """The table of a kind of rows."""
    found: Table = kind.__table__  # type: ignore[attr-defined]
    return found


K, O, C, S = table(KeyResult), table(Objective), table(Cycle), table(Stage)  # noqa: E741


class DaysBetween(FunctionElement[float]):
    """How many days one date lies behind another."""

    type = Float()
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _days_of_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    later, earlier = element.clauses
    return f"(julianday({compiler.process(later, **given)}) - julianday({compiler.process(earlier, **given)}))"


@compiles(DaysBetween)
def _days(element: Any, compiler: Any, **given: Any) -> str:
    later, earlier = element.clauses
    return f"CAST(CAST({compiler.process(later, **given)} AS DATE) - CAST({compiler.process(earlier, **given)} AS DATE) AS FLOAT)"


class DateOf(FunctionElement[date]):
    """The date, in UTC, of a moment."""

    type = Date()
    inherit_cache = True


@compiles(DateOf, "sqlite")
def _date_of_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    return f"date({compiler.process(element.clauses, **given)})"


@compiles(DateOf)
def _date_of(element: Any, compiler: Any, **given: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **given)} AS DATE)"


class Least(FunctionElement[Any]):
    """The smaller one."""

    inherit_cache = True


class Greatest(FunctionElement[Any]):
    """The greater one."""

    inherit_cache = True


def _of_both(sqlite: str, other: str) -> Any:
    def compiled(element: Any, compiler: Any, **given: Any) -> str:
        name = sqlite if compiler.dialect.name == "sqlite" else other
        return f"{name}({compiler.process(element.clauses, **given)})"

    return compiled


compiles(Least)(_of_both("min", "LEAST"))
compiles(Greatest)(_of_both("max", "GREATEST"))


def since() -> ColumnElement[Any]:
    """From which day on a key result's pace is reckoned."""
    return func.coalesce(Greatest(C.c.start, DateOf(O.c.published_at)), C.c.start, type_=Date())


def end() -> ColumnElement[Any]:
    """The day by which a key result is to be reached."""
    return func.coalesce(K.c.due, O.c.due, C.c.end, type_=Date())


def held() -> ColumnElement[bool]:
    """Whether it is a line to hold and nothing that rises."""
    return or_(K.c.guardrail, K.c.direction == "keep")


@dataclass(frozen=True)
class Staged:
    """What the stages of each key result come to, as a table to join: `of` a key result, `share` the weight of what is done."""

    of: ColumnElement[Any]
    share: ColumnElement[Any]
    source: Any


def staged(organisation: int) -> Staged:
    """Weights that were given are kept where they fit, the rest is shared equally; what leaves no room, or does not fill it, is scaled."""
    given, done = func.coalesce(S.c.weight, 0.0), case((S.c.done, 1.0), else_=0.0)
    unsaid = case((S.c.weight.is_(None), 1.0), else_=0.0)
    sums = (
        select(
            S.c.key_result_id.label("of"),
            func.sum(given).label("said"),
            func.sum(unsaid).label("open"),
            func.count().label("number"),
            func.sum(given * done).label("said_done"),
            func.sum(unsaid * done).label("open_done"),
            func.sum(done).label("done"),
        )
        .where(S.c.organisation_id == organisation)
        .group_by(S.c.key_result_id)
        .subquery("staged")
    ).c
    share = case(
        (and_(sums.open > 0, sums.said < 1), sums.said_done + sums.open_done * (1 - sums.said) / func.nullif(sums.open, 0)),
        (sums.said <= 0, sums.done / sums.number),
        else_=sums.said_done / func.nullif(sums.said, 0),
    )
    return Staged(sums.of, share, sums.of.table)


def progress(current: ColumnElement[Any], share: ColumnElement[Any]) -> ColumnElement[Any]:
    """0.0–1.0, may exceed 1.0, never below 0.0. current: the value; share: of what is done, for a key result that moves by stages."""
    start, whole = func.coalesce(K.c.start, 0.0), cast(K.c.target, Float)
    on_its_side = case((K.c.bound == "min", current >= K.c.target), else_=current <= K.c.target)
    risen = (current - start) / func.nullif(whole - start, 0.0)
    return case(
        (K.c.metric == "stages", func.coalesce(share, 0.0)),
        (current.is_(None), 0.0),
        (or_(K.c.metric == "done", K.c.target.is_(None)), _one_if(current >= 1)),
        (held(), _one_if(cast(on_its_side, Boolean))),
        (K.c.target == start, _one_if(current >= K.c.target)),
        (risen < 0, 0.0),
        else_=risen,
    )


def _one_if(true_: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((true_, 1.0), else_=0.0)


def pace(today: date) -> ColumnElement[Any]:
    """How far it would be today if it went evenly, 0.0–1.0."""
    gone, whole = DaysBetween(literal(today, Date()), since()) + 1, DaysBetween(end(), since()) + 1
    # In one go, and not case by case: SQLite reckons a part anew wherever it stands.
    return case((whole <= 0, 1.0), else_=Least(1.0, Greatest(0.0, gone / func.nullif(whole, 0))))


def status(share: ColumnElement[Any], checked_on: ColumnElement[Any], expected: ColumnElement[Any], today: date) -> ColumnElement[Any]:
    """on_track, at_risk, off_track or stale. share: its progress; expected: the pace."""
    return status_of(share, expected, checked_on, DaysBetween(literal(today, Date()), checked_on) > 2 * K.c.rhythm, held())


def status_of(
    share: ColumnElement[Any],
    expected: ColumnElement[Any],
    checked_on: ColumnElement[Any],
    old: ColumnElement[bool],
    line: ColumnElement[bool],
) -> ColumnElement[Any]:
    """The same of what was reckoned already. old: the value is from before twice its rhythm; line: it is one to hold."""
    reached = and_(checked_on.is_not(None), share >= 1, ~line)
    return case(
        (or_(checked_on.is_(None), old), case((reached, "on_track"), else_="stale")),
        (line, case((share >= 1, "on_track"), else_="off_track")),
        (or_(share >= expected * ON_TRACK_FROM, expected <= TOO_EARLY), "on_track"),
        (share >= expected * AT_RISK_FROM, "at_risk"),
        else_="off_track",
    )


def running(organisation: int, today: date) -> list[ColumnElement[bool]]:
    """An open key result of a published objective of a cycle that runs."""
    return [
        K.c.organisation_id == organisation,
        K.c.state == "open",
        O.c.id == K.c.objective_id,
        O.c.state == "published",
        C.c.id == O.c.cycle_id,
        C.c.start <= today,
        C.c.end >= today,
    ]
