"""What may stand behind `team`, `company` and `lead`: seeing a team, making and changing one, and who leads whom."""

import re
from typing import Any

from bot.commands import ChangeTeam, Command, Named, NewTeam, ReportsTo, ShowTeam, Teams, Who
from bot.grammar import cycles, people, references, rest
from bot.grammar.characters import CJK
from bot.grammar.cursor import Cursor
from bot.grammar.words import SENTENCE_WORDS

_NEW = re.compile(r"\s+(?:new|create)(?![A-Za-z0-9_-])\s*|\s*(?:新建|创建)(?=[\s\"“「『]|$)\s*", re.IGNORECASE)
_VERBS = {
    "add": ("add", "添加", "加入", "加"),
    "remove": ("remove", "移除", "移出"),
    "lead": ("lead", "leader", "负责人"),
    "rename": ("rename to", "rename", "改名为", "改名", "更名为", "更名"),
    "channel": ("channel", "频道", "群"),
    "dissolve": ("dissolve", "解散"),
    "daily": ("daily", "日报"),
    "review": ("review", "retro", "复盘"),
    "digest": ("digest", "简报"),
}
_SWITCH: dict[str, tuple[str, ...]] = {"on": ("on", "开", "开启", "打开"), "off": ("off", "关", "关闭", "关掉")}
_KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "daily": _SWITCH,
    "digest": _SWITCH,
    "review": {
        "week": ("week", "weekly", "every week", "every 1 week", "每周", "每星期", "周"),
        "two weeks": (
            "two weeks",
            "2 weeks",
            "every two weeks",
            "every 2 weeks",
            "biweekly",
            "fortnightly",
            "每两周",
            "每2周",
            "每隔一周",
            "两周",
        ),
        "ten days": ("ten days", "10 days", "every ten days", "every 10 days", "每旬", "旬", "每十天", "每10天"),
    },
}
_WHAT = {word: what for what, words in _VERBS.items() for word in words}
_VERB = re.compile(
    rf"\s+(?P<verb>{'|'.join(sorted(_WHAT, key=len, reverse=True))})(?![A-Za-z])[\s:]*(?:(?:is|to|as)\s+|[是为]\s*)?", re.IGNORECASE
)
_PARTS = {
    "lead": ("led by", "lead", "负责人"),
    "members": ("members", "member", "with", "成员"),
    "channel": ("channel", "频道"),
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words}
_PART = re.compile(
    rf"(?:[\s,，;；、]+|(?<=[{CJK}\ue001]))(?P<part>{'|'.join(sorted(_PART_OF, key=len, reverse=True))})(?![A-Za-z])\s*[:是]?\s*",
    re.IGNORECASE,
)
_LONG_NAME = re.compile(rf"[A-Za-z0-9{CJK}][A-Za-z0-9&+_ {CJK}-]{{0,59}}")
_LONGEST_NAME = 80
_RENAMED = re.compile(r"[^\n@#]{1,60}")
_IS = re.compile(r"\s*(?:is\s+|[是为:=]\s*)", re.IGNORECASE)
_IS_OR_SPACE = re.compile(r"\s*(?:[是为:=]\s*|(?=[\s@\ue000])\s*)")
_NOBODY = re.compile(r"(?:nobody|no one|none|无|没有|空缺)(?![A-Za-z])", re.IGNORECASE)
_LEADS = r"(?:lead|leader|manager|主管|上级)\s*(?:is\s+|[是为:]\s*)"
_THEIR_LEAD = re.compile(rf"(?:'s|’s)?\s*(?:的\s*)?{_LEADS}|\s+reports\s+to\s+", re.IGNORECASE)
_NAMED_THEIRS = re.compile(rf"@(?P<name>[{CJK}]{{1,20}}?)\s*的?(?=(?:主管|上级)\s*[是为:])")


# ---------------------------------------------------------------- a team


def team(cursor: Cursor) -> Command | None:
    """`team`, `team NAME`, `team NAME 2027Q1`, `team new NAME …`, `team NAME add @a` and its siblings."""
    if rest.ended(cursor):
        return Teams()
    if cursor.take(_NEW):
        return _new(cursor)
    found = _called(cursor) if cursor.take(rest.SPACES) else None
    if found is None:
        return None
    return _shown(found, cursor) or _changed(found, cursor)


def company(cursor: Cursor) -> Command | None:
    """`company`, `company 2027Q1`, `company lead @x`."""
    return _shown(Named(""), cursor) or _changed(Named(""), cursor)


def _called(cursor: Cursor) -> Named | None:
    """A team's name, if it is no word that makes a sentence of it."""
    quoted = cursor.folded[cursor.position : cursor.position + 1] in '"“「『'
    found = references.take_team(cursor)
    return found if found and (quoted or found.name.lower() not in SENTENCE_WORDS) else None


def _shown(found: Named, cursor: Cursor) -> ShowTeam | None:
    start = cursor.position
    cycle = cycles.take_behind(cursor)
    if rest.ended(cursor):
        return ShowTeam(found, cycle)
    cursor.position = start
    return None


