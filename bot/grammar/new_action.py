"""Reads a new action: `action TEXT @a by Friday`, `待办 KR1.2：TEXT @a 周五前`; a sentence that only begins like one is none."""

import re
from dataclasses import dataclass, field

from bot.commands import AddAction, Command, Ref, When, Who
from bot.grammar import dates, lines, people, references, rest
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor

_LISTS_ONLY = ("actions", "action items", "my actions", "todos", "to-dos", "待办列表", "待办事项", "我的待办", "我的行动项")
_COLON = re.compile(r"\s*[:\n]\s*")
_FOR = re.compile(r"\s*(?:for|on|关于)(?![A-Za-z])\s*", re.IGNORECASE)
_BEHIND_REF = re.compile(r"\s*(?P<colon>:)?[\s,，-]*")
_QUOTED = re.compile(r'\s*text=("(?:[^"\\\n]|\\.)*+")')
_BY = re.compile(r"\s+by\s+", re.IGNORECASE)
# What a sentence goes on with behind the word, when it speaks of actions and makes none.
_SPEAKS_OF_IT = re.compile(
    r"\s*(?:needed|needs?|required|requires?|items?|points?|plans?|lists?|is|are|was|were|has|had|have|will|would|on|in|of|and|or|not|no|"
    r"taken|done|from|by|to|that|which|should|must|can|could)(?![A-Za-z])",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]\s*$|[吗呢]\s*[。.]?\s*$")
EDGE = " \t\n,，、;；:：-–。."
_WINDOW = 160  # who and until when stand at an end of the text, so that a long one is not searched
_DUE_WORD = r"(?:due(?:\s+(?:on|by))?|by|before|until)\s+(?:the\s+)?(?=\S)|截止(?:日期|时间)?[到于是为]?[\s:]*"
_DUE_BEFORE = re.compile(rf"(?:{_DUE_WORD})", re.IGNORECASE)
_DUE_WITHIN = re.compile(rf"(?:(?<=[\s,，;；(])|^|(?=截止))(?:{_DUE_WORD})", re.IGNORECASE)
UNTIL = re.compile(r"\s*(?:之前|以前|前)(?:完成|做完|搞定|交)?|\s*(?:截止|到期)")
_NOW = re.compile(r"(?:today|tomorrow|今天|今日|明天|明日|后天)(?![A-Za-z的之])", re.IGNORECASE)
_NOW_LAST = re.compile(r"(?<!for)(?<!of)\s(?P<day>today|tomorrow)\s*$", re.IGNORECASE)
_BEFORE_WHO = re.compile(r"(?:请|让|由|麻烦)\s*(?=@|\ue000)|(?:for|->|→)\s*(?=@|\ue000)", re.IGNORECASE)
# Behind these a name at the end is part of the sentence: `call @b` is for the speaker.
_PART_OF_IT = re.compile(
    r"(?:^|\s)(?:with|to|from|of|about|by|or|ask|tell|call|ping|email|mail|message|meet|remind|help|thank|invite|join|brief|chase|update|see)\s*$"
    r"|(?:和|与|跟|向|找|问|联系|通知|催|回复|请教|约|感谢|提醒|帮)\s*$",
    re.IGNORECASE,
)
_AFTER_WHO = re.compile(r"\s*(?:to|please|pls)(?![A-Za-z])\s*", re.IGNORECASE)
_AND_LAST = re.compile(r"(?:[\s,，、]|(?<=\s)(?:and|for)|和|与|及|请|由|->|→)*$", re.IGNORECASE)


def read(cursor: Cursor, word: str) -> Command | None:
    """`action: TEXT`, `待办 KR1.2：TEXT @a 周五前`. Without a colon it takes somebody's name, a day or a reference to be one."""
    colon = cursor.take(_COLON) is not None
    if not colon and (word in _LISTS_ONLY or not rest.apart(cursor) or cursor.peek(_SPEAKS_OF_IT)):
        return None
    ref = _helps(cursor)
    behind = cursor.take(_BEHIND_REF) if ref else None
    colon = colon or bool(behind and behind["colon"])
    ours = cursor.take(_QUOTED)
    if ours:
        return _phrased(cursor, people.unquote(cursor.typed(ours, 1)), ref)
    if _is_a_check_in(cursor.rest, ref):
        return None
    said = _parts(cursor.rest)
    if not colon and (_ASKS.search(cursor.folded) or not (said.people or said.due or ref)):
        return None
    if not colon and not said.text:
        return None
    return AddAction(said.text, ref, said.people, said.due)


