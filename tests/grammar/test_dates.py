"""Days as people say them, on Monday 23 November 2026."""

from datetime import date

import pytest

from bot.grammar import dates

MONDAY = date(2026, 11, 23)
CYCLE_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("said", "past", "future"),
    [
        ("2026-12-20", None, "2026-12-20"),
        ("2026年12月20日", None, "2026-12-20"),
        ("12月20日", "2025-12-20", "2026-12-20"),
        ("12/20", "2025-12-20", "2026-12-20"),
        ("20/12", "2025-12-20", "2026-12-20"),
        ("11-20", "2026-11-20", "2027-11-20"),
        ("Dec 20", "2025-12-20", "2026-12-20"),
        ("20 December 2026", None, "2026-12-20"),
        ("20号", "2026-11-20", "2026-12-20"),
        ("the 31st", "2026-10-31", "2026-12-31"),
        ("2-29", "2024-02-29", "2028-02-29"),
        ("today", "2026-11-23", "2026-11-23"),
        ("昨天", "2026-11-22", None),
        ("前天", "2026-11-21", None),
        ("3天前", "2026-11-20", None),
        ("明天", None, "2026-11-24"),
        ("Monday", "2026-11-23", "2026-11-23"),
        ("Friday", "2026-11-20", "2026-11-27"),
        ("周五", "2026-11-20", "2026-11-27"),
        ("上周五", "2026-11-20", None),
        ("下周三", None, "2026-12-02"),
        ("月底", "2026-10-31", "2026-11-30"),
        ("下月底", None, "2026-12-31"),
        ("11月底", "2025-11-30", "2026-11-30"),
        ("end of November", "2025-11-30", "2026-11-30"),
        ("季度末", None, "2026-12-31"),
        ("end of the quarter", None, "2026-12-31"),
    ],
)
def test_means(said: str, past: str | None, future: str | None) -> None:
    when = dates.read(said)
    assert when is not None
    assert dates.past(when, MONDAY) == (date.fromisoformat(past) if past else None)
    assert dates.future(when, MONDAY, CYCLE_END) == (date.fromisoformat(future) if future else None)


@pytest.mark.parametrize("said", ["02-30", "2026-02-29", "13-01", "45", "1.2", "may", "Friday afternoon", "上上周五", "0号", "32号"])
def test_is_no_day(said: str) -> None:
    assert dates.read(said) is None


def test_finds_days_in_a_sentence() -> None:
    text = "I sat in the sun; done by Friday, launch 12月20日前"
    assert [text[begin:end] for begin, end, _ in dates.find(text)] == ["Friday", "12月20日"]
