"""How the key results of many people stand and what went well: set-based, as far as the reader may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, exists, false, func, literal, literal_column, not_, or_, select
from sqlmodel import Session

from storage.digesting import Circle, I, M, P, Page, counted, run, went_out
from storage.pulse import EVENING
from storage.standing import (
    ON_TRACK_FROM,
    TOO_EARLY,
    C,
    DaysBetween,
    K,
    O,
    end,
    held,
    pace,
    progress,
    running,
    since,
    staged,
    status,
    status_of,
)

JUMP = 0.15  # of the way to the target in one go
DRIFTING = ("off_track", "at_risk")


@dataclass(frozen=True)
class Drift:
    """A key result that falls behind, or one without a new value. since: of the pace; end: by when."""

    id: int
    owner: int
    progress: float
    expected: float
    status: str
    since: date
    end: date


def statuses(session: Session, circle: Circle, today: date) -> dict[str, int]:
    """How many key results of these people stand how."""
    stages = staged(circle.organisation)
    stands = status(progress(K.c.current, stages.share), K.c.checked_on, pace(today), today).label("stands")
    inner = of_theirs(select(stands), circle, today, stages).where(~K.c.guardrail).subquery()
    rows = run(session, select(inner.c.stands, func.count()).group_by(inner.c.stands))
    return {row[0]: row[1] for row in rows}


def of_theirs(chosen: Select[Any], circle: Circle, today: date, stages: Any) -> Select[Any]:
    """Of the key results that run, that these people own and that the reader may see."""
    chosen = chosen.select_from(
        K.join(O, O.c.id == K.c.objective_id).join(C, C.c.id == O.c.cycle_id).outerjoin(stages.source, stages.of == K.c.id)
    )
    return chosen.where(*running(circle.organisation, today), K.c.owner_id.in_(circle.members()), circle.sees())


def _standing(circle: Circle, today: date, which: ColumnElement[bool]) -> Any:
    """Share, pace, first and last day, and since when there is no other value, of those that `which` is true of. Reckoned once each."""
    stages = staged(circle.organisation)
    columns = (
        K.c.id,
        K.c.owner_id,
        K.c.rhythm,
        K.c.checked_on,
        held().label("line"),
        progress(K.c.current, stages.share).label("share"),
        pace(today).label("pace"),
        since().label("since"),
        end().label("until"),
    )
    chosen = of_theirs(select(*columns), circle, today, stages).where(~K.c.guardrail, which)
    return chosen.cte("standing").prefix_with("MATERIALIZED")


def _age(today: date) -> ColumnElement[Any]:
    """For how many days a key result has had its value."""
    return DaysBetween(literal(today, Date()), K.c.checked_on)


def drifting(session: Session, circle: Circle, today: date, page: Page) -> tuple[int, list[Drift]]:
    """Key results off track or at risk, those furthest behind their pace first."""
    at = _standing(circle, today, and_(K.c.checked_on.is_not(None), _age(today) <= 2 * K.c.rhythm)).c
    stands = status_of(at.share, at.pace, at.checked_on, false(), at.line)
    wanted = select(at.id, func.count().over(), at.owner_id, at.share, at.pace, stands.label("stands"), at.since, at.until)
    wanted = wanted.where(or_(and_(at.line, at.share < 1), and_(~at.line, at.share < at.pace * ON_TRACK_FROM, at.pace > TOO_EARLY)))
    rows = run(session, wanted.order_by(literal_column("stands").desc(), (at.share - at.pace), at.id).limit(page.most).offset(page.start))
    return counted(rows, _drift)


def _drift(row: Any) -> Drift:
    return Drift(row[0], row[2], float(row[3]), float(row[4]), row[5], _day(row[6]), _day(row[7]))


def _day(value: Any) -> date:
    """A date; SQLite gives what it reckoned as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def without_value(session: Session, circle: Circle, today: date, heard_since: date, page: Page) -> tuple[int, list[Drift]]:
    """Key results without a new value for longer than twice their rhythm, whose owners said something since a day and were told of it:
    asked on an evening when it was so already. Who wants no questions is told nothing, and knows it.
    """
    at = _standing(circle, today, or_(K.c.checked_on.is_(None), _age(today) > 2 * K.c.rhythm + 1)).c
    last = func.coalesce(at.checked_on, at.since, type_=Date())
    asked = P.c.member_id == at.owner_id, P.c.slot == EVENING, P.c.on < today, went_out()
    known = exists().where(*asked, DaysBetween(P.c.on, last) > 2 * at.rhythm)
    quiet = exists().where(M.c.id == at.owner_id, or_(not_(M.c.prompted), M.c.muted))
    spoke = exists().where(I.c.member_id == at.owner_id, I.c.on >= heard_since, I.c.live)
    wanted = select(at.id, func.count().over(), at.owner_id, at.share, at.pace, literal("stale"), at.since, at.until)
    reached = and_(at.checked_on.is_not(None), at.share >= 1, ~at.line)
    wanted = wanted.where(~reached, DaysBetween(literal(today, Date()), last) > 2 * at.rhythm + 1, spoke, or_(known, quiet))
    rows = run(session, wanted.order_by(last, at.id).limit(page.most).offset(page.start))
    return counted(rows, _drift)


