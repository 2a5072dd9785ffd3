"""Who is owed a prompt: set-based, a few statements for everybody of a ring, so that planning many costs little more than storing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, and_, cast, exists, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.actions import NOT_REMINDED, Action
from storage.checkins import CheckIn
from storage.okrs import NOT_NUDGED, UNANSWERED, UNTOLD, Cycle, KeyResult, Objective, Request
from storage.outbox import Owed
from storage.people import Account, Member, Team
from storage.pulse import EVENING, MORNING, Absence, Prompt

UNASKED_LANE = 1
NOON = 12 * 60
EVENING_LASTS = 7 * 60  # minutes from 17:00 to midnight
Where = list[ColumnElement[bool]]
# What is the same in every message that is owed and worded later.
_DEFAULTS = {
    "lane": UNASKED_LANE, "body": "", "locale": "", "channel": "", "thread": "", "message": "", "hook": "", "state": "waiting",
    "attempts": 0, "lease": "", "problem": "", "sent_as": "", "after": "", "edits": "",
}  # fmt: skip
_SAID_LATER: dict[str, Any] = {name: literal(value) for name, value in _DEFAULTS.items()}


def _table(kind: type[SQLModel]) -> Table:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    return table


_M, _A, _P = _table(Member), _table(Account), _table(Prompt)
_K, _O, _C, _I = _table(KeyResult), _table(Objective), _table(Cycle), _table(CheckIn)
_T = _table(Team)
_R, _V, _X, _E = _table(Request), _table(Absence), _table(Owed), _table(Action)


@dataclass(frozen=True)
class Round:
    """One ring's call of one local day, for the members of a chunk.

    minute: of the day, decides which half of it counts as away. due: the moment; window: until when it may be sent; until: until when an
    answer counts for that day. eve: whether what was said the evening before counts for it. after, upto: the chunk's ids,
    after < id <= upto (None: to the end). without, only: members left out, or alone meant.
    """

    organisation: int
    ring: int
    slot: str
    on: date
    minute: int
    due: datetime
    window: datetime
    until: datetime
    now: datetime
    eve: bool = False
    after: int = 0
    upto: int | None = None
    without: tuple[int, ...] = ()
    only: tuple[int, ...] | None = None

    def members(self) -> Where:
        """Who is meant, before anything is known of them."""
        mine = _M.c.ring_id if self.slot == EVENING else _M.c.morning_id
        wanted: Where = [_M.c.organisation_id == self.organisation, mine == self.ring, *self.among(_M.c.id)]
        if self.without:
            wanted.append(_M.c.id.not_in(self.without))
        if self.only is not None:
            wanted.append(_M.c.id.in_(self.only))
        return wanted

    def among(self, member: ColumnElement[Any]) -> Where:
        """Whether a member's id is of the chunk."""
        return [member > self.after] if self.upto is None else [member > self.after, member <= self.upto]

    def are(self, member: ColumnElement[Any]) -> Where:
        """Whether a member's id is that of the member looked at; that it is of the chunk too tells a database where to look."""
        return [member == _M.c.id, *self.among(member)]


def _there(of: Round) -> Where:
    """Active, can be written to, wants to be, and is not on leave."""
    half = "am" if of.minute < NOON else "pm"
    away = exists().where(*of.are(_V.c.member_id), _V.c.state == "live", _V.c.first <= of.on, _V.c.last >= of.on, _V.c.part.in_(("", half)))
    return [_M.c.active, ~_M.c.muted, exists().where(*of.are(_A.c.member_id), _A.c.reachable, ~_A.c.outsider), ~away]


def _has_open_key_result(of: Round) -> ColumnElement[bool]:
    """Owns a key result in a published objective of a cycle that runs; what was published since the moment is asked about tomorrow."""
    mine = and_(*of.are(_K.c.owner_id), _K.c.state == "open", _O.c.id == _K.c.objective_id, _O.c.state == "published")
    running = and_(_C.c.id == _O.c.cycle_id, _C.c.start <= of.on, _C.c.end >= of.on)
    return exists().where(mine, running, _not_since(of, _O.c.published_at))


