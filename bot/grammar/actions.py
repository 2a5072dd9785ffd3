"""Actions as they are typed: `action TEXT @a by Friday`, `done A7`, `A7 due Friday`; a sentence that only begins like one is none."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.commands import Actions, AddAction, ChangeAction, Command, Done, NotMine, Ref, ReopenActions, ShowAction, When, Who
from bot.grammar import changes, dates, lines, people, references, rest, teams
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.rest import Reader

_ONE = re.compile(r"\s*(?:[Aa](?P<n>[1-9][0-9]{0,6})|#(?P<id>e[0-9]{1,9}))(?![A-Za-z0-9_-]|\.[0-9])")
_BETWEEN = re.compile(r"\s*(?:[,，、&+]|and\b|和|与|及)?\s*", re.IGNORECASE)
_MOST_AT_ONCE = 20
_IS_DONE = re.compile(
    r"\s*(?:(?:is|are)\s+)?(?:all\s+)?(?:done|completed?|finished|closed)\b|\s*(?:都|已经|已)*(?:完成|做完|搞定|办完)了?", re.IGNORECASE
)
_DONE_FIRST = re.compile(r"完成了?")
_IS_OPEN = re.compile(r"\s*(?:reopen|重开)", re.IGNORECASE)
_NOT_MINE = re.compile(r"\s*(?:(?:is\s+)?not\s+mine\b|不是我的|不归我)", re.IGNORECASE)
_DUE = re.compile(
    r"\s*(?:(?P<said>(?:is\s+)?due(?![A-Za-z])(?:\s+(?:on|by)(?![A-Za-z]))?|(?:的)?截止(?:日期|时间)?)(?:改为|改到|改成|到|于|是|为)?"
    r"|by(?![A-Za-z])|before(?![A-Za-z])|改到|推迟到|延到|延期到|提前到)[\s:]*",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:to(?![A-Za-z])|for(?![A-Za-z])|->|=>|→|转给|交给|改给|给)\s*", re.IGNORECASE)
_TEXT = re.compile(r"\s*(?:text(?![A-Za-z=])|内容|文字)(?:改为|改成)?\s*:?\s*(?=\S)|(?=\s*text=\")", re.IGNORECASE)
_LONGEST_DAY = 40
_NO_DAY = ("none", "-", "–", "无", "不限", "清空")

_LISTS_ONLY = ("actions", "action items", "my actions", "todos", "to-dos", "待办列表", "待办事项", "我的待办", "我的行动项")
_OF = re.compile(r"\s*(?:of|for)(?![A-Za-z])|\s*的", re.IGNORECASE)
_TEAM = re.compile(r"\s*(?:team\s+|团队\s*)", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:page\s*)?(?P<n>[1-9][0-9]{0,2})\s*$", re.IGNORECASE)
_THEIRS = re.compile(r"\s*(?:'s|’s|的)?\s*(?:actions|action items|todos|待办|行动项)\s*[.。?？]?$", re.IGNORECASE)
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
_EDGE = " \t\n,，、;；:：-–。."
_WINDOW = 160  # who and until when stand at an end of the text, so that a long one is not searched
_DUE_WORD = r"(?:due(?:\s+(?:on|by))?|by|before|until)\s+(?:the\s+)?(?=\S)|截止(?:日期|时间)?[到于是为]?[\s:]*"
_DUE_BEFORE = re.compile(rf"(?:{_DUE_WORD})", re.IGNORECASE)
_DUE_WITHIN = re.compile(rf"(?:(?<=[\s,，;；(])|^|(?=截止))(?:{_DUE_WORD})", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:之前|以前|前)(?:完成|做完|搞定|交)?|\s*(?:截止|到期)")
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


# ---------------------------------------------------------------- which ones


def _which(cursor: Cursor) -> tuple[str, ...]:
    """The actions named here, one after another."""
    named: list[str] = []
    while len(named) < _MOST_AT_ONCE:
        start = cursor.position
        if named:
            cursor.take(_BETWEEN)
        found = cursor.take(_ONE)
        if found is None:
            cursor.position = start
            break
        named.append(f"A{found['n']}" if found["n"] else found["id"])
    return tuple(dict.fromkeys(named))


def _on_them(make: Callable[[tuple[str, ...]], Command]) -> Reader:
    """A word with actions behind it and nothing else."""

    def reader(cursor: Cursor) -> Command | None:
        named = _which(cursor)
        return make(named) if named and rest.ended(cursor) else None

    return reader


def _not_mine(cursor: Cursor) -> Command | None:
    named = _which(cursor)
    return NotMine(named[0]) if len(named) == 1 and rest.ended(cursor) else None


def numbered(typed: str) -> Command | None:
    """What begins with an action's number: `A7`, `A7 done`, `A7 A9 完成`, `A7 due Friday`, `A7 to @b`; and `完成 A7`."""
    if fold(typed[:1]) not in ("A", "a", "#", "完"):
        return None
    cursor = Cursor(typed)
    if cursor.take(_DONE_FIRST):
        return READERS["done"](cursor)
    named = _which(cursor)
    if not named:
        return None
    if rest.ended(cursor):
        return ShowAction(named[0]) if len(named) == 1 else None
    for said, make in ((_IS_DONE, Done), (_IS_OPEN, ReopenActions)):
        if found := cursor.peek(said):
            after = Cursor(cursor.text, cursor.folded, found.end())
            return make(named) if rest.ended(after) else None
    return _changed(cursor, named[0]) if len(named) == 1 else None


