"""Makes and changes actions: whatever somebody will do, wherever it was said."""

from collections.abc import Sequence
from datetime import date

from bot.commands import AddAction, ChangeAction, ShowAction, When, Who
from bot.grammar import changes, dates
from bot.grammar.people import among
from bot.replies import Button, Part, Reply, Say
from handlers import actions, blockers, cards, cycles, people, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.outbox import tell
from handlers.pen import Pen, thing
from handlers.refusals import Refusal
from storage.access import leads_of, visible
from storage.actions import Action, action_by_id, action_numbered, next_action_number
from storage.okrs import KeyResult, Objective, key_result_by_id, objective_by_id
from storage.people import Member, account_of
from storage.pulse import away_among

LONGEST = 1000
_NONE = ("", "none", "-", "–", "无", "不限", "清空")


def add_action(
    asking: Asking,
    pen: Pen,
    text: str,
    *,
    owner_id: int,
    due: date | None = None,
    objective_id: int | None = None,
    key_result_id: int | None = None,
    review_id: int | None = None,
    request_id: int | None = None,
) -> Action:
    """Stores what somebody will do, as part of the asker's act: taken back with it. Whom it is for is told by the caller (`tell_owner`)."""
    if key_result_id and not objective_id:
        row = key_result_by_id(asking.session, key_result_id)
        objective_id = row.objective_id if row else None  # who may see the objective may see what is done for it
    action = Action(
        number=next_action_number(asking.session),
        text=text,
        owner_id=owner_id,
        by_id=asking.me,
        due=due,
        objective_id=objective_id,
        key_result_id=key_result_id,
        review_id=review_id,
        request_id=request_id,
        made_at=asking.now,
    )
    pen.add(action, field="state", absent="withdrawn")
    return action


def tell_owner(asking: Asking, action: Action) -> bool:
    """Tells a colleague what they were given to do; false where it is the asker's own, or nobody can be told."""
    key = f"action-{action.id}-{action.version}"
    return action.owner_id != asking.me and tell(
        asking, kind="action", subject=thing(action), member_id=action.owner_id, key=key, once_back=True
    )


# ---------------------------------------------------------------- which one, and who may


def meant(asking: Asking, name: str, *, lock: bool = False) -> Action:
    """The action by its number or id; what the asker may not see is refused like what is not there."""
    number = references.number_of(name, "A")
    found = action_numbered(asking.session, number, lock=lock) if number else None
    if name.startswith("e"):
        found = action_by_id(asking.session, references.number_of(name, "e") or 0, lock=lock)
    if found is not None and found.state == "withdrawn" and asking.me in (found.owner_id, found.by_id):
        raise Refusal("action_taken_back", ref=f"A{found.number}", text=found.text)
    if found is None or found.state == "withdrawn" or not actions.seen(asking, [found], asking.me):
        raise Refusal("no_such_action", ref=name if number else f"#{name}", copy=example(asking, "example_actions").text)
    return found


def to_change(asking: Asking, name: str) -> Action:
    """The action, held, for whoever may close and change it: its owner, who asked for it, and the owner's lead."""
    found = meant(asking, name, lock=True)
    if asking.me not in (found.owner_id, found.by_id):
        leads = sorted(leads_of(asking.session, found.owner_id))
        if asking.me not in leads:
            named = list(dict.fromkeys([found.owner_id, found.by_id, *leads]))
            asking.meet(named)
            raise Refusal("not_yours_to_close", ref=f"A{found.number}", people=[asking.person(m) for m in named])
    return found


def typed(asking: Asking) -> str:
    """What was typed, to be given back with a refusal."""
    return people.readable(asking, asking.message.text).strip()


def assignee(asking: Asking, who: Who, copy: str) -> Member:
    """The member whom an action is given to; a refusal that keeps what was typed for a stranger, an outsider and who has left."""
    member = people.known(asking, who)
    if member is None:
        outside = "outsider_takes_none" if _is_outside(asking, who) else "no_such_person"
        raise Refusal(outside, name=people.label(asking, who).removeprefix("@"), copy=copy)
    if not member.active:
        raise Refusal("person_left", who=asking.person(member.id or 0), copy=copy)
    return member


def _is_outside(asking: Asking, who: Who) -> bool:
    sender = asking.message.sender
    if any(m.user == who.value and m.outsider for m in asking.message.mentions):
        return True
    account = account_of(asking.session, sender.platform, sender.workspace, who.value) if who.by != "member" else None
    return account is not None and account[0].outsider


def due_day(asking: Asking, when: When, copy: str) -> date:
    """The day that is meant; one that is over is refused."""
    day = dates.future(when, asking.today, cycles.now(asking).end) or dates.past(when, asking.today)
    if day is None or day < asking.today:
        raise Refusal("action_due_past", day=day, example=f"{cycles.now(asking).end:%Y-%m-%d}", copy=copy)
    return day


def _may_see(asking: Asking, member: int, parent: Objective | None, ref: str, copy: str) -> None:
    if parent is not None and member != asking.me and not visible(asking.session, member, [parent]):
        raise Refusal("action_unseen", who=asking.person(member), ref=ref, copy=copy)


# ---------------------------------------------------------------- a new one


