"""What may stand behind `remind me`, `snooze`, `quiet` and the answers to a prompt that are one word."""

import re
from collections.abc import Callable
from typing import Any

from bot.commands import Away, Back, Command, Country, Fill, Mute, Quiet, Remind, Same, Skip, Snooze, WhyAsked
from bot.grammar import countries, leave, people, references, rest, times, weekdays
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.rest import Reader
from bot.grammar.words import BUILT

_EDGES = " \n:,，。.!~"
_LONGEST = 60
_LONGEST_TYPED = 20
_ON = ("on", "back on", "开", "开启", "打开", "恢复")
_OFF = ("off", "never", "no more", "关", "关闭", "关掉", "停", "停止", "取消")

# ---------------------------------------------------------------- remind

_DAILY = r"(?:every\s?(?:work(?:ing)?\s?)?day|daily|each (?:work)?day|on workdays|每天|每日|每个?工作日|工作日)"
_EVERY_DAY = re.compile(rf"^\s*{_DAILY}(?:的|\s)*|\s*{_DAILY}\s*$", re.IGNORECASE)
_AT = re.compile(r"(?:at|@)\s+|(?:在|时间)\s*", re.IGNORECASE)
_OF_A_CLOCK = r"[0-9:.一二两三四五六七八九十零点时分半刻整\s]|[ap]m|上午|下午|早上|晚上|中午|凌晨|傍晚|早|晚"
_LOOKS_A_TIME = re.compile(rf"(?:{_OF_A_CLOCK}){{1,20}}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9一二两三四五六七八九十零]")
_NO_TIME = re.compile(r"\b(?:to|about|of|that|if|when|my|our)\b|[@#\n?？\ue000]", re.IGNORECASE)
_REMIND_ME = re.compile(r"(?P<when>[^\n]{0,20}?)\s*(?P<again>再)?\s*提醒(?:我|一下|我一下)?")
_REMIND_SWITCH = {
    False: re.compile(
        r"(?:(?:请)?(?:别|不要|不用|停止)(?:再|每天)?|取消|关闭|关掉)提醒我?了?|(?:don'?t|do not|stop) remind(?:ing)? me", re.IGNORECASE
    ),
    True: re.compile(r"(?:开启|打开|恢复)提醒我?"),
}


def remind(cursor: Cursor) -> Command | None:
    """`remind me at 17:25`, `remind me off`, `remind me tomorrow`; alone it tells when."""
    if rest.has_text_field(cursor):
        return Remind(typed=rest.text(cursor))
    said = cursor.folded[cursor.position :].strip(_EDGES).removesuffix(" please")
    if len(said) > _LONGEST:
        return None
    if not said:
        return Remind()
    if said.lower() in (*_ON, *_OFF):
        return Remind(on=said.lower() in _ON)
    return _later(said) or _reminded(said)


def _reminded(said: str) -> Remind | None:
    said = _EVERY_DAY.sub("", said, count=1).strip()
    at = _AT.match(said)
    time = said[at.end() :] if at else said
    minutes = times.read(time)
    if minutes is not None:
        return Remind(minutes)
    short = len(time) <= _LONGEST_TYPED and not references.find(time)
    wanted = (_LOOKS_A_TIME.fullmatch(time) and _NUMBER.search(time)) or (at and at[0].isascii() and not _NO_TIME.search(time))
    return Remind(typed=time) if time and short and wanted else None


def _remind_me(typed: str) -> Command | None:
    """`每天17:25提醒我`, `一小时后提醒我`, `别提醒我`: the word at the end."""
    switched = next((on for on, form in _REMIND_SWITCH.items() if form.fullmatch(typed)), None)
    if switched is not None:
        return Remind(on=switched)
    found = _REMIND_ME.fullmatch(typed)
    if found is None or not found["when"].strip():
        return None
    return _later(found["when"]) or (None if found["again"] else _reminded(found["when"].strip()))


def say_remind(command: Remind) -> str:
    """`remind me at 17:25`."""
    if command.typed:
        return f"remind me text={people.quote(command.typed)}"
    if command.on is not None:
        return f"remind me {'on' if command.on else 'off'}"
    return "remind me" if command.at is None else f"remind me at {times.say(command.at)}"


# ---------------------------------------------------------------- snooze

