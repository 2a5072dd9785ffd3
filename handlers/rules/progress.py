"""What values come to: progress, weights, pace and status. Progress is computed and never mixed with confidence or score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.replies import Status
from handlers.rules.calendar import elapsed

ON_TRACK_FROM = 0.8
AT_RISK_FROM = 0.5
TOO_EARLY = 0.1


@dataclass(frozen=True)
class Measure:
    """What progress needs of a key result. stages: (given weight or None, done)."""

    metric: str
    start: float | None
    target: float | None
    current: float | None
    direction: str = "up"
    bound: str = "min"
    guardrail: bool = False
    stages: tuple[tuple[float | None, bool], ...] = ()


def progress(measure: Measure) -> float:
    """0.0–1.0, may exceed 1.0, never below 0.0. Without a value yet it is 0.0."""
    if measure.metric == "stages":
        return staged(measure.stages)
    if measure.current is None:
        return 0.0
    if measure.metric == "done" or measure.target is None:
        return 1.0 if measure.current >= 1 else 0.0
    if measure.direction == "keep" or measure.guardrail:
        return 1.0 if holds(measure.current, measure.target, measure.bound) else 0.0
    start = measure.start or 0.0
    if measure.target == start:
        return 1.0 if measure.current >= measure.target else 0.0
    return max(0.0, (measure.current - start) / (measure.target - start))


def staged(stages: Sequence[tuple[float | None, bool]]) -> float:
    """The summed weights of the stages that are done."""
    shares = weights([weight for weight, _ in stages])
    return round(sum(share for share, (_, done) in zip(shares, stages, strict=True) if done), 9)


def holds(current: float, line: float, bound: str) -> bool:
    """Whether a guarded value is on the right side of its line; on the line is right."""
    return current >= line if bound == "min" else current <= line


def weights(given: Sequence[float | None]) -> list[float]:
    """Shares that sum to 1.0. What was given is kept where it fits, the rest is shared equally among those not given.

    Given shares that leave no room, or do not fill it, are scaled.
    """
    if not given:
        return []
    said = sum(w for w in given if w is not None)
    open_ones = sum(1 for w in given if w is None)
    if open_ones and said < 1:
        each = (1 - said) / open_ones
        return _exact([each if w is None else w for w in given])
    if said <= 0:
        return _exact([1 / len(given)] * len(given))
    return _exact([0.0 if w is None else w / said for w in given])


def _exact(shares: list[float]) -> list[float]:
    """The same shares with the rounding error put on the largest, so that they sum to 1.0."""
    shares = [round(share, 6) for share in shares]
    largest = max(range(len(shares)), key=shares.__getitem__)
    shares[largest] = round(shares[largest] + 1 - sum(shares), 6)
    return shares


def reweighed(before: Sequence[float], wanted: Mapping[int, float]) -> list[float]:
    """Shares that sum to 1.0: at the places of `wanted` what was wanted (sum at most 1.0, and just 1.0 when it names every place),
    elsewhere what is left, in the proportions of `before`.
    """
    left = max(0.0, 1 - sum(wanted.values()))
    others = [place for place in range(len(before)) if place not in wanted]
    whole = sum(before[place] for place in others)
    return _exact([wanted[p] if p in wanted else left * (before[p] / whole if whole > 0 else 1 / len(others)) for p in range(len(before))])


def scaled(given: Sequence[float | None]) -> bool:
    """Whether `weights` had to change what was given."""
    said = [w for w in given if w is not None]
    return bool(said) and (sum(said) > 1 + 1e-9 or (len(said) == len(given) and abs(sum(said) - 1) > 1e-9))


def rolled_up(parts: Sequence[tuple[float, float]]) -> float:
    """Progress of an objective from (weight, progress) of its key results; one that is beyond its target fills no other's gap."""
    return round(sum(weight * min(1.0, share) for weight, share in parts), 6)


def expected(start: date, end: date, today: date) -> float:
    """The pace: how far a thing would be today if it went evenly, 0.0–1.0."""
    return elapsed(start, end, today)


@dataclass(frozen=True)
class Standing:
    """What a status is made of. checked_on: the day of the last value, None for never; since: when it began to count."""

    progress: float
    since: date
    end: date
    checked_on: date | None
    rhythm: int
    level: Literal["rising", "held"] = "rising"


def status(standing: Standing, today: date) -> Status:
    """on_track, at_risk or off_track by progress against pace; stale without a value or after twice its rhythm. Silence is never green."""
    if standing.checked_on is None or (today - standing.checked_on).days > 2 * standing.rhythm:
        return "on_track" if standing.checked_on and standing.progress >= 1 and standing.level == "rising" else "stale"
    if standing.level == "held":
        return "on_track" if standing.progress >= 1 else "off_track"
    pace = expected(standing.since, standing.end, today)
    if standing.progress >= pace * ON_TRACK_FROM or pace <= TOO_EARLY:
        return "on_track"
    return "at_risk" if standing.progress >= pace * AT_RISK_FROM else "off_track"


_WORST: tuple[Status, ...] = ("off_track", "at_risk", "stale", "on_track")


def objective_status(of_key_results: Sequence[Status], share: float, pace: float) -> Status:
    """An objective's status: stale when all of it is, else its own progress against pace, and never better than at risk
    while one of its key results is off track."""
    if not of_key_results or all(status == "stale" for status in of_key_results):
        return "stale"
    own: Status = "on_track" if share >= pace * ON_TRACK_FROM or pace <= TOO_EARLY else "at_risk"
    if share < pace * AT_RISK_FROM and pace > TOO_EARLY:
        own = "off_track"
    worst = min(of_key_results, key=_WORST.index)
    return "at_risk" if own == "on_track" and worst == "off_track" else own
