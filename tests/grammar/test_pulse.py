"""What the commands about being asked hold, where their phrase does not show it."""

import pytest

from bot.commands import Away, Command, Prose, Quiet, Remind, Snooze, When, Workdays
from bot.grammar import parse, weekdays

TODAY, FRIDAY = When("days"), When("weekday", n=4)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("remind me at 17:25", Remind(17 * 60 + 25)),
        ("remind me off", Remind(on=False)),
        ("remind me at 25:99", Remind(typed="25:99")),
        ("workdays Mon-Sat / Mon-Fri", Workdays(weekdays.BIG, weekdays.SMALL, "big")),
        ("大小周 本周小周", Workdays(weekdays.SMALL, weekdays.BIG, "small")),
        ("大小周", Workdays(weekdays.BIG, weekdays.SMALL)),
        ("workdays Fri-Mon", Workdays((0, 4, 5, 6))),
        ("workdays", Workdays()),
        ("workdays default", Workdays(typed="default")),
        ("away", Away()),
        ("away until Friday", Away(end=FRIDAY)),
        ("away on Friday", Away(FRIDAY, FRIDAY)),
        ("away from Friday", Away(FRIDAY)),
        ("away on Friday morning", Away(FRIDAY, FRIDAY, part="am")),
        ("今天下午请假", Away(TODAY, TODAY, part="pm")),
        ("sick", Away(TODAY, TODAY)),
        ("ooo for a week", Away(days=5)),
        ("明天请两天假", Away(When("days", shift=1), days=2)),
        ("下周一到周三请假", Away(When("weekday", n=0, shift=1), When("weekday", n=2, shift=1))),
        ("away from next Monday to this Wednesday", Away(When("weekday", n=0, shift=1), When("weekday", n=2))),
        ("请半天假", Away(typed="半天")),
        ("quiet 8pm-8", Quiet(20 * 60, 8 * 60)),
        ("quiet off", Quiet(off=True)),
        ("quiet 8-8", Quiet(typed="8-8")),
        ("snooze", Snooze(60)),
        ("snooze 24h #q12", Snooze(24 * 60, "q12")),
        ("明早", Snooze(0)),
        ("snooze 25h", Snooze(typed="25h")),
        ("snooze 0 min", Snooze(typed="0 min")),
    ],
)
def test_holds(typed: str, meant: Command) -> None:
    assert parse(typed) == meant
    assert parse(typed, checkin_first=True) == meant


@pytest.mark.parametrize("word", ["snooze", "away", "remind me", "quiet", "workdays", "why", "country", "我"])
def test_a_word_with_much_space_behind_it_is_no_command(word: str) -> None:
    assert isinstance(parse(f"{word}{' ' * 200_000}and more of it"), Prose)
