"""What somebody is owed: a row in the outbox for each message, once, worded when it is sent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from handlers.asking import Asking
from handlers.rings import calendar_for, morning_of
from handlers.rules.calendar import local_day
from handlers.rules.moments import in_quiet, moment, off_the_hour
from storage.okrs import Request
from storage.outbox import Owed
from storage.people import Account, accounts_of, members_by_id
from storage.pulse import away_on

ANSWER_LANE, UNASKED_LANE = 0, 1
USEFUL = timedelta(days=3)


def add(session: Session, owed: Owed) -> bool:
    """Puts a message into the outbox; false when one with its key is there already."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {name: value for name, value in owed.model_dump().items() if name != "id"}
    values["organisation_id"] = session.info["organisation"]
    insertion = insert(Owed).values(**values).on_conflict_do_nothing()
    added = session.connection().execute(insertion, execution_options={"preserve_rowcount": True}).rowcount > 0
    session.info["owes"] = added or owes_anything(session)
    return added


def owes_anything(session: Session) -> bool:
    """Whether this transaction leaves something for the sender to do, so that it is to be woken."""
    return bool(session.info.get("owes"))


def account_for(session: Session, member_id: int, near: tuple[str, str] | None = None) -> Account | None:
    """Where a member is written to: on the platform that it is about if they are there, else on the first they have."""
    accounts = [a for a in accounts_of(session, [member_id]) if a.reachable and not a.outsider]
    return next((a for a in accounts if (a.platform, a.workspace) == near), accounts[0] if accounts else None)


def tell(asking: Asking, *, kind: str, subject: str, member_id: int, key: str, once: bool = False, once_back: bool = False) -> bool:
    """Owes a member one unasked message; false when they cannot be reached or were told already.

    once: not in another act either. once_back: not while they are on leave.
    """
    sender = asking.message.sender
    account = account_for(asking.session, member_id, (sender.platform, sender.workspace))
    if account is None:
        return False
    owed = _unasked(asking, (account.platform, account.workspace), kind=kind, subject=subject, key=key)
    owed.key = key if once else owed.key
    owed.member_id, owed.user = member_id, account.user
    owed.due_at = max(_after_quiet(asking, member_id), _back(asking, member_id) if once_back else asking.now)
    owed.until = owed.due_at + USEFUL
    return add(asking.session, owed)


def _back(asking: Asking, member_id: int) -> datetime:
    """Now, or the morning of the first workday after the leave that somebody is on."""
    member = members_by_id(asking.session, [member_id])[member_id]
    zone = member.timezone or asking.organisation.timezone
    leave = away_on(asking.session, member_id, local_day(asking.now, zone))
    if leave is None:
        return asking.now
    return moment(calendar_for(member, asking.organisation).after(leave.last), off_the_hour(morning_of(member), member_id), zone)


def _after_quiet(asking: Asking, member_id: int) -> datetime:
    """Now, or when the quiet hours end that a member chose."""
    member = members_by_id(asking.session, [member_id])[member_id]
    start, end = member.quiet_from, member.quiet_to
    if start is None or end is None:
        return asking.now
    zone = member.timezone or asking.organisation.timezone
    local = asking.now.astimezone(ZoneInfo(zone))
    if not in_quiet(local.hour * 60 + local.minute, start, end):
        return asking.now
    today = moment(local.date(), off_the_hour(end, member_id), zone)
    return today if today > asking.now else moment(local.date() + timedelta(days=1), off_the_hour(end, member_id), zone)


def post(asking: Asking, *, kind: str, subject: str, channel: str, key: str) -> bool:
    """Owes a channel of the asker's workspace one message, said on their behalf."""
    sender = asking.message.sender
    owed = _unasked(asking, (sender.platform, sender.workspace), kind=kind, subject=subject, key=key)
    owed.member_id, owed.channel = asking.me, channel
    return add(asking.session, owed)


def hand_over(asking: Asking, owed: Owed) -> bool:
    """Owes what is said as it stands now, once however often it is asked for; to a member after their quiet hours, to a channel at once."""
    owed.due_at = _after_quiet(asking, owed.member_id) if owed.member_id and not owed.channel else asking.now
    owed.until = owed.due_at + USEFUL
    return add(asking.session, owed)


def tell_unposted(session: Session, failed: Owed) -> None:
    """Tells the one on whose behalf something was to be said in a channel that it was not, once."""
    account = account_for(session, failed.member_id or 0, (failed.platform, failed.workspace))
    if account is not None:
        owed = Owed(
            key=f"unposted-{failed.id}",
            platform=account.platform,
            workspace=account.workspace,
            lane=UNASKED_LANE,
            kind="unposted",
            subject=failed.subject,
            member_id=failed.member_id,
            user=account.user,
            due_at=failed.due_at,
            until=failed.until,
        )
        add(session, owed)


def _unasked(asking: Asking, where: tuple[str, str], *, kind: str, subject: str, key: str) -> Owed:
    return Owed(
        key=f"{key}-{_stamp(asking.now)}",
        platform=where[0],
        workspace=where[1],
        lane=UNASKED_LANE,
        kind=kind,
        subject=subject,
        due_at=asking.now,
        until=asking.now + USEFUL,
    )


def _stamp(now: datetime) -> str:
    return f"{int(now.timestamp()):x}"


def tell_request(asking: Asking, request: Request) -> bool:
    """Tells somebody what is asked of them."""
    return tell(asking, kind="request", subject=f"r{request.id}", member_id=request.to_id, key=f"request-{request.id}-{request.version}")


def tell_outcome(asking: Asking, request: Request) -> bool:
    """Tells the asker what became of their request."""
    key = f"outcome-{request.id}-{request.version}"
    return tell(asking, kind="outcome", subject=f"r{request.id}", member_id=request.by_id, key=key)
