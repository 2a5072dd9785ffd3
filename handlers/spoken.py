"""What was said in check-ins, as its readers may see it: each line with what it is about, and what they may not see left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.replies import Amount, Say
from handlers import labels
from handlers.asking import Asking
from storage.access import visible
from storage.checkins import CheckIn
from storage.okrs import KeyResult, Objective, key_results_by_id, objectives_by_id

LONGEST = 240


@dataclass(frozen=True)
class Line:
    """A check-in and what it is about; key_result None: the day's own line."""

    row: CheckIn
    key_result: KeyResult | None
    objective: Objective | None

    @property
    def private(self) -> bool:
        """Whether it is on what few may see."""
        return self.objective is not None and self.objective.visibility != "everyone"


def lines_of(asking: Asking, rows: Sequence[CheckIn]) -> list[Line]:
    """These check-ins with what they are about, in the same order."""
    of = key_results_by_id(asking.session, [row.key_result_id for row in rows if row.key_result_id])
    parents = objectives_by_id(asking.session, [kr.objective_id for kr in of.values()])
    asking.meet([o.owner_id for o in parents.values() if o.owner_kind == "member"])
    found = []
    for row in rows:
        kr = of.get(row.key_result_id or 0)
        found.append(Line(row, kr, parents[kr.objective_id] if kr else None))
    return found


def seen_by(asking: Asking, lines: Sequence[Line], reader: int) -> list[Line]:
    """Those of the lines that a reader may see; what is said of the day itself is open to all."""
    parents = {line.objective.id: line.objective for line in lines if line.objective is not None}
    known = {o.id for o in visible_to(asking, parents.values(), reader)}
    return [line for line in lines if line.objective is None or line.objective.id in known]


def visible_to(asking: Asking, objectives: Iterable[Objective], reader: int) -> list[Objective]:
    """Those of the objectives that a reader may see: the asker from where they ask, anybody else wherever they are."""
    return asking.sees(objectives) if reader == asking.me else visible(asking.session, reader, objectives)


def cut(text: str, most: int = LONGEST) -> str:
    """The beginning of a text on one line, as long as a page has room for."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def ref_of(asking: Asking, line: Line) -> str:
    """What a line is about, "" for the day; in another member's objective with whose it is, as its writer would have to type it."""
    kr, parent = line.key_result, line.objective
    if kr is None or parent is None:
        return ""
    another = parent.owner_kind == "member" and parent.owner_id != line.row.member_id
    return (f"@{asking.person(parent.owner_id).name} " if another else "") + labels.key_result(asking, kr, parent)


def entry(asking: Asking, line: Line, prompt: str = "day_entry") -> Say:
    """A check-in as one line of facts, with the message that it was said in."""
    row, kr = line.row, line.key_result
    facts = {
        "ref": ref_of(asking, line),
        "value": Amount(row.value, kr.metric, kr.unit) if kr and row.value is not None else None,
        "confidence": row.confidence,
        "note": cut(row.note),
        "blocker": cut(row.blocker),
        "plan": cut(row.plan),
        "late": row.late,
        "source": labels.source(asking, row),
    }
    return Say(prompt, facts)