@dataclass(frozen=True)
class Win:
    """A key result that went well. kind: reached, jumped or back (on track after being off). came_from: the value before."""

    id: int
    owner: int
    kind: str
    came_from: float | None
    check_in: int | None


def went_well(session: Session, circle: Circle, span: tuple[date, date], today: date, page: Page) -> tuple[int, list[Win]]:
    """What was reached, jumped, or came back on track by what was said for these days."""
    first, last = span
    stages = staged(circle.organisation)
    told = I.c.key_result_id == K.c.id, I.c.live, I.c.value.is_not(None)
    order = I.c.on.desc(), I.c.id.desc()
    before = select(I.c.value).where(*told, I.c.on < first).order_by(*order).limit(1).correlate(K).scalar_subquery()
    checked = select(I.c.on).where(*told, I.c.on < first).order_by(*order).limit(1).correlate(K).scalar_subquery()
    newest = select(I.c.id).where(*told, I.c.on >= first, I.c.on <= last).order_by(*order).limit(1).correlate(K).scalar_subquery()
    columns = (
        K.c.id,
        K.c.owner_id,
        before.label("before"),
        newest.label("newest"),
        progress(K.c.current, stages.share).label("share"),
        pace(today).label("pace"),
        checked.label("checked"),
    )
    stands = status(progress(K.c.current, stages.share), K.c.checked_on, pace(today), today)
    moved = of_theirs(select(*columns, stands.label("stands")), circle, today, stages)
    moved = moved.where(~K.c.guardrail, K.c.checked_on >= first, K.c.checked_on <= last)
    inner = moved.subquery()
    k, was = inner.c, K.alias("was")
    return _won(session, k, was, first, page)


def _won(session: Session, k: Any, was: Any, first: date, page: Page) -> tuple[int, list[Win]]:
    """How far it was before, by the same measure; then which of the three it is, if any."""
    start = func.coalesce(was.c.start, 0.0)
    rising = ~or_(was.c.guardrail, was.c.direction == "keep")
    measured = and_(was.c.metric.in_(("number", "percent", "currency")), was.c.target.is_not(None), rising)
    base = func.coalesce(k.before, start)
    far = case(
        (was.c.metric == "stages", func.coalesce(k.before, 0.0)),
        (measured, (base - start) / func.nullif(was.c.target - start, 0.0)),
        else_=case((func.coalesce(k.before, 0.0) >= 1, 1.0), else_=0.0),
    )
    rises = or_(measured, was.c.metric.in_(("stages", "done")))
    was_off = and_(
        k.checked.is_not(None), far < k.pace * 0.8, k.pace > 0.1, DaysBetween(literal(first, Date()), k.checked) <= 2 * was.c.rhythm + 1
    )
    kind = case(
        (and_(rises, k.share >= 1, far < 1), "reached"),
        (and_(rises, was_off, k.stands == "on_track"), "back"),
        (and_(measured, k.share - far >= JUMP), "jumped"),
        else_=None,
    )
    wanted = select(k.id, func.count().over(), k.owner_id, kind, k.before, k.newest).join(was, was.c.id == k.id).where(kind.is_not(None))
    rows = run(
        session, wanted.order_by(case((kind == "reached", 0), (kind == "back", 1), else_=2), k.id).limit(page.most).offset(page.start)
    )
    return counted(rows, lambda row: Win(row[0], row[2], row[3], row[4], row[5]))


def values_before(session: Session, key_results: Iterable[int], day: date) -> dict[int, tuple[date, float]]:
    """Each of these key results' last value up to a day, with its day."""
    ids = list(key_results)
    if not ids:
        return {}
    told = I.c.key_result_id == K.c.id, I.c.live, I.c.value.is_not(None), I.c.on <= day
    newest = select(I.c.id).where(*told).order_by(I.c.on.desc(), I.c.id.desc()).limit(1).correlate(K).scalar_subquery()
    wanted = select(K.c.id, I.c.on, I.c.value).select_from(K.join(I, I.c.id == newest)).where(K.c.id.in_(ids))
    return {row[0]: (row[1], row[2]) for row in run(session, wanted)}
