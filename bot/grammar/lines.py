"""Reads one check-in line: `REF [VALUE] [confidence] [note] [blocker] [@people]`; whether it may be stored is not its affair."""

import re
from dataclasses import dataclass, replace

from bot.commands import Line, Ref, Value, When
from bot.grammar import dates, people, references, values
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.people import unquote

FIELD = re.compile(r'(?<![A-Za-z0-9_])(note|blocked|next|stage)=("(?:[^"\\\n]|\\.)*+")')
BULLET = re.compile(r"\s*(?:[-*•·▪◦–—]\s+|[•·▪◦]\s*|[0-9]{1,2}(?:[.)]\s+|、\s*|[.)](?=[A-Za-z目关#@])))?\s*")
_MAKING_UP = re.compile(r"补(?:报|录|记)?\s*")
_ON = re.compile(r"[\s,，(]*on\s+", re.IGNORECASE)
_GAP = re.compile(r"[\s,:，]*")
_AFTER_DAY = re.compile(r"\)?(?=\s|[,;:，；。]|$)\s*")
_DAY_ENDS = re.compile(r"\s*(?:$|[,;，；。]|\.(?:\s|$))")
_SEPARATOR = re.compile(r"\s*(?:(?:[:,，|]|-{1,3}(?=\s|$)|[–—]+|=(?![=>]|\s*[+-]))\s*)*")
_LONELY_SIGN = re.compile(r"\s*\+\s+[0-9]")
_ANOTHER = re.compile(rf"\s*(?:and|&|/|,|，|、|和|与|及|or|或)\s*(?:{references.ANY})", re.IGNORECASE)
_BEFORE_NOTE = re.compile(r"(?:[\s,;:，；。、|]|\.(?![0-9])|[-–—]+(?=\s))*")
_WORD_FOLLOWS = re.compile(r"\s+[A-Za-z]")
_LATE = re.compile(r"\s*(?:late|behind|left|ago|overdue|delay|remaining|to go|early|ahead|off\b|前|后|内|没|未|延)", re.IGNORECASE)
_BY_A_DAY = re.compile(
    r"\s*(?:by|until|before|in|next)\s+(?:the\s|end\b|next\b|mon|tue|wed|thu|fri|sat|sun|[0-9]|[a-z]{3,9}day\b|quarter|month|week|eo[mqy])",
    re.IGNORECASE,
)
_TIME_UNITS = {
    "天",
    "周",
    "小时",
    "个月",
    "个小时",
    "分钟",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "hours",
    "hour",
    "min",
    "mins",
}

_PART = re.compile(
    r"(?:^|(?<=[\s,;.，；。、(]))(?P<blocked>blocked|blockers?|卡点|阻塞|卡住|阻碍)\s*:\s*"
    r"|(?:^|(?<=[,;.，；。\n]))\s*(?P<plan>next|plan|tomorrow|明日(?:计划)?|明天(?:计划)?|下一步|计划)\s*:\s*",
    re.IGNORECASE,
)
_NOTHING = {"none", "no", "nothing", "n/a", "na", "nil", "-", "无", "没有", "暂无"}
_STAGE_LAST = re.compile(
    r"(?P<stage>[^,;，；。\n]{1,40}?)\s*(?:(?:\b|(?<=[^A-Za-z]))(?:is\s+)?(?:done|completed?|finished)|(?:已经|已)?(?:完成|搞定|做完)了?)\s*[.!。！]?",
    re.IGNORECASE,
)
_STAGE_FIRST = re.compile(r"(?:已经|已)?(?:完成|搞定|做完)了?\s*(?P<stage>[^,;，；。\n]{1,40}?)\s*[.!。！]?")
_CLAUSE = re.compile(r"[,;，；。\n]|\.(?=\s)|\s[-–—]\s")
_NO_STAGE = re.compile(
    r"\b(?:not|never|almost|nearly|half|be|get|getting|will|isn't|aren't|hardly|mostly|partly|soon|when|until|to)\b|[未没不快将待要即]|[0-9]",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?]\s*$|[吗呢么]\s*$")
