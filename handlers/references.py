"""What a reference means to the asker. What does not exist and what they may not see are refused in the same words."""

from bot.commands import Named, Ref, Who
from bot.replies import Button
from handlers import cycles, labels, people
from handlers.asking import Asking
from handlers.examples import example
from handlers.refusals import Refusal
from storage import okrs
from storage.okrs import KeyResult, Objective
from storage.people import Team, team_named

_SEEN = ("draft", "published", "closed", "dropped")


def number_of(text: str, prefix: str) -> int | None:
    """The number in an id of ours ("k12" for prefix "k"), None for anything else."""
    digits = text.removeprefix(prefix)
    return int(digits) if text.startswith(prefix) and digits.isdecimal() and len(digits) < 10 else None


def spelled(ref: Ref) -> str:
    """A reference as people write it."""
    if ref.key_result is not None:
        return f"KR{ref.objective}.{ref.key_result}" if ref.objective is not None else f"KR{ref.key_result}"
    return f"O{ref.objective}" if ref.objective is not None else ref.id


def owner(asking: Asking, named: Who | Named | None) -> tuple[str, int]:
    """Whose objectives are meant: kind and id."""
    if named is None:
        return "member", asking.me
    if isinstance(named, Who):
        member = people.known(asking, named)
        if member is None or member.id is None:
            raise Refusal("no_such_person", name=people.label(asking, named).removeprefix("@"))
        return "member", member.id
    if not named.name:
        return "company", 0
    team: Team | None = team_named(asking.session, named.name)
    if team is None or team.id is None:
        raise Refusal("no_such_team", name=named.name)
    return "team", team.id


def objective(asking: Asking, ref: Ref) -> Objective:
    """The objective meant."""
    ref = cycles.meant(asking, ref)
    found = _objective(asking, ref)
    seen = asking.sees([found]) if found else []
    if not seen or seen[0].state not in _SEEN:
        raise Refusal("no_such_objective", ref=labels.typed(asking, ref) + spelled(ref), copy=example(asking, "example_mine").text)
    return seen[0]


def _objective(asking: Asking, ref: Ref) -> Objective | None:
    if ref.id:
        number = number_of(ref.id, "o")
        return okrs.objective_by_id(asking.session, number) if number else None
    cycle = cycles.find(asking, ref.cycle)
    if cycle is None or cycle.id is None or ref.objective is None:
        return None
    kind, owner_id = owner(asking, ref.owner)
    return okrs.objective_numbered(asking.session, cycle.id, kind, owner_id, ref.objective)


def key_result(asking: Asking, ref: Ref, *, lock: bool = False, dropped: bool = False) -> tuple[KeyResult, Objective]:
    """The key result meant and its objective. lock: it is about to be changed. dropped: one that was dropped is meant as well."""
    ref = cycles.meant(asking, ref)
    if not ref.id and ref.objective is None:
        ref = _bare(asking, ref)
    if own := _own(asking, ref, lock=lock):
        return own
    row = _key_result(asking, ref)
    parent = okrs.objective_by_id(asking.session, row.objective_id) if row else None
    seen = asking.sees([parent]) if parent else []
    if row is None or not seen or seen[0].state not in _SEEN:
        raise Refusal("no_such_key_result", ref=labels.typed(asking, ref) + spelled(ref), copy=example(asking, "example_mine").text)
    if row.state != "open" and not dropped:
        name = labels.key_result(asking, row, seen[0])
        raise Refusal("key_result_is_dropped", ref=name, title=row.title, copy=f"reopen {name}")
    if lock and row.id is not None:
        row = okrs.key_result_by_id(asking.session, row.id, lock=True) or row
    return row, seen[0]


def either(asking: Asking, ref: Ref, *, dropped: bool = False) -> tuple[KeyResult | None, Objective]:
    """The key result meant, if it is one, and the objective that it lies in or that is meant. dropped: as for `key_result`."""
    if ref.key_result is not None or ref.id.startswith("k"):
        return key_result(asking, ref, dropped=dropped)
    return None, objective(asking, ref)


def _own(asking: Asking, ref: Ref, *, lock: bool) -> tuple[KeyResult, Objective] | None:
    """What nearly everybody means nearly always: an open key result of an objective of one's own, which one may see."""
    if ref.id or ref.owner is not None or not ref.objective or not ref.key_result:
        return None
    cycle = cycles.find(asking, ref.cycle)
    found = (
        okrs.own_key_result(asking.session, cycle.id, asking.me, ref.objective, ref.key_result, lock=lock) if cycle and cycle.id else None
    )
    return found if found and found[1].state in _SEEN else None


def _key_result(asking: Asking, ref: Ref) -> KeyResult | None:
    if ref.id:
        number = number_of(ref.id, "k")
        return okrs.key_result_by_id(asking.session, number) if number else None
    parent = _objective(asking, ref)
    numbered = parent.id if parent and parent.id and ref.key_result else None
    own = okrs.key_result_numbered(asking.session, numbered, ref.key_result or 0, dropped=True) if numbered else None
    return own or _elsewhere(asking, ref)  # a number is never used again: one's own that was dropped is still what it names


def _elsewhere(asking: Asking, ref: Ref) -> KeyResult | None:
    """A key result of that number in somebody else's objective that the asker works on, where there is just one."""
    cycle = cycles.find(asking, ref.cycle) if ref.owner is None else None
    rows = okrs.key_results_owned(asking.session, cycle.id, asking.me) if cycle and cycle.id else []
    hits = [row for row, parent in rows if (parent.number, row.number) == (ref.objective, ref.key_result)]
    return hits[0] if len(hits) == 1 else None


def _bare(asking: Asking, ref: Ref) -> Ref:
    """`KR2` alone: good where one objective of that owner can be meant."""
    cycle = cycles.find(asking, ref.cycle)
    kind, owner_id = owner(asking, ref.owner)
    rows = okrs.objectives_of(asking.session, cycle.id, kind, owner_id, ("draft", "published")) if cycle and cycle.id else ()
    seen = [(o, okrs.key_result_numbered(asking.session, o.id or 0, ref.key_result or 0)) for o in asking.sees(rows)]
    having = tuple((row, parent) for parent, row in seen if row is not None)
    if len(having) == 1:
        return Ref(having[0][1].number, ref.key_result, owner=ref.owner, cycle=ref.cycle)
    if not having:
        raise Refusal("no_such_key_result", ref=labels.typed(asking, ref) + spelled(ref), copy=example(asking, "example_mine").text)
    raise Ambiguous(asking, ref, having)


class Ambiguous(Refusal):
    """A bare `KR2` that several objectives have: asked with a button for each. rows: the key results it can mean."""

    def __init__(self, asking: Asking, ref: Ref, rows: tuple[tuple[KeyResult, Objective], ...]) -> None:
        names = [labels.key_result(asking, row, parent) for row, parent in rows]
        buttons = tuple(
            Button("button_this", f"#k{row.id}", row.version, facts={"ref": name}) for (row, _), name in zip(rows, names, strict=True)
        )
        super().__init__("which_key_result", ref=labels.typed(asking, ref) + spelled(ref), names=names, buttons=buttons[:5])
        self.rows = rows
