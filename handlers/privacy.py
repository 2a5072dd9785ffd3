"""Keeping an objective among the few whom it concerns, and opening it to everyone again."""

from bot.commands import Hide, Ref, Reveal
from bot.replies import Button, Reply, Say
from handlers import cards, references
from handlers.asking import Asking
from handlers.pen import Pen
from handlers.refusals import Refusal
from storage.access import acts_for, readers_of
from storage.okrs import Objective, held
from storage.sharing import live_shares


def hide(asking: Asking, command: Hide) -> Reply:
    """Makes an objective private: its owner, those who work on it and their lead alone see it, whoever it was shown to before."""
    row = _meant(asking, command.ref, "private")
    pen = Pen(asking, "hid")
    if not pen.set(row, visibility="private"):
        return Reply((Say("private_already", {"ref": f"O{row.number}"}),), private=True)
    shares = live_shares(asking.session, row.id or 0)
    for share in shares:
        pen.set(share, state="withdrawn")
    asking.session.flush()
    readers = sorted(readers_of(asking.session, row) - {asking.me})
    asking.meet(readers)
    facts = {
        "ref": f"O{row.number}",
        "kind": row.owner_kind,
        "readers": [asking.person(m) for m in readers],
        "seen": row.state != "draft" or bool(shares),
        "shown": len(shares),
    }
    return _told(pen, Say("private_now", facts), private=True)


def reveal(asking: Asking, command: Reveal) -> Reply:
    """Opens a private objective to everyone; a draft once it is published."""
    row = _meant(asking, command.ref, "public")
    pen = Pen(asking, "revealed")
    facts = {"ref": f"O{row.number}", "draft": row.state == "draft"}
    if not pen.set(row, visibility="everyone"):
        return Reply((Say("public_already", facts),), private=True)
    return _told(pen, Say("public_now", facts), private=row.state == "draft")


def _meant(asking: Asking, ref: Ref, word: str) -> Objective:
    key_result, parent = references.either(asking, ref)
    name = f"O{parent.number}"
    if not acts_for(asking.session, parent, asking.me):
        raise Refusal("not_your_objective", ref=name, owner=cards.owner_fact(asking, parent))
    if key_result is not None:
        raise Refusal("whole_objectives_alone", ref=name, copy=f"{word} {name}")
    return held(asking.session, [parent])[0]


def _told(pen: Pen, said: Say, *, private: bool) -> Reply:
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((said, undo), card=f"c{pen.number}", private=private)
