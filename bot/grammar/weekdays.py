"""What may stand behind `workdays`: days of the week, those of every other week, and 大小周."""

import re
from typing import Literal

from bot.commands import Command, Workdays
from bot.grammar import people, quantities, references, rest
from bot.grammar.characters import CJK
from bot.grammar.cursor import Cursor

Days = tuple[int, ...]

BIG, SMALL = (0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4)  # the two weeks of 大小周
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HAN = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_SPOKEN: dict[str, Days] = {
    "weekdays": SMALL,
    "every day": (*BIG, 6),
    "everyday": (*BIG, 6),
    "每天": (*BIG, 6),
    "双休": SMALL,
    "单休": BIG,
}
_DEFAULT = ("default", "usual", "standard", "normal", "reset", "默认", "恢复默认", "标准")
_ALTERNATING = ("alternating", "大小周", "单双休")
_THIS_WEEK = re.compile(
    r"[\s,，:]*(?:(?:本|这)周|this week)?\s*(?:是|is)?\s*(?P<week>大|小|big|small)(?:周|休)?(?:\s?week)?", re.IGNORECASE
)
_ONE = re.compile(
    r"(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?s?(?![A-Za-z])|(?P<week>每?(?:周|星期|礼拜))?(?P<han>[一二三四五六日天])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:[-–—~到至]|(?:to|through|thru|till|until)(?=\s))\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[\s,，、/+&和与及]|and(?=\s))*", re.IGNORECASE)
_WEEKS = re.compile(r"\s*/\s*")
_ARE = re.compile(r"(?:are|is|on)\s+|[是为]\s*", re.IGNORECASE)
_ONE_WORD = re.compile(r"[^\s]{1,20}")
_LOOKS_LIKE_DAYS = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)|[周礼星]", re.IGNORECASE)
_LONGEST = 60
_LONGEST_TYPED = 30


def workdays(cursor: Cursor) -> Command | None:
    """`workdays Mon-Thu`, `workdays Mon-Sat / Mon-Fri`, `大小周 本周小周`, `workdays default`; alone it tells which they are."""
    if rest.has_text_field(cursor):
        return Workdays(typed=rest.text(cursor))
    word = cursor.folded[: cursor.position].lower()
    said = cursor.folded[cursor.position :].strip(" :。.!~\n")
    if len(said) > _LONGEST:
        return None
    if word in _ALTERNATING:
        return _alternating(said)
    if word in _SPOKEN:
        return None if said else Workdays(_SPOKEN[word])
    if not said:
        return None if word == "i work" else Workdays()
    said = rest.without(_ARE, said)
    if word == "i work":
        return Workdays(days_of(said)) if days_of(said) else None
    apart = word.isascii() or cursor.folded[cursor.position] in " :"
    return _said(said) or (_typed(said) if apart else None)


def turning(text: str) -> Workdays | None:
    """`本周小周`: which of 大小周 this week is."""
    return _alternating(text) if text.startswith(("本周", "这周")) and len(text) <= _LONGEST_TYPED else None


def _said(said: str) -> Workdays | None:
    low = said.lower()
    if low in _DEFAULT:
        return Workdays(typed="default")
    alternating = next((word for word in _ALTERNATING if low.startswith(word)), "")
    if alternating:
        return _alternating(said[len(alternating) :])
    if low in _SPOKEN:
        return Workdays(_SPOKEN[low])
    weeks = [days_of(week) for week in _WEEKS.split(said)]
    if len(weeks) == 2 and weeks[0] and weeks[1] and (len(weeks[0]) + len(weeks[1]) > 2 or " / " in said):
        return alternate(weeks[0], weeks[1])
    every = days_of(said)
    return Workdays(every) if every else None


def _alternating(said: str) -> Workdays | None:
    """大小周, with which of them this week is; "" where it was not said."""
    if not said.strip():
        return Workdays(BIG, SMALL)
    found = _THIS_WEEK.fullmatch(said)
    if found is None:
        return None
    return alternate(BIG, SMALL) if found["week"].lower() in ("大", "big") else alternate(SMALL, BIG)


def alternate(this: Days, other: Days) -> Workdays:
    """One week so, the next other; which of 大小周 it is, where it is one of these."""
    if this == other:
        return Workdays(this)
    week: Literal["", "big", "small"] = "big" if (this, other) == (BIG, SMALL) else "small" if (this, other) == (SMALL, BIG) else ""
    return Workdays(this, other, week)


def days_of(said: str) -> Days:
    """The days that the whole text names, () when it is no list of days: `Mon-Wed and Fri`, `Sun-Thu`, `周一、三、五`."""
    cursor = Cursor(said.strip())
    found: set[int] = set()
    han = False
    while not cursor.over:
        first = _one(cursor, han=han)
        if first is None:
            return ()
        han = han or cursor.folded[cursor.position - 1] in _HAN
        last = _one(cursor, han=han) if cursor.take(_RANGE) else first
        if last is None:
            return ()
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
        cursor.take(_BETWEEN)
    return tuple(sorted(found))


def _one(cursor: Cursor, *, han: bool) -> int | None:
    """One day here; 三 alone only behind 周一."""
    found = cursor.peek(_ONE)
    if found is None or (found["han"] and not found["week"] and not han):
        return None
    cursor.position = found.end()
    return _HAN[found["han"]] if found["han"] else [name.lower() for name in _NAMES].index(found["en"].lower())


def _typed(said: str) -> Workdays | None:
    """What was to be days and is none: short, and no sentence."""
    looks = _LOOKS_LIKE_DAYS.match(said) and len(said) <= _LONGEST_TYPED
    word = _ONE_WORD.fullmatch(said) and not re.search(f"[{CJK}]", said)
    clear = not references.find(said) and not quantities.find(said, most=1)
    return Workdays(typed=said) if (looks or word) and clear else None


def say(command: Workdays) -> str:
    """`workdays Mon Tue Wed / Mon Tue`."""
    if command.typed:
        return "workdays default" if command.typed == "default" else f"workdays text={people.quote(command.typed)}"
    if (command.days, command.other, command.week) == (BIG, SMALL, ""):
        return "workdays alternating"
    return " ".join(["workdays", *([_week(command.days)] if command.days else []), *(["/", _week(command.other)] if command.other else [])])


def _week(days: Days) -> str:
    return " ".join(_NAMES[day] for day in days)