_TOMORROW = re.compile(
    r"(?:(?:until|till|til)\s+)?tomorrow(?:\s+morning)?|(?:[到至])?(?:明天|明早|明日)(?:早上|上午|一早)?(?:再说|再提|再来|再)?",
    re.IGNORECASE,
)
_ONCE_MORE = re.compile(r"again\s+", re.IGNORECASE)
_FOR = re.compile(r"(?:for|by)\s+", re.IGNORECASE)
_IN = re.compile(r"in\s+(?P<span>.+)|(?P<han>.+?)(?:之后|以后|后)(?:再说|再来|再)?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|til)\s+(?P<typed>[^\n#@]{1,20})|[到至]\s*(?P<han>[^\n#@]{1,10})", re.IGNORECASE)
_AGAIN = re.compile(r"\s*(?:再)?(?:说|看|提醒我?|来|问我?)?")
_LATER_ALONE = re.compile(
    rf"(?:{times.COUNT}|半)个?(?:半)?(?:小时|钟头|分钟|刻钟)(?:之后|以后|后)|明早|明天早上?(?=再)|明天(?=再)", re.IGNORECASE
)


def snooze(cursor: Cursor) -> Command | None:
    """`snooze`, `snooze 1h`, `snooze until tomorrow`, each with the id of a prompt or without."""
    word = cursor.folded[: cursor.position].lower()
    named = rest.act(cursor, "q")
    if rest.has_text_field(cursor):
        return Snooze(id=named, typed=rest.text(cursor))
    said, id = _before_id(cursor)
    id = named or id
    if len(said) > _LONGEST or (word == "later" and said):
        return None
    if not said or (not said.isascii() and _AGAIN.fullmatch(said)):
        return Snooze(id=id)
    if _TOMORROW.fullmatch(said):
        return Snooze(0, id)
    if said.isdigit():  # of what?
        return Snooze(id=id, typed=said)
    minutes = times.span(rest.without(_FOR, said))
    if minutes is None:
        later = _later(said)
        return Snooze(later.minutes, id, later.typed) if later else _put_off(said, id)
    return _within_a_day(minutes, said, id)


def _within_a_day(minutes: int, said: str, id: str = "") -> Snooze:
    return Snooze(minutes, id) if 0 < minutes <= times.DAY else Snooze(id=id, typed=said)


def _put_off(said: str, id: str) -> Snooze | None:
    """Until what is neither tomorrow nor a span."""
    until = _UNTIL.fullmatch(said)
    typed = (until["typed"] or until["han"]).strip() if until else ""
    return Snooze(id=id, typed=typed) if typed and not references.find(typed) else None


def _later(said: str) -> Snooze | None:
    """`later`, `tomorrow`, `in an hour`, `一小时后`."""
    said = rest.without(_ONCE_MORE, said.strip())
    if said.lower() in BUILT["snooze"]:
        return Snooze()
    if _TOMORROW.fullmatch(said):
        return Snooze(0)
    found = _IN.fullmatch(said)
    minutes = times.span(found["span"] or found["han"]) if found else None
    return None if minutes is None else _within_a_day(minutes, said)


def _later_alone(typed: str) -> Snooze | None:
    """`半小时后`, `明早`, `明天早上再说`: a time of day or a number first, so that no word tells what it is."""
    first = _LATER_ALONE.match(typed)
    return _later(_strip_again(typed)) if first and len(typed) <= _LONGEST_TYPED else None


def _strip_again(typed: str) -> str:
    return re.sub(r"(?:再)?(?:说|看|来|提醒我?|问我?)?$", "", typed, count=1)


def say_snooze(command: Snooze) -> str:
    """`snooze 30 min #q12`."""
    id = f" #{command.id}" if command.id else ""
    if command.typed:
        return f"snooze{id} text={people.quote(command.typed)}"
    return (f"snooze {command.minutes} min" if command.minutes else "snooze tomorrow") + id


# ---------------------------------------------------------------- the answers of one word

_ID = re.compile(r"\s*#(?P<id>q[0-9a-z]{1,20})$")
_SKIPPED = re.compile(r"(?:(?:for\s+)?today|it|this|this one|this time|一下|今天|今日|这次|本次|吧)?", re.IGNORECASE)
_NOTHING = re.compile(r"(?:today|yet|so far|as (?:yesterday|before|last time)|今天|今日)?", re.IGNORECASE)
_WHY = re.compile(
    r"(?:this|me|now|did you ask(?: me)?(?: this)?|are you asking(?: me)?(?: this)?"
    r"|(?:did|do|am|was|have) i (?:get|got|getting|receiv(?:e|ed|ing)|see|seeing|asked)(?: asked)?(?: (?:this|it|that|these))?"
    r"(?: (?:messages?|reminders?|question))?"
    r"|我?会?(?:收到|给我发|发给我|问我|提醒我|找我)了?(?:这个|这条|这些|此)?(?:消息|提醒|问题|信息)?)?[\s?!.]*",
    re.IGNORECASE,
)


