"""Words an owed message at the moment it is sent, from its kind and subject: what is over by then is not said any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.messages import Message, Place, Sender
from bot.replies import Part, Reply, Say, from_json
from handlers import actions, afterwards, daily_thread, lessons, prompting, remarks, sharing, together
from handlers.asking import Asking
from handlers.digests import mornings, noticing
from handlers.references import number_of
from storage.actions import action_by_id
from storage.journal import last_changed_by
from storage.noticed import noticed_by_id
from storage.okrs import Request, objective_by_id, request_by_id
from storage.outbox import Owed
from storage.owing import key_of
from storage.people import account_of, members_by_id, organisation_by_id, team_by_id, workspace_of
from storage.pulse import away_on, prompt_by_id, prompts_before
from storage.sharing import comment_by_id, share_by_id
from storage.waiting import owned_on


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
    """The one who will read it, as if they had asked; for a channel, the one on whose behalf it is said there."""
    member = members_by_id(session, [owed.member_id or 0]).get(owed.member_id or 0)
    organisation = organisation_by_id(session, owed.organisation_id)
    account = account_of(session, owed.platform, owed.workspace, owed.user)
    if member is None or organisation is None or not member.active or (account and account[0].outsider):
        return None
    place = workspace_of(session, owed.platform, owed.workspace)
    locale = member.locale or (place.locale if place else organisation.locale)
    sender = Sender(owed.platform, owed.workspace, owed.user)  # type: ignore[arg-type]
    if owed.channel:
        here = Message("", sender, Place(owed.channel, shared=True), "", "mention")
        return Asking(session, organisation, member, here, now, owed.locale or (place.locale if place else organisation.locale))
    return Asking(session, organisation, member, Message("", sender, Place("", shared=False), "", "direct"), now, locale)


def _of_request(
    asking: Asking, owed: Owed, parts: Callable[[Asking, Request], tuple[Part, ...]], *, still: Callable[[Request], bool]
) -> Reply | None:
    request = request_by_id(asking.session, number_of(owed.subject, "r") or 0)
    parent = objective_by_id(asking.session, request.objective_id) if request else None
    if request is None or parent is None or not still(request):
        return None
    if not asking.sees([parent]):
        return Reply((together.apart(asking, request),), private=True) if request.by_id == asking.me else None
    return Reply(parts(asking, request), card=owed.subject, private=True)


def _request(asking: Asking, owed: Owed) -> Reply | None:
    return _of_request(asking, owed, together.request_parts, still=lambda r: r.state == "open" and r.to_id == asking.me)


def _outcome(asking: Asking, owed: Owed) -> Reply | None:
    return _of_request(asking, owed, together.outcome_parts, still=lambda r: r.state not in ("open", "withdrawn"))


def _share(asking: Asking, owed: Owed) -> Reply | None:
    """A draft for those whom it is shown to, as long as it is."""
    found = share_by_id(asking.session, number_of(owed.subject, "g") or 0)
    row = objective_by_id(asking.session, found.objective_id) if found else None
    if found is None or row is None or found.state != "live" or not asking.sees([row]):
        return None
    if row.state != "draft" and (row.state == "discarded" or row.visibility != "private"):
        return None
    return Reply(sharing.shared_parts(asking, found, row), card=f"o{row.id}", private=not owed.channel)


def _comment(asking: Asking, owed: Owed) -> Reply | None:
    return _of_comment(asking, owed, "open")


def _resolved(asking: Asking, owed: Owed) -> Reply | None:
    return _of_comment(asking, owed, "resolved")


def _of_comment(asking: Asking, owed: Owed, state: str) -> Reply | None:
    found = comment_by_id(asking.session, number_of(owed.subject, "n") or 0)
    if found is None or found.state != state:
        return None
    row, parent = remarks.about(asking.session, found)
    if parent.state == "discarded" or not asking.sees([parent]):
        return None
    return Reply(remarks.remark_parts(asking, found, row, parent), card=owed.subject, private=True)


def _action(asking: Asking, owed: Owed) -> Reply | None:
    """What a colleague gave the reader to do, while it is theirs and open."""
    return _of_action(asking, owed, "action_for_you", "open", mine=True)


def _action_back(asking: Asking, owed: Owed) -> Reply | None:
    return _of_action(asking, owed, "action_back", "open", mine=True)


def _action_withdrawn(asking: Asking, owed: Owed) -> Reply | None:
    return _of_action(asking, owed, "action_withdrawn", "withdrawn", mine=True)


def _action_done(asking: Asking, owed: Owed) -> Reply | None:
    return _of_action(asking, owed, "action_done", "done")


def _of_action(asking: Asking, owed: Owed, title: str, state: str, *, mine: bool = False) -> Reply | None:
    found = action_by_id(asking.session, number_of(owed.subject, "e") or 0)
    if found is None or found.state != state or not actions.seen(asking, [found]):
        return None
    by = last_changed_by(asking.session, owed.subject, ("state", "owner_id"))
    if asking.me == by or (mine and found.owner_id != asking.me):
        return None
    said = Say(title, {"who": asking.person(by or found.by_id), "ref": f"A{found.number}"}, role="title")
    return Reply((said, *actions.card_parts(asking, found)), card=owed.subject, private=True)


def _prompt(asking: Asking, owed: Owed) -> Reply | None:
    """The day's question, while it waits for an answer and is still to be asked."""
    prompt = prompt_by_id(asking.session, number_of(owed.subject, "q") or 0)
    if prompt is None or not prompting.waits(asking, prompt) or not _asks(asking, owed) or not asking.member.prompted:
        return None
    if prompt.moved or owed.key != key_of(prompt, prompt.snoozed or 1):
        return None  # it was put off since
    return prompting.asked(asking, prompt) if owned_on(asking.session, asking.me, prompt.on) else None


