"""What people hear of what they had a part in: a draft they commented on is published, a handing-over undone, a channel took no draft."""

from collections.abc import Iterable, Sequence

from bot.replies import Button, Part, Reply, Say
from handlers import cards, labels
from handlers.acting import tell_owner
from handlers.asking import Asking
from handlers.outbox import tell, tell_outcome
from handlers.pen import thing
from handlers.references import number_of
from handlers.together import about
from storage.actions import Action
from storage.okrs import Objective, Request, cycle_by_id, objective_by_id, request_by_id
from storage.outbox import was_told
from storage.sharing import commenters, share_by_id


def tell_commenters(asking: Asking, rows: Sequence[Objective]) -> None:
    """Tells whoever commented on a draft that it counts now: once, however often it is published."""
    for objective_id, member_id in commenters(asking.session, [row.id or 0 for row in rows]):
        if member_id != asking.me:
            key = f"published-{objective_id}-{member_id}"
            tell(asking, kind="published", subject=f"o{objective_id}", member_id=member_id, key=key, once=True)


def published(asking: Asking, subject: str) -> Reply | None:
    """A draft that the reader commented on is published."""
    row = objective_by_id(asking.session, number_of(subject, "o") or 0)
    if row is None or row.state != "published" or not asking.sees([row]):
        return None
    facts = {"owner": cards.owner_fact(asking, row), "ref": _called(asking, row), "title": row.title}
    return _about(Say("draft_published", facts), row)


def tell_other_sides(asking: Asking, requests: Iterable[Request]) -> None:
    """Tells those who handed something over that the accepting of it was taken back, or holds after all."""
    for request in requests:
        if request.kind != "transfer" or request.by_id == asking.me:
            continue
        if request.state == "accepted":
            tell_outcome(asking, request)
        elif request.state == "open":
            key = f"given-back-{request.id}-{request.version}"
            tell(asking, kind="given_back", subject=f"r{request.id}", member_id=request.by_id, key=key)


def tell_owners(asking: Asking, changed: Iterable[Action]) -> None:
    """Tells those who had heard of something to do that it was taken back, or holds after all."""
    for action in changed:
        known = [thing(action), f"r{action.request_id}"]
        if action.owner_id == asking.me:
            continue
        if action.state == "withdrawn" and was_told(asking.session, action.owner_id, ("action", "request"), known):
            key = f"withdrawn-{action.id}-{action.version}"
            tell(asking, kind="action_withdrawn", subject=thing(action), member_id=action.owner_id, key=key)
        elif action.state == "open" and was_told(asking.session, action.owner_id, ("action_withdrawn",), known):
            tell_owner(asking, action)


def given_back(asking: Asking, subject: str) -> Reply | None:
    """What the reader had handed over is where it was, as long as it is."""
    request = request_by_id(asking.session, number_of(subject, "r") or 0)
    parent = objective_by_id(asking.session, request.objective_id) if request else None
    if request is None or parent is None or request.state != "open" or not asking.sees([parent]):
        return None
    of = about(asking, request)
    ref = of.ref if request.key_result_id else _called(asking, parent)
    return _about(Say("given_back", {"who": asking.person(request.to_id), "ref": ref, "title": of.title}), parent)


def unposted(asking: Asking, subject: str) -> Reply | None:
    """A draft that was to be shown in a channel is not, as long as it is to be."""
    found = share_by_id(asking.session, number_of(subject, "g") or 0)
    row = objective_by_id(asking.session, found.objective_id) if found else None
    if found is None or row is None or found.state != "live" or row.state == "discarded":
        return None
    return _about(Say("share_unposted", {"ref": _called(asking, row), "title": row.title}), row)


def _called(asking: Asking, row: Objective) -> str:
    """Its number with its cycle, where that does not run."""
    return labels.objective(asking, row, cycle_by_id(asking.session, row.cycle_id))


def _about(said: Say, row: Objective) -> Reply:
    parts: tuple[Part, ...] = (said, cards.row_of(Button("button_open", f"#o{row.id}", facts={"ref": f"O{row.number}"})))
    return Reply(parts, card=f"o{row.id}", private=True)