def _before_id(cursor: Cursor) -> tuple[str, str]:
    """What is said, and the id of the prompt behind it ("" for none)."""
    said = cursor.folded[cursor.position :].rstrip(_EDGES)
    found = _ID.search(said) if len(said) <= _LONGEST else None
    return (said[: found.start()].strip(_EDGES), found["id"]) if found else (said.strip(_EDGES), "")


def _answer(make: Callable[[str], Command], behind: re.Pattern[str]) -> Reader:
    """A word, perhaps with more of the same behind it, and the id of a prompt."""

    def reader(cursor: Cursor) -> Command | None:
        said, id = _before_id(cursor)
        return make(id) if len(said) <= _LONGEST and behind.fullmatch(said) else None

    return reader


def mute(cursor: Cursor) -> Command | None:
    """`mute`, `unmute`."""
    word = cursor.folded[: cursor.position].lower()
    return Mute(word in ("mute", "静音")) if rest.ended(cursor) else None


# ---------------------------------------------------------------- quiet

_FROM = re.compile(r"(?:hours|时间|时段)?\s*(?:(?:from|between)\s+|从\s*)?", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|until|till|til|and)\s+|\s*[-–—~到至]\s*", re.IGNORECASE)
_LOOKS_A_SPAN = re.compile(rf"(?:{_OF_A_CLOCK}|[-–—~到至从]|to|until|till|and|from|between){{1,40}}", re.IGNORECASE)


def quiet(cursor: Cursor) -> Command | None:
    """`quiet 20:00-08:00`, `quiet from 8pm to 8am`, `quiet off`; alone it tells which."""
    if rest.has_text_field(cursor):
        return Quiet(typed=rest.text(cursor))
    said = cursor.folded[cursor.position :].strip(_EDGES)
    if len(said) > _LONGEST:
        return None
    if not said:
        return Quiet()
    if said.lower() in _OFF:
        return Quiet(off=True)
    whole = rest.without(_FROM, said)
    for hit in _TO.finditer(whole):
        start, end = times.read(whole[: hit.start()]), times.read(whole[hit.end() :], loose=True)
        if start is not None and end is not None and start != end:
            return Quiet(start, end)
    return Quiet(typed=said) if _LOOKS_A_SPAN.fullmatch(said) and _NUMBER.search(said) else None


def say_quiet(command: Quiet) -> str:
    """`quiet 20:00-08:00`."""
    if command.typed:
        return f"quiet text={people.quote(command.typed)}"
    if command.off:
        return "quiet off"
    return "quiet" if command.start is None or command.end is None else f"quiet {times.say(command.start)}-{times.say(command.end)}"


# ---------------------------------------------------------------- together


def _fill(cursor: Cursor) -> Command | None:
    """`fill #q12`, from a prompt's button; never without its id."""
    found = rest.act(cursor, "q")
    return Fill(found) if found and rest.ended(cursor) else None


READERS: dict[str, Reader] = {
    "remind": remind,
    "workdays": weekdays.workdays,
    "country": countries.country,
    "away": leave.away,
    "back": leave.back,
    "quiet": quiet,
    "fill": _fill,
    "skip": _answer(Skip, _SKIPPED),
    "same": _answer(Same, _NOTHING),
    "snooze": snooze,
    "why": _answer(WhyAsked, _WHY),
    "mute": mute,
}
PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Remind: say_remind,
    Country: countries.say,
    Quiet: say_quiet,
    Snooze: say_snooze,
    Away: leave.say,
    Back: lambda c: "back",
    Mute: lambda c: "mute" if c.on else "unmute",
}


def without_its_word_first(typed: str) -> Command | None:
    """What people begin with the time: `每天17:25提醒我`, `下周一请假`, `半小时后`."""
    if len(typed) > _LONGEST:
        return None
    folded = fold(typed).strip(_EDGES)
    found = _remind_me(folded) if "提醒" in folded or "remind" in folded.lower() else None
    found = found or leave.around(folded) or leave.taking(folded) or leave.returned(folded)
    return found or weekdays.turning(folded) or _later_alone(folded) or _of_today(folded)


def _of_today(typed: str) -> Same | None:
    """`今天没有新进展`."""
    return Same() if typed.startswith(("今天", "今日")) and typed[2:] in BUILT["same"] else None
