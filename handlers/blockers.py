"""A blocker's request and the action that it made, kept in step: what settles one settles the other."""

from collections.abc import Sequence

from handlers.asking import Asking
from handlers.outbox import tell_outcome
from handlers.pen import Pen
from storage.actions import Action, actions_of_requests
from storage.okrs import Request, request_by_id


def follow(asking: Asking, pen: Pen, request: Request) -> None:
    """A request was settled: declined, its action is withdrawn; answered, it is done. Accepted, it stays open."""
    if request.kind != "blocker" or request.state not in ("declined", "answered"):
        return
    action = actions_of_requests(asking.session, [request.id or 0], lock=True).get(request.id or 0)
    if action is None or action.state != "open" or (request.state == "declined" and action.owner_id != request.to_id):
        return
    if request.state == "declined":
        pen.set(action, state="withdrawn")
    else:
        pen.set(action, state="done", done_at=asking.now)


def withdraw(asking: Asking, pen: Pen, requests: Sequence[Request]) -> None:
    """These requests were withdrawn: there is nothing left to do about them."""
    for action in actions_of_requests(asking.session, [r.id or 0 for r in requests if r.kind == "blocker"], lock=True).values():
        if action.state == "open":
            pen.set(action, state="withdrawn")


def settle(asking: Asking, pen: Pen, action: Action, state: str) -> bool:
    """An action was closed or given back: its request is answered or declined, and the asker is told; false without one."""
    request = request_by_id(asking.session, action.request_id, lock=True) if action.request_id else None
    if request is None or request.state not in ("open", "accepted") or (state == "declined" and request.to_id != action.owner_id):
        return False
    pen.set(request, state=state)
    if request.by_id != asking.me:
        tell_outcome(asking, request)
    return True


def reopen(asking: Asking, pen: Pen, action: Action) -> None:
    """An action is open again: its request is being taken care of."""
    request = request_by_id(asking.session, action.request_id, lock=True) if action.request_id else None
    if request is not None and request.state == "answered":
        pen.set(request, state="accepted")


def hand_on(asking: Asking, pen: Pen, action: Action) -> None:
    """An action is somebody else's now, and so is its request, which is asked anew; of whoever asked it themselves there is none."""
    request = request_by_id(asking.session, action.request_id, lock=True) if action.request_id else None
    if request is None or request.state not in ("open", "accepted") or request.to_id == action.owner_id:
        return
    if request.by_id == action.owner_id:
        pen.set(request, state="withdrawn")
    else:
        pen.set(request, to_id=action.owner_id, state="open", nudged_to=None, nudged_by=None)
