"""Who has seen what a colleague said: platforms give no read receipts, so a tap, a reaction or a reply is what counts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from storage.base import Owned


class Noticed(Owned, table=True):
    """A check-in that somebody acknowledged. how: tap, thanks, reaction or reply. state: live or withdrawn."""

    __tablename__ = "noticed"
    __table_args__ = (UniqueConstraint("check_in_id", "by_id", name="uq_noticed"),)
    id: int | None = Field(default=None, primary_key=True)
    check_in_id: int = Field(foreign_key="check_ins.id")
    by_id: int = Field(foreign_key="members.id", index=True)
    how: str = "tap"
    state: str = "live"
    made_at: datetime
    version: int = 1


def noticed_of(session: Session, check_ins: Iterable[int]) -> dict[int, list[int]]:
    """Who acknowledged each of these check-ins, in the order in which they did."""
    found: dict[int, list[int]] = {number: [] for number in check_ins}
    wanted = col(Noticed.check_in_id).in_(found.keys()), Noticed.state == "live"
    for row in session.exec(select(Noticed).where(*wanted).order_by(col(Noticed.id))).all() if found else ():
        found[row.check_in_id].append(row.by_id)
    return found


def noticed_by(session: Session, check_ins: Iterable[int], member_id: int) -> dict[int, Noticed]:
    """Somebody's own signs on these check-ins, also those taken back, held against every other writer; by check-in."""
    wanted = select(Noticed).where(col(Noticed.check_in_id).in_(list(check_ins)), Noticed.by_id == member_id)
    rows = session.exec(wanted.with_for_update().execution_options(populate_existing=True)).all()
    return {row.check_in_id: row for row in rows}


def noticed_by_id(session: Session, noticed_id: int) -> Noticed | None:
    """One sign."""
    return session.exec(select(Noticed).where(Noticed.id == noticed_id)).first()
