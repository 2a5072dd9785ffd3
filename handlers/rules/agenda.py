"""What is worth a team's time, most urgent first: one reason for each thing, by what it is and by how much. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["blocked", "off_track", "at_risk", "stale", "no_update", "overdue"]
# The most urgent first: what somebody waits for, what drifts, what nobody has heard of, what was promised and is late.
ORDER: tuple[Kind, ...] = ("blocked", "off_track", "at_risk", "stale", "no_update", "overdue")
MOST = 5


@dataclass(frozen=True)
class Concern:
    """Why something may be worth talking about. about: what it is ("k12", "e5"). by: how many days, or how far behind the pace."""

    kind: Kind
    about: str
    by: float


def ranked(concerns: Sequence[Concern], most: int = MOST) -> tuple[list[Concern], int]:
    """The most urgent of them, each thing once, and how many more there are. Where two are alike, what was there first."""
    in_order = sorted(concerns, key=lambda c: (ORDER.index(c.kind), -c.by))
    first: dict[str, Concern] = {}
    for concern in in_order:
        first.setdefault(concern.about, concern)
    found = list(first.values())
    return found[:most], max(0, len(found) - most)
