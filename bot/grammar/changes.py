"""What may stand behind the words that change an OKR: edit a field, add, weigh, drop, close, reopen, transfer, rhythm, private, public."""

import re
from dataclasses import replace
from decimal import Decimal

from bot.commands import (
    AddKeyResult,
    Change,
    Close,
    Command,
    Drop,
    Hide,
    KeyResultText,
    Named,
    Ref,
    Reopen,
    Reveal,
    Rhythm,
    Transfer,
    Weigh,
    When,
)
from bot.grammar import cycles, dates, documents, people, quantities, references, rest
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor

# A field's name in commands.Change: what people may type for it.
FIELDS = {
    "title": ("title", "标题"),
    "why": ("why", "意义"),
    "kind": ("kind", "类型"),
    "due": ("due date", "due", "deadline", "截止日期", "截止日", "截止"),
    "target": ("target", "目标值"),
    "start": ("start", "baseline", "起始值", "基线"),
    "unit": ("unit", "单位"),
    "weight": ("weight", "权重"),
    "cycle": ("cycle", "周期"),
}
_FREE = ("title", "why")  # a text may hold any word, so it takes no reason
_WORDS = {word: name for name, words in FIELDS.items() for word in words}
_FIELD = re.compile(rf"\s*(?:的\s*)?(?P<field>{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![A-Za-z])", re.IGNORECASE)
_QUOTED = r'"(?:[^"\\\n]|\\.)*+"'
_OURS = re.compile(rf"\s+text=(?P<text>{_QUOTED})(?:\s+reason=(?P<reason>{_QUOTED}))?\s*$")
_TO = re.compile(r"\s*(?:[:=]|改为|改成|设为|为|到|(?:to)(?![A-Za-z]))?\s*", re.IGNORECASE)
_BECAUSE = r"(?:(?<![A-Za-z])because(?![A-Za-z])|因为|由于|原因\s?(?:是|(?=:)))\s*:?\s*"
_REASON_WITHIN = re.compile(_BECAUSE, re.IGNORECASE)
_REASON = re.compile(rf"[\s,;，；。]*{_BECAUSE}", re.IGNORECASE)
_COLON_REASON = re.compile(r"\s*:\s*(?![\s0-9+¥$€£-])")

# What a field's value looks like; a sentence that only begins like a change ("due diligence", "start over") has another.
_DUE = re.compile(r"(?:by\s+|on\s+|before\s+)?(?P<day>[^\n]{2,30}?)(?:之?前)?", re.IGNORECASE)
_SHAPES = {
    "kind": re.compile(r"committed|aspirational|stretch|承诺型?|挑战型?", re.IGNORECASE),
    "weight": re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?\s*%?"),
    "unit": re.compile(r"[^\s\n]{1,12}(?: [^\s\n]{1,12})?"),
    "cycle": re.compile(r"[^\s\n]{1,60}"),  # or anything that reads as a regular one
}
_NOTHING = re.compile(r"none|nothing|无|没有", re.IGNORECASE)
_BEFORE_AMOUNT = "≥≤<>=~约 "
_LONGEST_UNIT = 16
_LONGEST_VALUE = 60
_EDGES = " \t\n,;.，；。"
_TO_WHOM = re.compile(r"\s*(?:(?:to)(?![A-Za-z])|交?给|到)?\s*", re.IGNORECASE)
_TO_TEAM = re.compile(r"(?:team\s+|团队\s*)", re.IGNORECASE)
_TO_COMPANY = re.compile(r"(?:the\s+)?(?:company(?![A-Za-z])|公司)", re.IGNORECASE)
_MOVED_TO = re.compile(r"\s*(?:(?:in)?to(?![A-Za-z])|(?:移动?|挪动?|调整?)?[到至])\s*(?:cycle\s+|周期\s*)?", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\s*(?:[:=]|到|改为|to(?=\s)))?\s*(?P<number>-?[0-9]{1,6}(?:\.[0-9]{1,4})?)(?![0-9.])\s*%?[\s,;，；、。]*", re.IGNORECASE
)
_INTO = re.compile(r"\s*(?:(?:to|for)(?![A-Za-z])|到|给)?\s*", re.IGNORECASE)
_COLON = re.compile(r"\s*[:\n]\s*")
_MARKED = re.compile(r"\s*(?:[-*•·]\s*)?(?:KR|Key\s?Result|关键结果|KPI)\s?[0-9一二三四五六七八九十.]*", re.IGNORECASE)
_RHYTHMS = {
    1: ("daily", "every day", "每天", "每日"),
    7: ("weekly", "every week", "每周", "每星期"),
    10: ("every xun", "xun", "每旬"),
    14: ("fortnightly", "biweekly", "every two weeks", "每两周", "双周"),
    30: ("monthly", "every month", "每月", "每个月"),
}
_EVERY = re.compile(r"(?:every|每)\s*(?P<n>[0-9]{1,3})\s*(?P<unit>days?|weeks?|天|日|周)", re.IGNORECASE)


