"""The shapes of the commands that are promised and not built yet: recognised whole, so that they are not taken for anything else."""

import re
from functools import cache

from bot.commands import NotYet
from bot.grammar import cycles, people, references
from bot.grammar.characters import CJK, fold
from bot.grammar.words import PROMISED

_CORE = references.ANY.removeprefix("(?<![A-Za-z0-9_.#@/-])")
_WHO = people.ANYBODY
_TEAM_WORD = rf"[A-Za-z0-9&+_{CJK}-]{{1,30}}|\"[^\"\n]{{1,60}}\"|“[^”\n]{{1,60}}”"
_PARTS = {
    "REF": rf"(?:(?:{_WHO}|company|公司|{_TEAM_WORD}|(?:{cycles.CLEAR}))\s*){{0,2}}?(?:{_CORE})",
    "WHO": rf"(?:{_WHO})",
    "TEAM": rf"(?:{_TEAM_WORD})",
    "DAY": r"(?:[0-9]{1,4}[-/年月.][0-9]{1,2}(?:[-/月.][0-9]{1,2})?[日号]?|[0-9]{1,2}[日号]"
    r"|(?:last |next |this )?[A-Za-z]{3,9}day|mon|tue|wed|thu|fri"
    r"|today|tomorrow|yesterday|(?:[上下本这])?(?:周|星期)[一二三四五六日天]|今天|昨天|前天|明天|后天)",
}

# word: every shape it may have. Space in a shape is any space or none beside 中文.
_SHAPES: dict[str, tuple[str, ...]] = {
    "review": (r"review|retro|复盘",),
    "digest": (r"digest|简报",),
    "gaps": (r"gaps|待完善",),
    "board": (r"board|(?:数据)?看板",),
    "align": (
        r"align {REF} (?:to|with) {REF}",
        r"(?:对齐|承接|支撑) {REF} (?:(?:到|至|to) ?)?{REF}",
        r"{REF} (?:对齐|承接|支撑) (?:(?:到|至) ?)?{REF}",
    ),
    "map": (r"map|对齐图",),
    "follow": (r"(?:follow|关注) (?:{WHO}|{REF}|(?:team|团队)\s+{TEAM})",),
    "unfollow": (r"(?:unfollow|取消关注) (?:{WHO}|{REF}|(?:team|团队)\s+{TEAM})",),
    "find": (r"(?:find|search) (?!out\b)\S+(?: \S+){{0,3}}", r"(?:找|搜索)\s+\S+(?: \S+){{0,3}}"),
    "refocus": (r"(?:refocus|重新聚焦)(?: {REF})+",),
    "import": (r"import|导入",),
}


# A range of 中文 characters has no case, and finding that out at every start would take half a second.
_CASED = re.compile(rf"\[[^\[\]]*{CJK}[^\[\]]*\]")


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    """A shape as a pattern; a space is needed between English words and free beside anything else."""
    spaced = re.sub(r" \?", r"\\s*", shape)
    spaced = spaced.replace(" ", r"(?:\s+|(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9\s]))")
    return re.compile(_CASED.sub(r"(?-i:\g<0>)", spaced.format(**_PARTS)) + r"\s*[.。!！]?", re.IGNORECASE)


# How a shape begins where that is plain letters; a hundred large patterns at every start would be a second, so each is
# compiled when the first text comes that begins like it.
_BEGINNING = re.compile(r"(?:\(\?:)?((?:[a-z一-鿿]+\|?)+)\)?(?=[ {]|$|\(\?:)")


def _beginnings(shape: str) -> tuple[str, ...]:
    alone = re.fullmatch(r"[a-z一-鿿|]+", shape) or not re.search(r"^[^(]+\||\|[^)]*$", shape)
    found = _BEGINNING.match(shape) if alone else None
    return tuple(word for word in found[1].split("|") if word) if found else ("",)


_SHAPED = [(word, shape, _beginnings(shape)) for word, shapes in _SHAPES.items() for shape in shapes]
_BY_NAME = re.compile(r"notyet ([A-Za-z ]{2,20})")
_LONGEST = 400


def read(text: str) -> NotYet | None:
    """The promised command that the whole text is, None when it is none."""
    folded = fold(text).strip()
    named = _BY_NAME.fullmatch(folded[:_LONGEST])
    if named and named[1] in PROMISED:
        return NotYet(named[1])
    if len(folded) > _LONGEST:
        return None
    low = folded.lower()
    near = (word for word, shape, begins in _SHAPED if low.startswith(begins) and _compiled(shape).fullmatch(folded))
    return next((NotYet(word) for word in near), None)
