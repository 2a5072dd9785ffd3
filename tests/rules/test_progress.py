"""Progress, weights, pace and status: what holds for any input whatever."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import progress as rules
from handlers.rules.calendar import elapsed
from handlers.rules.progress import Measure, Standing

WORST = ("off_track", "at_risk", "stale", "on_track")
shares = st.floats(0, 1000, allow_nan=False)
given_weights = st.lists(st.none() | st.floats(0, 3, allow_nan=False), min_size=1, max_size=40)
numbers = st.floats(-1e9, 1e9, allow_nan=False)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
statuses: Any = st.sampled_from(WORST)
measures = st.builds(
    Measure,
    metric=st.sampled_from(["number", "percent", "currency", "done", "stages"]),
    start=st.none() | numbers,
    target=st.none() | numbers,
    current=st.none() | numbers,
    direction=st.sampled_from(["up", "down", "keep"]),
    bound=st.sampled_from(["min", "max"]),
    guardrail=st.booleans(),
    stages=st.lists(st.tuples(st.none() | st.floats(0, 1), st.booleans()), max_size=6).map(tuple),
)


# ---------------------------------------------------------------- weights


@given(given_weights)
def test_weights_sum_to_one_whatever_was_given(weights: list[float | None]) -> None:
    found = rules.weights(weights)
    assert len(found) == len(weights)
    assert sum(found) == pytest.approx(1.0, abs=1e-9)
    assert all(share >= 0 for share in found)


@given(given_weights)
def test_what_was_given_is_kept_where_it_fits(weights: list[float | None]) -> None:
    said = sum(w for w in weights if w is not None)
    open_ones = [i for i, w in enumerate(weights) if w is None]
    found = rules.weights(weights)
    if open_ones and said < 1:
        assert max(found[i] for i in open_ones) - min(found[i] for i in open_ones) <= 1e-4
        assert all(abs(found[i] - w) <= 1e-4 for i, w in enumerate(weights) if w is not None)
    elif said > 0:
        assert all(abs(found[i] - (w or 0) / said) <= 1e-4 for i, w in enumerate(weights))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.data())
def test_weights_set_anew_sum_to_one_and_keep_what_was_said(before: list[float], data: st.DataObject) -> None:
    total = sum(before) or 1.0
    before = [share / total for share in before]
    places = data.draw(st.sets(st.integers(0, len(before) - 1), min_size=1, max_size=max(1, len(before) - 1)))
    said = data.draw(st.lists(st.floats(0, 1), min_size=len(places), max_size=len(places)))
    whole = max(1.0, sum(said))
    wanted = {place: share / whole for place, share in zip(sorted(places), said, strict=True)}
    if len(wanted) == len(before):
        wanted = {0: 1.0}
    found = rules.reweighed(before, wanted)
    assert sum(found) == pytest.approx(1.0, abs=1e-9)
    assert all(share >= -1e-9 for share in found)
    assert all(abs(found[place] - share) <= 1e-4 for place, share in wanted.items())
    others = [place for place in range(len(before)) if place not in wanted]
    for a in others:
        for b in others:
            assert abs(found[a] * before[b] - found[b] * before[a]) <= 1e-4  # in the same proportions as before


@given(given_weights)
def test_scaled_tells_when_what_was_given_does_not_stand(weights: list[float | None]) -> None:
    found = rules.weights(weights)
    kept = all(w is None or abs(share - w) <= 1e-4 for share, w in zip(found, weights, strict=True))
    if not rules.scaled(weights):
        assert kept


def test_no_weights_of_nothing() -> None:
    assert rules.weights([]) == []
    assert rules.weights([None] * 3) == pytest.approx([1 / 3] * 3, abs=1e-5)
    assert rules.weights([0.0, 0.0]) == [0.5, 0.5]
    assert rules.weights([0.6, None, None]) == [0.6, 0.2, 0.2]
    assert rules.weights([0.6, 0.6]) == [0.5, 0.5]
    assert rules.weights([1.0, None]) == [1.0, 0.0]


# ---------------------------------------------------------------- progress


@given(measures)
def test_progress_is_never_below_zero_and_always_a_number(measure: Measure) -> None:
    found = rules.progress(measure)
    assert found >= 0
    assert found == found  # noqa: PLR0124  (no NaN)
    if measure.current is None and measure.metric != "stages":
        assert found == 0


@given(start=numbers, target=numbers, share=st.floats(0, 1))
def test_progress_is_the_share_of_the_way_up_or_down(start: float, target: float, share: float) -> None:
    if abs(target - start) < 1e-3:
        return
    measure = Measure("number", start, target, start + (target - start) * share)
    assert rules.progress(measure) == pytest.approx(share, abs=1e-3)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure("number", 30, 50, 45), 0.75),
        (Measure("number", 9, 2, 2, "down"), 1.0),
        (Measure("number", 9, 2, 10, "down"), 0.0),
        (Measure("number", 30, 50, 60), 1.5),
        (Measure("number", 30, 50, 10), 0.0),
        (Measure("number", None, 50, 25), 0.5),
        (Measure("number", 50, 50, 50), 1.0),
        (Measure("number", 50, 50, 49), 0.0),
        (Measure("done", 0, 1, 1), 1.0),
        (Measure("done", 0, 1, 0), 0.0),
        (Measure("number", 0, None, 0.5), 0.0),
        (Measure("stages", 0, 1, None, stages=((0.3, True), (0.7, False))), 0.3),
        (Measure("stages", 0, 1, None, stages=((None, True), (None, False))), 0.5),
        (Measure("stages", 0, 1, None), 0.0),
    ],
)
def test_progress_by_example(measure: Measure, expected: float) -> None:
    assert rules.progress(measure) == pytest.approx(expected)


@given(line=numbers, current=numbers, bound=st.sampled_from(["min", "max"]), guardrail=st.booleans())
def test_keep_and_guardrails_hold_or_do_not(line: float, current: float, bound: str, guardrail: bool) -> None:
    measure = Measure("number", None, line, current, "up" if guardrail else "keep", bound, guardrail)
    held = current >= line if bound == "min" else current <= line
    assert rules.progress(measure) == (1.0 if held else 0.0)
    assert rules.holds(line, line, bound)


# ---------------------------------------------------------------- roll-up


@given(st.lists(st.tuples(st.none() | st.floats(0, 1), shares), min_size=1, max_size=20))
def test_a_roll_up_lies_between_its_parts_and_one_gap_is_filled_by_no_other(parts: list[tuple[float | None, float]]) -> None:
    weights = rules.weights([w for w, _ in parts])
    done = [p for _, p in parts]
    found = rules.rolled_up(list(zip(weights, done, strict=True)))
    assert min(1.0, *done) - 1e-5 <= found <= min(1.0, max(done)) + 1e-5
    assert found <= 1.0 + 1e-9


def test_a_roll_up_of_nothing_is_nothing() -> None:
    assert rules.rolled_up([]) == 0.0


# ---------------------------------------------------------------- pace and status


@given(start=days, length=st.integers(0, 400), today=days)
def test_pace_grows_from_nothing_to_all(start: date, length: int, today: date) -> None:
    end = start + timedelta(days=length)
    pace = rules.expected(start, end, today)
    assert 0 <= pace <= 1
    assert pace <= rules.expected(start, end, today + timedelta(days=1))
    assert rules.expected(start, end, start - timedelta(days=1)) == 0
    assert rules.expected(start, end, end) == 1
    assert elapsed(end, start - timedelta(days=1), today) == 1.0  # a range that is none is over


standings = st.builds(
    Standing,
    progress=st.floats(0, 3),
    since=days,
    end=days,
    checked_on=st.none() | days,
    rhythm=st.integers(1, 90),
    level=st.sampled_from(["rising", "held"]),
)


@given(standings, days)
def test_silence_is_never_green(standing: Standing, today: date) -> None:
    found = rules.status(standing, today)
    if standing.checked_on is None:
        assert found == "stale"
    elif (today - standing.checked_on).days > 2 * standing.rhythm and found != "stale":
        assert standing.level == "rising"  # what was reached stays reached, what must be held does not
        assert standing.progress >= 1


@given(standings, days)
def test_status_never_gets_worse_by_more_progress(standing: Standing, today: date) -> None:
    order = ("off_track", "at_risk", "on_track")
    more = Standing(standing.progress + 0.5, standing.since, standing.end, standing.checked_on, standing.rhythm, standing.level)
    before, after = rules.status(standing, today), rules.status(more, today)
    if before != "stale" and after != "stale":
        assert order.index(after) >= order.index(before)


@pytest.mark.parametrize(
    ("progress", "today", "expected"),
    [
        (0.0, date(2026, 10, 5), "on_track"),  # too early to say
        (0.5, date(2026, 11, 15), "on_track"),
        (0.3, date(2026, 11, 15), "at_risk"),
        (0.1, date(2026, 11, 15), "off_track"),
        (0.9, date(2026, 12, 31), "on_track"),
        (0.7, date(2026, 12, 31), "at_risk"),
        (0.4, date(2026, 12, 31), "off_track"),
    ],
)
def test_status_by_example(progress: float, today: date, expected: str) -> None:
    assert rules.status(Standing(progress, date(2026, 10, 1), date(2026, 12, 31), today, 7), today) == expected


def test_a_value_goes_stale_after_twice_its_rhythm() -> None:
    told = date(2026, 11, 1)
    standing = Standing(0.5, date(2026, 10, 1), date(2026, 12, 31), told, 7)
    assert rules.status(standing, told + timedelta(days=14)) != "stale"
    assert rules.status(standing, told + timedelta(days=15)) == "stale"


@given(st.lists(statuses, max_size=8), st.floats(0, 2), st.floats(0, 1))
def test_an_objective_is_never_green_over_silence_or_over_one_that_is_off(parts: list[Any], share: float, pace: float) -> None:
    found = rules.objective_status(parts, share, pace)
    if all(p == "stale" for p in parts):
        assert found == "stale"
    elif "off_track" in parts:
        assert found in ("at_risk", "off_track")
    if found == "stale":
        assert all(p == "stale" for p in parts)