def add(asking: Asking, command: AddAction) -> Reply:
    """Makes an action for each of those named, else for the asker; whoever is given one hears of it."""
    text, copy = people.readable(asking, command.text).strip(), typed(asking)
    row, parent = _helps(asking, command, copy)
    if not text:
        return Reply((Say("action_how"), example(asking, "example_actions_new")), private=True, tone="question")
    if len(text) > LONGEST:
        raise Refusal("note_too_long", length=len(text), most=LONGEST, copy=copy)
    owners = list(dict.fromkeys(assignee(asking, who, copy).id or 0 for who in command.people)) or [asking.me]
    ref = _number(row, parent)
    for owner in owners:
        _may_see(asking, owner, parent, ref, copy)
    due = due_day(asking, command.due, copy) if command.due else None
    pen = Pen(asking, "action_added")
    about = {"objective_id": parent.id if parent else None, "key_result_id": row.id if row else None}
    made = [add_action(asking, pen, text, owner_id=owner, due=due, **about) for owner in owners]
    told = [a.owner_id for a in made if tell_owner(asking, a)]
    return _added(asking, pen, made, told, among(command.text), private=parent is not None and cards.is_close(parent))


def _number(row: KeyResult | None, parent: Objective | None) -> str:
    """A key result's or an objective's number, "" for neither."""
    return f"KR{parent.number}.{row.number}" if row and parent else f"O{parent.number}" if parent else ""


def _helps(asking: Asking, command: AddAction, copy: str) -> tuple[KeyResult | None, Objective | None]:
    """What it is for; a refusal gives back what was typed."""
    if command.ref is None:
        return None, None
    try:
        row, parent = references.either(asking, command.ref)
    except Refusal as no:
        raise Refusal(no.prompt, copy=copy, **no.facts) from no
    if parent.state == "dropped":
        raise Refusal("objective_is_over", ref=_number(row, parent), state=parent.state, copy=copy)
    return row, parent


def _added(asking: Asking, pen: Pen, made: Sequence[Action], told: Sequence[int], within: Sequence[Who], *, private: bool) -> Reply:
    parts: list[Part] = [Say("action_added", {"count": len(made), "ref": f"A{made[0].number}"}, role="title")]
    parts += actions.action_lines(asking, made, buttons=False)
    if told:
        away = away_among(asking.session, told, asking.today)
        later = [{"who": asking.person(m), "last": leave.last} for m, leave in away.items()]
        parts.append(Say("action_told", {"people": [asking.person(m) for m in told if m not in away], "later": later}, role="note"))
    parts.append(cards.row_of(Button("button_undo", f"undo #c{pen.number}"), *_give(asking, made, within)))
    return Reply(tuple(parts), card=f"c{pen.number}", private=private)


def _give(asking: Asking, made: Sequence[Action], within: Sequence[Who]) -> list[Button]:
    """Who is named in the middle of a text may be whom it is for: asked with a button, never guessed."""
    if len(made) != 1 or made[0].owner_id != asking.me:
        return []
    named = [m for m in (people.known(asking, who) for who in within[:3]) if m is not None and m.active and m.id != asking.me]
    return [Button("button_give_to", f"#e{made[0].id} to @#m{m.id}", made[0].version, facts={"name": m.name}) for m in named]


# ---------------------------------------------------------------- one, and changing it


def show(asking: Asking, command: ShowAction) -> Reply:
    """One action."""
    found = meant(asking, command.action)
    return card(asking, found)


def card(asking: Asking, action: Action, *said: Part) -> Reply:
    """One action as it is now, under what is said of it."""
    return Reply((*said, *actions.card_parts(asking, action)), card=thing(action), private=actions.few_see(asking, action))


def change(asking: Asking, command: ChangeAction) -> Reply:
    """Puts off, rewords, or gives to somebody else; whoever gets it is told."""
    found = to_change(asking, command.action)
    if found.state != "open":
        return card(asking, found, Say("action_is_done", {"ref": f"A{found.number}"}))
    if asking.pressed and asking.message.drawn != found.version:
        return card(asking, found, Say("action_changed_since", {"ref": f"A{found.number}"}))
    pen = Pen(asking, "action_changed")
    old = {"due": found.due, "owner": asking.person(found.owner_id)}
    _set(asking, pen, found, command)
    if pen.act is None:
        return card(asking, found, Say("action_is_so", {"ref": f"A{found.number}"}))
    if command.field == "owner":
        tell_owner(asking, found)
    said = Say("action_changed", {"ref": f"A{found.number}", "field": command.field, **old}, role="title")
    shown = card(asking, found, said)
    return Reply((*shown.parts, cards.row_of(Button("button_undo", f"undo #c{pen.number}"))), card=shown.card, private=shown.private)


def _set(asking: Asking, pen: Pen, action: Action, command: ChangeAction) -> None:
    copy = typed(asking)
    if command.field == "text":
        text = people.readable(asking, command.value).strip()
        if len(text) > LONGEST:
            raise Refusal("note_too_long", length=len(text), most=LONGEST, copy=copy)
        pen.set(action, text=text)
    elif command.field == "owner" and command.who is not None:
        owner = assignee(asking, command.who, copy).id or 0
        parent = objective_by_id(asking.session, action.objective_id) if action.objective_id else None
        _may_see(asking, owner, parent, f"A{action.number}", copy)
        pen.set(action, owner_id=owner)
        blockers.hand_on(asking, pen, action)
    else:
        due = _day(asking, action, command.value)
        if due != action.due:
            pen.set(action, due=due, nudged_on=None)


def _day(asking: Asking, action: Action, value: str) -> date | None:
    if value.lower() in _NONE:
        return None
    when = changes.due(value)
    if when is None:
        raise Refusal("no_such_day", typed=value, copy=f"A{action.number} due {cycles.now(asking).end:%Y-%m-%d}")
    return due_day(asking, when, typed(asking))
