"""Which cycle runs: exactly one on every day, whatever is open and however the rest is cut."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import LENGTHS, Span, span_named, span_of
from handlers.rules.planning import fitted, following, running

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)
lengths = st.sampled_from(sorted(LENGTHS))
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def regular(name: str) -> Span:
    span = span_named(name)
    assert span is not None
    return span


@st.composite
def opened(draw: st.DrawFn) -> list[Span]:
    """Cycles that follow each other with or without gaps, as they were opened under one cut after another."""
    at, spans = draw(st.dates(date(2025, 6, 1), date(2026, 6, 1))), []
    for n in range(draw(st.integers(0, 5))):
        at += draw(st.sampled_from([timedelta(), timedelta(), timedelta(days=9), timedelta(days=60)]))
        end = at + draw(st.integers(5, 200)) * DAY
        spans.append(Span(f"custom {n}", at, end))
        at = end + DAY
    return spans


@given(days, opened(), lengths)
def test_one_cycle_runs_on_every_day(day: date, spans: list[Span], length: str) -> None:
    runs = running(day, spans, length)
    assert runs.start <= day <= runs.end
    if runs not in spans:
        assert not [s for s in spans if s.start <= day <= s.end]
        assert span_of(day, length).start <= runs.start
        assert runs.end <= span_of(day, length).end


@given(days, opened(), lengths)
def test_the_next_cycle_begins_the_day_after(day: date, spans: list[Span], length: str) -> None:
    runs = running(day, spans, length)
    after = following(runs, spans, length)
    assert after.start <= runs.end + DAY <= after.end
    if after not in spans and not [s for s in spans if runs.overlaps(s.start, s.end) and s != runs]:
        assert after.start == runs.end + DAY


@given(days, opened(), lengths, lengths)
def test_another_cut_changes_nothing_that_is_open(day: date, spans: list[Span], before: str, after: str) -> None:
    runs = running(day, spans, before)
    assert running(day, [*spans, runs], after) == runs or runs in spans


@given(opened(), lengths, st.integers(2, 6))
def test_opening_one_after_the_other_leaves_no_gap(spans: list[Span], length: str, count: int) -> None:
    at = running(TODAY, spans, length)
    line = [at]
    for _ in range(count):
        at = following(at, [*spans, *line], length)
        line.append(at)
    for one, two in itertools.pairwise(line):
        assert two.start <= one.end + DAY <= two.end


def test_from_quarters_to_months_in_the_middle_of_a_quarter() -> None:
    quarter = regular("2026Q4")
    assert running(TODAY, [quarter], "month") == quarter
    assert following(quarter, [quarter], "month") == regular("2027M01")
    assert running(TODAY, [], "month") == regular("2026M11")


def test_from_quarters_to_years_in_the_middle_of_a_year() -> None:
    quarter = regular("2027Q1")
    rest = Span("2027", date(2027, 4, 1), date(2027, 12, 31))
    assert following(quarter, [quarter], "year") == rest
    assert following(rest, [quarter, rest], "year") == regular("2028")


def test_of_two_that_are_open_the_one_that_began_last_runs() -> None:
    quarter, sprint = regular("2026Q4"), Span("Sprint", date(2026, 11, 10), date(2026, 11, 30))
    assert running(TODAY, [quarter, sprint], "quarter") == sprint
    assert running(date(2026, 12, 1), [quarter, sprint], "quarter") == quarter
    assert running(date(2026, 11, 9), [sprint, quarter], "quarter") == quarter


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (Span("a", date(2027, 1, 1), date(2027, 1, 31)), ("2027-02-01", "2027-03-31")),
        (Span("a", date(2027, 3, 1), date(2027, 6, 30)), ("2027-01-01", "2027-02-28")),
        (Span("a", date(2027, 2, 1), date(2027, 2, 28)), ("2027-01-01", "2027-03-31")),
        (Span("a", date(2026, 12, 1), date(2027, 3, 31)), None),
    ],
)
def test_a_cycle_takes_the_days_that_are_left(taken: Span, left: tuple[str, str] | None) -> None:
    found = fitted(regular("2027Q1"), [taken], TODAY)
    assert (None if found is None else (found.start.isoformat(), found.end.isoformat())) == left
