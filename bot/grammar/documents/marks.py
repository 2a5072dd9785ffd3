"""The marks that a written OKR carries: what begins an objective, a key result, a field, a list item. Knows no meaning.

All patterns are for folded text (`bot.grammar.characters.fold`), matched at a position.
"""

import re
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["objective", "key_result", "guardrail", "why", "kind", "field", "section", "text"]
ListStyle = Literal["", "bullet", "number", "han", "heading"]

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_SEPARATOR = r"(?:\s*[:.)\]】、](?:\s*[-–—](?=\s))?|\s*[-–—|]+(?=\s)|\s*[—–]+)\s*"
_COLON = r"\s*(?:[:\]】]|[-–—](?=\s)|[—–]+)\s*"
_ASIDE = r"(?=\s?[\[(（【][^\])）】]{1,24}[\])）】])"
_OPEN = r"[\[(【]?\s?"
_COUNTERS = "个万亿千百元名家次天件条人位%"

_O_SHORT = r"(?:目标\s?)?[Oo]\s?#?[0-9]{1,2}(?![0-9])(?!\.[0-9])(?!\s?[-._·]?\s?[Kk][Rr])(?:\s?目标)?"
_O_WORD = rf"(?:(?i:objective)\s?#?[0-9]{{1,2}}(?![0-9.%]*[0-9%])|目标\s?(?:[0-9]{{1,2}}(?![0-9.%]*[0-9%])|{_HAN_NUMBER}))"
_O_BARE = r"(?:O|o(?=\s?:)|(?i:objective)|(?:我的|团队|公司|季度|年度|本季度?|个人)?目标)"
_KR_SHORT = r"(?:[Oo]\s?[0-9]{1,2}\s?[-._·]?\s?)?(?i:kr)(?:[-#]?[0-9]{1,2}|\s[0-9](?=[.:)、\s]))(?:[.-][0-9]{1,2})?(?![0-9A-Za-z%]|\.[0-9])"
_KR_WORD = rf"(?:(?i:key\s?result)|关键(?:结果|成果))\s?#?(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?(?![0-9%])|{_HAN_NUMBER})"
_KR_BARE = r"(?:(?i:krs?|key\s?results?)|关键(?:结果|成果))"
_GUARDRAIL = r"(?:(?i:kpis?|guardrails?|health\s?metrics?)|底线(?:指标)?|护栏(?:指标)?|健康度?指标)(?:\s?\(KPI\))?\s?(?:[0-9]{1,2})?"
_WHY = r"(?:(?i:why(?:\s(?:it\smatters|now|this|us))?|rationale)|意义|为什么|为何)\??"
_KIND = r"(?P<kind>(?i:committed|aspirational|stretch)|承诺型?|挑战型?)(?:\s?(?i:objective|目标))?"

_START = {
    "guardrail": rf"{_OPEN}{_GUARDRAIL}(?:{_COLON})",
    "key_result": (
        rf"{_OPEN}(?:(?:{_KR_SHORT}|{_KR_WORD})(?:{_SEPARATOR}|{_ASIDE}|\s+|$|(?=[\u3400-\u9fff\ue000]))"
        rf"|{_KR_BARE}(?:\s*[:\]】]\s*|\s+[-–—]+\s+)|KR\s+(?=\S))"
    ),
    "objective": (
        rf"{_OPEN}(?:{_O_SHORT}(?:{_SEPARATOR}|{_ASIDE}|\s+|$|(?=[\u3400-\u9fff\ue000]))"
        rf"|{_O_WORD}(?:{_SEPARATOR}|{_ASIDE}|\s+|$|(?<=[0-9])(?=[\u3400-\u9fff])(?![{_COUNTERS}]))"
        rf"|{_O_BARE}(?:\s*[:\]】]\s*|\s+[-–—]+\s+|(?<=O)[、)]\s*)|O(?:\s+(?=\S)|(?=[\u3400-\u9fff])))"
    ),
    "why": rf"{_WHY}{_COLON}",
    "kind": rf"{_OPEN}{_KIND}\s*[:]\s*",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _START.items()}
_LETTER = re.compile(r"[^\W\d_]")

