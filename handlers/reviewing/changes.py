"""What somebody wants to change, as actions: whose they are, until when, and what; each of those named hears of theirs."""

from bot.commands import AddAction, Who
from bot.grammar import parse, references
from handlers import acting, people
from handlers.asking import Asking
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.reviewing.facts import Looked
from storage.access import visible
from storage.actions import Action
from storage.reviews import Review


def promise(asking: Asking, pen: Pen, review: Review, row: Looked, typed: str, *, there: list[Action]) -> list[Action]:
    """Stores what will be done otherwise: one action for each of those named, else for the asker; read as `action: …` is.

    there: the review's actions so far, to which what is made is added; what stands among them is not made twice.
    """
    copy = people.readable(asking, typed)
    if len(typed) > acting.LONGEST:
        raise Refusal("note_too_long", length=len(typed), most=acting.LONGEST, copy=copy)
    said = parse(f"action: {typed}")
    wanted = said if isinstance(said, AddAction) else AddAction(typed)
    text = people.readable(asking, _whole(wanted, row)).strip()
    if not text:
        raise Refusal("review_change_what", copy=copy)
    due = acting.due_day(asking, wanted.due, copy) if wanted.due else None
    made = []
    for owner in _owners(asking, wanted.people, row, copy):
        if any((a.key_result_id, a.text, a.owner_id, a.due) == (row.row.id, text, owner, due) for a in there):
            continue
        of = {"objective_id": row.parent.id, "key_result_id": row.row.id, "review_id": review.id}
        action = acting.add_action(asking, pen, text, owner_id=owner, due=due, **of)
        acting.tell_owner(asking, action)
        made.append(action)
    there += made
    return made


def _whole(wanted: AddAction, row: Looked) -> str:
    """The text, with the reference that it began with unless that is the key result looked back on."""
    ref = references.say(wanted.ref) if wanted.ref else ""
    return f"{ref} {wanted.text}" if ref and ref != row.ref and wanted.text else wanted.text


def _owners(asking: Asking, named: tuple[Who, ...], row: Looked, copy: str) -> list[int]:
    owners = list(dict.fromkeys(acting.assignee(asking, who, copy).id or 0 for who in named)) or [asking.me]
    for owner in owners:
        if owner != asking.me and not visible(asking.session, owner, [row.parent]):
            raise Refusal("action_unseen", who=asking.person(owner), ref=row.ref, copy=copy)
    return owners
