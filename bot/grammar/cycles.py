"""The names of cycles: however one is written, it has one normal form; which cycles there are is not known here.

quarter 2027Q1 · two months 2027B1 to 2027B6 · month 2027M01 to 2027M12 · half a year 2027H1 · year 2027 · any other as it was named.
"""

import re
from typing import Literal

from bot.grammar import people
from bot.grammar.characters import CJK
from bot.grammar.cursor import Cursor
from bot.grammar.words import SENTENCE_WORDS

Length = Literal["quarter", "two months", "month", "half", "year"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_Y = r"20[0-9]{2}"
_N = r"(?:1[0-2]|0?[1-9])"
_OUT = r"(?![0-9A-Za-z])"
_NO_DATE = r"(?![0-9A-Za-z%]|\s?[-–~→/.:][0-9>])"

# Clear: nothing but a cycle is written so.
_CLEAR = (
    rf"(?P<qy>{_Y})\s?[-年]?\s?第?(?:[Qq](?P<q>[1-4])|(?P<han>[一二三四1-4])季度){_OUT}"
    rf"|[Qq](?P<q2>[1-4])\s?(?P<qy2>{_Y}){_OUT}"
    rf"|(?P<ly>{_Y})(?P<letter>[BbMmHh])(?P<n>{_N}){_OUT}"
    rf"|[Hh](?P<h>[12])\s?(?P<hy>{_Y}){_OUT}"
    rf"|(?P<hy2>{_Y})\s?年?\s?(?P<half>[上下])半年"
)
# Dated: a month is written so too, and a day begins so.
_DATED = (
    rf"(?P<py>{_Y})\s?年\s?(?P<from>{_N})\s?月?\s?[-–—~至到、]\s?(?P<to>{_N})\s?月份?(?![0-9底末])"
    rf"|(?P<my>{_Y})\s?年\s?(?P<m>{_N})\s?月份?(?!\s?[0-9一二三四五六七八九十]|[底末初中])"
    rf"|(?P<iy>{_Y})-(?P<im>0[1-9]|1[0-2]){_NO_DATE}"
    rf"|(?P<mon>{_MONTH})\.?(?:\s?[-–/]\s?(?P<mon2>{_MONTH})\.?)?\s(?P<ey>{_Y}){_NO_DATE}"
    rf"|(?P<yy>{_Y})\s?年度?(?!\s?[0-9一二三四五六七八九十第上下])"
)
CLEAR = re.sub(r"\?P<\w+>", "?:", _CLEAR)
_ONLY_CLEAR = re.compile(_CLEAR)
_ANY = re.compile(f"{_CLEAR}|{_DATED}")
_YEAR = re.compile(rf"(?P<yy>{_Y})(?![年月])(?!,[0-9]){_NO_DATE}")
_SHORT = re.compile(rf"(?:[HhQqTt][1-4]|[Ff][Yy]-?[0-9]{{2,4}}){_OUT}|[上下]半年")
_QUOTED = re.compile(people.ANY_QUOTED)
_WORD = re.compile(rf"[A-Za-z0-9{CJK}][A-Za-z0-9_{CJK}-]{{0,29}}(?![A-Za-z0-9_.{CJK}-])")
_A_REFERENCE = re.compile(
    r"(?:KR|O|目标|关键结果)\s?[0-9一二三四五六七八九十:]|(?:KR|O|team|company|团队|公司)(?![A-Za-z0-9])", re.IGNORECASE
)
_NO_NAMES = SENTENCE_WORDS | {"free", "lunch", "good", "sure", "real", "example", "later", "sale", "fun", "everyone", "everybody"}
_SAID = re.compile(r"(?:cycle\s+|周期\s*)", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?=[A-Za-z{CJK}_-]*[0-9]){_WORD.pattern}")
_FOR = re.compile(r"(?:for|cycle)\s+|周期\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_LETTERS: dict[str, Length] = {"Q": "quarter", "B": "two months", "M": "month", "H": "half"}
_MOST: dict[Length, int] = {"quarter": 4, "two months": 6, "month": 12, "half": 2, "year": 1}
_NORMAL = re.compile(rf"(?P<year>{_Y})(?:(?P<letter>[QBMH])(?P<n>[0-9]{{1,2}}))?")


# ---------------------------------------------------------------- normal forms


def name_of(length: Length, year: int, number: int = 1) -> str:
    """The normal name of a cycle: the number-th of its length in its year."""
    if length == "year":
        return f"{year}"
    letter = next(letter for letter, each in _LETTERS.items() if each == length)
    return f"{year}{letter}{number:02}" if length == "month" else f"{year}{letter}{number}"


def parts_of(name: str) -> tuple[Length, int, int] | None:
    """A normal name's length, year and number; None for a custom one."""
    found = _NORMAL.fullmatch(name)
    if found is None:
        return None
    length: Length = _LETTERS[found["letter"]] if found["letter"] else "year"
    number = int(found["n"] or 1)
    known = 1 <= number <= _MOST[length] and name_of(length, int(found["year"]), number) == name
    return (length, int(found["year"]), number) if known else None


def normal(typed: str) -> str:
    """A cycle's name as it is kept: the normal form of however it was written, anything else as it stands."""
    cursor = Cursor(typed.strip())
    name = take(cursor) or _year(cursor)
    return name if name and cursor.over else typed.strip()


# ---------------------------------------------------------------- reading


def take(cursor: Cursor, *, dated: bool = True) -> str:
    """The normal name of the cycle written here, "" for none. dated False: not what may as well be a month or a day."""
    found = cursor.peek(_ANY if dated else _ONLY_CLEAR)
    name = _named(found.groupdict()) if found else ""
    if found and name:
        cursor.position = found.end()
    return name


def take_before(cursor: Cursor, *, dated: bool = True) -> str:
    """The cycle before a reference: also `cycle H1` and `cycle "Spring push"`, which nothing else is written like."""
    start = cursor.position
    name = take(cursor, dated=dated)
    if not name and cursor.take(_SAID):
        name = take(cursor) or _year(cursor) or _quoted(cursor) or _word(cursor, _NUMBERED)
        cursor.position = cursor.position if name else start
    return name


def take_behind(cursor: Cursor) -> str:
    """The cycle behind a word that needs one: also a year, H1, a name in quotes, and any one word behind `for`."""
    start = cursor.position
    cursor.take(_SPACE)
    worded = cursor.take(_FOR) is not None
    name = take(cursor) or _year(cursor) or _word(cursor, _SHORT).upper() or _quoted(cursor)
    if worded and not name and not cursor.peek(_A_REFERENCE):
        name = _word(cursor, _WORD)
    cursor.position = cursor.position if name else start
    return name


def _named(g: dict[str, str | None]) -> str:
    """The normal name of what was matched; "" for months that are no pair."""
    if g["qy"] or g["qy2"]:
        return name_of("quarter", int(g["qy"] or g["qy2"] or 0), _number(g["q"] or g["q2"] or g["han"]))
    if g["letter"]:
        name = name_of(_LETTERS[g["letter"].upper()], int(g["ly"] or 0), int(g["n"] or 0))
        return name if parts_of(name) else ""
    if g["hy"] or g["hy2"]:
        return name_of("half", int(g["hy"] or g["hy2"] or 0), _number(g["h"] or g["half"]))
    return _dated(g)


def _dated(g: dict[str, str | None]) -> str:
    if g["py"]:
        return _pair(int(g["py"]), int(g["from"] or 0), int(g["to"] or 0))
    if g["ey"] and g["mon2"]:
        return _pair(int(g["ey"]), _month(g["mon"]), _month(g["mon2"]))
    if g["yy"]:
        return g["yy"]
    year = g["my"] or g["iy"] or g["ey"] or "0"
    return name_of("month", int(year), int(g["m"] or g["im"] or _month(g["mon"])))


def _pair(year: int, first: int, last: int) -> str:
    return name_of("two months", year, last // 2) if first % 2 and last == first + 1 else ""


def _month(name: str | None) -> int:
    return _MONTHS.index((name or "")[:3].lower()) + 1


def _number(typed: str | None) -> int:
    return _HAN.get(typed or "") or int(typed or 0)


def _year(cursor: Cursor) -> str:
    found = cursor.take(_YEAR)
    return found["yy"] if found else ""


def _quoted(cursor: Cursor) -> str:
    found = cursor.take(_QUOTED)
    return people.unquoted(cursor.typed(found)).strip() if found else ""


def _word(cursor: Cursor, pattern: re.Pattern[str]) -> str:
    found = cursor.peek(pattern)
    if found is None or found[0].lower() in _NO_NAMES:
        return ""
    cursor.position = found.end()
    return cursor.typed(found)


# ---------------------------------------------------------------- saying


def say(name: str) -> str:
    """The cycle as it stands before a reference."""
    if not name:
        return ""
    clear = parts_of(name)
    return name if clear and clear[0] != "year" else f"cycle {people.quote(name)}"


def say_behind(name: str) -> str:
    """The cycle as it stands behind a word that needs one."""
    return name if not name or parts_of(name) else people.quote(name)
