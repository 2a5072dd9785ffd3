"""Actions as they are typed: `actions @a`, `done A7`, `A7 due Friday`; how a new one is read is in `new_action`."""

import re
from collections.abc import Callable
from typing import Any

from bot.commands import Actions, AddAction, ChangeAction, Command, Done, NotMine, ReopenActions, ShowAction
from bot.grammar import changes, dates, new_action, people, references, rest, teams
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

_OF = re.compile(r"\s*(?:of|for)(?![A-Za-z])|\s*的", re.IGNORECASE)
_TEAM = re.compile(r"\s*(?:team\s+|团队\s*)", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:page\s*)?(?P<n>[1-9][0-9]{0,2})\s*$", re.IGNORECASE)
_THEIRS = re.compile(r"\s*(?:'s|’s|的)?\s*(?:actions|action items|todos|待办|行动项)\s*[.。?？]?$", re.IGNORECASE)


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
    typed = cursor.rest.strip(new_action.EDGE)
    until = new_action.UNTIL.search(typed)
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
        found = new_action.read(cursor, cursor.folded[:start].lower())
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
