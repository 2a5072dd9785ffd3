"""Reads days as people say them, and makes dates of them once today is known; it never asks what day it is."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.commands import When
from bot.grammar import numerals
from bot.grammar.characters import fold

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_HAN_DAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6} | {str(n): n - 1 for n in range(1, 8)}
_NAMED_DAYS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip

_MONTH = rf"(?:{'|'.join([*_MONTHS, *(m[:3] for m in _MONTHS), 'sept'])})"
_DAY_EN = "|".join([*_WEEKDAYS, *_SHORT_DAYS])
_HAN = rf"[{numerals.CHARACTERS}]{{1,3}}"
_NOT_BEFORE = rf"(?<![0-9A-Za-z_.{numerals.CHARACTERS}])"
_LETTER_END = r"(?![A-Za-z0-9_])"
_DIGIT_END = r"(?![0-9%]|[.:/-][0-9])"
_END_OF_QUARTER = r"(?:the )?end of (?:the |this )?(?:quarter|cycle)"
_THIS = r"(?P<shift>上上|上个?|下个?|本|这个?)?"

_FORMS = {
    "iso": rf"(?P<y>[0-9]{{4}})(?P<sep>[-/.])(?P<m>[0-9]{{1,2}})(?P=sep)(?P<d>[0-9]{{1,2}}){_DIGIT_END}",
    "han_date": rf"(?:(?P<hy>[0-9]{{4}})\s?年\s?)?(?P<hm>[0-9]{{1,2}}|{_HAN})\s?月\s?(?P<hd>[0-9]{{1,2}}|{_HAN})\s?[日号]?(?![0-9%个])",
    "month_end_han": r"(?:(?P<em>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份)?|(?P<thatmonth>下个?月|本月|这个?月|月))(?:底|末)",
    "year_end": rf"(?P<yearend>年底|年末|(?:the )?end of (?:the )?year|year[- ]end|EOY){_LETTER_END}",
    "month_end_en": rf"(?:the )?end of (?:(?P<endmonth>{_MONTH})|(?P<whichmonth>(?:the|this|next) month|month)){_LETTER_END}",
    "month_end_short": rf"(?P<eom>EOM|month[- ]end){_LETTER_END}",
    "cycle_end": rf"(?P<cycleend>本?(?:季度|季|周期)(?:底|末)|{_END_OF_QUARTER}|(?:quarter|cycle)[- ]end|EOQ){_LETTER_END}",
    "slash": rf"(?P<a>[0-9]{{1,2}})(?P<s2>[-/])(?P<b>[0-9]{{1,2}})(?:/(?P<y2>[0-9]{{4}}))?{_DIGIT_END}",
    "month_first": rf"(?P<mon>{_MONTH})\.? (?P<md>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<my>[0-9]{{4}}))?(?![0-9A-Za-z%]|[.:][0-9])",
    "day_first": rf"(?:the )?(?P<dd>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<dmon>{_MONTH})\.?(?:,? (?P<dy>[0-9]{{4}}))?{_LETTER_END}",
    "the_nth": rf"the (?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th){_LETTER_END}",
    "day_han": rf"(?P<dh>[0-9]{{1,2}}|{_HAN})\s?[日号](?!楼|线|店|院|机)",
    "weekday_han": rf"{_THIS}(?:周|星期|礼拜)(?P<wh>[一二三四五六日天1-7])(?![0-9个次天])",
    "days": rf"(?P<named>{'|'.join(sorted(_NAMED_DAYS, key=len, reverse=True))})(?:(?<![A-Za-z])|{_LETTER_END})",
    "weekday_en": rf"(?:(?P<which>last|past|this|next|coming) )?(?P<we>{_DAY_EN}){_LETTER_END}",
    "ago": rf"(?P<ago>[0-9]{{1,3}}|one|two|three|{_HAN})\s?(?P<agounit>days?|weeks?|天|周)\s?(?:ago{_LETTER_END}|之?前)",
    "in_days": rf"in (?P<ahead>[0-9]{{1,3}}|one|two|three|an?) (?P<aheadunit>days?|weeks?){_LETTER_END}",
    "later": rf"(?P<later>[0-9]{{1,3}}|{_HAN})\s?(?P<laterunit>天|周)\s?之?后",
}
_ONE = re.compile(_NOT_BEFORE + "(?:" + "|".join(f"(?P<form_{name}>{form})" for name, form in _FORMS.items()) + ")", re.IGNORECASE)
_Groups = dict[str, str | None]
_WORD_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_SHIFTS = {"上": -1, "上个": -1, "下": 1, "下个": 1, "last": -1, "past": -1, "next": 1}


def read(text: str) -> When | None:
    """The day that the whole text names ("11-20", "上周五", "end of November"); None for anything else, and for 02-30."""
    folded = fold(text.strip())
    found = _ONE.fullmatch(folded)
    return _when(found) if found else None


def match(text: str, start: int = 0) -> tuple[int, When] | None:
    """The day that begins exactly at `start`, with its end."""
    found = _ONE.match(fold(text), start)
    when = _when(found) if found else None
    return (found.end(), when) if found and when else None


def find(text: str, *, most: int = 100) -> list[tuple[int, int, When]]:
    """Every day named in a text as (start, end, when), in order, `most` at most."""
    found = []
    for hit in _ONE.finditer(fold(text)):
        when = None if _a_common_word(hit) else _when(hit)
        if when is not None:
            found.append((hit.start(), hit.end(), when))
        if len(found) == most:
            break
    return found


def _a_common_word(hit: re.Match[str]) -> bool:
    """`sat` and `sun` in the middle of a sentence are no days unless they are written as such."""
    return hit["form_weekday_en"] is not None and hit["we"] in {"sat", "sun", "wed", "mon"} and hit["which"] is None


def _when(found: re.Match[str]) -> When | None:
    groups = found.groupdict()
    form = next(name for name in _FORMS if groups[f"form_{name}"] is not None)
    return _READERS[form](groups)


def _int(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    return _WORD_NUMBERS.get(text.lower()) or numerals.number(text)


def _date(year: int | None, month: int | None, day: int | None) -> When | None:
    """A date or a day of a month, None when the calendar has no such day."""
    if month is None or day is None or not 1 <= month <= 12:
        return None
    leap_or_said = 2024 if year is None else year
    if not 1 <= leap_or_said <= 9999 or not 1 <= day <= monthrange(leap_or_said, month)[1]:
        return None
    return When("month_day", None, month, day) if year is None else When("date", year, month, day)


def _month(name: str | None) -> int | None:
    return next((n for n, m in enumerate(_MONTHS, 1) if name and m[:3] == name[:3].lower()), None)


def _slash(g: _Groups) -> When | None:
    """12/20 and 12-20; 20/12 where the first can be no month."""
    a, b = _int(g["a"]) or 0, _int(g["b"]) or 0
    if g["s2"] == "/" and a > 12 >= b:
        a, b = b, a
    return None if g["y2"] and g["s2"] == "-" else _date(_int(g["y2"]), a, b)


def _day(text: str | None) -> When | None:
    day = _int(text)
    return When("day", day=day) if day is not None and 1 <= day <= 31 else None


def _weekday(n: int, shift: str | None) -> When | None:
    return None if shift == "上上" else When("weekday", n=n, shift=_SHIFTS.get((shift or "").lower(), 0))


def _weekday_en(g: _Groups) -> When | None:
    name = (g["we"] or "").lower()
    return _weekday(_SHORT_DAYS[name] if name in _SHORT_DAYS else _WEEKDAYS.index(name), g["which"])


def _month_end(month: int | None, *, after: bool = False) -> When | None:
    return When("month_end", month=month, shift=int(after)) if month is None or 1 <= month <= 12 else None


def _days(count: str | None, unit: str | None, sign: int) -> When | None:
    n = _int(count)
    week = (unit or "").lower().startswith(("w", "周"))
    return None if n is None else When("days", shift=sign * n * (7 if week else 1))


_READERS: dict[str, Callable[[_Groups], When | None]] = {
    "iso": lambda g: _date(_int(g["y"]), _int(g["m"]), _int(g["d"])),
    "han_date": lambda g: _date(_int(g["hy"]), _int(g["hm"]), _int(g["hd"])),
    "month_end_han": lambda g: _month_end(_int(g["em"]), after="下" in (g["thatmonth"] or "")),
    "year_end": lambda g: _month_end(12),
    "month_end_en": lambda g: _month_end(_month(g["endmonth"]), after="next" in (g["whichmonth"] or "").lower()),
    "month_end_short": lambda g: _month_end(None),
    "cycle_end": lambda g: When("cycle_end"),
    "slash": _slash,
    "month_first": lambda g: _date(_int(g["my"]), _month(g["mon"]), _int(g["md"])),
    "day_first": lambda g: _date(_int(g["dy"]), _month(g["dmon"]), _int(g["dd"])),
    "the_nth": lambda g: _day(g["nth"]),
    "day_han": lambda g: _day(g["dh"]),
    "weekday_han": lambda g: _weekday(_HAN_DAYS[g["wh"] or ""], g["shift"]),
    "days": lambda g: When("days", shift=_NAMED_DAYS[(g["named"] or "").lower()]),
    "weekday_en": _weekday_en,
    "ago": lambda g: _days(g["ago"], g["agounit"], -1),
    "in_days": lambda g: _days(g["ahead"], g["aheadunit"], 1),
    "later": lambda g: _days(g["later"], g["laterunit"], 1),
}


def say(when: When) -> str:
    """The day in a form that `read` takes back."""
    month = _MONTHS[when.month - 1].capitalize() if when.month else "month"
    match when.kind:
        case "date":
            return f"{when.year:04}-{when.month:02}-{when.day:02}"
        case "month_day":
            return f"{when.month:02}-{when.day:02}"
        case "day":
            return f"{when.day}日"
        case "weekday":
            return f"{('', 'next ', 'last ')[when.shift]}{_WEEKDAYS[when.n or 0].capitalize()}"
        case "days":
            return "today" if not when.shift else f"in {when.shift} days" if when.shift > 0 else f"{-when.shift} days ago"
        case "month_end":
            return f"end of {'next ' if when.shift else ''}{month}"
        case "cycle_end":
            return "end of quarter"


# ---------------------------------------------------------------- once today is known


def past(when: When, today: date) -> date | None:
    """The nearest such day that is not after today; None when there is none ("tomorrow", a date to come)."""
    return next((day for day in _candidates(when, today, -1) if day <= today), None)


def future(when: When, today: date, cycle_end: date | None = None) -> date | None:
    """The nearest such day that is not before today, for a due date; a date said with its year stands as it is."""
    if when.kind == "cycle_end":
        return cycle_end
    if when.kind == "date":
        return next(_candidates(when, today, 1), None)
    return next((day for day in _candidates(when, today, 1) if day >= today), None)


def _candidates(when: When, today: date, step: int) -> Iterator[date]:
    """The days that can be meant, from the one nearest to today on, backwards (step -1) or forwards (1)."""
    if when.kind == "weekday":
        yield from _weekdays(when, today, step)
    elif when.kind == "days":
        yield from _shifted(today, when.shift)
    elif when.kind == "date":
        yield from _real(when.year or 0, when.month or 0, when.day or 0)
    elif when.kind == "month_day":
        for n in range(9):  # eight years between two 29 Februaries at most
            yield from _real(today.year + step * n, when.month or 0, when.day or 0)
    elif when.kind in {"day", "month_end"}:
        yield from _in_months(when, today, step)


def _weekdays(when: When, today: date, step: int) -> Iterator[date]:
    """上周五 is the Friday of the week before this one (Monday to Sunday), 下周五 of the one after it."""
    that = (when.n or 0) - today.weekday()
    if when.shift:
        yield from _shifted(today, that + 7 * when.shift)
    else:
        yield from _shifted(today, that)
        yield from _shifted(today, that + 7 * step)


def _shifted(today: date, days: int) -> Iterator[date]:
    try:
        yield today + timedelta(days=days)
    except OverflowError:
        return


def _in_months(when: When, today: date, step: int) -> Iterator[date]:
    """The day, or the last day, of this month and of those around it; shift 1: of the next month alone."""
    first = today.year * 12 + today.month - 1
    months = [first + 1] if when.shift else [first + step * n for n in range(13)]
    for year, month0 in (divmod(m, 12) for m in months):
        if when.month in {None, month0 + 1} and 1 <= year <= 9999:
            yield from _real(year, month0 + 1, when.day or monthrange(year, month0 + 1)[1])


def _real(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