def _changed(found: Named, cursor: Cursor) -> ChangeTeam | None:
    verb = cursor.take(_VERB)
    if verb is None:
        return None
    what: Any = _WHAT[verb["verb"].lower()]
    if what in ("add", "remove", "lead"):
        named = tuple(dict.fromkeys(rest.leading_people(cursor)))
        right = named and (what != "lead" or len(named) == 1)
        return ChangeTeam(found, what, named) if right and rest.ended(cursor) else None
    if what == "dissolve":
        return ChangeTeam(found, what) if rest.ended(cursor) else None
    if what in _KINDS:
        said = " ".join(cursor.folded[cursor.position :].strip(" .。!！\n").lower().split())
        kind = next((kind for kind, words in _KINDS[what].items() if said in words), "")
        return ChangeTeam(found, what, text=kind) if kind else None
    text = rest.channel(cursor) if what == "channel" else _new_name(cursor)
    return ChangeTeam(found, what, text=text) if text and rest.ended(cursor) else None


def _new_name(cursor: Cursor) -> str:
    """A name of one word, in quotes, or of several up to the end of the line."""
    start = cursor.position
    one = references.take_team(cursor)
    if one and rest.ended(cursor):
        return one.name
    cursor.position = start
    found = cursor.take(_RENAMED)
    return cursor.typed(found).strip() if found else ""


# ---------------------------------------------------------------- a new team


def _new(cursor: Cursor) -> NewTeam | None:
    """Behind `team new`: a name, and its parts in any order."""
    if rest.ended(cursor):
        return NewTeam("")
    start = cursor.position
    name = references.take_team(cursor)
    made = with_parts(cursor, name.name) if name else None
    if made or (name and rest.ended(cursor)):
        return made or NewTeam(name.name if name else "")
    cursor.position = start
    part = _PART.search(cursor.folded, start + 1, start + _LONGEST_NAME)
    long = _LONG_NAME.fullmatch(cursor.folded, start, part.start()) if part else None
    if part is None or long is None:
        return None
    cursor.position = part.start()
    return with_parts(cursor, cursor.typed(long).strip())


def with_parts(cursor: Cursor, name: str) -> NewTeam | None:
    """`lead @x members @a @b channel #c`: one of them at least, and nothing else."""
    said: dict[str, list[Who]] = {"lead": [], "members": []}
    channel = ""
    if not cursor.peek(_PART):
        return None
    while part := cursor.take(_PART):
        which = _PART_OF[part["part"].lower()]
        if which == "channel":
            channel = rest.channel(cursor)
        else:
            said[which] += rest.leading_people(cursor)
        if not (channel if which == "channel" else said[which]):
            return None
    if len(said["lead"]) > 1 or not rest.ended(cursor):
        return None
    return NewTeam(name, said["lead"][0] if said["lead"] else None, tuple(dict.fromkeys(said["members"])), channel)


# ---------------------------------------------------------------- who leads whom


def lead(cursor: Cursor) -> Command | None:
    """`lead of @a is @x`, `my lead is nobody`, `主管 @a @x`: which of them, the word before it tells."""
    word = cursor.folded[: cursor.position].lower()
    if word in ("my lead", "我的主管"):
        return _led_by(cursor, None) if cursor.take(_IS) else None
    if word == "i report to":
        return _led_by(cursor, None)
    cursor.take(rest.SPACE)
    who = people.match(cursor.text, cursor.position)
    if who is None:
        return None
    cursor.position = who[0]
    return _led_by(cursor, who[1]) if cursor.take(_IS_OR_SPACE if word == "主管" else _IS) else None


def their_lead(cursor: Cursor) -> Command | None:
    """`@a's lead is @x`, `@a 的主管是 @x`, `@a reports to @x`."""
    start = cursor.position
    theirs = cursor.take(_NAMED_THEIRS)
    found = None if theirs else people.match(cursor.text, cursor.position)
    if found:
        cursor.position = found[0]
    who = Who("name", cursor.typed(theirs, "name")) if theirs else found[1] if found else None
    command = _led_by(cursor, who) if who and cursor.take(_THEIR_LEAD) else None
    if command is None:
        cursor.position = start
    return command


def _led_by(cursor: Cursor, who: Who | None) -> ReportsTo | None:
    cursor.take(rest.SPACE)
    if cursor.take(_NOBODY):
        return ReportsTo(who, None) if rest.ended(cursor) else None
    found = people.match(cursor.text, cursor.position)
    if found is None:
        return None
    cursor.position = found[0]
    return ReportsTo(who, found[1]) if rest.ended(cursor) else None


# ---------------------------------------------------------------- saying


def say(named: Named) -> str:
    """The team with the word for it: `team "Growth"`, `company`."""
    return f"team {references.say_team(named)}" if named.name else "company"


def say_new(command: NewTeam) -> str:
    """`team new "Growth" lead @x members @a channel #c`."""
    parts = (
        f"team new {people.quote(command.name)}" if command.name else "team new",
        f"lead {people.say(command.lead)}" if command.lead else "",
        " ".join(["members", *map(people.say, command.members)]) if command.members else "",
        f"channel {rest.say_channel(command.channel)}" if command.channel else "",
    )
    return " ".join(part for part in parts if part)


def say_change(command: ChangeTeam) -> str:
    """`team "Growth" add @a`."""
    text = people.quote(command.text) if command.what == "rename" else command.text
    text = rest.say_channel(text) if command.what == "channel" else text
    return " ".join(part for part in (say(command.team), command.what, *map(people.say, command.people), text) if part)


def say_lead(command: ReportsTo) -> str:
    """`lead of @a is @x`."""
    whose = f"lead of {people.say(command.who)}" if command.who else "my lead"
    return f"{whose} is {people.say(command.to) if command.to else 'nobody'}"
