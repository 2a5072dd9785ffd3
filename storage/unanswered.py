"""What of very many people waits for somebody: questions, blockers, actions whose day is over, check-ins that nobody looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session

from storage.actions import Action
from storage.digesting import Circle, I, M, Page, counted, run
from storage.noticed import Noticed
from storage.okrs import Request
from storage.reviews import Review
from storage.sharing import Comment
from storage.standing import C, K, O, running, table

R, A, N, W, Z = table(Request), table(Action), table(Noticed), table(Comment), table(Review)
Where = list[ColumnElement[bool]]
ASKED = ("help", "blocker")


def open_between(session: Session, circle: Circle, before: datetime, page: Page) -> tuple[int, list[int]]:
    """Blockers and questions of these people that somebody other than the viewer was asked before a moment and has not answered."""
    wanted = (
        select(R.c.id, func.count().over())
        .select_from(R.join(O, O.c.id == R.c.objective_id).join(K, K.c.id == R.c.key_result_id))
        .where(
            R.c.organisation_id == circle.organisation,
            R.c.state == "open",
            R.c.kind.in_(ASKED),
            R.c.to_id != circle.viewer,
            R.c.by_id.in_(circle.members()),
            R.c.made_at <= before,
            O.c.state == "published",
            circle.sees(),
        )
    )
    rows = run(session, wanted.order_by(R.c.made_at, R.c.id).limit(page.most).offset(page.start))
    return counted(rows, lambda row: row[0])


def blocked(
    session: Session, circle: Circle, today: date, since_day: date, page: Page, *, asked_too: bool = False
) -> tuple[int, list[int]]:
    """Ids of check-ins that say what is in the way, of which nobody was asked and since which nothing was said of the key result.

    asked_too: also those of which somebody was asked who has not answered.
    """
    org, later = circle.organisation, I.alias("later")
    asked = exists().where(R.c.check_in_id == I.c.id, R.c.state != "withdrawn")
    passed = exists().where(
        later.c.key_result_id == I.c.key_result_id, later.c.live, or_(later.c.on > I.c.on, and_(later.c.on == I.c.on, later.c.id > I.c.id))
    )
    waits = exists().where(R.c.check_in_id == I.c.id, R.c.kind == "blocker", R.c.state == "open")
    open_ = or_(and_(~asked, ~passed), waits) if asked_too else and_(~asked, ~passed)
    wanted = (
        select(I.c.id, func.count().over())
        .select_from(I.join(K, K.c.id == I.c.key_result_id).join(O, O.c.id == K.c.objective_id).join(C, C.c.id == O.c.cycle_id))
        .where(I.c.member_id.in_(circle.members()), I.c.blocker != "", I.c.live, I.c.on >= since_day, open_)
        .where(*running(org, today), circle.sees())
    )
    rows = run(session, wanted.order_by(I.c.on, I.c.id).limit(page.most).offset(page.start))
    return counted(rows, lambda row: row[0])


def asked_over(session: Session, check_ins: Sequence[int]) -> dict[int, list[int]]:
    """Who was asked by each of these check-ins."""
    found: dict[int, list[int]] = {number: [] for number in check_ins}
    for row in run(session, select(R.c.check_in_id, R.c.to_id).where(R.c.check_in_id.in_(list(found)))) if found else ():
        found[row[0]].append(row[1])
    return found


def overdue(session: Session, circle: Circle, today: date, page: Page) -> tuple[int, list[int]]:
    """Ids of open actions of these people whose day is over, as far as what they belong to may be seen; a review is its member's own."""
    on = A.outerjoin(K, K.c.id == A.c.key_result_id).outerjoin(R, R.c.id == A.c.request_id)
    on = on.outerjoin(O, O.c.id == func.coalesce(A.c.objective_id, K.c.objective_id, R.c.objective_id))
    looked_back = A.c.review_id.is_not(None) & A.c.review_id.not_in(select(Z.c.id).where(Z.c.member_id == circle.viewer))
    wanted = (
        select(A.c.id, func.count().over())
        .select_from(on)
        .where(A.c.organisation_id == circle.organisation, A.c.owner_id.in_(circle.members()), A.c.state == "open", A.c.due < today)
        .where(or_(and_(O.c.id.is_(None), ~looked_back), circle.sees()))
    )
    rows = run(session, wanted.order_by(A.c.due, A.c.id).limit(page.most).offset(page.start))
    return counted(rows, lambda row: row[0])


@dataclass(frozen=True)
class Unseen:
    """How many of somebody's check-ins their lead has not looked at, and the newest of them."""

    member: int
    count: int
    newest: int


def _not_seen(viewer: int) -> Where:
    """Neither noticed, nor commented on since, nor answered where it asked."""
    noticed = exists().where(N.c.check_in_id == I.c.id, N.c.by_id == viewer, N.c.state == "live")
    commented = exists().where(
        W.c.key_result_id == I.c.key_result_id, W.c.by_id == viewer, W.c.made_at >= I.c.made_at, W.c.state != "withdrawn"
    )
    answered = exists().where(R.c.check_in_id == I.c.id, R.c.to_id == viewer, R.c.state.in_(("accepted", "declined", "answered")))
    return [~noticed, ~commented, ~answered]


def _open_to(circle: Circle) -> ColumnElement[bool]:
    """The day's lines, and what is said of key results that the viewer may see."""
    return or_(I.c.key_result_id.is_(None), circle.sees())


_SAID = I.outerjoin(K, K.c.id == I.c.key_result_id).outerjoin(O, O.c.id == K.c.objective_id)


def not_acknowledged(session: Session, circle: Circle, span: tuple[date, date], page: Page) -> tuple[int, list[Unseen]]:
    """Of each direct report of the viewer, how many check-ins of these days wait for a sign that somebody reads them."""
    viewer = circle.viewer
    reports = select(M.c.id).where(M.c.organisation_id == circle.organisation, M.c.lead_id == viewer, M.c.active)
    count = func.count().label("n")
    inner = select(I.c.member_id, count, func.max(I.c.id).label("newest")).select_from(_SAID)
    inner = inner.where(I.c.member_id.in_(reports), I.c.live, I.c.on >= span[0], I.c.on <= span[1], _open_to(circle), *_not_seen(viewer))
    at = inner.group_by(I.c.member_id).subquery().c
    wanted = select(at.member_id, func.count().over(), at.n, at.newest).join(M, M.c.id == at.member_id)
    rows = run(session, wanted.order_by(M.c.name, at.member_id).limit(page.most).offset(page.start))
    return counted(rows, lambda row: Unseen(row[0], row[2], row[3]))


def unseen_of(session: Session, circle: Circle, member: int, span: tuple[date, date]) -> list[int]:
    """Ids of a member's check-ins of these days that the viewer may see and has not looked at, oldest first."""
    theirs = I.c.organisation_id == circle.organisation, I.c.member_id == member, I.c.live, I.c.on >= span[0], I.c.on <= span[1]
    wanted = select(I.c.id).select_from(_SAID).where(*theirs, _open_to(circle), *_not_seen(circle.viewer))
    return [row[0] for row in run(session, wanted.order_by(I.c.id))]