# ---------------------------------------------------------------- one field


def change(cursor: Cursor, ref: Ref) -> Command | None:
    """`edit REF` is read; what follows is a field and its value, or a field alone, which asks for the value."""
    start = cursor.position
    found = cursor.take(_FIELD)
    if found is None:
        return None
    name = _WORDS[found["field"].lower()]
    ours = cursor.take(_OURS)
    if ours:
        return Change(ref, name, *(people.unquote(cursor.typed(ours, part)) if ours[part] else "" for part in ("text", "reason")))
    cursor.take(_TO)
    value, reason = (cursor.rest.strip(), "") if name in _FREE else _reasoned(cursor)
    if value and not _fits(name, fold(value)):
        cursor.position = start
        return None
    return Change(ref, name, value, reason)


def _reasoned(cursor: Cursor) -> tuple[str, str]:
    """The rest, and the reason behind `because`."""
    found = _REASON_WITHIN.search(cursor.folded, cursor.position)
    if found is None:
        return cursor.rest.strip(_EDGES), ""
    return cursor.text[cursor.position : found.start()].strip(_EDGES), cursor.text[found.end() :].strip()


def _fits(name: str, value: str) -> bool:
    """Whether a value looks like one of its field."""
    if name in _FREE or _NOTHING.fullmatch(value):
        return True
    if len(value) > _LONGEST_VALUE:
        return False
    if name == "cycle" and cycles.parts_of(cycles.normal(value)):
        return True
    if name in _SHAPES:
        return _SHAPES[name].fullmatch(value) is not None
    return due(value) is not None if name == "due" else _amount(value.lstrip(_BEFORE_AMOUNT))


def due(value: str) -> When | None:
    """The day that a due date's value names: `12-20`, `by Friday`, `12月20日前`."""
    found = _DUE.fullmatch(value.strip())
    return dates.read(value) or (dates.read(found["day"]) if found else None)


def _amount(value: str) -> bool:
    """A number, and at most a unit behind it."""
    found = quantities.find(value, most=1)
    return bool(found) and found[0][0] == 0 and len(value) - found[0][1] <= _LONGEST_UNIT and " " not in value[found[0][1] :].strip()


# ---------------------------------------------------------------- key results and their weights


def add_key_result(cursor: Cursor) -> Command | None:
    """`add KR to O1: …`; without a colon only where nothing else follows."""
    cursor.take(_INTO)
    ref = references.take(cursor)
    if ref is not None and (ref.key_result is not None or ref.id.startswith("k")):
        return None
    if rest.ended(cursor):
        return AddKeyResult(ref)
    if not cursor.take(_COLON):
        return None
    text = cursor.rest.strip()
    return AddKeyResult(ref, _key_results(text), text)