_SECTIONS = {
    "objectives": re.compile(r"\s*(?:(?i:(?:my|our|team|company)\s)?(?i:objectives?|okrs?)|目标|O)\s*[:]?\s*"),
    "key_results": re.compile(r"\s*(?:(?i:(?:our\s)?key\s?results?|krs?)|关键(?:结果|成果))(?:\s?\((?i:krs?)\))?\s*[:]?\s*"),
    "guardrails": re.compile(rf"\s*{_GUARDRAIL}\s*[:]?\s*"),
}

_FIELD_NAMES = {
    "owner": r"owners?|dri|accountable|assignee|lead|负责人|责任人|主责人?|所有者",
    "people": r"collaborators?|with|cc|support(?:ed by)?|协作[者人]?|参与人|配合人?|协同",
    "due": r"due(?: date)?|deadline|by when|finish by|ddl|截止(?:日期|时间)?|完成(?:时间|日期)|到期日?",
    "weight": r"weight|权重",
    "start": r"start(?: value)?|baseline|current(?: value)?|now|起始值?|基线|初始值|起点|现状|当前值",
    "target": r"targets?(?: value)?|目标值",
    "unit": r"unit|单位",
    "metric": r"metric(?: type)?|度量(?:方式)?|指标类型",
    "direction": r"direction|方向",
    "stages": r"stages|milestones|阶段|里程碑",
    "kind": r"(?:okr |objective )?type|类型",
}
_FIELD = re.compile("|".join(f"(?P<{name}>(?i:{words}))" for name, words in _FIELD_NAMES.items()))
_FIELD_LINE = re.compile(rf"(?:{_FIELD.pattern})\s*[:]\s*")
INLINE_FIELD = re.compile(
    r"(?<![^\s,;，；。、|/(\[（·])(?:"
    + "|".join(f"(?P<{name}>(?i:{_FIELD_NAMES[name]}))" for name in ("start", "target", "unit", "metric", "direction"))
    + r")\s*[:]\s*(?P<value>[^,;，；。|)\]）]{1,40})"
)

_INLINE = re.compile(
    r"(?:(?<=[\s;,，。、|/)\]】.])|(?<=[\u3400-\u9fff])(?=关键|[Kk][Rr][0-9])|(?<=[0-9%])(?=KR[0-9.]++\s?:))"
    r"(?:"
    rf"(?P<key_result>{_OPEN}(?:(?:{_KR_SHORT}|{_KR_WORD})(?:\s*[:.)、\]】]+\s*|\s+[-–—]+\s+|{_ASIDE})|{_KR_BARE}\s*:\s*))"
    rf"|(?P<bare>{_KR_SHORT}(?=[\s\u3400-\u9fff]))"
    rf"|(?P<guardrail>{_OPEN}{_GUARDRAIL}\s*[:\]】]\s*)"
    rf"|(?P<objective>{_OPEN}(?:(?:{_O_SHORT}|{_O_WORD})(?:\s*[:)、\]】]+\s*|\s+[-–—]+\s+)|(?:O|Objective|目标)\s*:\s*))"
    rf"|(?P<why>{_WHY}\s*:\s*)"
    r")"
)
_MOST_INSIDE = 200
_NUMBER_IN = re.compile(r"([0-9]+)(?:[.-]([0-9]+))?\D*$")

_BULLET = re.compile(r"(?:[-–—*+](?=[^\d\s*.-]|\s)|[•·●○◦▪■□◆◇►▶‣⁃∙✓✅☐☑]|\[[ xX]?\](?=\s))\s*")
_NUMBERING = re.compile(
    rf"(?:\((?:[0-9]{{1,2}}|{_HAN_NUMBER}|[a-z])\)|[0-9]{{1,2}}(?:[)、]|\.(?![0-9]))\)?|[a-z](?:\.\)|[.)])(?=\s)"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2})(?:[)、]|\.?(?=\s(?!million|billion|thousand|[kKmM]\b)[^\W\d]))|[①-⑳❶-❿]\.?)\s*"
)
_HAN_NUMBERING = re.compile(rf"{_HAN_NUMBER}[、.)]\s*")
_HEADING = re.compile(r"#{1,6}\s+")
_DECORATION = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2700-\u2704\u2706-\u2710\ufe0f]+\\s*|:[a-z0-9_]{2,20}:\\s*")


@dataclass(frozen=True)
class Mark:
    """What stands at the beginning of a piece: its kind, where its text begins, and its name or number."""

    kind: BlockKind
    end: int
    name: str = ""
    numbered: bool = False
    number: tuple[int, ...] = ()


