"""What comes first in a team's meeting."""

import pytest

from handlers.rules.agenda import MOST, ORDER, Concern, Kind, ranked


def concern(said: str) -> Concern:
    """`blocked k1 3`."""
    kind, about, by = said.split()
    return Concern(kind, about, float(by))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "first", "left"),
    [
        ("", "", 0),
        ("stale k1 9, off_track k2 0.1", "k2 k1", 0),
        ("overdue e1 30, blocked k1 0", "k1 e1", 0),
        ("at_risk k1 0.5, off_track k2 0.2", "k2 k1", 0),
        ("no_update k1 1, stale k2 2, overdue e3 9", "k2 k1 e3", 0),
        ("blocked k1 1, blocked k2 4, blocked k3 2", "k2 k3 k1", 0),
        ("off_track k1 0.2, off_track k2 0.2", "k1 k2", 0),
        ("off_track k1 0.9, blocked k1 1, at_risk k2 0.1", "k1 k2", 0),
        ("stale k1 1, stale k2 2, stale k3 3, stale k4 4, stale k5 5, stale k6 6, blocked k6 1", "k6 k5 k4 k3 k2", 1),
    ],
)
def test_order(given: str, first: str, left: int) -> None:
    top, more = ranked([concern(one) for one in given.split(", ") if one])
    assert ([c.about for c in top], more) == (first.split(), left)


def test_a_thing_is_said_once_and_for_its_most_urgent_reason() -> None:
    [only], left = ranked([Concern("stale", "k1", 9), Concern("blocked", "k1", 0)])
    assert (only.kind, left) == ("blocked", 0)


def test_every_kind_has_a_place_and_five_are_enough() -> None:
    kinds: tuple[Kind, ...] = ORDER
    top, left = ranked([Concern(kind, f"k{n}", 1) for n, kind in enumerate(reversed(kinds))])
    assert [c.kind for c in top] == list(kinds[:MOST])
    assert left == len(kinds) - MOST
