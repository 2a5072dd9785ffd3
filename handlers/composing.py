"""Words an owed message at the moment it is sent, from its kind and subject: what is over by then is not said any more."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot.messages import Message, Place, Sender
from bot.replies import Part, Reply, from_json
from handlers import together
from handlers.asking import Asking
from handlers.references import number_of
from storage.okrs import Request, request_by_id
from storage.outbox import Owed
from storage.people import account_of, members_by_id, organisation_by_id, workspace_of


def compose(session: Session, owed: Owed, now: datetime) -> tuple[Reply, str] | None:
    """The message and its language; None when there is nothing to say any more."""
    if owed.body:
        return from_json(owed.body), owed.locale
    asking = _reader(session, owed, now)
    if asking is None:
        return None
    reply = KINDS[owed.kind](asking, owed)
    return (reply, asking.locale) if reply else None


def _reader(session: Session, owed: Owed, now: datetime) -> Asking | None:
    """The one who will read it, as if they had asked."""
    member = members_by_id(session, [owed.member_id or 0]).get(owed.member_id or 0)
    organisation = organisation_by_id(session, owed.organisation_id)
    account = account_of(session, owed.platform, owed.workspace, owed.user)
    if member is None or organisation is None or not member.active or (account and account[0].outsider):
        return None
    place = workspace_of(session, owed.platform, owed.workspace)
    locale = member.locale or (place.locale if place else organisation.locale)
    sender = Sender(owed.platform, owed.workspace, owed.user)  # type: ignore[arg-type]
    return Asking(session, organisation, member, Message("", sender, Place("", shared=False), "", "direct"), now, locale)


def _of_request(
    asking: Asking, owed: Owed, parts: Callable[[Asking, Request], tuple[Part, ...]], *, still: Callable[[Request], bool]
) -> Reply | None:
    request = request_by_id(asking.session, number_of(owed.subject, "r") or 0)
    if request is None or not still(request):
        return None
    return Reply(parts(asking, request), card=owed.subject, private=True)


def _request(asking: Asking, owed: Owed) -> Reply | None:
    return _of_request(asking, owed, together.request_parts, still=lambda r: r.state == "open")


def _outcome(asking: Asking, owed: Owed) -> Reply | None:
    return _of_request(asking, owed, together.outcome_parts, still=lambda r: r.state not in ("open", "withdrawn"))


KINDS: dict[str, Callable[[Asking, Owed], Reply | None]] = {"request": _request, "outcome": _outcome}
