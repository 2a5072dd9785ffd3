"""Dropping, closing and reopening objectives, and dropping single key results. Nothing of them is lost, and each has its Undo."""

from bot.commands import Close, Discard, Drop, Reopen
from bot.replies import Button, Part, Reply, Say
from handlers import blockers, cards, objectives, scoring
from handlers.asking import Asking
from handlers.changing import ask_why
from handlers.meant import Meant, to_change
from handlers.pen import Pen
from handlers.people import readable
from handlers.refusals import Refusal
from handlers.views import look
from storage.okrs import Request, requests_on


def drop(asking: Asking, command: Drop) -> Reply:
    """Gives something up, with the reason; a draft is just put away."""
    meant = to_change(asking, command.ref, states=("draft", "published", "closed", "dropped"), whole=True)
    if _over(meant) == "dropped":
        raise Refusal("dropped_already", ref=meant.ref, copy=f"reopen {meant.ref}")
    if meant.key_result is None and meant.objective.state == "draft":
        return objectives.discard(asking, Discard(meant.by_id))
    if _over(meant) == "closed":
        raise Refusal("is_over", ref=meant.ref, state="closed", copy=f"reopen {meant.ref}")
    if meant.counts and not command.reason.strip():
        return ask_why(asking, meant, command)
    pen = Pen(asking, "dropped")
    pen.set(meant.row, reason=readable(asking, command.reason).strip(), state="dropped")
    _withdraw(asking, pen, meant)
    if meant.key_result is not None:
        scoring.roll_up(asking, pen, [meant.objective])
    return _ended(asking, meant, pen, "dropped_title", readable(asking, command.reason).strip())


def close(asking: Asking, command: Close) -> Reply:
    """Ends an objective: it keeps what it came to and takes no more check-ins."""
    meant = to_change(asking, command.ref, states=("draft", "published", "closed", "dropped"), whole=True)
    if meant.key_result is not None:
        raise Refusal("key_result_cannot_close", ref=meant.ref, copy=f"{meant.ref} done")
    if meant.objective.state == "draft":
        raise Refusal("draft_cannot_close", ref=meant.ref, copy=f"discard {meant.ref}")
    if meant.objective.state != "published":
        raise Refusal("is_over", ref=meant.ref, state=meant.objective.state, copy=f"reopen {meant.ref}")
    pen = Pen(asking, "closed")
    pen.set(meant.objective, state="closed")
    return _ended(asking, meant, pen, "closed_title", "")


def reopen(asking: Asking, command: Reopen) -> Reply:
    """What was closed or dropped counts again."""
    meant = to_change(asking, command.ref, states=("draft", "published", "closed", "dropped"), whole=True)
    if not _over(meant):
        raise Refusal("is_open", ref=meant.ref, state=meant.objective.state)
    if meant.key_result is not None and meant.objective.state in ("closed", "dropped"):
        raise Refusal("is_over", ref=f"O{meant.objective.number}", state=meant.objective.state, copy=f"reopen O{meant.objective.number}")
    pen = Pen(asking, "reopened")
    pen.set(meant.row, state="published" if meant.key_result is None else "open")
    if meant.key_result is not None:
        scoring.roll_up(asking, pen, [meant.objective])
    return _ended(asking, meant, pen, "reopened_title", "")


def _over(meant: Meant) -> str:
    """How it ended; "" while it goes on."""
    if meant.key_result is not None and meant.key_result.state == "dropped":
        return "dropped"
    return meant.objective.state if meant.key_result is None and meant.objective.state in ("closed", "dropped") else ""


def _withdraw(asking: Asking, pen: Pen, meant: Meant) -> None:
    """What is still asked of people on it needs no answer any more."""
    waiting = [r for r in requests_on(asking.session, [meant.objective.id or 0]) if r.state in ("open", "planned") and _is_on(r, meant)]
    for request in waiting:
        pen.set(request, state="withdrawn")
    blockers.withdraw(asking, pen, waiting)


def _is_on(request: Request, meant: Meant) -> bool:
    return meant.key_result is None or request.key_result_id == meant.key_result.id


def _ended(asking: Asking, meant: Meant, pen: Pen, title: str, reason: str) -> Reply:
    if meant.key_result is not None:
        meant.objective.version += 1
        asking.session.add(meant.objective)
    asking.session.flush()
    [view] = look(asking.session, [meant.objective], asking.today, asking.reader)
    cards.meet_all(asking, [view])
    facts = {"ref": meant.ref, "title": meant.row.title, "progress": view.progress, "reason": reason, "whole": meant.key_result is None}
    parts: list[Part] = [Say(title, facts, role="title")]
    if reason:
        parts.append(Say("because", {"reason": reason}))
    if title == "closed_title":
        parts += [cards.key_result_item(asking, kr, view, brief=True) for kr in view.key_results]
    elif meant.key_result is not None:
        shares = [{"ref": kr.ref, "share": kr.weight or 0.0} for kr in view.counted]
        parts += [Say("weights_now", {"shares": shares}, role="note")] if shares else []
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(tuple(parts), card=f"c{pen.number}", private=cards.is_close(meant.objective))