def _helps(cursor: Cursor) -> Ref | None:
    start = cursor.position
    cursor.take(_FOR)
    cursor.take(rest.SPACE)
    ref = references.take(cursor, loose_names=False)
    if ref is None:
        cursor.position = start
    return ref


def _is_a_check_in(text: str, ref: Ref | None) -> bool:
    """`todo KR1.2 45 shipped` says a value, and a line that begins with a reference is a line of its own."""
    first, _, more = text.partition("\n")
    if any(lines.read(line) for line in more.split("\n")[:40] if line.strip()):
        return True
    line = lines.read(f"#k0 {first}", certain=True) if ref and len(first) < _WINDOW else None
    return line is not None and line.value is not None and line.value.kind != "stage"


def _phrased(cursor: Cursor, text: str, ref: Ref | None) -> Command | None:
    """As our own buttons say it."""
    due = None
    if cursor.take(_BY):
        found = dates.match(cursor.text, cursor.position)
        if found is None:
            return None
        cursor.position, due = found
    named = rest.leading_people(cursor)
    return AddAction(text, ref, tuple(dict.fromkeys(named)), due) if rest.ended(cursor) else None


@dataclass
class _Parts:
    """A text without who and until when, which stand at its ends."""

    text: str
    first: list[Who] = field(default_factory=list)
    last: list[Who] = field(default_factory=list)
    due: When | None = None

    @property
    def people(self) -> tuple[Who, ...]:
        """Whom it is for, in the order in which they were named."""
        return tuple(dict.fromkeys([*self.first, *self.last]))


def _parts(typed: str) -> _Parts:
    said = _Parts(typed.strip(EDGE))
    while _from_the_front(said) or _from_the_end(said):
        said.text = said.text.strip(EDGE)
    return said


def _from_the_front(said: _Parts) -> bool:
    """Takes whom or a day off the beginning; false when there is none."""
    before = _BEFORE_WHO.match(fold(said.text[:_WINDOW]))
    found = people.match(said.text, before.end() if before else 0)
    if found:
        said.first.append(found[1])
        to = _AFTER_WHO.match(fold(said.text), found[0])
        said.text = said.text[to.end() if to else found[0] :]
        return True
    return said.due is None and _day_first(said)


def _day_first(said: _Parts) -> bool:
    head = said.text[:_WINDOW]
    word, folded = _DUE_BEFORE.match(fold(head)), fold(head)
    day = dates.match(head, word.end() if word else 0)
    if day is None:
        return False
    until = UNTIL.match(folded, day[0])
    now = None if word or until else _NOW.match(folded)
    if not (word or until or now):
        return False
    said.due, said.text = day[1], said.text[until.end() if until else day[0] :]
    return True


def _from_the_end(said: _Parts) -> bool:
    """Takes whom or a day off the end; false when there is none."""
    cut = max(0, len(said.text) - _WINDOW)
    tail = said.text[cut:]
    named = _run_of_people(tail)
    if named and not _PART_OF_IT.search(fold(tail[: named[0][0]])):
        said.last = [who for _, _, who in named] + said.last
        said.text = _AND_LAST.sub("", said.text[: cut + named[0][0]])
        return True
    if said.due is not None:
        return False
    day = _day_last(tail)
    if day is None:
        return False
    said.due, said.text = day[1], said.text[: cut + day[0]]
    return True


def _run_of_people(tail: str) -> list[tuple[int, int, Who]]:
    """Those named one after another at the end of a text."""
    run: list[tuple[int, int, Who]] = []
    for hit in reversed(people.find(tail)):
        if tail[hit[1] : run[0][0] if run else None].strip(EDGE) not in ("", "and", "和", "与", "及"):
            break
        run.insert(0, hit)
    return run


def _day_last(tail: str) -> tuple[int, When] | None:
    """Where a day at the end begins, with its word, and the day."""
    folded = fold(tail)
    for word in _DUE_WITHIN.finditer(folded):
        found = dates.match(tail, word.end())
        if found and _ends(folded, found[0]):
            return word.start(), found[1]
    for begin, end, when in dates.find(tail):
        until = UNTIL.match(folded, end)
        if until and _ends(folded, until.end()):
            return begin, when
    last = _NOW_LAST.search(folded)
    day = dates.read(last["day"]) if last else None
    return (last.start(), day) if last and day else None


def _ends(folded: str, at: int) -> bool:
    until = UNTIL.match(folded, at)
    return not folded[until.end() if until else at :].strip(" ).。!！,，")
