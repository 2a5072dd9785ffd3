"""Which objective or key result a thread is about: the one that the newest card of ours in it shows."""

import json

from sqlmodel import Session, col, or_, select

from bot.commands import Named, Ref, Who
from bot.messages import Message
from handlers.references import number_of
from storage.journal import changes_of
from storage.okrs import Objective, cycle_by_id, key_result_by_id, objective_by_id
from storage.outbox import Owed
from storage.people import team_name
from storage.sharing import share_by_id


def about(session: Session, message: Message, asker: int) -> Ref | None:
    """The reference that a bare `KR2`, or a line without any reference, stands beside; None outside such a thread."""
    if not message.place.thread or message.entry in ("press", "form", "hello"):
        return None
    card = message.card or _newest_card(session, message)
    if card.startswith("c"):
        card = _of_act(session, number_of(card, "c"))
    row = key_result_by_id(session, number_of(card, "k") or 0) if card.startswith("k") else None
    parent = objective_by_id(session, row.objective_id if row else number_of(card, "o") or 0)
    if parent is None:
        return None
    cycle = cycle_by_id(session, parent.cycle_id)
    owner = None if (parent.owner_kind, parent.owner_id) == ("member", asker) else _owner(session, parent)
    return Ref(parent.number, row.number if row else None, owner=owner, cycle=cycle.name if cycle else "")


def _owner(session: Session, parent: Objective) -> Who | Named:
    if parent.owner_kind == "member":
        return Who("member", f"m{parent.owner_id}")
    return Named(team_name(session, parent.owner_id) if parent.owner_kind == "team" else "")


def _newest_card(session: Session, message: Message) -> str:
    """The card shown by the newest message of ours in this thread, or by the message that began it."""
    sender, thread = message.sender, message.place.thread
    here = Owed.platform == sender.platform, Owed.workspace == sender.workspace, Owed.channel == message.place.channel
    inside = or_(col(Owed.thread) == thread, col(Owed.sent_as) == thread), or_(col(Owed.body) != "", col(Owed.kind) == "share")
    newest = select(Owed.body, Owed.subject).where(*here, *inside).order_by(col(Owed.id).desc()).limit(5)
    cards = (json.loads(body).get("card", "") if body else _shown(session, subject) for body, subject in session.exec(newest).all())
    return next((card for card in cards if card[:1] in "okc" and card[1:].isdecimal()), "")


def _shown(session: Session, subject: str) -> str:
    """The card of a draft that was shared with the channel."""
    found = share_by_id(session, number_of(subject, "g") or 0)
    return f"o{found.objective_id}" if found else ""


def _of_act(session: Session, act: int | None) -> str:
    things = [change.thing for change in changes_of(session, act)] if act else []
    return next((thing for thing in things if thing[0] in "ko"), "")