def _key_results(text: str) -> tuple[KeyResultText, ...]:
    """Each line is a key result, with a mark before it or without."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = "\n".join(line if _MARKED.match(line) else f"KR: {line}" for line in lines)
    read = documents.read(marked)
    return tuple(kr for objective in read for kr in objective.key_results)


def weigh(cursor: Cursor) -> Command | None:
    """`weight KR1.1 40 KR1.2 60`: whose they are is said once."""
    weights: list[tuple[Ref, Decimal]] = []
    while not rest.ended(cursor):
        cursor.take(rest.GAP)
        ref = references.take(cursor, loose_names=not weights)
        number = cursor.take(_NUMBER) if ref else None
        if ref is None or number is None:
            return None
        first = weights[0][0] if weights else ref
        if ref.owner is None and not ref.cycle and not ref.id:
            ref = replace(ref, owner=first.owner, cycle=first.cycle)
        weights.append((ref, Decimal(number["number"])))
    return Weigh(tuple(weights)) if weights else None


# ---------------------------------------------------------------- the life of an objective


def drop(cursor: Cursor) -> Command | None:
    """`drop O1 because WHY`; without a reason it is asked for."""
    ref = rest.ref(cursor)
    if ref is None:
        return None
    if rest.ended(cursor):
        return Drop(ref)
    if rest.has_text_field(cursor):
        return Drop(ref, rest.text(cursor))
    found = cursor.take(_REASON) or cursor.take(_COLON_REASON)
    return Drop(ref, cursor.rest.strip()) if found else None


close, reopen, hide, reveal = rest.on_ref(Close), rest.on_ref(Reopen), rest.on_ref(Hide), rest.on_ref(Reveal)


def transfer(cursor: Cursor) -> Command | None:
    """`transfer O1 to @a`, to a team or to the company."""
    ref = rest.ref(cursor)
    if ref is None:
        return None
    cursor.take(_TO_WHOM)
    who = people.match(cursor.text, cursor.position)
    if who:
        cursor.position, to = who
        return Transfer(ref, to) if rest.ended(cursor) else None
    if cursor.take(_TO_COMPANY):
        return Transfer(ref, Named("")) if rest.ended(cursor) else None
    team = references.take_team(cursor) if cursor.take(_TO_TEAM) else None
    return Transfer(ref, team) if team and rest.ended(cursor) else None


def move(cursor: Cursor) -> Command | None:
    """`move O1 to 2027Q1`, `移动 O1 到 2027Q1`: the same as its cycle edited."""
    ref = rest.ref(cursor)
    if ref is None or not cursor.take(_MOVED_TO):
        return None
    cycle = cycles.take_behind(cursor)
    return Change(ref, "cycle", cycle) if cycle and rest.ended(cursor) else None


def rhythm(cursor: Cursor) -> Command | None:
    """`rhythm KR1.2 monthly`, `every 10 days`."""
    ref = rest.ref(cursor)
    if ref is None:
        return None
    cursor.take(_TO)
    said = " ".join(cursor.folded[cursor.position :].strip(" .。!！").lower().split())
    days = next((n for n, words in _RHYTHMS.items() if said in words), 0) or _every(said)
    return Rhythm(ref, days) if days else None


def _every(said: str) -> int:
    found = _EVERY.fullmatch(said)
    if found is None:
        return 0
    return int(found["n"]) * (7 if found["unit"][0] in "wW周" else 1)


def say_rhythm(days: int) -> str:
    """The rhythm in words that `rhythm` reads back."""
    return _RHYTHMS[days][0] if days in (1, 7, 14, 30) else f"every {days} days"


# ---------------------------------------------------------------- saying


def say_change(command: Change) -> str:
    """`edit KR1.2 target text="70" reason="scope grew"`."""
    said = f"edit {references.say(command.ref)} {command.field}"
    if not command.value and not command.reason:
        return said
    return f"{said} text={people.quote(command.value)}" + (f" reason={people.quote(command.reason)}" if command.reason else "")


def say_added(command: AddKeyResult) -> str:
    """`add KR to O1: …`."""
    said = f"add KR to {references.say(command.ref)}" if command.ref else "add KR"
    return f"{said}: {command.text}" if command.text else said
