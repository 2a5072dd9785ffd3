"""Reads what a check-in line says of the value and the confidence; it judges no value."""

import re
from dataclasses import replace

from bot.commands import Quantity, Value
from bot.grammar import dates, quantities
from bot.grammar.cursor import Cursor

# "is at", "到了": words that lead to a new value and say nothing else
_LEADING = re.compile(
    r"(?:(?:is|are|was|it's|value|current(?:ly)?|now|at|to|up to|down to|reached|reaches|hit|stands at|about|around|approx\.?)\s+"
    r"|(?:已经|目前|当前|现在|现为|已|约|大约)?(?:达到了?|升到|升至|涨到了?|涨至|增至|增加到|增长到|提升到|提升至|提高到|降到了?|降至|降低到|"
    r"下降到|下降至|减少到|跌到|跌至|更新为|更新到|改为|改成|变为|变成|做到了?|来到|到了|到|至|为)\s*"
    r"|(?:已经|目前|当前|现在|现|已|约|大约)(?:是|为|在)?\s*|~\s*|≈\s*)",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"(?:(?:up|increased|rose|grew|gained)\s+(?:by\s+)?|(?:上?涨|增加|增长|提升|提高|上升|新增|多)了?\s*)(?=[0-9¥$€£])", re.IGNORECASE
)
_LOWERED = re.compile(
    r"(?:(?:down|decreased|fell|dropped|lost)\s+(?:by\s+)?|(?:下降|减少|降低|下跌|降|跌|减|少)了?\s*)(?=[0-9¥$€£])", re.IGNORECASE
)
_TO = re.compile(r"\s*(?:to|到|至)\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:from\s+|从\s*|由\s*)(?=[0-9¥$€£+-])", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\s*(?:->|=>|→|➜|➔|⇒|to\b|(?:提升|提高|增加|增长|上升|升|涨|降低|下降|减少|降|跌|变|改)?(?:到|至|为|成)了?)\s*", re.IGNORECASE
)
_ARROW = re.compile(r"\s*(?:-+>|=+>|→|➜|➔|⇒)\s*")
_SET_SIGN = re.compile(r"=\s*")
_OUT_OF = re.compile(r"\s*/\s*|\s+(?:out\s+)?of\s+", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?(?![0-9A-Za-z.,%])")
_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s?[~–-]\s?([0-9]+(?:\.[0-9]+)?)(?=[%\s,;，；。]|$)")
_OR = re.compile(r"\s*[,，、]\s*|\s+(?:or|and|to)\s+|\s*(?:或|或者|到|至)\s*|\s+", re.IGNORECASE)
_DONE = re.compile(
    r"(?:(?:is|are|was|all|now|it's)\s+)*(?:done|completed?|finished)(?![A-Za-z0-9'-])|(?:已经|已|全部|都|全)*(?:完成|搞定|达成|做完)了?",
    re.IGNORECASE,
)
_WITH_PERCENT = re.compile(
    r"(?:(?:is|are)\s+)?(?:done|complete[d]?|finished)\s+(?=[0-9.]+\s?%)|(?:已经|已)?完成了?\s*(?=[0-9.]+\s?%)", re.IGNORECASE
)
# what may follow a value that stands for itself
_ENDS = re.compile(
    r"\s*(?:$|[,;:，；。！!…]|\.(?![0-9])|[(（\ue000@]|[-–—]+(?:\s|$)|c\s?(?:10|[0-9])(?![0-9A-Za-z.])|conf|信心|(?:10|[0-9])\s?/\s?10(?![0-9])"
    r"|(?:on|blocked|blocker|next|plan)\b[:\s]|(?:卡点|阻塞|卡住|明日|明天)|yesterday|昨天|前天|今天|[\u2600-\u27bf\U0001f300-\U0001faff])",
    re.IGNORECASE,
)

_TEN = r"(?:10|[0-9])(?:\.0)?"
_CONFIDENCE = re.compile(
    rf"(?:c\s?(?P<c>{_TEN})(?:\s?/\s?10)?|(?P<bare>{_TEN})\s?/\s?10"
    rf"|(?:conf(?:idence)?|信心(?:指数|值|度)?)\s?(?:[:=]|is|at|of|为|是)?\s?(?:(?P<word>{_TEN})(?:\s?/\s?10|分)?|(?P<percent>(?:100|[0-9]?0)\s?%)))"
    r"(?![0-9A-Za-z%/]|[.,][0-9]|[个天月次小])",
    re.IGNORECASE,
)


# ---------------------------------------------------------------- the value


def take_value(cursor: Cursor) -> Value | None:
    """The value here, the cursor behind it; None, and the cursor where it was, when there is none."""
    start = cursor.position
    for reader in (_done, _from_to, _change, _set):
        value = reader(cursor)
        if value:
            return value
        cursor.position = start
    return None


def _done(cursor: Cursor) -> Value | None:
    """`done` as the whole value; "done by Friday" is none."""
    return Value("done") if cursor.take(_DONE) and cursor.peek(_ENDS) else None


def _from_to(cursor: Cursor) -> Value | None:
    """`40→45`, `from 40 to 45`, `从40到45`: the second counts."""
    said = cursor.take(_FROM)
    first = _number(cursor)
    if first and (cursor.take(_FROM_TO) if said else cursor.take(_ARROW)):
        second = _number(cursor)
        return Value("set", second, came_from=first) if second else None
    return None


def _change(cursor: Cursor) -> Value | None:
    """`+3`, `-3`, `up 3`, `下降了2`; the sign touches its digit."""
    if cursor.folded[cursor.position : cursor.position + 1] in {"+", "-"}:
        quantity = _number(cursor)
        return Value("add", quantity) if quantity else None
    sign = "+" if cursor.take(_RAISED) else "-" if cursor.take(_LOWERED) else None
    quantity = _number(cursor) if sign is not None else None
    if quantity is None:
        return None
    here = cursor.position
    if cursor.take(_TO):
        reached = _number(cursor)
        if reached:
            return Value("set", reached)
    cursor.position = here
    return Value("add", quantities.read(f"{sign}{quantity.raw}"))


def _set(cursor: Cursor) -> Value | None:
    """A number, after words that lead to it; `3/10` and two numbers side by side are kept with both readings."""
    lead = cursor.take(_WITH_PERCENT) or cursor.take(_ARROW) or cursor.take(_SET_SIGN)
    while not lead and cursor.take(_LEADING):
        continue
    fraction = _fraction(cursor)
    if fraction:
        return fraction
    quantity = _range(cursor) or _number(cursor)
    return Value("set", _with_second(cursor, quantity)) if quantity else None


def _fraction(cursor: Cursor) -> Value | None:
    start = cursor.position
    first = _plain(cursor)
    second = _plain(cursor) if first and cursor.take(_OUT_OF) else None
    if first and second:
        return Value("fraction", first, of=second)
    cursor.position = start
    return None


def _plain(cursor: Cursor) -> Quantity | None:
    found = cursor.take(_PLAIN)
    return quantities.read(cursor.typed(found)) if found else None


def _range(cursor: Cursor) -> Quantity | None:
    """`40-45`: either end can be meant; `11-20` is a day."""
    found = cursor.peek(_RANGE)
    if found is None or dates.read(found[0]):
        return None
    low, high = quantities.read(found[1]), quantities.read(found[2])
    if low is None or high is None:
        return None
    cursor.take(_RANGE)
    return Quantity(cursor.typed(found), low.readings + high.readings)


def _number(cursor: Cursor) -> Quantity | None:
    found = quantities.match_folded(cursor.folded, cursor.position, cursor.text)
    if found is None:
        return _numeral(cursor)
    cursor.position, quantity = found
    return quantity


_HAN = re.compile(r"[零一二三四五六七八九十两](?=$|[\s,;，；。])")


def _numeral(cursor: Cursor) -> Quantity | None:
    """A single Chinese numeral is a number here only when it stands alone."""
    found = cursor.take(_HAN)
    return quantities.read(cursor.typed(found)) if found else None


def _with_second(cursor: Cursor, first: Quantity) -> Quantity:
    """`45 50`: one quantity that can be read as either, so that it is asked and never guessed."""
    start = cursor.position
    begin = start - len(first.raw)
    if cursor.peek(_CONFIDENCE_HERE) or not cursor.take(_OR) or cursor.peek(_CONFIDENCE):
        cursor.position = start
        return first
    second = _number(cursor)
    if second is None or cursor.text[begin:start] != first.raw or not cursor.peek(_ENDS) or second.unit not in {"", first.unit, "%"}:
        cursor.position = start
        return first
    return replace(first, raw=cursor.text[begin : cursor.position], readings=first.readings + second.readings)


# ---------------------------------------------------------------- confidence

_CONFIDENCE_HERE = re.compile(rf"[\s,，;；(]*{_CONFIDENCE.pattern}", re.IGNORECASE)
_BEFORE_CONFIDENCE = re.compile(r"[\s,，;；]*\(?\s*")
_CLOSING = re.compile(r"\s*\)")
_IN_NOTE = re.compile(
    rf"(?:^|[\s,;，；。])\s{{0,3}}(?:my\s|我的)?(?=conf|信心|c(?:10|[0-9])\s*$){_CONFIDENCE.pattern}\s*(?=$|[,;，；。]|\.(?![0-9]))",
    re.IGNORECASE,
)


def take_confidence(cursor: Cursor, *, after_value: bool) -> int | None:
    """`c6`, `conf 6`, `信心6`, and `6/10` after a value: 0–10."""
    start = cursor.position
    opened = cursor.take(_BEFORE_CONFIDENCE)
    found = cursor.take(_CONFIDENCE)
    if found is None or (found["bare"] and not after_value):
        cursor.position = start
        return None
    if opened and "(" in opened[0]:
        cursor.take(_CLOSING)
    return _ten(found)


def confidence_in(text: str, folded: str) -> tuple[int | None, str]:
    """A confidence spelled out inside a note, and the note without it."""
    found = _IN_NOTE.search(folded)
    if found is None:
        return None, text
    return _ten(found), (text[: found.start()] + text[found.end() :]).strip(" ,;，；")


def _ten(found: re.Match[str]) -> int:
    if found["percent"]:
        return int(found["percent"].rstrip(" %")) // 10
    return int(float(found["c"] or found["bare"] or found["word"]))


def confidence_spans(folded: str) -> list[tuple[int, int]]:
    """Where a sentence speaks of confidence."""
    return [found.span() for found, _ in zip(_IN_NOTE.finditer(folded), range(20), strict=False)]