@dataclass(frozen=True)
class ListMark:
    """How a line is set: the list style, and where what follows it begins."""

    style: ListStyle
    end: int


def mark_at(folded: str, at: int) -> Mark | None:
    """The mark that begins at a position, which must be the beginning of a line's words."""
    for kind in ("guardrail", "key_result", "objective", "why", "kind"):
        found = _COMPILED[kind].match(folded, at)
        if found:
            return _mark(kind, found, folded)
    found = _FIELD_LINE.match(folded, at)
    return Mark("field", found.end(), name=found.lastgroup or "") if found else None


def _mark(kind: str, found: re.Match[str], folded: str) -> Mark | None:
    number = _number(found.group())
    if (
        kind == "key_result"
        and number
        and found.group().rstrip()[-1:] not in ":)、]】"
        and not _LETTER.search(folded, found.end(), found.end() + 400)
    ):
        return None  # KR1.2 45 is a check-in
    if kind == "kind":
        return Mark("kind", found.end(), name=kind_of(found["kind"]))
    return Mark(kind, found.end(), numbered=bool(number), number=number)  # type: ignore[arg-type]


def _number(mark: str) -> tuple[int, ...]:
    found = _NUMBER_IN.search(mark)
    if found:
        return tuple(int(n) for n in found.groups() if n)
    return (0,) if re.search(_HAN_NUMBER, mark) else ()


def section_of(folded: str) -> str:
    """`key_results`, `objectives` or `guardrails` for a line that is such a heading and nothing else; "" otherwise."""
    if len(folded) > 60:
        return ""
    return next((name for name, pattern in _SECTIONS.items() if pattern.fullmatch(folded)), "")


def field_named(header: str) -> str:
    """The field that a table's column or a line's label names; "" for an unknown one."""
    found = _FIELD.fullmatch(header)
    return (found.lastgroup or "") if found else ""


def kind_of(word: str) -> str:
    """`committed` or `aspirational` for the words that people use."""
    return "committed" if word.lower().startswith("commit") or "承诺" in word else "aspirational"


def marks_within(folded: str, begin: int, last: tuple[int, ...]) -> list[tuple[int, Mark]]:
    """The marks inside a line from `begin` on, as (position, Mark). last: the number of the line's own mark."""
    marks: list[tuple[int, Mark]] = []
    for found in _INLINE.finditer(folded, begin):
        kind = found.lastgroup or ""
        number = _number(found.group())
        if kind == "bare":
            if not _next_in_line(number, last, marks) or not re.search(r"[0-9]", folded[found.end() : found.end() + 200]):
                continue
            kind = "key_result"
        last = number or last
        if len(marks) >= _MOST_INSIDE:
            break
        marks.append((found.start(), Mark(kind, found.end(), numbered=bool(number), number=number)))  # type: ignore[arg-type]
    return marks


def _next_in_line(number: tuple[int, ...], last: tuple[int, ...], marks: list[tuple[int, Mark]]) -> bool:
    """Whether a KR number without a separator goes on counting: KR1 behind an objective, KR2 behind KR1."""
    came_from_key_result = bool(marks) and marks[-1][1].kind == "key_result"
    if came_from_key_result and last:
        return number == (*last[:-1], last[-1] + 1)
    return number[-1:] == (1,) or number == (*last[:-1], last[-1] + 1 if last else 1)


def list_mark_at(folded: str, at: int) -> ListMark | None:
    """The heading sign, bullet or number that begins at a position."""
    styles: tuple[tuple[ListStyle, re.Pattern[str]], ...] = (
        ("heading", _HEADING),
        ("bullet", _BULLET),
        ("number", _NUMBERING),
        ("han", _HAN_NUMBERING),
    )
    for style, pattern in styles:
        found = pattern.match(folded, at)
        if found:
            return ListMark(style, found.end())
    return None


def decoration_at(folded: str, at: int) -> int:
    """Where the words begin behind a leading emoji."""
    found = _DECORATION.match(folded, at)
    return found.end() if found else at


NUMBERED_ITEM = re.compile(r"(?<![^\s;,，；。])(?:\((?P<a>[0-9]{1,2})\)|(?P<b>[0-9]{1,2})(?:[)、]|\.(?=\s|[^\W\d]))|(?P<c>[①-⑨]))\s*")
GUARDRAIL_START = _COMPILED["guardrail"]
