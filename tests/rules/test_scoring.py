"""What a score says, what scores come to, and when they are asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import scoring
from handlers.rules.copies import is_copy
from handlers.rules.periods import period_of, review_on
from handlers.rules.progress import weights


@pytest.mark.parametrize(
    ("score", "band"),
    [(0.0, "short"), (0.39, "short"), (0.4, "part"), (0.69, "part"), (0.7, "there"), (1.0, "there"), (0.35, "short"), (0.65, "part")],
)
def test_a_band_has_no_gap(score: float, band: str) -> None:
    assert scoring.band(score) == band


SHARE = st.floats(0, 1).map(lambda x: round(x, 4))
SOME = st.one_of(st.none(), SHARE)


@given(st.lists(st.tuples(SHARE, SOME), max_size=12))
def test_a_roll_up_lies_between_its_parts(parts: list[tuple[float, float | None]]) -> None:
    rolled = scoring.rolled_up(parts)
    scored = [score for _, score in parts if score is not None]
    if not scored:
        assert rolled is None
        return
    assert rolled is not None
    assert 0 <= rolled <= 1
    assert min(scored) - 1e-6 <= rolled <= max(scored) + 1e-6


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(0.01, 1)), SHARE), min_size=1, max_size=12))
def test_the_weights_of_key_results_are_used(given_: list[tuple[float | None, float]]) -> None:
    shares = weights([weight for weight, _ in given_])
    parts = [(share, score) for share, (_, score) in zip(shares, given_, strict=True)]
    assert scoring.of_objective(parts) == pytest.approx(sum(share * score for share, score in parts), abs=1e-5)


def test_an_objective_waits_for_each_of_its_key_results() -> None:
    assert scoring.of_objective([(0.5, 0.7), (0.5, None)]) is None
    assert scoring.of_objective([]) is None
    assert scoring.rolled_up([(0.5, 0.7), (0.5, None)]) == 0.7, "a person's or a team's is that of what has a score"
    assert scoring.rolled_up([(0.0, 0.2), (0.0, 0.4)]) == pytest.approx(0.3)
    assert scoring.rolled_up([(0.75, 0.4), (0.25, 0.8)]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(7, (0.7,)), (70, (0.7,)), (65, (0.65,)), (100, (1.0,)), (10, (1.0, 0.1)), (1.2, ()), (-3, ()), (120, ()), (0.5, ())],
)
def test_what_was_likely_meant(typed: float, meant: tuple[float, ...]) -> None:
    assert scoring.suggested(typed) == pytest.approx(meant)


@pytest.mark.parametrize(
    ("end", "cycle_end", "asked"),
    [
        (date(2026, 11, 30), date(2026, 12, 31), True),
        (date(2026, 11, 20), date(2026, 12, 31), False),
        (date(2026, 11, 10), date(2026, 12, 31), False),
        (date(2026, 12, 31), date(2026, 12, 31), True),
        (date(2027, 2, 28), date(2027, 3, 31), True),
        (date(2026, 11, 20), date(2026, 11, 18), True),
        (date(2026, 11, 22), date(2026, 12, 31), False),
        (date(2026, 11, 29), date(2026, 12, 31), False),
        (date(2026, 12, 6), date(2026, 12, 31), True),
    ],
)
def test_scores_are_asked_at_the_last_review_of_a_month_and_of_a_cycle(end: date, cycle_end: date, asked: bool) -> None:
    assert scoring.asks_for_scores(end, cycle_end) is asked


@pytest.mark.parametrize("kind", ["xun", "week", "fortnight"])
def test_scores_are_asked_once_a_month_whatever_the_rhythm(kind: str) -> None:
    days = [date(2025, 11, 1) + timedelta(days=n) for n in range(460)]
    asked = []
    for day in days:
        looked, period = review_on(day, kind, lambda d: d.weekday() < 5), period_of(day, kind)
        if looked and scoring.asks_for_scores(looked[1], date(2030, 1, 1), period.start):
            asked.append(period)
    lasts = [day for n in range(-20, 500) if ((day := days[0] + timedelta(days=n)) + timedelta(days=1)).day == 1]
    assert all(any(period.start <= last <= period.end for last in lasts) for period in asked)
    assert [sum(period.start <= last <= period.end for period in asked) for last in lasts if last.year == 2026] == [1] * 12


def test_scores_stand_a_month_after_the_cycle() -> None:
    assert not scoring.too_late(date(2026, 12, 31), date(2027, 1, 30))
    assert scoring.too_late(date(2026, 12, 31), date(2027, 1, 31))


def test_what_an_objectives_score_asks() -> None:
    assert scoring.asks_boldness("aspirational", 1.0)
    assert not scoring.asks_boldness("aspirational", 0.99)
    assert not scoring.asks_boldness("committed", 1.0)
    assert scoring.asks_post_mortem("committed", 0.99)
    assert not scoring.asks_post_mortem("committed", 1.0)
    assert not scoring.asks_post_mortem("aspirational", 0.2)
    assert not scoring.asks_boldness("aspirational", None)
    assert not scoring.asks_post_mortem("committed", None)


@pytest.mark.parametrize(
    ("old", "new", "copy"),
    [
        (("NPS from 30 to 50", 50.0), ("NPS from 30 to 50", 50.0), True),
        (("NPS from 30 to 50", 50.0), ("nps  from 45 to 50!", 50.0), True),
        (("NPS from 30 to 50", 50.0), ("NPS from 45 to 60", 60.0), False),
        (("NPS from 30 to 50", 50.0), ("Promoters from 30 to 50", 50.0), False),
        (("ＮＰＳ 从30提升到50", 50.0), ("NPS从45提升到50。", 50.0), True),
        (("The help pages are public", None), ("the help pages are public.", None), True),
        (("The help pages are public", None), ("half of the help pages are public", None), False),
        (("Phase 1 is live", None), ("Phase 2 is live", None), False),
        (("The help pages are public", None), ("The help pages are public", 50.0), False),
    ],
)
def test_a_copy_says_nothing_new(old: tuple[str, float | None], new: tuple[str, float | None], copy: bool) -> None:
    assert is_copy(old, new) is copy
