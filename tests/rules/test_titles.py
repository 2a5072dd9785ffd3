"""A key result's title keeps step with its numbers, and is left alone where it would come to mean something else."""

from decimal import Decimal

import pytest

from handlers.rules.titles import renumbered


@pytest.mark.parametrize(
    ("title", "old", "typed", "wanted", "becomes"),
    [
        ("NPS from 30 to 50", 50, "70", (30, 70), "NPS from 30 to 70"),
        ("NPS from 30 to 50", 30, "35", (35, 50), "NPS from 35 to 50"),
        ("NPS 从30提升到50", 50, "70", (30, 70), "NPS 从30提升到70"),
        ("Churn from 9% to 4%", 4, "3", (9, 3), "Churn from 9% to 3%"),
        ("Churn from 9% to 4%", 4, "3%", (9, 3), "Churn from 9% to 3%"),
        ("Revenue from $12k to $3.4M", 3_400_000, "$4M", (12_000, 4_000_000), "Revenue from $12k to $4M"),
        ("Win 50 shops", 50, "60", (None, 60), "Win 60 shops"),
        ("NPS of shops", 50, "70", (30, 70), "NPS of shops"),  # the numbers stand elsewhere
        ("50 shops with 50 people", 50, "60", (None, 60), "60 shops with 50 people"),  # the one that it measures
        ("Grow in 2027", 50, "60", (None, 60), "Grow in 2027"),
    ],
)
def test_renumbered(title: str, old: int, typed: str, wanted: tuple[int | None, int], becomes: str) -> None:
    start, target = (None if n is None else Decimal(n) for n in wanted)
    assert renumbered(title, Decimal(old), typed, (start, target)) == becomes
