"""What may stand behind `daily`, `my week`, `my cycle`, `agenda`, `decision` and `coach`: looking back on one's own, and on a team's."""

import re
from collections.abc import Callable
from typing import Any

from bot.commands import Agenda, Coach, Command, Day, Decision, MyCycle, MyWeek, Named, Ref, SendPage, When, Who
from bot.grammar import checkins, cycles, dates, people, references, rest, teams
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.rest import Reader

_OF = re.compile(r"\s*(?:(?:for|of|from|by|on)\s+)?", re.IGNORECASE)
_THEIRS = re.compile(r"\s*(?:'s|’s|的)?\s*")
_TEAM = re.compile(r"(?:team\s+|团队\s*)", re.IGNORECASE)
_LAST = re.compile(r"\s*(?:(?:of|for)\s+)?(?:last(?:\s+week)?|上周|上个?星期)(?![A-Za-z0-9])", re.IGNORECASE)
_THIS = re.compile(r"\s*(?:(?:of|for)\s+)?(?:this(?:\s+week)?|本周|这周|这个?星期)(?![A-Za-z0-9])", re.IGNORECASE)
_SEND = re.compile(r"[\s,，]*(?:and\s+)?(?:post|send|share|发送|发布|发)\s*(?:it\s+)?(?:to\s+|in\s+|给|到|至)?\s*", re.IGNORECASE)
_HERE = re.compile(r"(?:here(?![A-Za-z])|这里|此处|本群|本频道|这个群)", re.IGNORECASE)
_LEAD = re.compile(r"(?:my\s+|我的)?(?:lead|leader|manager|主管|上级)(?![A-Za-z])", re.IGNORECASE)
_COLON = re.compile(r"\s*:\s*")
_ON_WHAT = re.compile(r"\s*(?:(?:on|for|about)\s+)?", re.IGNORECASE)
_ON = ("on", "开", "开启", "打开")
_OFF = ("off", "关", "关闭", "关掉")
_WORDS_OF_LAST_WEEK = ("last", "上周")
_WORDS_OF_THIS_WEEK = ("本周",)


# ---------------------------------------------------------------- a day


def daily(cursor: Cursor) -> Command | None:
    """`daily`, `daily @a yesterday`, `日报 团队 增长 11-20`; 日报 with check-in lines behind it is one as well."""
    start, word = cursor.position, cursor.folded[: cursor.position]
    shown = _day(cursor)
    if shown is not None or word.isascii():
        return shown
    cursor.position = start
    cursor.take(rest.GAP)
    return checkins.read(cursor.rest, certain=True)


def _day(cursor: Cursor) -> Day | None:
    cursor.take(_OF)
    of = _whose(cursor)
    if of is not None:
        cursor.take(_THEIRS)
    cursor.take(_OF)
    on = _when(cursor)
    return Day(of, on) if rest.ended(cursor) else None


def _whose(cursor: Cursor) -> Who | Named | None:
    found = people.match(cursor.text, cursor.position)
    if found is not None:
        cursor.position, who = found
        return who
    return _team(cursor)


def _team(cursor: Cursor) -> Named | None:
    """`team Growth`, `团队 增长`; the word without a name is none."""
    start = cursor.position
    found = references.take_team(cursor) if cursor.take(_TEAM) else None
    if found is None:
        cursor.position = start
    return found


def _when(cursor: Cursor) -> When | None:
    found = dates.match(cursor.text, cursor.position)
    if found is None:
        return None
    cursor.position, when = found
    return when


def say_day(command: Day) -> str:
    """`daily @#m12 on 2026-11-20`."""
    return _joined("daily", _say_whose(command.of), f"on {dates.say(command.on)}" if command.on else "")


def _say_whose(of: Who | Named | None) -> str:
    if of is None:
        return ""
    return people.say(of) if isinstance(of, Who) else teams.say(of)


# ---------------------------------------------------------------- a week, a cycle, and where they go


def my_week(cursor: Cursor) -> Command | None:
    """`my week`, `my week this`, `上周周报`, `my week last post to team Growth`."""
    return _sent(MyWeek(_last(cursor)), cursor)


