"""How comments are shown: one with its buttons, a list with the open ones first, and what those hear whom they concern."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.replies import Button, Item, Part, Say
from handlers import cards
from handlers.asking import Asking
from storage.access import acts_for
from storage.okrs import KeyResult, Objective, key_result_by_id, key_results_by_id, objective_by_id
from storage.sharing import Comment

MOST_OPEN, MOST_RESOLVED = 12, 5


def about(session: Session, found: Comment) -> tuple[KeyResult | None, Objective]:
    """What a comment is on."""
    parent = objective_by_id(session, found.objective_id)
    assert parent is not None
    return (key_result_by_id(session, found.key_result_id) if found.key_result_id else None), parent


def may_resolve(asking: Asking, found: Comment, row: KeyResult | None, parent: Objective) -> bool:
    """Its author, the key result's owner, and whoever acts for the objective."""
    return asking.me in (found.by_id, row.owner_id if row else 0) or acts_for(asking.session, parent, asking.me)


def list_parts(asking: Asking, found: Sequence[Comment], parent: Objective) -> list[Part]:
    """The open ones with their buttons, oldest first, then the newest of what was resolved."""
    rows = key_results_by_id(asking.session, [n.key_result_id for n in found if n.key_result_id])
    asking.meet([m for n in found for m in (n.by_id, n.resolved_by)])
    waiting, over = [n for n in found if n.state == "open"], [n for n in found if n.state == "resolved"]
    parts: list[Part] = []
    for n in waiting[:MOST_OPEN]:
        row = rows.get(n.key_result_id or 0)
        buttons = (_resolve_button(n),) if may_resolve(asking, n, row, parent) and not asking.overheard else ()
        parts.append(Item(_line(asking, n, row, parent), buttons=buttons))
    if len(waiting) > MOST_OPEN:
        parts.append(Say("comments_more", {"count": len(waiting) - MOST_OPEN}, role="note"))
    if over:
        parts.append(Say("comments_resolved", {"count": len(over)}, role="note"))
        parts += [_settled(asking, n, rows.get(n.key_result_id or 0), parent) for n in over[-MOST_RESOLVED:]]
    return parts


def remark_parts(asking: Asking, found: Comment, row: KeyResult | None, parent: Objective) -> tuple[Part, ...]:
    """One comment as one whom it concerns reads it, with what they can do about it while it is open."""
    asking.meet([found.by_id, found.resolved_by])
    title = Say("comment_on", {"ref": _ref(row, parent), "title": (row or parent).title, "who": asking.person(found.by_id)}, role="title")
    text = Say("comment_text", {"text": found.text})
    if found.state != "open":
        return (title, text, _settled(asking, found, row, parent, brief=True))
    buttons = [Button("button_answer", f"comment #k{row.id}" if row else f"comment #o{parent.id}")]
    if may_resolve(asking, found, row, parent):
        buttons.append(_resolve_button(found))
    return (title, text, cards.row_of(*buttons))


def _resolve_button(found: Comment) -> Button:
    return Button("button_resolve", f"resolve #n{found.id}", found.version)


def _line(asking: Asking, found: Comment, row: KeyResult | None, parent: Objective) -> Say:
    return Say("comment_line", _facts(asking, found, row, parent))


def _facts(asking: Asking, found: Comment, row: KeyResult | None, parent: Objective) -> dict[str, object]:
    on = _ref(row, parent) if row else ""
    return {"who": asking.person(found.by_id), "at": found.made_at, "on": on, "text": found.text}


def _settled(asking: Asking, found: Comment, row: KeyResult | None, parent: Objective, *, brief: bool = False) -> Say:
    by = asking.person(found.resolved_by or found.by_id)
    return Say("comment_resolved", _facts(asking, found, row, parent) | {"by": by, "brief": brief}, role="note")


def _ref(row: KeyResult | None, parent: Objective) -> str:
    return f"KR{parent.number}.{row.number}" if row else f"O{parent.number}"
