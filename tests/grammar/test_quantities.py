"""Numbers as people type them, and what only looks like one."""

from decimal import Decimal

import pytest

from bot.grammar import quantities
from bot.grammar.phrase import amount


@pytest.mark.parametrize(
    ("typed", "readings", "unit"),
    [
        ("45", ["45"], ""),
        ("４５．６％", ["45.6"], "%"),
        ("3。5", ["3.5"], ""),
        ("1.2万", ["12000"], ""),
        ("3亿元", ["300000000"], "元"),
        ("¥3.4M", ["3400000"], "¥"),
        ("-$1,200", ["-1200"], "$"),
        ("HK$3k", ["3000"], "HK$"),
        ("3,400", ["3400"], ""),
        ("3，400", ["3400"], ""),
        ("3.400", ["3.4", "3400"], ""),
        ("1,2", ["1.2", "12"], ""),
        ("1.234.567", ["1234567"], ""),
        ("12,34,567", ["1234567"], ""),
        ("1000.1", ["1000.1"], ""),
        ("三百二十", ["320"], ""),
        ("两千五", ["2500"], ""),
        ("一万二", ["12000"], ""),
        ("百分之三十", ["30"], "%"),
        ("5w", ["50000", "5"], ""),
        ("45 percent", ["45"], "%"),
        ("5个百分点", ["5"], "个百分点"),
    ],
)
def test_reads(typed: str, readings: list[str], unit: str) -> None:
    found = quantities.read(typed)
    assert found is not None
    assert ([f"{r:f}" for r in found.readings], found.unit, found.raw) == (readings, unit, typed)


@pytest.mark.parametrize(
    "typed", ["1.2.3", "2026-11-20", "11/20", "17:30", "07", "3rd", "5pm", "3点", "11月20日", "v2", "千万", "1,2,3", "9" * 50]
)
def test_is_no_quantity(typed: str) -> None:
    assert quantities.read(typed) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("涨到1.2万，利润 ¥3.4M。", ["1.2万", "¥3.4M"]),
        ("签了三十家，一百二十个线索", ["三十家", "一百二十个"]),
        ("双十一卖了3亿元，第3次，十分好，千万别，万一", ["3亿元"]),
        ("v1.2.3 on 2026-11-20 at 17:30, call 138 0013 8000 or 13812345678", []),
        ("B2B, O1, KR1.2, Q3, covid-19, a@b5.com, #123, http://x.y/45", []),
        ("40->45", ["40", "45"]),
        ("5-7 people, 24/7, 2nd", []),
    ],
)
def test_finds(text: str, found: list[str]) -> None:
    assert [quantity.raw for _, _, quantity in quantities.find(text)] == found


@pytest.mark.parametrize(("value", "unit"), [("3.125", ""), ("3.4", "¥"), ("-3.125", "%"), ("1200", "users"), ("0", "")])
def test_an_amount_has_one_reading(value: str, unit: str) -> None:
    said = amount(Decimal(value), unit)
    assert quantities.read(said.raw) == said
    assert said.readings == (Decimal(value),)
