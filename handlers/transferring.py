"""Giving an objective or a key result to somebody else: it becomes theirs once they accept."""

from bot.commands import Named, Transfer, Who
from bot.replies import Button, Part, Reply, Say
from handlers import cards, references
from handlers.asking import Asking
from handlers.meant import Meant, to_change
from handlers.outbox import tell_request
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.views import look
from storage.access import acts_for
from storage.okrs import (
    KeyResult,
    Objective,
    Request,
    held,
    key_result_by_id,
    key_results_in,
    leave_number,
    next_objective_number,
    objective_by_id,
    open_transfers,
)
from storage.people import Member, Team, admins, members_by_id, team_by_id


def transfer(asking: Asking, command: Transfer) -> Reply:
    """Offers it to them; to a team or the company that the asker acts for themselves, it goes at once."""
    meant = to_change(asking, command.ref)
    if isinstance(command.to, Named) and meant.key_result is not None:
        raise Refusal("key_result_needs_person", ref=meant.ref, copy=f"transfer {meant.ref} to @…")
    pen = Pen(asking, "offered")
    request = offer(asking, pen, meant, _receiver(asking, command.to))
    if request.state == "accepted":
        return _moved_card(asking, pen, hand_over(asking, pen, request))
    owner = _owner_named(asking, request.owner_kind, request.owner_id or 0)
    facts = {"ref": meant.ref, "title": meant.row.title, "who": asking.person(request.to_id), "owner": owner}
    parts: tuple[Part, ...] = (Say("transfer_offered", facts), cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(parts, card=f"c{pen.number}", private=cards.is_close(meant.objective))


def offer(asking: Asking, pen: Pen, meant: Meant, to: tuple[str, int]) -> Request:
    """Asks whoever accepts for its new owner (kind, id); accepted at once where that is the asker."""
    kind, owner_id = to
    receiver = _who_accepts(asking, kind, owner_id)
    _refuse_pointless(asking, meant, kind, owner_id)
    request = Request(
        kind="transfer",
        objective_id=meant.objective.id or 0,
        key_result_id=meant.key_result.id if meant.key_result else None,
        by_id=asking.me,
        to_id=receiver,
        state="accepted" if receiver == asking.me else "open",
        owner_kind=kind,
        owner_id=owner_id,
        made_at=asking.now,
    )
    pen.add(request, field="state", absent="withdrawn")
    if request.state == "open":
        tell_request(asking, request)
    return request


def hand_over(asking: Asking, pen: Pen, request: Request) -> Objective:
    """What was accepted happens: the objective of it. A key result whose owner changed since stays where it is."""
    parent = objective_by_id(asking.session, request.objective_id)
    assert parent is not None
    if request.key_result_id is not None:
        row = key_result_by_id(asking.session, request.key_result_id, lock=True)
        if row is not None:
            pen.set(row, owner_id=request.to_id)
        return parent
    [parent] = held(asking.session, [parent])
    before = (parent.owner_kind, parent.owner_id)
    leave_number(asking.session, parent)
    kind, owner_id = request.owner_kind, request.owner_id or 0
    number = next_objective_number(asking.session, parent.cycle_id, kind, owner_id)
    pen.set(parent, owner_kind=kind, owner_id=owner_id, number=number, weight=None)
    if before[0] == "member" and kind == "member":
        for kr in _owned_by(asking, parent, before[1]):
            pen.set(kr, owner_id=owner_id)
    return parent


def _owned_by(asking: Asking, parent: Objective, member: int) -> list[KeyResult]:
    return [k for k in key_results_in(asking.session, [parent.id or 0]) if k.owner_id == member]


def _receiver(asking: Asking, to: Who | Named) -> tuple[str, int]:
    kind, owner_id = references.owner(asking, to)
    if kind != "member":
        return kind, owner_id
    member = members_by_id(asking.session, [owner_id])[owner_id]
    if not member.active:
        raise Refusal("has_left", who=asking.person(owner_id))
    return kind, owner_id


def _who_accepts(asking: Asking, kind: str, owner_id: int) -> int:
    """The member who says yes to it: the person themselves, or for a team its lead, for the company an admin."""
    if kind == "member":
        return owner_id
    if acts_for(asking.session, Objective(owner_kind=kind, owner_id=owner_id), asking.me):  # type: ignore[call-arg]
        return asking.me
    if kind == "team":
        team: Team | None = team_by_id(asking.session, owner_id)
        if team is not None and team.lead_id:
            return team.lead_id
        raise Refusal("nobody_accepts", name=team.name if team else "")
    leaders: list[Member] = list(admins(asking.session))
    if not leaders or leaders[0].id is None:
        raise Refusal("nobody_accepts", name="")
    return leaders[0].id


def _refuse_pointless(asking: Asking, meant: Meant, kind: str, owner_id: int) -> None:
    row = meant.key_result
    owned = row.owner_id == owner_id if row is not None else (meant.objective.owner_kind, meant.objective.owner_id) == (kind, owner_id)
    if owned:
        raise Refusal("is_theirs_already", ref=meant.ref, owner=_owner_named(asking, kind, owner_id))
    waiting = [r for r in open_transfers(asking.session, meant.objective.id or 0) if r.key_result_id == (row.id if row else None)]
    if waiting:
        raise Refusal("transfer_waits", ref=meant.ref, who=asking.person(waiting[0].to_id), at=waiting[0].made_at, copy="undo")


def _owner_named(asking: Asking, kind: str, owner_id: int) -> object:
    return cards.owner_fact(asking, Objective(owner_kind=kind, owner_id=owner_id))  # type: ignore[call-arg]


def _moved_card(asking: Asking, pen: Pen, row: Objective) -> Reply:
    asking.session.flush()
    [view] = look(asking.session, [row], asking.today)
    cards.meet_all(asking, [view])
    title = Say("transferred", {"ref": view.ref, "title": row.title, "owner": cards.owner_fact(asking, row)}, role="title")
    buttons = cards.row_of(Button("button_open", f"#o{row.id}", facts={"ref": view.ref}), Button("button_undo", f"undo #c{pen.number}"))
    return Reply((title, cards.objective_item(asking, view), buttons), card=f"c{pen.number}", private=cards.is_close(row))
