"""What may stand behind `cycles`: how they are cut, and one of one's own from a day to a day."""

import re
from typing import Literal

from bot.commands import Command, CutCycles, Cycles, OpenCycle, When
from bot.grammar import cycles, dates, people, rest
from bot.grammar.cursor import Cursor

Length = Literal["quarter", "two months", "month", "year"]

_LENGTHS: dict[Length, tuple[str, ...]] = {
    "quarter": ("quarter", "quarterly", "quarters", "by quarter", "季度", "按季度", "按季", "每季度"),
    "two months": ("two months", "2 months", "every two months", "bimonthly", "双月", "按双月", "两个月", "每两个月"),
    "month": ("month", "monthly", "months", "by month", "月度", "按月", "按月度", "每月"),
    "year": ("year", "yearly", "annual", "annually", "by year", "年度", "按年", "按年度", "每年"),
}
_NAME = re.compile(r"[^\n@#\"“”]{1,60}?(?=\s*(?:(?<![A-Za-z])from\s|[从由:]))", re.IGNORECASE)
_QUOTED = re.compile(people.ANY_QUOTED)
_FROM = re.compile(r"\s*(?::\s*)?(?:from\s+|[从由]\s*)|\s*:\s*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:(?:to|until|till|through)\s+|[-–—到至~]\s*)", re.IGNORECASE)
_DAYS = ("date", "month_day", "month_end")
_NOT_ONE = ("time", "times", "count", "length")


def cycles_(cursor: Cursor) -> Command | None:
    """`cycles`, `cycles two months`, `cycle H1 from 2027-01-01 to 2027-06-30`."""
    if rest.ended(cursor):
        return Cycles()
    said = " ".join(cursor.folded[cursor.position :].strip(" :.。!！").lower().split())
    length = next((length for length, words in _LENGTHS.items() if said in words), None)
    return CutCycles(length) if length else _opened(cursor)


def _opened(cursor: Cursor) -> OpenCycle | None:
    cursor.take(rest.SPACE)
    name = _name(cursor)
    start = _day(cursor) if name and cursor.take(_FROM) else None
    end = _day(cursor) if start and cursor.take(_TO) else None
    return OpenCycle(name, start, end) if start and end and rest.ended(cursor) else None


def _name(cursor: Cursor) -> str:
    found = cursor.take(_QUOTED)
    if found:
        return people.unquoted(cursor.typed(found)).strip()
    found = cursor.take(_NAME)
    typed = cursor.typed(found).strip() if found else ""
    return "" if typed.lower() in _NOT_ONE else cycles.normal(typed)


def _day(cursor: Cursor) -> When | None:
    found = dates.match(cursor.text, cursor.position)
    if found is None or found[1].kind not in _DAYS:
        return None
    cursor.position = found[0]
    return found[1]


def say_opened(command: OpenCycle) -> str:
    """`cycle "H1" from 2027-01-01 to 2027-06-30`."""
    return f"cycle {people.quote(command.name)} from {dates.say(command.start)} to {dates.say(command.end)}"
