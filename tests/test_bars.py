"""The bar beside a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bars import EMPTY, FULL, bar


@pytest.mark.parametrize(("progress", "filled"), [(-1, 0), (0, 0), (0.001, 1), (0.3, 3), (0.45, 4), (0.999, 9), (1, 10), (1.7, 10)])
def test_bar(progress: float, filled: int) -> None:
    assert bar(progress) == FULL * filled + EMPTY * (10 - filled)


@given(st.floats(allow_nan=False, min_value=-10, max_value=10), st.integers(1, 40))
def test_never_full_before_it_is_reached_nor_empty_once_begun(progress: float, cells: int) -> None:
    drawn = bar(progress, cells)
    assert len(drawn) == cells
    assert (EMPTY not in drawn) == (progress >= 1) or cells == 1 or progress > 1 - 1e-8
    assert (FULL in drawn) == (progress > 0)
