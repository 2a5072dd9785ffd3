"""What is missing in the OKRs of many people: set-based, as far as the reader may see them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, exists, func, literal, not_, or_, select
from sqlmodel import Session

from storage.digesting import Circle, M, Page, V, counted, run
from storage.standing import C, DaysBetween, K, O, held, running, since

_MEASURED = ("number", "percent", "currency")
_RISES = and_(K.c.metric.in_(_MEASURED), ~held())


def without_baseline() -> ColumnElement[bool]:
    """Nobody said where it starts, and nothing was checked in that tells."""
    return and_(_RISES, or_(not_(K.c.start_said), K.c.start.is_(None)))


def without_target() -> ColumnElement[bool]:
    """A number without one to reach."""
    return and_(K.c.metric.in_(_MEASURED), K.c.target.is_(None))


def without_owner() -> ColumnElement[bool]:
    """Whoever owns it has left."""
    return ~exists().where(M.c.id == K.c.owner_id, M.c.active)


def without_value(today: date) -> ColumnElement[bool]:
    """No new value for longer than twice its rhythm; of whom is on leave today there is none to ask for."""
    last = func.coalesce(K.c.checked_on, since(), type_=Date())
    away = exists().where(V.c.member_id == K.c.owner_id, V.c.state == "live", V.c.part == "", V.c.first <= today, V.c.last >= today)
    return and_(DaysBetween(literal(today, Date()), last) > 2 * K.c.rhythm, ~away)


def _of(circle: Circle, today: date) -> list[ColumnElement[bool]]:
    """What runs and belongs to these people; where the owner has left also what lies in their objectives, or what only the company has."""
    people = circle.members()
    inside = or_(K.c.owner_id.in_(people), and_(O.c.owner_kind == "member", O.c.owner_id.in_(people)), _led_and_left(circle))
    return [*running(circle.organisation, today), circle.sees(), inside]


def _led_and_left(circle: Circle) -> ColumnElement[bool]:
    """Owned by somebody who has left and whom the reader led; of the company anybody who has left."""
    gone = select(M.c.id).where(M.c.organisation_id == circle.organisation, ~M.c.active)
    if circle.kind == "led":
        gone = gone.where(M.c.lead_id == circle.viewer)
    elif circle.kind != "company":
        return literal(False)
    return K.c.owner_id.in_(gone)


def lacking(session: Session, circle: Circle, today: date, what: Callable[[], ColumnElement[bool]], page: Page) -> tuple[int, list[int]]:
    """Key results that lack something: how many, and the first by objective and number."""
    wanted = select(K.c.id, func.count().over()).where(*_of(circle, today), what())
    return counted(run(session, wanted.order_by(O.c.id, K.c.number).limit(page.most)), _first)


def never_weighed(session: Session, circle: Circle, today: date, page: Page) -> tuple[int, list[int]]:
    """Objectives of several key results of which none was given a weight."""
    wanted: Select[Any] = select(O.c.id, func.count().over()).where(*_of(circle, today), ~K.c.guardrail, C.c.id == O.c.cycle_id)
    wanted = wanted.group_by(O.c.id).having(func.count() > 1, func.count(K.c.weight) == 0)
    return counted(run(session, wanted.order_by(O.c.id).limit(page.most)), _first)


def _first(row: Any) -> int:
    return int(row[0])
