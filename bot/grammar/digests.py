"""What may stand behind `digest`, `gaps`, `seen` and `thanks`: whose, which days, which part, or how often it comes."""

import re
from collections.abc import Callable
from typing import Any

from bot.commands import Command, Digest, DigestEvery, Gaps, Named, Question, Ref, Seen, Who
from bot.grammar import people, references, rest, teams
from bot.grammar.cursor import Cursor
from bot.grammar.rest import Reader
from bot.grammar.words import SENTENCE_WORDS

_EVERY = {
    "daily": ("daily", "every day", "every morning", "on", "每天", "每日", "开", "开启"),
    "weekly": ("weekly", "every week", "on mondays", "每周", "每星期"),
    "off": ("off", "never", "关", "关闭", "停", "取消"),
}
_SPANS = {
    "day": ("day", "yesterday", "today", "日", "今天", "昨天"),
    "week": ("week", "for the week", "last week", "this week", "周", "本周", "上周", "一周"),
    "xun": ("10 days", "ten days", "the ten days", "last ten days", "last 10 days", "旬", "本旬", "上旬", "十天", "10天"),
}
_PARTS = {
    "waiting": ("waiting", "waiting on me", "等我", "等我处理"),
    "needs": ("needs", "blockers", "blocked", "卡点", "需要你"),
    "drift": ("drift", "drifting", "off track", "偏离"),
    "quiet": ("quiet", "no update", "no updates", "未更新", "没更新", "无更新"),
    "wins": ("wins", "went well", "亮点"),
    "none": ("no okr", "no okrs", "无okr", "没有okr", "没okr"),
}
_GAPS = {
    "okr": ("okr", "no okr"),
    "baseline": ("baseline", "基线", "起始值"),
    "target": ("target", "目标值"),
    "owner": ("owner", "负责人"),
    "value": ("value", "updates", "更新"),
    "weights": ("weights", "权重"),
}
_TEAM = re.compile(r"\s*(?:(?:of|for)\s+)?(?:team\s+|团队\s*)", re.IGNORECASE)
_COMPANY = re.compile(r"\s*(?:(?:of|for)\s+)?(?:company(?![A-Za-z])|公司)", re.IGNORECASE)
_FROM = re.compile(r"\s*(?:from\s+|从)(?P<n>[0-9]{1,6})\s*$", re.IGNORECASE)
_EDGES = " \n:,，。.!~"
_LONGEST = 40
_ID = re.compile(r"\s*#(?P<id>[im][0-9]{1,9})(?![0-9A-Za-z])")
_THANKED = re.compile(r"\s*(?:to\s+)?(?=@|\ue000)", re.IGNORECASE)


def _word_of(said: str, words: dict[str, tuple[str, ...]]) -> str:
    return next((name for name, spelled in words.items() if said in spelled), "")


def _whose(cursor: Cursor) -> Named | None:
    """The team named behind the word, or the company; None where none is."""
    if cursor.take(_COMPANY):
        return Named("")
    start = cursor.position
    if cursor.take(_TEAM):
        found = references.take_team(cursor)
        if found and (found.name.lower() not in SENTENCE_WORDS):
            return found
    cursor.position = start
    return None


def digest(cursor: Cursor) -> Command | None:
    """`digest`, `digest team NAME`, `digest week`, `digest weekly`, `简报 团队 增长`."""
    team = _whose(cursor)
    said, start = _said(cursor)
    if said is None:
        return None
    every: Any = _word_of(said, _EVERY)
    if every and team is None and start == 1:
        return DigestEvery(every)
    span: Any = _leading(said, _SPANS)
    part: Any = _word_of(said[len(span[1]) :].strip(_EDGES), _PARTS)
    whole = said == span[1] or part
    return Digest(team, span[0] or "day", part or "", start) if whole and (start == 1 or part) else None


def _leading(said: str, words: dict[str, tuple[str, ...]]) -> tuple[str, str]:
    """Which of the words the text begins with, and how it was spelled; the longest."""
    found = [(name, word) for name, spelled in words.items() for word in spelled if said == word or said.startswith(f"{word} ")]
    return max(found, key=lambda pair: len(pair[1]), default=("", ""))


def _said(cursor: Cursor) -> tuple[str | None, int]:
    """What is left, in small letters, and from which line on; None for what is too long to be one of our words."""
    text = cursor.folded[cursor.position :].strip(_EDGES)
    if len(text) > _LONGEST:
        return None, 1
    found = _FROM.search(text)
    start = max(1, int(found["n"])) if found else 1
    return " ".join((text[: found.start()] if found else text).lower().split()), start


def gaps(cursor: Cursor) -> Command | None:
    """`gaps`, `gaps team NAME`, `gaps baseline from 16`."""
    team = _whose(cursor)
    said, start = _said(cursor)
    if said is None:
        return None
    part: Any = _word_of(said, _GAPS)
    return Gaps(team, part, start) if (part or not said) and (start == 1 or part) else None


def _noticed(*, thanks: bool) -> Reader:
    def reader(cursor: Cursor) -> Command | None:
        found = cursor.take(_ID)
        if found:
            return Seen(found["id"], thanks=thanks) if rest.ended(cursor) else None
        who = _person(cursor)
        ref = references.take(cursor) if who is None else references.take_core(cursor)
        if (who is None and ref is None) or (thanks and ref is None) or not rest.ended(cursor):
            return None
        return Seen(who=who, ref=ref, thanks=thanks)

    return reader


def _person(cursor: Cursor) -> Who | None:
    start = cursor.position
    cursor.take(_THANKED)
    found = people.match(cursor.text, cursor.position)
    if found is None:
        cursor.position = start
        cursor.take(rest.SPACE)
        return None
    cursor.position, who = found
    cursor.take(rest.SPACE)
    return who


def _question(cursor: Cursor) -> Command | None:
    ref = rest.ref(cursor)
    return Question(ref) if ref and ref.id and rest.ended(cursor) else None


# ---------------------------------------------------------------- saying


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def _say_team(team: Named | None) -> str:
    return teams.say(team) if team else ""


def _say_from(start: int) -> str:
    return f"from {start}" if start > 1 else ""


def say_digest(command: Digest) -> str:
    """`digest team "Growth" week drift from 6`."""
    span = {"day": "", "week": "week", "xun": "10 days"}[command.span]
    part = {"none": "no okr"}.get(command.part, command.part)
    return _joined("digest", _say_team(command.team), span, part, _say_from(command.start))


def say_gaps(command: Gaps) -> str:
    """`gaps baseline from 16`."""
    return _joined("gaps", _say_team(command.team), command.part, _say_from(command.start))


def say_seen(command: Seen) -> str:
    """`thanks #i12`."""
    who = people.say(command.who) if command.who else ""
    return _joined("thanks" if command.thanks else "seen", f"#{command.id}" if command.id else "", who, _say_ref(command.ref))


def _say_ref(ref: Ref | None) -> str:
    return references.say(ref) if ref else ""


READERS: dict[str, Reader] = {
    "digest": digest,
    "gaps": gaps,
    "seen": _noticed(thanks=False),
    "thanks": _noticed(thanks=True),
    "question": _question,
}
PHRASES: dict[type[Any], Callable[[Any], str]] = {
    Digest: say_digest,
    DigestEvery: lambda c: f"digest {c.every}",
    Gaps: say_gaps,
    Seen: say_seen,
    Question: lambda c: f"question {references.say(c.ref)}",
}
