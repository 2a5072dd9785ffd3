"""What somebody wants to change, as an action: whose it is, until when, and what."""

import re
from dataclasses import dataclass
from datetime import date

from bot.grammar import dates
from bot.grammar import people as named_people
from handlers import people
from handlers.asking import Asking
from handlers.refusals import Refusal

LONGEST = 600
_BEFORE = re.compile(r"(?:^|[\s,，、:：(（]*)(?:by|until|till|before|due|on|于|在|截止|期限)?\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"^\s*(?:之前|以前|前|截止)?[\s)）.。!！]*$")


@dataclass(frozen=True)
class Wanted:
    """An action to be made. text: without the person and the day at its end."""

    text: str
    owner_id: int
    due: date | None


def read(asking: Asking, text: str, cycle_end: date) -> Wanted:
    """The action in a text: whoever is mentioned in it first does it, the last day in it is its due date."""
    if len(text) > LONGEST:
        raise Refusal("change_too_long", length=len(text), most=LONGEST, copy=people.readable(asking, text))
    owner = _owner(asking, text)
    due, text = _due(asking, text, cycle_end)
    return Wanted(people.readable(asking, _without_owner(text)).strip(" ,，;；") or people.readable(asking, text), owner, due)


def _owner(asking: Asking, text: str) -> int:
    who = next(iter(named_people.among(text)), None)
    if who is None:
        return asking.me
    member = people.known(asking, who)
    if member is None or member.id is None:
        raise Refusal("no_such_person", name=people.label(asking, who).removeprefix("@"), copy=people.readable(asking, text))
    if not member.active:
        raise Refusal("person_left_no_action", who=asking.person(member.id), copy=people.readable(asking, text))
    return member.id


def _due(asking: Asking, text: str, cycle_end: date) -> tuple[date | None, str]:
    """The day that is named last, and the text without it where it stands at the end or just before the person."""
    named = dates.find(text)
    if not named:
        return None, text
    begin, end, when = named[-1]
    due = dates.future(when, asking.today, cycle_end)
    if due is None or due < asking.today:
        raise Refusal("change_due_past", typed=text[begin:end], copy=people.readable(asking, text))
    behind = text[end:]
    people_behind = named_people.find(behind)
    rest = behind[people_behind[-1][1] :] if people_behind and not behind[: people_behind[0][0]].strip() else behind
    if not _BEHIND.match(rest):
        return due, text
    return due, _BEFORE.sub("", text[:begin]) + (behind[: len(behind) - len(rest)] if rest is not behind else "")


def _without_owner(text: str) -> str:
    """The text without the one who is named at its end."""
    found = named_people.find(text)
    if not found or text[found[0][1] :].strip(" .。"):
        return text
    before = text[: found[0][0]].rstrip()
    return re.sub(r"\s+(?:with|by|to)$", "", before) if before else text
