"""What a score says and what scores come to. A score is judged by an owner, is never computed, and feeds neither pay nor appraisal."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

Band = Literal["short", "part", "there"]

PART_FROM = 0.4
THERE_FROM = 0.7
LATE = timedelta(days=30)
_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=6)
_WHOLE = 1 - 1e-9


def band(score: float) -> Band:
    """short below 0.4, part below 0.7, there from 0.7 on."""
    if score < PART_FROM:
        return "short"
    return "part" if score < THERE_FROM else "there"


def rolled_up(parts: Sequence[tuple[float, float | None]]) -> float | None:
    """The weighted mean of (weight, score) over what has a score, 0.0–1.0; None where nothing has. Weights need not sum to 1.0.

    Parts that have a score and no weight among them count alike.
    """
    scored = [(weight, score) for weight, score in parts if score is not None]
    whole = sum(weight for weight, _ in scored)
    if not scored:
        return None
    if whole <= 0:
        return round(sum(score for _, score in scored) / len(scored), 6)
    return round(min(1.0, max(0.0, sum(weight * score for weight, score in scored) / whole)), 6)


def of_objective(parts: Sequence[tuple[float, float | None]]) -> float | None:
    """An objective's score from (weight, score) of the key results that count: None until each of them has one."""
    return None if any(score is None for _, score in parts) else rolled_up(parts)


def suggested(typed: float) -> tuple[float, ...]:
    """What a number outside 0–1 was likely meant to be: 7 is 0.7, 70 is 0.7, 10 is 1.0 of ten or 0.1; () where nothing is likely."""
    if typed != int(typed) or not 1 < typed <= 100:
        return ()
    if typed == 10:
        return 1.0, 0.1
    return (typed / 10 if typed < 10 else typed / 100,)


def asks_for_scores(end: date, cycle_end: date, start: date | None = None) -> bool:
    """Whether the review of a period is the month's last one, or its cycle's. start: of a period longer than a week that is no 旬."""
    start = start or end - _A_WEEK
    month_ends = start.replace(day=1) != (end + _DAY).replace(day=1)
    return month_ends or start <= cycle_end <= end


def too_late(cycle_end: date, today: date) -> bool:
    """Whether a cycle ended so long ago that its scores stand."""
    return today > cycle_end + LATE


def asks_boldness(kind: str, score: float | None) -> bool:
    """Whether an aspirational objective was reached in full, so that it may have been too easy."""
    return kind == "aspirational" and score is not None and score >= _WHOLE


def asks_post_mortem(kind: str, score: float | None) -> bool:
    """Whether a committed objective fell short of what was committed."""
    return kind == "committed" and score is not None and score < _WHOLE
