"""What may stand behind `review`: which period, whose, and what is to be done with it."""

import re
from collections.abc import Callable
from typing import Any

from bot.commands import CloseReview, Command, Helped, ReopenReview, Review, ReviewOne, When
from bot.grammar import dates, people, references, rest
from bot.grammar.cursor import Cursor
from bot.grammar.rest import Reader

_OF = re.compile(r"\s*(?:(?:of|for|from|on)(?=\s))?\s*", re.IGNORECASE)
_LAST = re.compile(
    r"\s*(?:the\s+)?(?:last(?:\s+(?:one|period|time))?(?![A-Za-z])|previous(?![A-Za-z])|上次|上一?期|上一?旬|上一次)", re.IGNORECASE
)
_CLOSE = re.compile(r"\s*(?:close(?![A-Za-z])|finish(?![A-Za-z])|完成|结束|关闭)", re.IGNORECASE)
_SURE = re.compile(r"\s*(?:as (?:it is )?drafted|as it is|anyway|按草稿|照草稿|确认)", re.IGNORECASE)
_REOPEN = re.compile(r"\s*(?:reopen(?![A-Za-z])|重开|重新打开)", re.IGNORECASE)
_FILL = re.compile(r"\s*(?:fill in(?![A-Za-z])|form(?![A-Za-z])|填写|填表)", re.IGNORECASE)
_STEPS = {
    "result": ("result", "评估结果", "结果"),
    "analysis": ("analysis", "分析原因", "分析", "原因"),
    "insight": ("insight", "lesson", "learnt", "learned", "总结经验", "总结", "经验"),
    "change": ("will change", "change", "改进", "要改", "改变"),
    "confidence": ("confidence", "信心指数", "信心"),
}
_STEP_OF = {word: step for step, words in _STEPS.items() for word in words}
# What a sentence goes on with, when it speaks of a result, an insight, a change and says none.
_SPEAKS_OF_IT = (
    r"(?!\s+(?:is|are|was|were|isn't|wasn't|will|would|shows?|showed|looks?|looked|seems?|seemed|feels?|felt|sounds?|needs?|of|and|or)"
    r"(?![A-Za-z]))(?!(?<=change)(?<!will change)\s+(?:management|managers?|requests?|control|log|in)(?![A-Za-z]))"
)
_STEP = re.compile(
    rf"[\s:,，的]*(?P<step>{'|'.join(sorted(_STEP_OF, key=len, reverse=True))})(?:\s*[:：]\s*|{_SPEAKS_OF_IT}\s+(?=\S))",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\s+#(?P<id>h[0-9]{1,20})")
_SAID = re.compile(r'\s*(?P<step>[a-z]+)(?=\s+text=")')


def review(cursor: Cursor) -> Command | None:
    """`review`, `review last`, `review 2026-11-20 close as drafted`, `review KR1.2 insight TEXT`, `review @a`; `重开复盘`."""
    word = cursor.folded[: cursor.position].lower()
    day = _day(cursor)
    last = day is None and (word.startswith(("last", "上次")) or cursor.take(_LAST) is not None)
    if word.startswith(("reopen", "重开")):
        return ReopenReview(day) if rest.ended(cursor) else None
    if word.startswith(("close", "完成", "结束")):
        return _closed(cursor, day)
    if rest.ended(cursor):
        return Review(day, last)
    return None if last else _done(cursor, day) or _of_somebody(cursor, day) or _one(cursor, day)


def _day(cursor: Cursor) -> When | None:
    start = cursor.position
    cursor.take(_OF)
    found = dates.match(cursor.text, cursor.position)
    if found is None:
        cursor.position = start
        return None
    cursor.position = found[0]
    return found[1]


def _done(cursor: Cursor, day: When | None) -> Command | None:
    """What is to become of the whole."""
    if cursor.take(_CLOSE):
        return _closed(cursor, day)
    if cursor.take(_REOPEN):
        return ReopenReview(day) if rest.ended(cursor) else None
    return ReviewOne(day=day) if cursor.take(_FILL) and rest.ended(cursor) else None


def _closed(cursor: Cursor, day: When | None) -> Command | None:
    sure = cursor.take(_SURE) is not None
    return CloseReview(day, sure) if rest.ended(cursor) else None


def _of_somebody(cursor: Cursor, day: When | None) -> Command | None:
    """`review @a`, alone; `review @a KR1.1` is of a key result."""
    start = cursor.position
    cursor.take(_OF)
    found = people.match(cursor.text, cursor.position) if day is None else None
    if found:
        cursor.position = found[0]
        if rest.ended(cursor):
            return Review(who=found[1])
    cursor.position = start
    return None


def _one(cursor: Cursor, day: When | None) -> Command | None:
    """One key result: its form, or a step of it in words."""
    cursor.take(rest.GAP)
    ref = references.take(cursor, loose_names=False)
    if ref is None or (ref.key_result is None and not ref.id.startswith("k")):
        return None
    if rest.ended(cursor):
        return ReviewOne(ref, day=day)
    step = cursor.take(_SAID) or cursor.take(_STEP)
    if step is None or step["step"].lower() not in _STEP_OF:
        return None
    text = rest.text(cursor)
    return ReviewOne(ref, _STEP_OF[step["step"].lower()], text, day) if text else None


def _say(command: Review | ReviewOne | CloseReview | ReopenReview, *words: str) -> str:
    day = dates.say(command.day) if command.day else ""
    return " ".join(word for word in ("review", day, *words) if word)


def _say_one(command: ReviewOne) -> str:
    if command.ref is None:
        return _say(command, "fill in")
    said = (command.what, f"text={people.quote(command.text)}") if command.what else ()
    return _say(command, references.say(command.ref), *said)


def _helped(cursor: Cursor) -> Command | None:
    """`helped #h5`, from a button; never without its id."""
    found = cursor.take(_SHOWN)
    return Helped(found["id"]) if found and rest.ended(cursor) else None


READERS: dict[str, Reader] = {"review": review, "helped": _helped}
PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Review: lambda c: _say(c, "last" if c.last else "", people.say(c.who) if c.who else ""),
    ReviewOne: _say_one,
    CloseReview: lambda c: _say(c, "close", "as drafted" if c.sure else ""),
    Helped: lambda c: f"helped #{c.id}",
    ReopenReview: lambda c: _say(c, "reopen"),
}