def _last(cursor: Cursor) -> bool | None:
    """Whether the week before is meant; None where no week was said."""
    word = cursor.folded[: cursor.position].lower()
    if any(part in word for part in _WORDS_OF_LAST_WEEK):
        return True
    if any(part in word for part in _WORDS_OF_THIS_WEEK):
        return False
    if cursor.take(_LAST) is not None:
        return True
    return None if cursor.take(_THIS) is None else False


def my_cycle(cursor: Cursor) -> Command | None:
    """`my cycle`, `我的季度 2026Q3`, `my cycle send to my lead`."""
    return _sent(MyCycle(cycles.take_behind(cursor)), cursor)


def _sent(page: MyWeek | MyCycle, cursor: Cursor) -> Command | None:
    if rest.ended(cursor):
        return page
    to = _receiver(cursor) if cursor.take(_SEND) else None
    return SendPage(page, to) if to is not None and rest.ended(cursor) else None


def _receiver(cursor: Cursor) -> Named | str | None:
    if cursor.take(_HERE):
        return "here"
    return "lead" if cursor.take(_LEAD) else _team(cursor)


def say_week(command: MyWeek) -> str:
    """`my week last`, `my week this`."""
    return "my week" if command.last is None else f"my week {'last' if command.last else 'this'}"


def say_cycle(command: MyCycle) -> str:
    """`my cycle 2026Q3`."""
    return _joined("my cycle", cycles.say_behind(command.cycle))


def say_sent(command: SendPage) -> str:
    """`my week post here`, `my cycle send to my lead`, `my week post to team "Growth"`."""
    page = say_week(command.page) if isinstance(command.page, MyWeek) else say_cycle(command.page)
    if isinstance(command.to, Named):
        return _joined(page, "post to", teams.say(command.to))
    return _joined(page, "post here" if command.to == "here" else "send to my lead")


# ---------------------------------------------------------------- a team's meeting


def agenda(cursor: Cursor) -> Command | None:
    """`agenda`, `agenda team Growth`, `周会 团队 增长`."""
    cursor.take(_OF)
    team = _team(cursor)
    return Agenda(team) if rest.ended(cursor) else None


def decision(cursor: Cursor) -> Command | None:
    """`decision: TEXT`, `decision KR1.2: TEXT`, `决定：TEXT`; never without the colon; the one reference in it says what about."""
    start = cursor.position
    cursor.take(_ON_WHAT)
    ref = references.take(cursor)
    if ref is None:
        cursor.position = start
    if not rest.has_text_field(cursor) and cursor.take(_COLON) is None:
        return None
    text = rest.text(cursor)
    return Decision(text, ref or named_in(text)) if text else None


def named_in(text: str) -> Ref | None:
    """What a text is about: the one objective or key result that it names."""
    named = {ref for _, _, ref in references.find(text)}
    return named.pop() if len(named) == 1 else None


def say_decision(command: Decision) -> str:
    """`decision KR1.2 text="…"`."""
    about = command.ref if command.ref != named_in(command.text) else None
    return _joined("decision", references.say(about) if about else "", f"text={people.quote(command.text)}")


# ---------------------------------------------------------------- the coach on daily lines


def coach(cursor: Cursor) -> Command | None:
    """`coach off`, `教练 开`."""
    said = fold(cursor.rest).strip(" .。!！\n").lower()
    return Coach(said in _ON) if said in (*_ON, *_OFF) else None


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


READERS: dict[str, Reader] = {
    "daily": daily,
    "my week": my_week,
    "my cycle": my_cycle,
    "agenda": agenda,
    "decision": decision,
    "coach": coach,
}
PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Day: say_day,
    MyWeek: say_week,
    MyCycle: say_cycle,
    SendPage: say_sent,
    Agenda: lambda c: _joined("agenda", teams.say(c.team) if c.team else ""),
    Decision: say_decision,
    Coach: lambda c: f"coach {'on' if c.on else 'off'}",
}