def _asks(asking: Asking, owed: Owed) -> bool:
    """Whether the reader wants anything unasked, and is there: leave may have begun since it was planned."""
    half = "am" if owed.due_at.astimezone(asking.clock).hour < 12 else "pm"
    return not asking.member.muted and not away_on(asking.session, asking.me, asking.today, half)


def _morning(asking: Asking, owed: Owed) -> Reply | None:
    prompt = prompt_by_id(asking.session, number_of(owed.subject, "q") or 0)
    return prompting.morning(asking, prompt) if prompt is not None and _asks(asking, owed) else None


def _prompt_now(asking: Asking, owed: Owed) -> Reply | None:
    """What became of a prompt, in the place of its card."""
    prompt = prompt_by_id(asking.session, number_of(owed.subject, "q") or 0)
    if prompt is None:
        return None
    return prompting.asked(asking, prompt) if prompt.state == "open" else prompting.settled(asking, prompt)


def _morning_now(asking: Asking, owed: Owed) -> Reply | None:
    """What still waits of a morning's message, or what became of the day that it asked for again."""
    prompt = prompt_by_id(asking.session, number_of(owed.subject, "q") or 0)
    if prompt is None:
        return None
    day = next(iter(prompts_before(asking.session, asking.me, prompt.on, 1)), None)
    settled = replace(prompting.settled(asking, day), card=owed.subject) if day else None
    return prompting.morning(asking, prompt) or settled


def _team_digest(asking: Asking, owed: Owed) -> Reply | None:
    team = team_by_id(asking.session, number_of(owed.subject, "t") or 0)
    wanted = team is not None and team.digest and team.state == "live" and team.channel == owed.channel
    return mornings.for_channel(asking, team) if team is not None and wanted else None


def _thanked(asking: Asking, owed: Owed) -> Reply | None:
    found = noticed_by_id(asking.session, number_of(owed.subject, "u") or 0)
    return noticing.thanked(asking, found) if found else None


KINDS: dict[str, Callable[[Asking, Owed], Reply | None]] = {
    "request": _request,
    "outcome": _outcome,
    "share": _share,
    "comment": _comment,
    "resolved": _resolved,
    "action": _action,
    "action_back": _action_back,
    "action_done": _action_done,
    "action_withdrawn": _action_withdrawn,
    "published": lambda asking, owed: afterwards.published(asking, owed.subject),
    "given_back": lambda asking, owed: afterwards.given_back(asking, owed.subject),
    "unposted": lambda asking, owed: afterwards.unposted(asking, owed.subject),
    "daily": _prompt,
    "xun": _prompt,
    "lesson_helped": lambda asking, owed: lessons.thanks(asking, owed.subject),
    "morning": _morning,
    "prompt_now": _prompt_now,
    "morning_now": _morning_now,
    "thanked": _thanked,
    "team_digest": _team_digest,
    "team_day": lambda asking, owed: daily_thread.head(asking, owed.subject),
    "team_line": lambda asking, owed: daily_thread.line(asking, owed.subject, edit=bool(owed.edits)),
}
