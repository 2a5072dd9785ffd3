"""One effect for each delivery: whoever claims it first does the work, everybody else gets the first one's answer."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.messages import Message
from bot.replies import from_json, to_json
from bot.sending import Answered
from storage.outbox import Claim, claimed

KEPT = timedelta(days=7)
_CLAIM = {
    dialect: insert(Claim).on_conflict_do_nothing().returning(col(Claim.id))
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_SETTLE = update(Claim).where(col(Claim.id) == bindparam("this_id"))


def claim(session: Session, message: Message, now: datetime) -> int | None:
    """The claim's id, or None when the delivery was claimed before; waits for a transaction that is about to claim it."""
    sender = message.sender
    who = {"platform": sender.platform, "workspace": sender.workspace, "delivery": message.delivery, "at": now}
    blank = {"reply": "", "locale": "", "redraw": False, "elsewhere": False}
    made = session.connection().execute(_CLAIM[session.get_bind().dialect.name], who | blank).first()
    return made[0] if made else None


def settled(session: Session, claim_id: int, answered: Answered, *, elsewhere: bool) -> None:
    """Keeps the answer beside its claim."""
    reply = to_json(answered.reply) if answered.reply else ""
    kept = {"reply": reply, "locale": answered.locale, "redraw": answered.redraw, "elsewhere": elsewhere}
    session.connection().execute(_SETTLE, kept | {"this_id": claim_id})


def released(session: Session, claim_id: int) -> None:
    """Gives the delivery free: nothing came of it, and the same may be said again when the world has changed."""
    session.connection().execute(delete(Claim).where(col(Claim.id) == claim_id))


def first_answer(session: Session, message: Message) -> Answered:
    """What the first delivery was answered; nothing when that answer went out as a message."""
    row = claimed(session, message.sender.platform, message.sender.workspace, message.delivery)
    if row is None or row.elsewhere or not row.reply:
        return Answered(None, row.locale if row else "en")
    return Answered(from_json(row.reply), row.locale, row.redraw)


def forget_old(session: Session, now: datetime) -> None:
    """Lets go of claims that no platform repeats any more."""
    session.connection().execute(delete(Claim).where(col(Claim.at) < now - KEPT))
