"""Times of the day and spans as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar import times
from tests.grammar.test_properties import ANY_TEXT


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("17:25", "17:25"),
        ("9:05", "09:05"),
        ("17.25", "17:25"),
        ("１７：２５", "17:25"),
        ("17h25", "17:25"),
        ("17h", "17:00"),
        ("5:25pm", "17:25"),
        ("5.25 p.m.", "17:25"),
        ("5 pm", "17:00"),
        ("9AM", "09:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12:30 am", "00:30"),
        ("24:00", "00:00"),
        ("17", "17:00"),
        ("noon", "12:00"),
        ("Midnight", "00:00"),
        ("中午", "12:00"),
        ("17点25", "17:25"),
        ("17点25分", "17:25"),
        ("17时", "17:00"),
        ("十七点半", "17:30"),
        ("下午5点半", "17:30"),
        ("下午五点", "17:00"),
        ("下午5点一刻", "17:15"),
        ("下午 5:25", "17:25"),
        ("晚上8点", "20:00"),
        ("晚8点", "20:00"),
        ("晚上12点", "00:00"),
        ("早上8点零5分", "08:05"),
        ("上午九点", "09:00"),
        ("凌晨1点", "01:00"),
        ("中午1点", "13:00"),
        ("中午12点", "12:00"),
        ("下午12点", "12:00"),
        ("零点", "00:00"),
    ],
)
def test_is_the_time(said: str, clock: str) -> None:
    minutes = times.read(said)
    assert minutes is not None
    assert times.say(minutes) == clock


@pytest.mark.parametrize(
    "said",
    [
        "",
        "25:00",
        "24:01",
        "17:60",
        "25:99",
        "5",
        "9",
        "5点",
        "八点半",
        "9 o'clock",
        "上午17点",
        "13am",
        "noonish",
        "17:25:30",
        "17:25 Uhr",
        "下午",
        "点",
    ],
)
def test_is_no_time(said: str) -> None:
    assert times.read(said) is None


def test_an_hour_alone_is_one_where_the_other_told_which_half_of_the_day() -> None:
    assert times.read("8", loose=True) == times.read("8点", loose=True) == 8 * 60


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("1h", 60),
        ("2 hours", 120),
        ("1h 30m", 90),
        ("1h30", 90),
        ("an hour", 60),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("30 min", 30),
        ("ten minutes", 10),
        ("0 min", 0),
        ("2 days", 2880),
        ("1小时", 60),
        ("两个小时", 120),
        ("半小时", 30),
        ("一个半小时", 90),
        ("三十分钟", 30),
        ("一刻钟", 15),
    ],
)
def test_is_the_span(said: str, minutes: int) -> None:
    assert times.span(said) == minutes


@pytest.mark.parametrize("said", ["", "1", "hour", "a while", "until 5", "5pm", "1 hour ago", "几小时"])
def test_is_no_span(said: str) -> None:
    assert times.span(said) is None


@given(ANY_TEXT)
def test_any_text_is_read(text: str) -> None:
    for read in (times.read(text), times.read(text, loose=True)):
        assert read is None or 0 <= read < times.DAY
    assert (times.span(text) or 0) >= 0


@given(st.integers(0, times.DAY - 1))
def test_a_time_that_is_said_is_read_back(minutes: int) -> None:
    assert times.read(times.say(minutes)) == minutes