_DOUBTED = re.compile(r"[了啦]?(?:[吗么]\s*[?？]*|[?？]+)")
_EDGES = " \t,;，；、"


@dataclass(frozen=True)
class Parts:
    """What is said behind the value: note, blocker and plan, each "" when there is none."""

    note: str = ""
    blocker: str = ""
    plan: str = ""


def read(raw: str, *, certain: bool = False) -> Line | None:
    """The check-in line that `raw` is, None when it is none. certain: it was said to be one, so a note alone will do."""
    fields, text = _fields(raw)
    cursor = Cursor(text)
    cursor.take(BULLET)
    on = _take_leading_day(cursor)
    start = cursor.position
    ref = references.take(cursor, bare=True, loose_names=certain)
    if ref is None or cursor.peek(_ANOTHER) or cursor.peek(_LONELY_SIGN):
        return None
    weak_ref = cursor.folded[start : start + 1].isdigit() or not names_key_result(ref)
    line = _said(cursor, Line(ref, on=on, raw=raw.strip()))
    line = _with_fields(line, fields)
    return line if _says_enough(line, certain=certain, weak_ref=weak_ref) else None


def names_key_result(ref: Ref) -> bool:
    """True for KR1.2, KR2 and #k12; false for an objective."""
    return ref.key_result is not None or ref.id.startswith("k")


def strong(line: Line) -> bool:
    """True when more than a note was said."""
    return line.value is not None or line.confidence is not None or bool(line.blocker or line.plan)


def parts(text: str) -> Parts:
    """A text split at `blocked:` and `next:`."""
    found: dict[str, list[str]] = {"note": [], "blocked": [], "plan": []}
    name, begin = "note", 0
    for mark in _PART.finditer(fold(text)):
        found[name].append(text[begin : mark.start()].strip(_EDGES))
        name, begin = mark.lastgroup or "note", mark.end()
    found[name].append(text[begin:].strip(_EDGES))
    blockers = [b for b in found["blocked"] if b.lower().strip(" .。") not in _NOTHING]
    return Parts(*("; ".join(filter(None, piece)).strip() for piece in (found["note"], blockers, found["plan"])))


def begins_with_part(text: str) -> bool:
    """True for a line of its own such as `next: …`."""
    return _PART.match(fold(text.strip())) is not None


# ---------------------------------------------------------------- pieces of a line


def _fields(raw: str) -> tuple[dict[str, str], str]:
    """The quoted fields that our own buttons write, and the line with blanks in their place."""
    fields = {found[1]: unquote(found[2]) for found in FIELD.finditer(raw)}
    return fields, FIELD.sub(lambda found: " " * len(found[0]), raw) if fields else raw


def _with_fields(line: Line, fields: dict[str, str]) -> Line:
    if not fields:
        return line
    value = Value("stage", stage=fields["stage"]) if "stage" in fields else line.value
    return replace(line, value=value, note=fields.get("note", ""), blocker=fields.get("blocked", ""), plan=fields.get("next", ""))


def _take_leading_day(cursor: Cursor) -> When | None:
    """`补 昨天 KR1.2`, `yesterday: KR1.2`, `on 11-20 KR1.2`: the day before the reference."""
    start = cursor.position
    cursor.take(_MAKING_UP)
    after_word = cursor.position
    cursor.take(_ON)
    found = dates.match(cursor.text, cursor.position)
    if found:
        cursor.position = found[0]
        cursor.take(_GAP)
        if references.take(Cursor(cursor.text, cursor.folded, cursor.position), bare=True):
            return found[1]
    cursor.position = after_word
    if after_word > start and references.take(Cursor(cursor.text, cursor.folded, after_word), bare=True) is None:
        cursor.position = start
    return None


def _said(cursor: Cursor, line: Line) -> Line:
    """Everything behind the reference."""
    behind = cursor.position
    cursor.take(_SEPARATOR)
    line = _valued(cursor, line)
    cursor.take(_BEFORE_NOTE)
    said = parts(cursor.rest)
    note, confidence = said.note, line.confidence
    if confidence is None:
        confidence, note = values.confidence_in(note, fold(note))
    named = people.among(cursor.text[behind:])
    stage = _stage(note) if line.value is None else None
    value = Value("stage", stage=stage) if stage else line.value
    note = "" if _says_no_more(note) else note
    return replace(line, value=value, confidence=confidence, note=note, blocker=said.blocker, plan=said.plan, people=named)


