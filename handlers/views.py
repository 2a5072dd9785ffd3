"""What an objective looks like today: its key results, what they come to, and who works on them. Set-based, one look for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.replies import Amount, Status
from handlers.rules import progress as rules
from handlers.rules import scoring
from storage.access import visible
from storage.checkins import CheckIn, newest_of_each
from storage.okrs import (
    Cycle,
    KeyResult,
    Objective,
    Request,
    Stage,
    cycles_by_id,
    key_results_in,
    objectives_by_id,
    requests_on,
    stages_in,
    weights_beside,
)

JOINING = ("join", "help")


@dataclass(frozen=True)
class KeyResultView:
    """A key result as it stands. weight None for a guardrail. expected: the pace, 0.0–1.0."""

    row: KeyResult
    ref: str
    weight: float | None
    progress: float
    expected: float
    status: Status
    stages: tuple[Stage, ...]
    stage_weights: tuple[float, ...]
    requests: tuple[Request, ...]
    last: CheckIn | None

    @property
    def breached(self) -> bool:
        """A guardrail on the wrong side of its line."""
        row = self.row
        known = row.guardrail and row.current is not None and row.target is not None
        return known and not rules.holds(row.current or 0.0, row.target or 0.0, row.bound)

    @property
    def collaborators(self) -> tuple[int, ...]:
        """Members who accepted to work on it, without its owner."""
        joined = (r.to_id for r in self.requests if r.kind in JOINING and r.state == "accepted")
        return tuple(dict.fromkeys(m for m in joined if m != self.row.owner_id))

    def amount(self, value: float | None) -> Amount:
        """A value in this key result's measure."""
        return Amount(value, self.row.metric, self.row.unit)


@dataclass(frozen=True)
class ObjectiveView:
    """An objective as it stands. weight None while it does not count (a draft, a dropped one)."""

    row: Objective
    cycle: Cycle
    ref: str
    weight: float | None
    progress: float
    expected: float
    status: Status
    key_results: tuple[KeyResultView, ...]
    requests: tuple[Request, ...]
    begun: bool

    @property
    def counts(self) -> bool:
        """Whether it is published and its cycle has begun, so that there is a pace to keep."""
        return self.begun and self.row.state in ("published", "closed")

    @property
    def counted(self) -> tuple[KeyResultView, ...]:
        """The key results that are part of its progress."""
        return tuple(k for k in self.key_results if not k.row.guardrail)

    @property
    def score(self) -> float | None:
        """What its key results' scores come to, once each that counts has one; its own where none counts."""
        if not self.counted:
            return self.row.score
        return scoring.of_objective([(k.weight or 0.0, k.row.score) for k in self.counted])

    @property
    def collaborators(self) -> tuple[int, ...]:
        """Members who accepted to work on the objective as a whole."""
        joined = (r.to_id for r in self.requests if r.key_result_id is None and r.kind == "join" and r.state == "accepted")
        return tuple(dict.fromkeys(joined))


@dataclass(frozen=True)
class _Found:
    """Everything that was loaded for one look."""

    cycles: dict[int, Cycle]
    key_results: dict[int, list[KeyResult]]
    stages: dict[int, list[Stage]]
    last: dict[int, CheckIn]
    requests: dict[int, list[Request]]
    shares: dict[int, float]
    today: date


def look(session: Session, objectives: Iterable[Objective], today: date, reader: int | None = None) -> list[ObjectiveView]:
    """The objectives as they stand on a day, in the order given; as many statements however many there are.

    reader: whom they are shown to. What a reader may not see has no part in the weights that they are told. None: all that is there.
    """
    rows = list(objectives)
    if not rows:
        return []
    ids = [o.id for o in rows if o.id is not None]
    cycles = cycles_by_id(session, {o.cycle_id for o in rows})
    key_results = _grouped(key_results_in(session, ids))
    every = [k.id for group in key_results.values() for k in group if k.id is not None]
    staged = [k.id for group in key_results.values() for k in group if k.metric == "stages" and k.id is not None]
    found = _Found(
        cycles=cycles,
        key_results=key_results,
        stages=_staged(stages_in(session, staged)),
        last=newest_of_each(session, every),
        requests=_asked(requests_on(session, ids)),
        shares=_shares(session, rows, reader),
        today=today,
    )
    return [_objective(row, found) for row in rows]


def _grouped(rows: Iterable[KeyResult]) -> dict[int, list[KeyResult]]:
    groups: dict[int, list[KeyResult]] = defaultdict(list)
    for row in rows:
        groups[row.objective_id].append(row)
    return groups