def _changed(cursor: Cursor, action: str) -> Command | None:
    """What follows one action's number to change it."""
    if cursor.take(_NOT_MINE):
        return NotMine(action) if rest.ended(cursor) else None
    if cursor.take(_TEXT):
        text = rest.text(cursor)
        return ChangeAction(action, "text", text) if text else None
    if cursor.take(_TO):
        found = people.match(cursor.text, cursor.position)
        cursor.position = found[0] if found else cursor.position
        return ChangeAction(action, "owner", who=found[1]) if found and rest.ended(cursor) else None
    return _put_off(cursor, action)


def _put_off(cursor: Cursor, action: str) -> Command | None:
    word = cursor.take(_DUE)
    if word and rest.has_text_field(cursor):
        return ChangeAction(action, "due", rest.text(cursor))
    typed = cursor.rest.strip(_EDGE)
    until = _UNTIL.search(typed)
    day = typed[: until.start()] if until and until.end() == len(typed) else typed
    clear = dates.read(day) is not None or fold(day).lower() in _NO_DAY
    if (clear and (word or day != typed)) or (word and word["said"] and day and _maybe_a_day(day)):
        return ChangeAction(action, "due", day)
    return None


def _maybe_a_day(typed: str) -> bool:
    """`A7 due whenever` is asked about; `A7 due to the holidays` is a sentence."""
    return len(typed) <= _LONGEST_DAY and not typed.lower().startswith(("to ", "diligence"))


# ---------------------------------------------------------------- lists


def _actions(cursor: Cursor) -> Command | None:
    """`actions`, `actions @a`, `待办 团队 增长`; with a text behind it, an action."""
    start = cursor.position
    if rest.ended(cursor):
        return Actions()
    found = _listed(cursor)
    if found is None:
        cursor.position = start
        found = _added(cursor, cursor.folded[:start].lower())
    return found


def _listed(cursor: Cursor) -> Command | None:
    cursor.take(_OF)
    found = _page(cursor, Actions())
    cursor.take(rest.SPACE)
    who = None if found else people.match(cursor.text, cursor.position)
    if who:
        cursor.position = who[0]
        found = _page(cursor, Actions(who[1]))
    elif found is None and cursor.take(_TEAM):
        team = references.take_team(cursor)
        found = _page(cursor, Actions(team=team)) if team else None
    return found


def _page(cursor: Cursor, of: Actions) -> Actions | None:
    page = cursor.take(_PAGE)
    if page:
        return Actions(of.who, of.team, int(page["n"]))
    return of if (of.who or of.team) and rest.ended(cursor) else None


def theirs(cursor: Cursor) -> Command | None:
    """`@a's actions`, `@a 的待办`."""
    found = people.match(cursor.text, cursor.position)
    behind = _THEIRS.match(cursor.folded, found[0]) if found else None
    return Actions(found[1]) if found and behind else None


# ---------------------------------------------------------------- a new one


def _added(cursor: Cursor, word: str) -> Command | None:
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
    said = _Parts(typed.strip(_EDGE))
    while _from_the_front(said) or _from_the_end(said):
        said.text = said.text.strip(_EDGE)
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
    until = _UNTIL.match(folded, day[0])
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
        if tail[hit[1] : run[0][0] if run else None].strip(_EDGE) not in ("", "and", "和", "与", "及"):
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
        until = _UNTIL.match(folded, end)
        if until and _ends(folded, until.end()):
            return begin, when
    last = _NOW_LAST.search(folded)
    day = dates.read(last["day"]) if last else None
    return (last.start(), day) if last and day else None


def _ends(folded: str, at: int) -> bool:
    until = _UNTIL.match(folded, at)
    return not folded[until.end() if until else at :].strip(" ).。!！,，")


# ---------------------------------------------------------------- saying


def _say_added(command: AddAction) -> str:
    due = f"by {dates.say(command.due)}" if command.due else ""
    ref = references.say(command.ref) if command.ref else ""
    parts = ("action", ref, f"text={people.quote(command.text)}", due, *map(people.say, command.people))
    return " ".join(part for part in parts if part)


def _say_changed(command: ChangeAction) -> str:
    if command.field == "owner":
        return f"{_say(command.action)} to {people.say(command.who)}" if command.who else _say(command.action)
    return f"{_say(command.action)} {command.field} text={people.quote(command.value)}"


def _say(action: str) -> str:
    return action if action.startswith("A") else f"#{action}"


def _say_listed(command: Actions) -> str:
    of = people.say(command.who) if command.who else teams.say(command.team) if command.team else ""
    return " ".join(part for part in ("actions", of, str(command.page) if command.page > 1 else "") if part)


READERS: dict[str, Reader] = {
    "actions": _actions,
    "done": _on_them(Done),
    "notmine": _not_mine,
    "reopen": lambda cursor: _on_them(ReopenActions)(Cursor(cursor.text, cursor.folded, cursor.position)) or changes.reopen(cursor),
}
PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Actions: _say_listed,
    ShowAction: lambda c: _say(c.action),
    AddAction: _say_added,
    ChangeAction: _say_changed,
    Done: lambda c: " ".join(["done", *map(_say, c.actions)]),
    ReopenActions: lambda c: " ".join(["reopen", *map(_say, c.actions)]),
    NotMine: lambda c: f"not mine {_say(c.action)}",
}
