"""What may stand around `away`, `sick`, 请假 and `back`: from when until when somebody is not there; why is nobody's business."""

import re
from dataclasses import replace
from typing import Literal

from bot.commands import Away, Back, Command, When
from bot.grammar import dates, people, quantities, references, rest, times
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor

_LONGEST = 60
_LONGEST_TYPED = 40
_WEEK = 5  # workdays
_MOST_DAYS = 366
_TODAY = When("days")
_EDGES = " \n:,，。.!~"

_UNTIL = re.compile(
    r"(?:(?:through|until|till|til)(?:\s+and\s+including)?\s+|(?:一直)?[到至]\s*)(?P<day>.+?)(?:\s*(?:为止|inclusive))?", re.IGNORECASE
)
_FROM = re.compile(r"(?:(?:from|starting|as of|beginning)\s+|[从自]\s*)", re.IGNORECASE)
_ON = re.compile(r"(?:on\s+|在\s*)", re.IGNORECASE)
_ONWARDS = re.compile(r"(?:\s+on(?:wards?)?|\s*(?:开始|起))$", re.IGNORECASE)
_ALL_DAY = re.compile(r"\s*(?:\ball day\b|一?整天|全天)\s*", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|until|till|til|through|thru)\s+|\s*[-–—~到至]\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+|\s*[,，、和跟&]\s*|\s*(?<=.)(?=周|星期|明天|后天)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})(?![0-9.])")
_PART = re.compile(
    r"(?P<day>.*?)\s*(?:\b(?:this|in the)\s+)?(?:(?P<am>morning|am|上午|早上)|(?P<pm>afternoon|pm|下午))", re.IGNORECASE | re.DOTALL
)
_UNIT = r"\s?(?:(?:work(?:ing)?\s?)?(?P<days>days?|个?工作日|天)|(?P<weeks>weeks?|周|个?星期|个?礼拜))"
_LASTING = re.compile(
    rf"(?:(?P<start>.+?)\s*)??(?:for\s+|共\s*)?(?P<n>{times.COUNT}){_UNIT}(?:\s+(?P<after>(?:from|starting)\s.+))?", re.IGNORECASE
)
_HALF_DAY = re.compile(r"(?:.*?\s)?(?:(?:for\s+)?half an?|(?:for\s+)?an? half|half)[\s-]day(?:\s.*)?|.{0,10}半天", re.IGNORECASE)
_THIS_WEEK = (
    "this week",
    "the rest of the week",
    "rest of the week",
    "the rest of this week",
    "for the rest of the week",
    "本周",
    "这周",
    "这个星期",
)
_NEXT_WEEK = ("next week", "all next week", "all of next week", "下周", "下个星期", "下星期", "下一周", "下周一周")
_SAID_AS_THIS = re.compile(r"this\b|[本这]", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_LOOKS_A_DAY = re.compile(
    r"[0-9]{1,4}\s?[-/.月年]\s?[0-9]{1,2}(?:[-/.月][0-9]{1,2})?[日号]?|[0-9]{1,3}[日号]"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[@#\n;；?\ue000]")

_DAYS_HAN = rf"(?:半|{times.COUNT})个?(?:天|工作日|周|星期)"
_HAN = re.compile(
    rf"(?:我\s?)?(?P<before>[^\n]*?)\s*(?:想|要|需要)?\s*"
    rf"(?P<word>(?:请|休)\s?(?:(?P<n>{_DAYS_HAN})的?)?[病事年产婚]?假|[病事年产婚]假|调休)\s*(?P<behind>[^\n]*)"
)
_TAKING = re.compile(
    r"(?:i\s?['’]?m\s+|i am\s+|i\s?['’]?ll\s+|i will\s+|i\s+)?tak(?:e|ing)\s+"
    r"(?:off\s+(?P<behind>.+)|(?P<between>.+?)\s+off(?P<from>\s+(?:from|starting)\s.+)?)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\s+from\s+(?:my\s+|the\s+)?(?:vacation|holidays?|leave|sick\s+leave|annual\s+leave|pto|time\s+off|break|ooo)"
    r"|\s+(?:at|to)\s+work|\s+in\s+the\s+office|\s+(?:now|today|again)",
    re.IGNORECASE,
)
_BACK_HAN = re.compile(
    r"(?:我\s?)?(?:(?:休|请|病|年|度)?假\s?)?(?:回来|结束|休完|回来上班)(?:了|啦)|(?:我\s?)?(?:休|度|请)假(?:回来|结束)|假期结束了?"
)


# ---------------------------------------------------------------- away


def away(cursor: Cursor) -> Command | None:
    """`away until Friday`, `ooo for 3 days`, `sick`; in 中文 what is said may stand on both sides of the word."""
    if rest.has_text_field(cursor):
        return Away(typed=rest.text(cursor))
    if len(cursor.folded) > _LONGEST:
        return None
    word = cursor.folded[: cursor.position].lower()
    if not word.isascii():
        return around(cursor.folded)
    said = cursor.folded[cursor.position :].strip(_EDGES)
    if not said and "sick" in word:
        return Away(_TODAY, _TODAY)
    return _read(said) or _typed(said)


def around(text: str) -> Away | None:
    """`下周一请假`, `今天下午请假`, `明天请两天假`: the word in the middle or at the end."""
    found = _HAN.fullmatch(fold(text).strip(_EDGES)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    said = " ".join(piece for piece in (found["before"].strip(_EDGES), found["behind"].strip(_EDGES), found["n"]) if piece)
    if not said and "病" in found["word"]:
        return Away(_TODAY, _TODAY)
    return _read(said) or _typed(said)


def taking(text: str) -> Away | None:
    """`taking Friday off`."""
    found = _TAKING.fullmatch(fold(text).strip(_EDGES)) if len(text) <= _LONGEST else None
    said = (found["behind"] or found["between"] + (found["from"] or "")) if found else ""
    return _read("today" if said.lower() == "the day" else said) if said else None


def _read(said: str) -> Away | None:
    """From when until when, in one of the ways to say it."""
    said = _DOTTED.sub(r"\1/\2", _ALL_DAY.sub(" ", said)).strip()
    if not said:
        return Away()
    if said in ("明后天", "明后两天"):
        return Away(When("days", shift=1), When("days", shift=2))
    if said.lower() in _THIS_WEEK:
        return Away(end=When("weekday", n=6))
    if said.lower() in _NEXT_WEEK:
        return Away(When("weekday", n=0, shift=1), When("weekday", n=6, shift=1))
    until = _UNTIL.fullmatch(said)
    if until:
        end = dates.read(until["day"])
        return Away(end=end) if end else None
    return _day(said) or _days(said) or _two_days(said) or _onwards(said) or _lasting(said)


def _day(said: str) -> Away | None:
    """One day, or half of one: `tomorrow morning`, `今天下午`, `this afternoon`."""
    day = dates.read(rest.without(_ON, said))
    if day:
        return Away(day, day)
    half = _PART.fullmatch(said)
    if half is None:
        return None
    named = rest.without(_ON, half["day"].strip())
    day = dates.read(named) if named else _TODAY
    part: Literal["am", "pm"] = "am" if half["am"] else "pm"
    return Away(day, day, part=part) if day else None


def _days(said: str) -> Away | None:
    """`from 12-24 to 01-02`, `下周一到周三`."""
    whole = rest.without(_FROM, said)
    for hit in _TO.finditer(whole):
        first, last = whole[: hit.start()].strip(), whole[hit.end() :].strip()
        start, end = _pair(first, last)
        if start and end:
            return Away(start, _carried(start, end, last))
    return None


def _pair(first: str, last: str) -> tuple[When | None, When | None]:
    """Both days; what is said once of the two may be left out of one: `Dec 24-26`, `周一到三`."""
    start, end = dates.read(first), dates.read(last)
    if start and end is None and last.isascii() and last.isdigit() and start.month and start.day:
        end = dates.read(dates.say(replace(start, day=int(last)))) if 1 <= int(last) <= 31 else None
    elif start and end is None and start.kind == "weekday" and len(last) == 1:
        end = dates.read(f"周{last}")
    elif end and start is None and first.isascii() and first.isdigit() and end.month and end.day:
        start = dates.read(dates.say(replace(end, day=int(first)))) if 1 <= int(first) <= 31 else None
    return start, end


def _carried(start: When, end: When, said: str) -> When:
    """下周一到周三 ends in the same week as it begins."""
    both = start.kind == end.kind == "weekday" and start.shift and not end.shift and not _SAID_AS_THIS.match(said)
    return replace(end, shift=start.shift) if both and (end.n or 0) >= (start.n or 0) else end


def _two_days(said: str) -> Away | None:
    """`today and tomorrow`, `周四周五`: one behind the other."""
    for hit in _AND.finditer(said):
        first, last = (dates.read(rest.without(_ON, side.strip())) for side in (said[: hit.start()], said[hit.end() :]))
        if first and last and _next_to(first, last):
            return Away(first, _carried(first, last, ""))
    return None


def _next_to(first: When, last: When) -> bool:
    if first.kind != last.kind:
        return False
    if first.kind == "weekday":
        return (first.n or 0) + 1 == last.n and last.shift in (0, first.shift)
    if first.kind == "days":
        return last.shift == first.shift + 1
    return first.month == last.month and first.year == last.year and first.day is not None and last.day == first.day + 1


def _onwards(said: str) -> Away | None:
    """`from Friday`: until when is not said."""
    day = dates.read(_ONWARDS.sub("", rest.without(_FROM, said)))
    return Away(day) if day else None


def _lasting(said: str) -> Away | None:
    """`for 3 days`, `三天`, `tomorrow for 2 days`; none at all and half a day without saying which are given back to be asked."""
    if _HALF_DAY.fullmatch(said):
        return Away(typed=said.removeprefix("for "))
    found = _LASTING.fullmatch(said)
    n = times.count(found["n"]) if found else None
    if found is None or n is None:
        return None
    first = " ".join(filter(None, (found["start"], found["after"])))
    start = dates.read(rest.without(_ON, _ONWARDS.sub("", rest.without(_FROM, first)))) if first else None
    if first and start is None:
        return None
    days = n * _WEEK if found["weeks"] else n
    return Away(start, days=days) if 0 < days <= _MOST_DAYS else Away(typed=said.removeprefix("for "))


def _typed(said: str) -> Away | None:
    """What was to be a day and is none: behind `until`, or beside a day that is one; short, and no sentence."""
    until = _UNTIL.fullmatch(said)
    if until:
        typed = until["day"]
    else:
        sides = [side.strip() for side in _TO.split(rest.without(_FROM, said), maxsplit=1)]
        if not _FROM.match(said) or len(sides) != 2 or not any(map(dates.read, sides)):
            return None
        typed = said
    clear = _LOOKS_A_DAY.fullmatch(typed) or not (references.find(typed) or quantities.find(typed, most=1) or _SENTENCE.search(typed))
    return Away(typed=typed) if clear and len(typed) <= _LONGEST_TYPED else None


def say(command: Away) -> str:
    """`away from 2026-12-24 to 2027-01-02`, `away on Friday morning`, `away for 3 days from Monday`."""
    if command.typed:
        return f"away text={people.quote(command.typed)}"
    start, end = (dates.say(day) if day else "" for day in (command.start, command.end))
    if command.days:
        return f"away for {command.days} days" + (f" from {start}" if start else "")
    if start and start == end:
        return f"away on {start}" + {"": "", "am": " morning", "pm": " afternoon"}[command.part]
    if start and end:
        this = "this " if command.end and command.end.kind == "weekday" and not command.end.shift else ""
        return f"away from {start} to {this}{end}"
    return f"away from {start}" if start else f"away until {end}" if end else "away"


# ---------------------------------------------------------------- back


def back(cursor: Cursor) -> Command | None:
    """`back`, `back from vacation`, `销假`, `我回来了`."""
    if cursor.folded[: cursor.position].isascii():
        cursor.take(_BACK)
    return Back() if rest.ended(cursor) else None


def returned(text: str) -> Back | None:
    """`休假结束了`: the same with the leave named first."""
    return Back() if len(text) <= _LONGEST and _BACK_HAN.fullmatch(fold(text).strip(_EDGES)) else None
