"""Reads times of the day and spans of hours and minutes as people say them; it never asks what time it is."""

import re

from bot.grammar import numerals
from bot.grammar.characters import fold

DAY = 24 * 60

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
COUNT = rf"(?:[0-9]{{1,4}}|[{numerals.CHARACTERS}]{{1,4}}|(?:{'|'.join(_WORDS)})(?![A-Za-z]))"
_HAN = rf"[{numerals.CHARACTERS}]{{1,3}}"
_MORNING = ("凌晨", "清晨", "早上", "早晨", "上午", "早")
_LATER = ("下午", "傍晚", "晚上", "夜里", "晚")
_PART = rf"(?P<part>{'|'.join((*_MORNING, '中午', *_LATER))})"
_NAMED = {"noon": 720, "midday": 720, "midnight": 0, "中午": 720, "正午": 720, "午夜": 0, "半夜": 0}
_HALF = r"(?P<half>[ap])\.?m\.?"
_MINUTES = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45, "整": 0, "": 0}
_FORMS = (
    rf"(?P<hour>[0-9]{{1,2}})\s?[:.]\s?(?P<minute>[0-9]{{2}})(?:\s?{_HALF})?",
    rf"(?P<hour>[0-9]{{1,2}})\s?{_HALF}",
    r"(?P<hour>[0-9]{1,2})\s?h(?P<minute>[0-9]{2})?",
    rf"{_PART}\s?(?P<hour>[0-9]{{1,2}})\s?:\s?(?P<minute>[0-9]{{2}})",
    rf"{_PART}?\s?(?P<spoken>[0-9]{{1,2}}|{_HAN})\s?(?:点钟?|时)\s?(?:(?P<han>零?[0-9]{{1,2}}|{_HAN})分?|(?P<quarter>半|[一三13]刻|整))?",
    r"(?P<spoken>[0-9]{1,2})(?:\s?o['’]?clock)?",
)
_TIMES = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)

_HOURS = r"(?:h|hrs?|hours?|个?小时|个?钟头)"
_MINS = r"(?:m|mins?|minutes?|分钟?)"
_SPANS = (
    (re.compile(r"(?:half an? hour|半个?小时|半个?钟头)", re.IGNORECASE), 30),
    (re.compile(r"(?:an hour and a half|1\.5\s?h(?:ours?)?|one and a half hours|[一1]个半小时|[一1]小时半)", re.IGNORECASE), 90),
    (re.compile(r"(?:a quarter of an hour|[一1]刻钟)", re.IGNORECASE), 15),
)
_SPAN = re.compile(
    rf"(?:(?P<days>{COUNT})\s?(?:d|days?|天))"
    rf"|(?:(?P<hours>{COUNT})\s?{_HOURS}(?:\s?(?:and\s)?(?P<more>{COUNT})\s?{_MINS}?)?)"
    rf"|(?:(?P<minutes>{COUNT})\s?{_MINS})",
    re.IGNORECASE,
)


def read(text: str, *, loose: bool = False) -> int | None:
    """The time that the whole text is, in minutes since midnight: `17:25`, `5:25pm`, `下午5点半`, `noon`; None for anything else.

    Five o'clock alone may be either of two: it is none, unless loose, which takes it by the clock of 24 hours.
    """
    typed = fold(text.strip())
    named = _NAMED.get(typed.lower())
    if named is not None:
        return named
    found = next((found for form in _TIMES if (found := form.fullmatch(typed))), None)
    return _time(found.groupdict(), loose=loose) if found else None


def say(minutes: int) -> str:
    """`17:25`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _time(said: dict[str, str | None], *, loose: bool) -> int | None:
    spoken = said.get("spoken")
    hour = count(spoken or said.get("hour") or "")
    minute = _minute(said)
    if hour is None or minute is None or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    told = said.get("half") or said.get("part")
    if told:
        hour = _of_part(hour, told.lower())
        return None if hour is None else (hour * 60 + minute) % DAY
    if spoken and 0 < hour < 12 and not loose:
        return None
    return (hour * 60 + minute) % DAY


def _minute(said: dict[str, str | None]) -> int | None:
    quarter = said.get("quarter")
    if quarter:
        return _MINUTES[quarter]
    typed = said.get("minute") or said.get("han")
    if typed is None:
        return 0
    return count(typed.removeprefix("零") or "零")


def _of_part(hour: int, part: str) -> int | None:
    """The hour in the morning or later; None for one that is not in it (上午17点)."""
    if part in ("a", *_MORNING):
        return 0 if hour == 12 and part in ("a", "凌晨") else hour if hour < 12 else None
    if part == "中午":
        return hour if hour in (11, 12, 13) else hour + 12 if hour in (1, 2) else None
    if hour == 12 and part in ("晚上", "夜里", "晚"):
        return 24
    return hour + 12 if 0 < hour < 12 else hour


def span(text: str) -> int | None:
    """The minutes that the whole text counts: `1h`, `30 min`, `half an hour`, `两小时`; None for anything else, 0 for none at all."""
    typed = fold(text.strip())
    fixed = next((minutes for form, minutes in _SPANS if form.fullmatch(typed)), None)
    if fixed is not None:
        return fixed
    found = _SPAN.fullmatch(typed)
    if found is None:
        return None
    numbers = [count(found[name]) if found[name] else 0 for name in ("days", "hours", "more", "minutes")]
    if any(n is None for n in numbers):
        return None
    days, hours, more, minutes = (n or 0 for n in numbers)
    return days * DAY + hours * 60 + more + minutes


def count(text: str) -> int | None:
    """A whole number in digits, in 中文 or as an English word up to ten; None for what is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    return _WORDS.get(text.lower()) or numerals.number(text)
