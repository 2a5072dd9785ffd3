"""Whom a comment concerns: each of them once, never its writer, and nobody who may not read what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.commands import Who
from handlers import people
from handlers.asking import Asking
from storage.access import visible
from storage.okrs import KeyResult, Objective
from storage.people import team_by_id
from storage.sharing import Comment, comments_on


@dataclass
class Concerned:
    """members: who hears of it. blind: who was mentioned and may not see what it is about. strangers: names that are nobody's here."""

    members: list[int] = field(default_factory=list)
    blind: list[int] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def concerned(asking: Asking, made: Comment, row: KeyResult | None, parent: Objective, named: Sequence[Who]) -> Concerned:
    """Owners, those whose comments on the same thing are open, and whoever is mentioned in the text."""
    found = Concerned()
    mentioned: list[int] = []
    for who in named:
        member = people.known(asking, who)
        if member is None or member.id is None:
            found.strangers.append(people.label(asking, who))
        else:
            mentioned.append(member.id)
    talking = [
        n.by_id for n in comments_on(asking.session, made.objective_id) if n.state == "open" and n.key_result_id == made.key_result_id
    ]
    owners = [_answers_for(asking, parent), *([row.owner_id] if row else [])]
    for member_id in dict.fromkeys([*owners, *talking, *mentioned]):
        if member_id == asking.me:
            continue
        if visible(asking.session, member_id, [parent]):
            found.members.append(member_id)
        elif member_id in mentioned:
            found.blind.append(member_id)
    return found


def _answers_for(asking: Asking, parent: Objective) -> int:
    """One member for an objective: its owner, the team's lead, else whoever wrote it."""
    if parent.owner_kind == "member":
        return parent.owner_id
    team = team_by_id(asking.session, parent.owner_id) if parent.owner_kind == "team" else None
    return (team.lead_id if team else None) or parent.made_by
