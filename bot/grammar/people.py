"""Finds the people named in a text: mention marks, `@#m12`, typed @names; it knows nobody."""

import json
import re

from bot.commands import Who
from bot.grammar.characters import CJK, MARK, fold
from bot.messages import mention_mark

QUOTED = r'"(?:[^"\\\n]|\\.){0,200}"'
ANY_QUOTED = rf"{QUOTED}|“[^”\n]{{1,60}}”|「[^」\n]{{1,60}}」|『[^』\n]{{1,60}}』"
_NAME = rf"[A-Za-z{CJK}](?:[A-Za-z0-9_'{CJK}]|[.-](?=[A-Za-z0-9{CJK}])){{0,39}}"
_EVERYBODY = {"all", "everyone", "channel", "here", "所有人", "全体"}
_BEFORE = r"(?<![A-Za-z0-9_.+-])"
WHO = rf"(?:{MARK}|{_BEFORE}@(?:#(?P<member>m[0-9a-z]{{1,20}})(?![0-9A-Za-z])|(?P<quoted>{QUOTED})|(?P<name>{_NAME})(?!@)))"
# the same without groups, for the shapes that only need to know that somebody is named
ANYBODY = re.sub(r"\?P<\w+>", "?:", WHO).replace("([^", "(?:[^")
_WHO = re.compile(WHO)


def match(text: str, start: int = 0) -> tuple[int, Who] | None:
    """The person named exactly at `start`, with the end of the name."""
    found = _WHO.match(fold(text), start)
    who = named_by(found, text) if found else None
    return (found.end(), who) if found and who else None


def read(text: str) -> Who | None:
    """The person that the whole text names."""
    stripped = text.strip()
    found = match(stripped)
    return found[1] if found and found[0] == len(stripped) else None


def find(text: str, *, most: int = 100) -> list[tuple[int, int, Who]]:
    """Everybody named in a text as (start, end, who), in order; @all and e-mail addresses are nobody."""
    found: list[tuple[int, int, Who]] = []
    for hit in _WHO.finditer(fold(text)):
        who = named_by(hit, text)
        if who is not None and len(found) < most:
            found.append((hit.start(), hit.end(), who))
    return found


def among(text: str) -> tuple[Who, ...]:
    """Everybody named in a text, in order, each once."""
    return tuple(dict.fromkeys(who for _, _, who in find(text)))


def named_by(found: re.Match[str], text: str) -> Who | None:
    """Who a match of `WHO` names; `text` is the original, because a name is kept as typed."""
    if found[1] is not None:
        return Who("user", text[found.start(1) : found.end(1)])
    if found["member"]:
        return Who("member", found["member"])
    if found["quoted"]:
        name = unquote(text[found.start("quoted") : found.end("quoted")])
        return Who("name", name) if name else None
    name = text[found.start("name") : found.end("name")]
    name = name.removesuffix("'s")
    return None if name.lower() in _EVERYBODY else Who("name", name)


def say(who: Who) -> str:
    """The person in the form that `read` takes back."""
    if who.by == "user":
        return mention_mark(who.value)
    if who.by == "member":
        return f"@#{who.value}"
    return f"@{who.value}" if read(f"@{who.value}") == who else f"@{quote(who.value)}"


def quote(text: str) -> str:
    """The text between quotes on one line, as only our own buttons write it."""
    return json.dumps(text, ensure_ascii=False)


def unquote(quoted: str) -> str:
    """What `quote` was given; what somebody else wrote between quotes, as it stands."""
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted[1:-1]


def unquoted(typed: str) -> str:
    """A name without the quotes around it, ours or those of the writer's language."""
    return unquote(typed) if typed[0] == '"' else typed[1:-1]
