"""What was said of key results and of days: the check-ins."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Index, bindparam, false, func, or_
from sqlmodel import Field, Session, col, select

from storage.base import Owned


class CheckIn(Owned, table=True):
    """A dated value, confidence and note on a key result; key_result_id None: the day's own line. live False: undone.

    source: the platform it came by; channel, message: where it was said there ("" for commands and buttons). shared: whether others read
    along there, so that it is a place to lead them to.
    late: it answers a day's prompt after that day was over.
    """

    __tablename__ = "check_ins"
    __table_args__ = (Index("ix_check_ins_key_result_day", "key_result_id", "on"), Index("ix_check_ins_member_day", "member_id", "on"))
    id: int | None = Field(default=None, primary_key=True)
    key_result_id: int | None = Field(default=None, foreign_key="key_results.id")
    member_id: int = Field(foreign_key="members.id")
    on: date
    value: float | None = None
    confidence: int | None = None
    note: str = ""
    blocker: str = ""
    plan: str = ""
    source: str = ""
    channel: str = ""
    message: str = ""
    live: bool = True
    made_at: datetime
    late: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    shared: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


def newest_value(session: Session, key_result_id: int) -> CheckIn | None:
    """The live check-in whose value is the key result's current one: the latest day's latest."""
    wanted = CheckIn.key_result_id == key_result_id, col(CheckIn.live), col(CheckIn.value).is_not(None)
    return session.exec(select(CheckIn).where(*wanted).order_by(col(CheckIn.on).desc(), col(CheckIn.id).desc()).limit(1)).first()


def newest_confidence(session: Session, key_result_id: int) -> int | None:
    """The confidence said last, None if never."""
    wanted = CheckIn.key_result_id == key_result_id, col(CheckIn.live), col(CheckIn.confidence).is_not(None)
    newest = select(CheckIn.confidence).where(*wanted).order_by(col(CheckIn.on).desc(), col(CheckIn.id).desc()).limit(1)
    return session.exec(newest).first()


def newest_by(session: Session, key_result_id: int, member_id: int) -> CheckIn | None:
    """This member's own last live check-in on a key result."""
    wanted = CheckIn.key_result_id == key_result_id, CheckIn.member_id == member_id, col(CheckIn.live)
    return session.exec(select(CheckIn).where(*wanted).order_by(col(CheckIn.id).desc()).limit(1)).first()


_PLACE = func.row_number().over(partition_by=col(CheckIn.key_result_id), order_by=(col(CheckIn.on).desc(), col(CheckIn.id).desc()))
_RANKED = (
    select(CheckIn.id, _PLACE.label("place"))
    .where(col(CheckIn.key_result_id).in_(bindparam("ids", expanding=True)), col(CheckIn.live))
    .subquery()
)
_NEWEST = select(CheckIn).join(_RANKED, col(CheckIn.id) == _RANKED.c.id).where(_RANKED.c.place == 1)


def newest_of_each(session: Session, key_results: Iterable[int]) -> dict[int, CheckIn]:
    """Each key result's last live check-in, the latest day's latest, whatever it said, by key result."""
    wanted = set(key_results)
    if not wanted:
        return {}
    rows = session.execute(_NEWEST, {"ids": list(wanted)}).scalars().all()
    return {row.key_result_id: row for row in rows if row.key_result_id is not None}


def check_ins_between(
    session: Session, first: date, last: date, *, key_results: Iterable[int] = (), members: Iterable[int] = ()
) -> Sequence[CheckIn]:
    """What was said for the days from first to last, of these key results or by these members, oldest first; one statement."""
    about = or_(col(CheckIn.key_result_id).in_(list(key_results)), col(CheckIn.member_id).in_(list(members)))
    wanted = col(CheckIn.live), CheckIn.on >= first, CheckIn.on <= last, about
    return session.exec(select(CheckIn).where(*wanted).order_by(col(CheckIn.on), col(CheckIn.id))).all()


def history_of(session: Session, key_result_id: int, limit: int) -> Sequence[CheckIn]:
    """A key result's live check-ins, newest first."""
    wanted = CheckIn.key_result_id == key_result_id, col(CheckIn.live)
    return session.exec(select(CheckIn).where(*wanted).order_by(col(CheckIn.on).desc(), col(CheckIn.id).desc()).limit(limit)).all()


def check_ins_by_id(session: Session, ids: Iterable[int]) -> list[CheckIn]:
    """These check-ins, also those taken back, in order."""
    wanted = list(ids)
    return list(session.exec(select(CheckIn).where(col(CheckIn.id).in_(wanted)).order_by(col(CheckIn.id))).all()) if wanted else []
