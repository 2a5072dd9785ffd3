"""Actions as people see them: a line each, with what they are for, who asked and how late they are, and one by itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.replies import Button, Item, Part, Say
from handlers import cards, labels
from handlers.asking import Asking
from handlers.rules.calendar import local_day
from storage.access import visible
from storage.actions import Action
from storage.okrs import Objective, key_results_by_id, objective_by_id, objectives_by_id

LONGEST_LINE = 240


def seen(asking: Asking, actions: Iterable[Action], reader: int | None = None) -> list[Action]:
    """Those of the actions that the asker may see from here: what is for an objective, whoever sees it. reader: as `asking.reader`.

    What is one's own to do one always sees, if not what it is for.
    """
    rows, reader = list(actions), asking.reader if reader is None else reader
    parents = objectives_by_id(asking.session, {a.objective_id for a in rows if a.objective_id})
    known = {o.id for o in visible(asking.session, reader, parents.values(), asking.here)}
    return [a for a in rows if a.objective_id is None or a.objective_id in known or a.owner_id == reader]


def action_lines(asking: Asking, actions: Sequence[Action], *, named: bool = False, buttons: bool = True) -> list[Part]:
    """Actions that the asker may see, a line each, loaded at once. named: whose each is stands in it, even if it is the asker's."""
    meet(asking, actions)
    return [action_line(asking, action, named=named, buttons=buttons) for action in actions]


def action_line(asking: Asking, action: Action, *, named: bool = False, buttons: bool = True) -> Part:
    """One action with its Done button where the asker may press it; whether they may see it was asked before."""
    meet(asking, [action])
    facts = facts_of(asking, action)
    if action.owner_id == asking.me and not named:
        facts["owner"] = None
    facts["text"] = _short(action.text)
    mine = asking.me in (action.owner_id, action.by_id)
    pressed = (done_button(action),) if action.state == "open" and buttons and mine and not asking.overheard else ()
    return Item(Say("action_line", facts), body=_more(facts), buttons=pressed)


def done_button(action: Action) -> Button:
    """Closes the action."""
    return Button("button_done", f"done #e{action.id}", action.version)


def _more(facts: dict[str, Any]) -> tuple[Say, ...]:
    """Whose it is, who asked, what for and until when; nothing where there is none of it."""
    said = any(facts[name] for name in ("owner", "by", "on", "due", "done"))
    return (Say("action_facts", facts, role="note"),) if said else ()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def facts_of(asking: Asking, action: Action) -> dict[str, Any]:
    """What there is to say of an action. by: who asked for it, where that is another than its owner. late: days since it was due."""
    on = f"k{action.key_result_id}" if action.key_result_id else f"o{action.objective_id}"
    return {
        "ref": f"A{action.number}",
        "text": action.text,
        "state": action.state,
        "owner": asking.person(action.owner_id),
        "by": asking.person(action.by_id) if action.by_id != action.owner_id else None,
        "on": asking.refs.get(on, ""),
        "due": action.due,
        "late": late(action, asking.today),
        "done": local_day(action.done_at, asking.zone) if action.done_at and action.state == "done" else None,
    }


def late(action: Action, today: date) -> int | None:
    """Days since an action was due: 0 today, less before; None without a day."""
    return (today - action.due).days if action.due else None


def meet(asking: Asking, actions: Iterable[Action]) -> None:
    """Loads who and what these actions are about, at once."""
    rows = list(actions)
    asking.meet([m for a in rows for m in (a.owner_id, a.by_id)])
    new = [a for a in rows if a.objective_id and (f"k{a.key_result_id}" if a.key_result_id else f"o{a.objective_id}") not in asking.refs]
    if not new:
        return
    found = objectives_by_id(asking.session, {a.objective_id for a in new if a.objective_id})
    parents = {o.id or 0: o for o in visible(asking.session, asking.me, found.values(), asking.here)}
    asking.meet([o.owner_id for o in parents.values() if o.owner_kind == "member"])
    for number, parent in parents.items():
        asking.refs[f"o{number}"] = theirs(asking, parent) + labels.objective(asking, parent)
    for number, row in key_results_by_id(
        asking.session, {a.key_result_id for a in new if a.objective_id in parents and a.key_result_id}
    ).items():
        parent = parents[row.objective_id]
        asking.refs[f"k{number}"] = theirs(asking, parent) + labels.key_result(asking, row, parent)


def theirs(asking: Asking, parent: Objective) -> str:
    """`@Ann `: whose it is, in front of the number of what is another member's."""
    another = parent.owner_kind == "member" and parent.owner_id != asking.me
    return f"@{asking.person(parent.owner_id).name} " if another else ""


def card_parts(asking: Asking, action: Action) -> tuple[Part, ...]:
    """One action with its whole text, and what its owner and who asked for it can do about it."""
    meet(asking, [action])
    facts = facts_of(asking, action)
    if action.owner_id == asking.me and not asking.overheard:
        facts["owner"] = None
    parts: list[Part] = [Say("action_line", facts), *_more(facts)]
    buttons = own_buttons(asking, action)
    return (*parts, cards.row_of(*buttons)) if buttons else tuple(parts)


def own_buttons(asking: Asking, action: Action) -> list[Button]:
    """Done, and not mine for whoever was given it by another; none for anybody else."""
    if action.state != "open" or asking.me not in (action.owner_id, action.by_id) or asking.overheard:
        return []
    given = action.owner_id == asking.me != action.by_id
    back = [Button("button_not_mine", f"not mine #e{action.id}", action.version)] if given else []
    return [done_button(action), *back]


def few_see(asking: Asking, action: Action) -> bool:
    """Whether what it is for is seen by few, so that it is not said in a shared place."""
    parent = objective_by_id(asking.session, action.objective_id) if action.objective_id else None
    return parent is not None and cards.is_close(parent)