def _not_since(of: Round, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether something did not happen between the round's moment and now: what is newer than the question is asked about the next time."""
    return or_(moment.is_(None), moment <= of.due, moment > of.now)


def _written(of: Round) -> ColumnElement[bool]:
    """Said something for the day already; or the evening before, where that counts."""
    theirs = and_(*of.are(_I.c.member_id), _I.c.live)
    said = exists().where(theirs, _I.c.on == of.on)
    if not of.eve:
        return said
    evening = _I.c.made_at >= of.due - timedelta(minutes=of.minute + EVENING_LASTS)
    return or_(said, exists().where(theirs, _I.c.on == of.on - timedelta(days=1), evening))


def owe_evening(session: Session, of: Round, *, kind: str, start: date | None, end: date | None) -> int:
    """Asks everybody of a round who is owed the day's question; how many messages that is. Who has written is asked for a review alone."""
    wanted = [*of.members(), *_there(of), _M.c.prompted, _has_open_key_result(of), _not_since(of, _M.c.asked_from)]
    if kind == "daily":
        wanted.append(~_written(of))
    _store_prompts(session, of, kind, (start, end), wanted)
    return _owe(session, of)


def owe_morning(
    session: Session, of: Round, *, asked_by: datetime, told_by: datetime, drafts: tuple[date, date], week: Sequence[date]
) -> int:
    """Brings back, in one message each, what waits for the members of a round; how many messages that is.

    asked_by: requests made until then waited a workday for whoever was asked; told_by: until then, for the asker to hear. drafts: of
    cycles that begin between these two days, or run. week: the workdays of its week before it. Who is asked in the morning anyway
    hears nothing of the day before, unless they put it off until now.
    """
    reasons = or_(_unanswered(of), _asked_of(asked_by), _asked_by(told_by), _has_draft(of, drafts), _has_due(of), _leads(of, week))
    # The reasons first: few have one, and of the others nothing more need be known.
    _store_prompts(session, of, MORNING, (None, None), [*of.members(), reasons, *_there(of)])
    planned = _owe(session, of) + _owe_teams(session, of)
    _note_brought(session, of, asked_by, told_by, drafts)
    return planned


def _leads(of: Round, week: Sequence[date]) -> ColumnElement[bool]:
    """Leads somebody and wants to hear of them; whether there is anything to say is found out when it is worded.

    Who wants it once a week hears on its first workday, or the first on which they are there.
    """
    report = _M.alias("report")
    reports = exists().where(report.c.lead_id == _M.c.id, report.c.active)
    teams = exists().where(_T.c.lead_id == _M.c.id, _T.c.state == "live")
    away = [exists().where(*of.are(_V.c.member_id), _V.c.state == "live", _V.c.part == "", _V.c.first <= d, _V.c.last >= d) for d in week]
    return and_(or_(_M.c.digest == "daily", and_(_M.c.digest == "weekly", *away)), or_(reports, teams))


def _owe_teams(session: Session, of: Round) -> int:
    """How their team does, to the channel of each team that wants it, on its lead's morning; once a day."""
    values = _SAID_LATER | {
        "organisation_id": literal(of.organisation),
        "key": literal("team-") + cast(_T.c.id, _X.c.key.type) + literal(f"-digest-{of.on:%Y%m%d}"),
        "platform": _T.c.platform,
        "workspace": _T.c.workspace,
        "channel": _T.c.channel,
        "kind": literal("team_digest"),
        "subject": literal("t") + cast(_T.c.id, _X.c.key.type),
        "member_id": _M.c.id,
        "user": literal(""),
        "due_at": literal(of.due),
        "until": literal(of.window),
    }
    wanted = _T.c.digest, _T.c.state == "live", _T.c.channel != "", _M.c.active
    chosen = select(*(value.label(name) for name, value in values.items())).select_from(_T).join(_M, _M.c.id == _T.c.lead_id)
    insertion = _insert(session, _X).from_select(list(values), chosen.where(*wanted, *of.members())).on_conflict_do_nothing()
    return int(session.connection().execute(insertion, execution_options={"preserve_rowcount": True}).rowcount)


def _unanswered(of: Round) -> ColumnElement[bool]:
    # Found by member and `until`, of which a member has one or two: all that they were ever asked lies before `on`.
    before = (_P.c.on < of.on).is_(True)
    mine = _P.c.member_id == _M.c.id, _P.c.until > of.now, before, _P.c.slot == EVENING, _P.c.state == "open"
    return exists().where(*mine, _M.c.prompted, or_(_P.c.moved, _M.c.prompt_at >= NOON))


def _asked_of(before: datetime) -> ColumnElement[bool]:
    return exists().where(_R.c.to_id == _M.c.id, *UNANSWERED, _R.c.made_at <= before)


def _asked_by(before: datetime) -> ColumnElement[bool]:
    return exists().where(_R.c.by_id == _M.c.id, *UNTOLD, _R.c.made_at <= before)


def _has_due(of: Round) -> ColumnElement[bool]:
    """Is to have done something by today; what fell due on a day off waits until the next workday."""
    return exists().where(_E.c.owner_id == _M.c.id, *NOT_REMINDED, _E.c.due <= of.on)


def _has_draft(of: Round, drafts: tuple[date, date]) -> ColumnElement[bool]:
    return exists().where(_O.c.owner_id == _M.c.id, *NOT_NUDGED, _soon(of, drafts), _old(of))


def _soon(of: Round, drafts: tuple[date, date]) -> ColumnElement[bool]:
    """Of a cycle that is about to begin, or runs."""
    soon = or_(_C.c.start.between(*drafts), and_(_C.c.start < drafts[0], _C.c.end >= of.on))
    return exists().where(_C.c.id == _O.c.cycle_id, soon).correlate(_O)


def _old(of: Round) -> ColumnElement[bool]:
    return _O.c.made_at <= of.due - timedelta(days=1)


def _note_brought(session: Session, of: Round, asked_by: datetime, told_by: datetime, drafts: tuple[date, date]) -> None:
    """Notes on what was brought back that it was, so that it comes once."""

    told = select(_P.c.member_id).where(*_of_day(of), *_just_asked(of))
    run = session.connection().execute
    run(update(_R).where(*UNANSWERED, _R.c.made_at <= asked_by, *of.among(_R.c.to_id), _R.c.to_id.in_(told)).values(nudged_to=of.on))
    run(update(_R).where(*UNTOLD, _R.c.made_at <= told_by, *of.among(_R.c.by_id), _R.c.by_id.in_(told)).values(nudged_by=of.on))
    run(update(_E).where(*NOT_REMINDED, _E.c.due <= of.on, *of.among(_E.c.owner_id), _E.c.owner_id.in_(told)).values(nudged_on=of.on))
    run(
        update(_O)
        .where(*NOT_NUDGED, _soon(of, drafts), _old(of), *of.among(_O.c.owner_id), _O.c.owner_id.in_(told))
        .values(nudged_on=of.on)
    )


def _store_prompts(session: Session, of: Round, kind: str, span: tuple[date | None, date | None], wanted: Sequence[Any]) -> None:
    values = {
        "organisation_id": literal(of.organisation),
        "member_id": _M.c.id,
        "on": literal(of.on),
        "slot": literal(of.slot),
        "kind": literal(kind),
        "start": literal(span[0], Date()),
        "end": literal(span[1], Date()),
        "state": literal("open"),
        "snoozed": literal(0),
        "moved": literal(False),
        "until": literal(of.until),
        "made_at": literal(of.now),
        "version": literal(1),
    }
    chosen = select(*(value.label(name) for name, value in values.items())).where(*wanted)
    session.connection().execute(_insert(session, _P).from_select(list(values), chosen).on_conflict_do_nothing())


def _owe(session: Session, of: Round) -> int:
    """A message for each prompt of the round that has none; to the first account that can be written to.

    The prompts are those of the chunk's ids alone, so that a chunk costs the same however many were asked before it.
    """
    any_of = _A.alias()
    reachable = select(func.min(any_of.c.id)).where(any_of.c.member_id == _P.c.member_id, any_of.c.reachable, ~any_of.c.outsider)
    values = _SAID_LATER | {
        "organisation_id": literal(of.organisation),
        "key": literal("prompt-") + cast(_P.c.id, _X.c.key.type) + literal(f"-1-{of.on:%Y%m%d}"),
        "platform": _A.c.platform,
        "workspace": _A.c.workspace,
        "kind": _P.c.kind,
        "subject": literal("q") + cast(_P.c.id, _X.c.key.type),
        "member_id": _P.c.member_id,
        "user": _A.c.user,
        "due_at": literal(of.due),
        "until": literal(of.window),
    }
    # Whoever left the ring since they were asked, a moment ago, is owed the message all the same.
    meant = or_(and_(*of.members()), and_(*_just_asked(of)))
    chosen = select(*(value.label(name) for name, value in values.items())).select_from(_P).join(_M, _M.c.id == _P.c.member_id)
    chosen = chosen.join(_A, _A.c.id == reachable.scalar_subquery()).where(*_of_day(of), _P.c.state == "open", meant)
    insertion = _insert(session, _X).from_select(list(values), chosen).on_conflict_do_nothing()
    return int(session.connection().execute(insertion, execution_options={"preserve_rowcount": True}).rowcount)


def _of_day(of: Round) -> Where:
    """Prompts of the round's day, of members of the chunk."""
    return [_P.c.organisation_id == of.organisation, _P.c.on == of.on, _P.c.slot == of.slot, *of.among(_P.c.member_id)]


def _just_asked(of: Round) -> Where:
    """Prompts that this round stored; who is asked at the same moment until the same moment is as good as of it."""
    return [_P.c.made_at == of.now, _P.c.until == of.until]


def _insert(session: Session, table: Table) -> Any:
    return (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table)


def key_of(prompt: Prompt, step: int = 1) -> str:
    """The key of a prompt's message: step 1 for the first, else the prompt's version when it was put off."""
    return f"prompt-{prompt.id}-{step}-{prompt.on:%Y%m%d}"
