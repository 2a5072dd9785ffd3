"""When people are asked: the rings that wake for many at once, the prompts that each of them got, and who is away."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.base import Owned


class Ring(Owned, table=True):
    """One moment of the day for everybody whose clock and calendar are the same, so that a tick looks at rings and not at people.

    slot: `evening` asks for the day, `morning` brings back what waits. minute: since local midnight, never on :00 or :30. workdays and the
    rest: as a member's, resolved. review: xun, week or fortnight. on, at: the local date that it wakes for next, and that moment.
    after_id: of that date, members up to this one were dealt with.
    """

    __tablename__ = "rings"
    __table_args__ = (
        UniqueConstraint(
            "organisation_id", "slot", "zone", "minute", "workdays", "other_workdays", "workdays_from", "country", "review", name="uq_rings"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    slot: str
    zone: str
    minute: int
    workdays: str = "1111100"
    other_workdays: str = ""
    workdays_from: str = ""
    country: str = ""
    review: str = "xun"
    on: date
    at: datetime = Field(index=True)
    after_id: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class Prompt(Owned, table=True):
    """What one member was asked for one local day; one a slot and day, however many processes plan.

    kind: daily, xun (the review of a period) or morning. start, end: of a xun, the period. state: open, skipped or same; whether it was
    answered is seen in the check-ins of that day. until: the moment from which an answer counts for another day. snoozed: how often it
    was put off. moved: to the next morning.
    """

    __tablename__ = "prompts"
    __table_args__ = (UniqueConstraint("member_id", "on", "slot", name="uq_prompts"), Index("ix_prompts_on", "on", "slot", "state"))
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    on: date
    slot: str = "evening"
    kind: str = "daily"
    start: date | None = None
    end: date | None = None
    state: str = "open"
    snoozed: int = 0
    moved: bool = False
    until: datetime
    made_at: datetime
    version: int = 1


class Absence(Owned, table=True):
    """Days on which a member is not there, both ends included; why is nobody's business. part: `am` or `pm` of a single day, "" all day.

    state: live or over (taken back, or ended before it began).
    """

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_member", "member_id", "last"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    first: date
    last: date
    part: str = ""
    state: str = "live"
    made_at: datetime
