"""What an objective or a key result is called where it may be anybody's: typed again, the words mean the same."""

from bot.commands import Named, Ref
from bot.replies import Say, Source
from bot.wording import words
from handlers import cycles
from handlers.asking import Asking
from handlers.names import quoted
from handlers.rules.calendar import span_named
from storage.checkins import CheckIn
from storage.okrs import Cycle, KeyResult, Objective
from storage.people import team_name


def whose(asking: Asking, row: Objective, cycle: Cycle | None = None) -> str:
    """What stands before the number: a team's name or the word for the company, "" for a member's own. cycle: said unless it runs."""
    before = {"team": _team, "company": _company}.get(row.owner_kind)
    said = f"{before(asking, row.owner_id)} " if before else ""
    if cycle is not None and cycle.name != cycles.now(asking).name:
        said += f"{cycle.name if span_named(cycle.name) else f'cycle {quoted(cycle.name)}'} "
    return said


def _team(asking: Asking, team_id: int) -> str:
    if team_id not in asking.teams:
        asking.teams[team_id] = team_name(asking.session, team_id)
    return quoted(asking.teams[team_id])


def _company(asking: Asking, _owner: int) -> str:
    return words(asking.locale).plain(Say("company_label"))


def objective(asking: Asking, row: Objective, cycle: Cycle | None = None) -> str:
    """`O1`, `增长 O1`, `company O1`; with a cycle that does not run, `2027Q1 O1`."""
    return f"{whose(asking, row, cycle)}O{row.number}"


def key_result(asking: Asking, row: KeyResult, parent: Objective) -> str:
    """`KR1.2`, `增长 KR1.2`, `company KR1.2`."""
    return f"{whose(asking, parent)}KR{parent.number}.{row.number}"


def typed(asking: Asking, ref: Ref) -> str:
    """What was said before the number: a team, the company or a cycle; a person is not repeated."""
    owner = "" if not isinstance(ref.owner, Named) else quoted(ref.owner.name) if ref.owner.name else _company(asking, 0)
    return "".join(f"{word} " for word in (owner, ref.cycle) if word)


def source(asking: Asking, row: CheckIn) -> Source | None:
    """The message in which something was said; None where it came by a command, a button or a form, or where the asker cannot go."""
    if not row.channel or not row.message or not (row.shared or row.member_id == asking.me):
        return None
    return Source(row.source, asking.message.sender.workspace, row.channel, row.message)
