"""What may stand behind `score`, `lesson`, `close cycle`, `carry` and `review` with a cycle; what a score comes to is not known here."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.commands import Carry, CloseCycle, Command, KeepLesson, ObjectiveText, Ref, ReviewCycle, Score
from bot.grammar import cycles, documents, people, references, rest
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.rest import Reader

_LEAST = r"[-−]?(?:[0-9]{1,4}(?:\.[0-9]{1,4})?|\.[0-9]{1,4})"
_SCORED = re.compile(
    rf"(?:\s*(?:[:=]|to(?=\s)|为|得))?\s*(?P<number>{_LEAST}(?:\s?%|\s?/\s?(?:100?|5)(?![0-9.]))?)(?![0-9./%])\s*分?[\s,;，；、。]*"
)
_BETWEEN = re.compile(r"[\s,;:，；、]*(?:(?:and(?=\s)|和)\s*)?")
_TO = re.compile(r"\s*(?:(?:in)?to(?![A-Za-z])|到|至|进)\s*", re.IGNORECASE)
_TARGET = re.compile(
    r"\s*[,，]?\s*(?:的\s*)?(?:(?:with\s+)?(?:an?\s+|the\s+)?(?:new\s+)?target(?![A-Za-z])|新?目标值?)\s*(?:[:=]|of(?=\s)|为)?\s*",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[^\s:：][^\n:：]{0,39}")
_A_DIGIT = re.compile(r"[0-9]")
_COLON = re.compile(r"\s*[:\n]\s*")
_COLONS = re.compile(r"\s*:\s*|\s+")
_A_KEY_RESULT = re.compile(r"\s*(?:[-*•·]\s*)?(?:KR|Key\s?Result|关键结果|O(?![a-z])|目标)", re.IGNORECASE)
_APART = re.compile(r"(?!['’\w])|(?=[^\x00-\x7f])")
_CYCLE_WORD = re.compile(r"\s*(?:cycle|周期)?\s*", re.IGNORECASE)
_OURS = re.compile(r"\s+target=(?P<text>\"(?:[^\"\\\n]|\\.)*+\")\s*$")


def number(typed: str) -> Decimal | None:
    """The number that a typed score is: 0.7, .7, 70% and 7/10 are all 0.7; 7 stays 7. None for none."""
    plain = fold(typed).replace(" ", "").replace("−", "-").removesuffix("分")
    found = re.fullmatch(rf"({_LEAST})(%|/[0-9]+)?", plain)
    if found is None:
        return None
    share, behind = Decimal(found[1]), found[2] or ""
    whole = Decimal(100 if behind == "%" else behind[1:] or 1)
    return share / whole if whole else None


# ---------------------------------------------------------------- score


def score(cursor: Cursor) -> Command | None:
    """`score`, `score KR1.1`, `score KR1.1 0.7 KR1.2 40%`, also line by line: whose they are is said once."""
    scores: list[tuple[Ref, str]] = []
    while not rest.ended(cursor):
        cursor.take(_BETWEEN)
        ref = references.take(cursor, loose_names=not scores)
        if ref is None:
            return None
        said = cursor.take(_SCORED)
        if said is None and not rest.ended(cursor) and not cursor.peek(_BETWEEN):
            return None
        first = scores[0][0] if scores else ref
        if ref.owner is None and not ref.cycle and not ref.id:
            ref = replace(ref, owner=first.owner, cycle=first.cycle)
        scores.append((ref, _plain(said["number"]) if said else ""))
    return Score(tuple(scores))


def _plain(typed: str) -> str:
    return typed.replace(" ", "").replace("−", "-")


# ---------------------------------------------------------------- lesson


def lesson(cursor: Cursor) -> Command | None:
    """`lesson O1 TEXT`, `经验 O1：…`; a reference alone asks for the text."""
    ref = rest.ref(cursor)
    if ref is None:
        return None
    if rest.ended(cursor):
        return KeepLesson(ref)
    if rest.has_text_field(cursor):
        return KeepLesson(ref, rest.text(cursor))
    if not cursor.peek(_APART):
        return None
    cursor.take(_COLONS)
    return KeepLesson(ref, cursor.rest.strip())


# ---------------------------------------------------------------- close, review: a cycle behind the word


def _of_a_cycle(make: Callable[[str], Command], *whole: str) -> Reader:
    """A reader of a word that says what it is about by itself, or by the cycle behind it."""

    def reader(cursor: Cursor) -> Command | None:
        complete = cursor.folded[: cursor.position].lower() not in whole
        cursor.take(_CYCLE_WORD)
        if rest.ended(cursor):
            return make("") if complete else None
        name = cycles.take_behind(cursor)
        return make(name) if name and rest.ended(cursor) else None

    return reader


# ---------------------------------------------------------------- carry


def carry(cursor: Cursor) -> Command | None:
    """`carry O1`, `carry O1 to 2027Q1`, `carry KR1.2 target 80`, `carry O1: O: … KR1: …`."""
    ref = rest.ref(cursor)
    if ref is None:
        return None
    cycle = _into(cursor)
    ours = cursor.take(_OURS)
    if ours:
        return Carry(ref, cycle, people.unquote(cursor.typed(ours, "text")))
    target = _target(cursor)
    cycle = cycle or _into(cursor)
    if rest.ended(cursor):
        return Carry(ref, cycle, target)
    if target or not cursor.take(_COLON):
        return None
    text = cursor.rest.strip()
    read = _document(text)
    return Carry(ref, cycle, "", read, text) if read else None


def _into(cursor: Cursor) -> str:
    start = cursor.position
    worded = cursor.take(_TO)
    name = cycles.take_behind(cursor)
    if worded and not name:
        cursor.position = start
    return name


def _target(cursor: Cursor) -> str:
    start = cursor.position
    found = cursor.take(_TARGET) and cursor.peek(_AMOUNT)
    if not found or not _A_DIGIT.search(found[0]):
        cursor.position = start
        return ""
    typed = cursor.typed(found)
    into = re.search(r"\s+(?:(?:in)?to|到|至)\s+\S+\s*$", fold(typed), re.IGNORECASE)
    cursor.position = found.start() + (into.start() if into else len(typed))
    return typed[: into.start()].strip() if into else typed.strip()


def _document(text: str) -> tuple[ObjectiveText, ...]:
    """An OKR text; a line without a mark is a key result's."""
    marked = text if _A_KEY_RESULT.match(fold(text)) else f"KR: {text}"
    return documents.read(marked) if documents.is_document(marked) else ()


# ---------------------------------------------------------------- saying


def _said(*words: str) -> str:
    return " ".join(word for word in words if word)


def _say_score(command: Score) -> str:
    return _said("score", *(_said(references.say(ref), typed) for ref, typed in command.scores))


def _say_carry(command: Carry) -> str:
    said = _said("carry", references.say(command.ref), f"to {cycles.say_behind(command.cycle)}" if command.cycle else "")
    if command.target:
        return f"{said} target={people.quote(command.target)}"
    return f"{said}: {command.text}" if command.objectives else said


READERS: dict[str, Reader] = {
    "score": score,
    "lesson": lesson,
    "closing": _of_a_cycle(CloseCycle, "close", "结束"),
    "quarter": _of_a_cycle(ReviewCycle, "review", "retro", "复盘"),
    "carry": carry,
}

PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Score: _say_score,
    KeepLesson: lambda c: _said("lesson", references.say(c.ref), f"text={people.quote(c.text)}" if c.text else ""),
    CloseCycle: lambda c: _said("close cycle", cycles.say_behind(c.cycle)),
    ReviewCycle: lambda c: _said("review cycle", cycles.say_behind(c.cycle)),
    Carry: _say_carry,
}