def _staged(rows: Iterable[Stage]) -> dict[int, list[Stage]]:
    groups: dict[int, list[Stage]] = defaultdict(list)
    for row in rows:
        groups[row.key_result_id].append(row)
    return groups


def _asked(rows: Iterable[Request]) -> dict[int, list[Request]]:
    groups: dict[int, list[Request]] = defaultdict(list)
    for row in rows:
        groups[row.objective_id].append(row)
    return groups


def _shares(session: Session, rows: Sequence[Objective], reader: int | None) -> dict[int, float]:
    """The weight of each published objective among those of its owner in its cycle that the reader may see."""
    owners = {(o.cycle_id, o.owner_kind, o.owner_id) for o in rows if o.state in ("published", "closed")}
    if not owners:
        return {}
    found = weights_beside(session, {c for c, _, _ in owners}, {i for _, _, i in owners})
    private = {row[0] for row in found if row[5] == "private"} - {o.id for o in rows}
    hidden = private - _known_to(session, reader, private) if reader is not None else set()
    siblings: dict[tuple[int, str, int], list[tuple[int, float | None]]] = defaultdict(list)
    for number, cycle, kind, owner, weight, _ in found:
        if number not in hidden:
            siblings[(cycle, kind, owner)].append((number, weight))
    shares: dict[int, float] = {}
    for group in siblings.values():
        shares |= dict(zip([n for n, _ in group], rules.weights([w for _, w in group]), strict=True))
    return shares


def _known_to(session: Session, reader: int, private: set[int]) -> set[int]:
    """Which of these private objectives a reader may see."""
    return {o.id for o in visible(session, reader, objectives_by_id(session, private).values()) if o.id is not None}


def _objective(row: Objective, found: _Found) -> ObjectiveView:
    assert row.id is not None
    cycle, requests = found.cycles[row.cycle_id], found.requests.get(row.id, [])
    key_results = found.key_results.get(row.id, [])
    counted = [k for k in key_results if not k.guardrail]
    share = dict(zip([k.id for k in counted], rules.weights([k.weight for k in counted]), strict=True))
    since = _since(row, cycle)
    end = row.due or cycle.end
    views = tuple(_key_result(k, f"KR{row.number}.{k.number}", share.get(k.id), (since, k.due or end), found) for k in key_results)
    done = rules.rolled_up([(v.weight or 0.0, v.progress) for v in views if v.weight is not None])
    pace = rules.expected(since, end, found.today)
    status = rules.objective_status([v.status for v in views if v.weight is not None], done, pace)
    return ObjectiveView(
        row, cycle, f"O{row.number}", found.shares.get(row.id), done, pace, status, views, tuple(requests), cycle.start <= found.today
    )


def _key_result(row: KeyResult, ref: str, weight: float | None, days: tuple[date, date], found: _Found) -> KeyResultView:
    assert row.id is not None
    stages = found.stages.get(row.id, [])
    share = rules.progress(measure(row, stages))
    held = row.guardrail or row.direction == "keep"
    standing = rules.Standing(share, days[0], days[1], row.checked_on, row.rhythm, "held" if held else "rising")
    return KeyResultView(
        row=row,
        ref=ref,
        weight=weight,
        progress=share,
        expected=1.0 if held else rules.expected(days[0], days[1], found.today),
        status=rules.status(standing, found.today),
        stages=tuple(stages),
        stage_weights=tuple(rules.weights([s.weight for s in stages])),
        requests=tuple(r for r in found.requests.get(row.objective_id, []) if r.key_result_id == row.id),
        last=found.last.get(row.id),
    )


def alone(session: Session, row: KeyResult, parent: Objective, today: date) -> KeyResultView:
    """A key result by itself as it stands on a day, without its weight, who works on it and its last check-in; mostly loaded already."""
    cycle = cycles_by_id(session, [parent.cycle_id])[parent.cycle_id]
    stages = stages_in(session, [row.id or 0]) if row.metric == "stages" else ()
    found = _Found(cycles={}, key_results={}, stages=_staged(stages), last={}, requests={}, shares={}, today=today)
    days = _since(parent, cycle), row.due or parent.due or cycle.end
    return _key_result(row, f"KR{parent.number}.{row.number}", None, days, found)


def _since(row: Objective, cycle: Cycle) -> date:
    """From which day on its pace is reckoned."""
    return max(cycle.start, row.published_at.date()) if row.published_at else cycle.start


def measure(row: KeyResult, stages: Sequence[Stage] = ()) -> rules.Measure:
    """What progress needs of a stored key result."""
    done = tuple((s.weight, s.done) for s in stages)
    return rules.Measure(row.metric, row.start, row.target, row.current, row.direction, row.bound, row.guardrail, done)
