"""How a day's line is written: whether it says what came of the work, in words that could not stand there every day. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Flaw = Literal["thrice", "activity", "no_number", "vague"]
IN_A_ROW = 3
_LONGEST = 300  # who writes more has said something

_ACTIVITY = re.compile(
    r"\b(?:met|meetings?|held|follow(?:ed|ing)? up|pushed|pushing|discuss(?:ed|ing|ions?)|talk(?:ed|ing)|sync(?:ed)?|align(?:ed|ing)"
    r"|work(?:ed|ing) on|continu(?:ed|ing|e)|call(?:ed|s)?|attended|coordinat(?:ed|ing)|communicat(?:ed|ing)|prepar(?:ed|ing))\b"
    r"|开会|开了|会议|推进|跟进|沟通|对接|讨论|参加|继续|协调|汇报|交流|准备",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:some|progress(?:ing)?|going (?:well|fine|ok)|on it|as planned|a bit|various|stuff|things|almost|soon|improv(?:ed|ing))\b"
    r"|一些|若干|有进展|进展顺利|差不多|基本|尽快|正常|顺利|有所|等等|相关工作",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:signed|shipped|launched|closed|released|decided|agreed|fixed|finished|completed|done|won|lost|merged|delivered|approved|paid|hired)\b"
    r"|签|上线|发布|完成|达成|确定|敲定|解决|交付|拿下|通过|修复|回款|到账|入职",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9０-９]|[一二三四五六七八九十百]+[家个人次份条名万千%]")
_EDGES = re.compile(r"[\s.,;!?。，；！？、~]+")


@dataclass(frozen=True)
class Said:
    """A line that was said before."""

    note: str
    valued: bool


def suspicious(note: str, *, valued: bool) -> bool:
    """Whether a line may be worth a remark at all, so that what was said before is worth looking up: some words without a number."""
    return bool(note.strip()) and len(note) <= _LONGEST and not valued and not _NUMBER.search(note)


def flaw(note: str, *, numeric: bool, before: Sequence[Said]) -> Flaw | None:
    """What is to be said of a suspicious line, the plainest first. numeric: it is on a measured key result. before: the newest first."""
    earlier = before[: IN_A_ROW - 1]
    enough = len(earlier) == IN_A_ROW - 1
    if enough and all(_same(said.note, note) for said in earlier):
        return "thrice"
    if _ACTIVITY.search(note) and not _OUTCOME.search(note):
        return "activity"
    if numeric and enough and not any(said.valued for said in earlier):
        return "no_number"
    return "vague" if _VAGUE.search(note) and not _OUTCOME.search(note) else None


def _same(one: str, other: str) -> bool:
    return _EDGES.sub(" ", one).strip().casefold() == _EDGES.sub(" ", other).strip().casefold()