def _valued(cursor: Cursor, line: Line) -> Line:
    """Day, value, confidence and day again, as far as they are said."""
    on = line.on or _take_day_before_value(cursor)
    start = cursor.position
    value = values.take_value(cursor)
    if value and not_a_value(cursor, value):
        cursor.position, value = start, None
    confidence = None
    for _ in range(2):
        if confidence is None:
            confidence = values.take_confidence(cursor, after_value=value is not None and value.kind != "fraction")
        on = on or _take_day(cursor)
    _give_back_unit(cursor, value)
    loose = value is not None and confidence is None and _may_be_confidence(value)
    return replace(line, value=value, confidence=confidence, loose=loose, on=on)


def not_a_value(cursor: Cursor, value: Value) -> bool:
    """What follows makes a note of it: 2 days late, 3天没动, 45 by Friday."""
    if cursor.peek(_BY_A_DAY):
        return True
    return value.quantity is not None and value.quantity.unit in _TIME_UNITS and cursor.peek(_LATE) is not None


def _may_be_confidence(value: Value) -> bool:
    return value.kind == "fraction" and value.of is not None and value.of.value == 10 and _whole(value)


def _whole(value: Value) -> bool:
    number = value.quantity.value if value.quantity else None
    return number is not None and 0 <= number <= 10 and number == int(number)


def _give_back_unit(cursor: Cursor, value: Value | None) -> None:
    """In "45 customers signed up" the unit is the note's first word too."""
    unit = value.quantity.unit if value and value.quantity else ""
    ends = cursor.position - len(unit)
    if unit.isascii() and unit.islower() and cursor.text[ends : cursor.position] == unit and cursor.peek(_WORD_FOLLOWS):
        cursor.position = ends


def _take_day_before_value(cursor: Cursor) -> When | None:
    """`KR1.2 昨天 45`: a day only where a value follows it."""
    start = cursor.position
    cursor.take(_ON)
    found = dates.match(cursor.text, cursor.position)
    if found:
        cursor.position = found[0]
        cursor.take(_GAP)
        if values.take_value(Cursor(cursor.text, cursor.folded, cursor.position)):
            return found[1]
    cursor.position = start
    return None


def _take_day(cursor: Cursor) -> When | None:
    """`on 11-20` behind the value; without `on` only a day's name that stands for itself."""
    start = cursor.position
    said = cursor.take(_ON)
    if not said:
        cursor.take(_GAP)
    found = dates.match(cursor.text, cursor.position)
    if found and (said or found[1].kind in {"date", "days", "weekday"}):
        cursor.position = found[0]
        if said and cursor.take(_AFTER_DAY):
            return found[1]
        if not said and cursor.peek(_DAY_ENDS):
            return found[1]
    cursor.position = start
    return None


def _stage(note: str) -> str | None:
    """`design done`, `设计 完成`: the stage's name; whether there is such a stage is not known here."""
    folded = _CLAUSE.split(fold(note), maxsplit=1)[0].rstrip()
    found = _STAGE_LAST.fullmatch(folded) or _STAGE_FIRST.fullmatch(folded)
    if found is None or not found["stage"].strip() or _NO_STAGE.search(found["stage"]) or people.find(note):
        return None
    return note[found.start("stage") : found.end("stage")].strip(" :：") or None


def _says_no_more(text: str) -> bool:
    """Nothing but people and particles."""
    for begin, end, _ in reversed(people.find(text)):
        text = text[:begin] + text[end:]
    return not text.strip(" ,;.，；。、!！了啦")


def _says_enough(line: Line, *, certain: bool, weak_ref: bool) -> bool:
    """Said to be a check-in, a reference alone will do (the value is asked); else a title, `1.2 version` and a question are none."""
    if not certain and _DOUBTED.fullmatch(line.note):
        return False
    if strong(line):
        return True
    if certain:
        return True
    return bool(line.note) and not weak_ref and not _QUESTION.search(fold(line.note))
