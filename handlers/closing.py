"""Closes actions, opens them again, and gives back what is not one's own to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.commands import Done, NotMine, ReopenActions
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import acting, action_lists, actions, blockers, cards, prompting, references
from handlers.asking import Asking
from handlers.outbox import tell
from handlers.pen import Pen, thing
from handlers.refusals import Refusal
from storage.actions import Action
from storage.people import members_by_id
from storage.pulse import MORNING, prompt_by_id


@dataclass
class _Outcome:
    """What became of the actions of one command. stale: a button was drawn before it changed, or there was nothing to do."""

    settled: list[Action] = field(default_factory=list)
    stale: list[Action] = field(default_factory=list)
    refused: list[Part] = field(default_factory=list)


def done(asking: Asking, command: Done) -> Reply:
    """Closes these; the one who asked for them hears of it."""
    pen = Pen(asking, "action_done")
    return _told(asking, pen, _each(asking, pen, command.actions, "done", _close), "action_closed")


def reopen(asking: Asking, command: ReopenActions) -> Reply:
    """Opens these again."""
    pen = Pen(asking, "action_reopened")
    return _told(asking, pen, _each(asking, pen, command.actions, "open", _open), "action_reopened")


def _each(asking: Asking, pen: Pen, names: Sequence[str], state: str, settle: Callable[[Asking, Pen, Action], None]) -> _Outcome:
    """Does it to each; of several, what cannot be done keeps the others back from nothing."""
    outcome = _Outcome()
    for name in names:
        try:
            action = acting.to_change(asking, name)
        except Refusal as no:
            if len(names) == 1:
                raise
            outcome.refused += [p for p in no.reply().parts if not isinstance(p, Copy)]
            continue
        stale = action.state == state or (asking.pressed and asking.message.drawn != action.version)
        if not stale:
            settle(asking, pen, action)
        (outcome.stale if stale else outcome.settled).append(action)
    return outcome


def _close(asking: Asking, pen: Pen, action: Action) -> None:
    pen.set(action, state="done", done_at=asking.now)
    hears = {action.owner_id, action.by_id} - {asking.me}
    if blockers.settle(asking, pen, action, "answered"):
        hears -= {action.by_id}  # the outcome of their request tells them
    for member in sorted(hears):
        tell(asking, kind="action_done", subject=thing(action), member_id=member, key=f"done-{action.id}-{action.version}-{member}")


def _open(asking: Asking, pen: Pen, action: Action) -> None:
    pen.set(action, state="open", done_at=None, nudged_on=None)
    blockers.reopen(asking, pen, action)
    acting.tell_owner(asking, action)


def not_mine(asking: Asking, command: NotMine) -> Reply:
    """Gives an action back to whoever asked for it; a blocker's request is declined by it."""
    action = acting.meant(asking, command.action, lock=True)
    ref = f"A{action.number}"
    if action.state != "open" or (asking.pressed and asking.message.drawn != action.version):
        return acting.card(asking, action, Say("action_is_done" if action.state != "open" else "action_changed_since", {"ref": ref}))
    if action.owner_id != asking.me:
        raise Refusal("action_is_anothers", ref=ref, who=asking.person(action.owner_id))
    if action.by_id == asking.me:
        raise Refusal("action_is_your_own", ref=ref, copy=f"{ref} to @…")
    asker = asking.person(action.by_id)
    if not members_by_id(asking.session, [action.by_id])[action.by_id].active:
        raise Refusal("person_left", who=asker)
    pen = Pen(asking, "action_returned")
    facts = {"ref": ref, "text": action.text, "who": asker}
    if blockers.settle(asking, pen, action, "declined"):
        pen.set(action, state="withdrawn")
    else:
        pen.set(action, owner_id=action.by_id)
        key = f"back-{action.id}-{action.version}"
        tell(asking, kind="action_back", subject=thing(action), member_id=action.by_id, key=key)
    said = (Say("action_returned", facts), cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return Reply(said, card=thing(action), private=True)


# ---------------------------------------------------------------- what is said


def _told(asking: Asking, pen: Pen, outcome: _Outcome, title: str) -> Reply:
    """What was done, and what was not; on a list, or in the morning's message, in its place."""
    said: list[Part] = []
    if outcome.settled:
        said.append(Say(title, {"refs": [f"A{a.number}" for a in outcome.settled]}, role="title"))
        said += actions.action_lines(asking, outcome.settled, named=True, buttons=False)
    for action in outcome.stale:
        said += [Say(_as_it_is(action, title), {"ref": f"A{action.number}"}), *actions.card_parts(asking, action)]
    said += outcome.refused
    if pen.act is not None:
        said.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}")))
    return _in_its_place(asking, said) or _by_itself(asking, outcome, said)


def _as_it_is(action: Action, title: str) -> str:
    if action.state == "done":
        return "action_is_done" if title == "action_closed" else "action_changed_since"
    return "action_is_open" if title == "action_reopened" else "action_changed_since"


def _by_itself(asking: Asking, outcome: _Outcome, said: Sequence[Part]) -> Reply:
    every = [*outcome.settled, *outcome.stale]
    if not every:
        return Reply(tuple(said), private=True, tone="refusal")
    private = any(actions.few_see(asking, a) for a in every) or bool(outcome.refused)
    return Reply(tuple(said), card=thing(every[0]) if len(every) == 1 else "", private=private)


def _in_its_place(asking: Asking, said: Sequence[Part]) -> Reply | None:
    """The list or the morning's message that a button was pressed on, as it is now."""
    card = asking.message.card if asking.pressed else ""
    if card == "actions" or card.startswith("actions-"):
        return action_lists.again(asking, card, *said)
    prompt = prompt_by_id(asking.session, references.number_of(card, "q") or 0) if card.startswith("q") else None
    if prompt is None or prompt.slot != MORNING or prompt.member_id != asking.me:
        return None
    left = prompting.morning(asking, prompt)
    return replace(left, parts=(*said, *left.parts)) if left else Reply(tuple(said), card=card, private=True)
