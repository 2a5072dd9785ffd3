"""How a day's line is written: whether it says what came of the work, in words that could not stand there every day. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Flaw = Literal["thrice", "activity", "no_number", "vague"]
IN_A_ROW = 3
_LONGEST = 300  # who writes more has said something

_ACTIVITY = re.compile(
    r"\b(?:meetings?|follow(?:ed|ing)? up|pushed|pushing|discuss(?:ed|ing|ions?)|talk(?:ed|ing)|sync(?:ed)?|align(?:ed|ing)"
    r"|work(?:ed|ing) on|attended|coordinat(?:ed|ing)|communicat(?:ed|ing))\b"
    r"|开了?个?会|会议|推进|跟进|沟通|对接|讨论|参加|协调|汇报|交流",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:progress(?:ing)?|going (?:well|fine|ok)|on it|as planned|a bit|various|stuff|things|almost|soon|improv(?:ed|ing))\b"
    r"|一些|若干|有进展|进展顺利|差不多|尽快|顺利|有所|等等|相关工作",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:signed|shipped|launched|closed|released|decided|agreed|fixed|finished|completed|done|won|lost|merged|delivered|approved|paid|hired"
    r"|passed|switched|rolled back|live|cut|wrote|met\b.*\b(?:goals?|targets?))\b"
    r"|签|上线|发布|完成|达成|确定|敲定|解决|交付|拿下|通过|修复|回款|到账|入职|谈崩|切换|恢复|接受|续约|已",
    re.IGNORECASE,
)
_AWAY = re.compile(r"\b(?:sick|leave|ill|vacation|holidays?|day off)\b|病|休假|请假|年假", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|without|cancell?ed)\b|没|未|取消", re.IGNORECASE)
# What stands around an activity without saying more of it.
_FILLER = re.compile(
    r"\b(?:i|we|today|still|had|have|held|made|did|a|an|the|of|on|in|with|to|and|for|some|more|many|several|lots|good"
    r"|two|three|four|five|continu(?:ed|ing|e))\b"
    r"|今天|今日|我们|我|继续|目前|正在|进行|工作|[了着中的和与及在做]",
    re.IGNORECASE,
)
_MARKED, _MARK = re.compile(f"{_ACTIVITY.pattern}|{_VAGUE.pattern}", re.IGNORECASE), "•"
_CLAUSES = re.compile(r"[,;.!?，；。！？]+")
_WORD = re.compile(r"[一-鿿]|[^\W_]+")
_HANS = re.compile(r"[一-鿿]")
_MORE = 2  # words, or twice as many characters, beside an activity that the line does not begin with
_OBJECT = 5  # the same behind one that it begins with
_NUMBER = re.compile(r"[0-9０-９]|[一二三四五六七八九十百]+[家个人次份条名万千%]")
_EDGES = re.compile(r"[\s.,;!?。，；！？、~]+")


@dataclass(frozen=True)
class Said:
    """A line that was said before."""

    note: str
    valued: bool


def suspicious(note: str, *, valued: bool) -> bool:
    """Whether a line may be worth a remark at all, so that what was said before is worth looking up: words of work without a number."""
    return bool(note.strip()) and len(note) <= _LONGEST and not valued and not _NUMBER.search(note) and not _AWAY.search(note)


def flaw(note: str, *, numeric: bool, before: Sequence[Said]) -> Flaw | None:
    """What is to be said of a suspicious line, the plainest first. numeric: it is on a measured key result. before: the newest first."""
    earlier = before[: IN_A_ROW - 1]
    enough = len(earlier) == IN_A_ROW - 1
    if enough and all(_same(said.note, note) for said in earlier):
        return "thrice"
    empty = _says_little(note)
    if empty and _ACTIVITY.search(note):
        return "activity"
    if numeric and enough and not any(said.valued for said in earlier):
        return "no_number"
    return "vague" if empty else None


def _says_little(note: str) -> bool:
    """Whether an activity or a vague word is most of what each part of a line says, and nothing in it is an outcome."""
    clauses = [clause for clause in _CLAUSES.split(note) if clause.strip()]
    return not _OUTCOME.search(note) and not _NOT.search(note) and bool(clauses) and all(map(_is_mostly_activity, clauses))


def _is_mostly_activity(clause: str) -> bool:
    bare = _FILLER.sub(" ", _MARKED.sub(_MARK, clause)).strip()
    if _MARK not in bare:
        return False
    others = _WORD.findall(bare.replace(_MARK, " "))
    weight = sum(0.5 if _HANS.match(word) else 1 for word in others)
    return weight <= (_OBJECT if bare.startswith(_MARK) else _MORE)


def _same(one: str, other: str) -> bool:
    return _EDGES.sub(" ", one).strip().casefold() == _EDGES.sub(" ", other).strip().casefold()
