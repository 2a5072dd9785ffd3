"""Takes out of a KR's or an O's words what is no part of its title: weight, due day, people, kind, stages, named values."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from bot.commands import Kind, Quantity, StageText, When, Who
from bot.grammar import dates, quantities
from bot.grammar import people as named
from bot.grammar.characters import fold
from bot.grammar.documents import marks
from bot.grammar.documents.texts import Words, tidy

_PERCENT = r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,4})?)\s?(?P<sign>%)?"
_WEIGHT = re.compile(
    rf"(?:(?<=[\s,;，；。、|/(\[·\x01\u3400-\u9fff])|^)(?:(?i:weights?(?:ing)?)|权重|占比(?=\s?:))\s*(?:[:=]|(?i:of)|为|是)?\s*{_PERCENT}(?![0-9.])"
    r"(?=\s*(?:$|[,;，；。、|)\]】·\x01@\ue000(（]|(?i:by|due|owner|with|cc|before)\b|负责|截止)|\s+[0-9]{1,4}\s?[-/年月]\s?[0-9])"
)
_WEIGHT_VERB = re.compile(r"(?i:\b(?:reduce|lower|cut|decrease|total|vehicle|package|body|lose|device)\s+)$")
_WEIGHT_BEHIND = re.compile(r"[(（\[]\s*(?P<number>[0-9]{1,3}(?:\.[0-9]+)?)\s?(?P<sign>%)\s*(?i:weight|权重)\s*[)）\]]")
_ANY_MENTION = re.compile(named.WHO)
_PLAIN_MENTION = named.ANYBODY
_MENTIONS = rf"{_PLAIN_MENTION}(?:\s*(?:[,，、&/+]|(?i:and)\b|和|与)?\s*{_PLAIN_MENTION}){{0,30}}"
_TEAM_UP = re.compile(
    rf"(?:(?i:\b(?:with|cc|together with|supported by|support|collaborators?|help from))\s*:?"
    r"|协作[者人]?\s*:?|协同\s*:?|配合[:人]*|参与人?\s*:?|抄送\s*:?|[和与同跟])"
    rf"\s*(?P<people>{_MENTIONS})(?:\s*(?:一起|共同|协作|合作|配合))?"
)
_OWNER = re.compile(
    rf"(?:(?i:\b(?:owner|dri|lead|owned by|assignee|by))\s*[:=]?|(?:主?负责人|责任人|主责人?)\s*[:=是为]?)\s*(?P<people>{_MENTIONS})"
)
_OWNER_NAME = re.compile(
    r"(?:(?i:\b(?:owner|dri|assignee))\s*[:=]\s*(?P<en>[^\s,;，；。、|:()（）\[\]@\x01][^,;，；。、|:()（）\[\]@\x01\n]{0,38})"
    r"|(?:主?负责人|责任人|主责人)(?:\s*[:=]\s*|\s+)(?P<zh>[\u3400-\u9fff·]{2,5}"
    r"|[A-Za-z][A-Za-z.]{0,20}(?: [A-Z][a-z]{0,20})?)(?![\u3400-\u9fffA-Za-z])"
    r"|(?<=[(（,，;；\s])(?P<by>[\u3400-\u9fff]{2,3})(?:负责|主责)(?=\s*(?:[)）,，;；]|$)))"
)
_GLUED = re.compile(r"(?P<name>[\u3400-\u9fff]{1,8}?)(?:一起.*|共同.*|负责|协作|配合|合作|牵头|主责|跟进)")
_BEHIND_OWNER = re.compile(r"\s*(?:负责|主责|牵头)")
_DUE_BEFORE = re.compile(
    r"(?:(?:\b(?i:by|due(?: date| on| by)?|before|until|till|deadline|no later than|finish by|ddl|on)(?:\s*:)?(?: the)?)"
    r"|截止(?:日期|时间|到|至|于)?\s*:?|截至|完成(?:时间|日期)\s*:|于|在)\s*$"
)
_DUE_BEHIND = re.compile(r"\s*(?:之?前(?:完成|上线|交付|发布)?|以前|截止|为止)")
_SOFT = re.compile(r"(?:(?i:\bon)|[于在])\s*$")
_WORK_BEHIND = re.compile(r"前(完成|上线|交付|发布)$")
_TAG_KIND = re.compile(
    r"[(\[【（]\s*(?P<word>(?i:committed|aspirational|stretch)(?:\s(?i:objective|okr|goal))?|承诺型?(?:目标|OKR)?|挑战型?(?:目标|OKR)?|愿景型|野心型)\s*[)\]】）]"
)
_WORD_KIND = re.compile(
    r"(?:[,，;；|·]|\s[-–—])\s*(?P<word>(?i:committed|aspirational)|承诺型|挑战型)\s*[.。]?\s*$"
    r"|^(?P<first>(?i:committed|aspirational|stretch)|承诺型?|挑战型?)\s*:"
)
_TAG_DONE = re.compile(r"[(\[【（]\s*(?:(?i:done(?:/not done)?|yes/no|binary)|完成即可|是/否|做完即可)\s*[)\]】）]")
_TAG_GUARDRAIL = re.compile(r"[(\[【（]\s*(?:(?i:guardrail|kpi|health metric)|底线(?:指标)?|护栏(?:指标)?)\s*[)\]】）]")
_STAGES = re.compile(r"(?:^|(?<=[\s,;，；。、|(（:—–-]))(?:(?i:stages|milestones)|(?:分)?阶段|里程碑)\s*(?:[:]|[-–—](?=\s))\s*")
_STAGE_END = re.compile(r"[;；\n]|(?i:[,，]?\s*\b(?:weight\b\s*[:=]?\s*[0-9]|owner\s*:))|[,，、]?\s*(?:权重\s*[:=]?\s*[0-9]|负责人\s*:)|$")
_STAGE_COMMA = re.compile(r"[,，、](?!\s*[0-9]{3}(?![0-9]))")
_STAGE_WEIGHT = re.compile(r"[(（]?\s*(?P<number>[0-9]{1,3}(?:\.[0-9]+)?)\s?%\s*[)）]?")
_WHY_INLINE = re.compile(r"(?:(?<=[\s,;，；。、|])|^)(?:(?i:why)|意义)\s*(?::|\s[-–—]\s|[—–])\s*(?P<why>.+)$", re.DOTALL)


_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,12})?")


def percent_of(share: Decimal) -> str:
    """0.3 as 30%."""
    return f"{(share * 100).normalize():f}%"


@dataclass
class People:
    """Who is named: the owner, and those who work along, each once and in order."""

    owner: Who | None = None
    others: list[Who] = field(default_factory=list)

    def add(self, who: Who) -> None:
        """One more collaborator."""
        if who != self.owner and who not in self.others:
            self.others.append(who)


def weight(words: Words) -> Decimal | None:
    """The weight said last, 0–1 (`weight 30%`, 权重0.3), taken out of the words."""
    found = None
    for each in _WEIGHT.finditer(words.folded):
        if not _WEIGHT_VERB.search(words.folded, max(0, each.start() - 20), each.start()):
            found = each
    if found is None:
        found = _WEIGHT_BEHIND.search(words.folded)
    share = _share(found["number"], signed=bool(found["sign"])) if found else None
    if found and share is not None:
        words.cut(found.start(), found.end())
    return share


def weight_of(text: str) -> Decimal | None:
    """The weight in a table's cell or a field's line."""
    found = re.fullmatch(_PERCENT, fold(text).strip())
    return _share(found["number"], signed=bool(found["sign"])) if found else None


def _share(number: str, *, signed: bool) -> Decimal | None:
    value = Decimal(number)
    value = value / 100 if signed or value > 1 else value
    return value.normalize() if 0 <= value <= 1 else None


def people(words: Words, *, owned: bool = True) -> People:
    """Everybody named, taken out of the words: the first is the owner, unless named with `with`, cc or 协作."""
    found = People()
    said = words.take(_OWNER)
    owner = words.take(_OWNER_NAME) if not said else None
    leads = _named(words, said) if said else [Who("name", next(n for n in owner.groups() if n).strip())] if owner else []
    helpers: list[Who] = []
    while team := words.take(_TEAM_UP):
        helpers += _named(words, team)
    for each in list(_ANY_MENTION.finditer(words.folded)):
        who, behind = _who(each, words.raw), _BEHIND_OWNER.match(words.folded, each.end())
        if who is None:
            continue
        leads.append(who)
        words.cut(each.start(), behind.end() if behind else each.end())
    if owned and leads:
        found.owner = leads.pop(0)
    for who in leads + helpers:
        found.add(who)
    return found


def people_in(text: str) -> list[Who]:
    """Everybody in a table's cell or a field's line; names without @ count too."""
    mentioned = [who for m in _ANY_MENTION.finditer(fold(text)) if (who := _who(m, text))]
    rest = _ANY_MENTION.sub(" ", fold(text))
    names = [name.strip() for name in re.split(r"[,，、;；/&\n]|\s+and\s+", rest)]
    return mentioned or [Who("name", name) for name in names if name and len(name) <= 40]


def _named(words: Words, found: re.Match[str]) -> list[Who]:
    begin, end = found.span("people")
    text = words.raw[begin:end]
    return [who for m in _ANY_MENTION.finditer(fold(text)) if (who := _who(m, text))]


def _who(found: re.Match[str], raw: str) -> Who | None:
    """Who is named; what follows a Chinese name without a space (@王五一起) is no part of it."""
    who = named.named_by(found, raw)
    behind = _GLUED.fullmatch(who.value) if who and who.by == "name" else None
    return Who("name", behind["name"]) if behind else who


def due(words: Words) -> When | None:
    """The day said last with `by`, `due`, 前 or 截止, taken out of the words."""
    chosen: tuple[int, int, When] | None = None
    for begin, end, when in dates.find(words.folded):
        before = _DUE_BEFORE.search(words.folded, max(0, begin - 30), begin)
        behind = _DUE_BEHIND.match(words.folded, end)
        if before is None and behind is None:
            continue
        if before and not behind and _SOFT.match(before.group()) and end < len(words.folded.rstrip(" .。\x01)）")):
            continue
        worked = _WORK_BEHIND.search(behind.group()) if behind else None
        until = behind.end() - len(worked.group(1)) if behind and worked else behind.end() if behind else end
        chosen = (before.start() if before else begin, until, when)
    if chosen is None:
        return None
    words.cut(chosen[0], chosen[1])
    return chosen[2]


def due_of(text: str) -> When | None:
    """The day in a table's cell or a field's line."""
    days = dates.find(text)
    return days[0][2] if days else None


def kind(words: Words) -> Kind | None:
    """`[committed]`, (stretch), 挑战型, taken out of the words."""
    found = words.take(_TAG_KIND) or words.take(_WORD_KIND)
    if not found:
        return None
    return "committed" if marks.kind_of(next(g for g in found.groups() if g)) == "committed" else "aspirational"


def why(words: Words) -> str:
    """`Why — …` at the end of an objective's own line."""
    found = words.take(_WHY_INLINE)
    return tidy(words.typed(*found.span("why"))) if found else ""


def is_tagged_done(words: Words) -> bool:
    """`(done)`: done or not done, whatever numbers the words hold."""
    return words.take(_TAG_DONE) is not None


def is_guardrail(words: Words) -> bool:
    """A guardrail by its tag, or by `KPI:` before its words."""
    found = marks.GUARDRAIL_START.match(words.folded)
    if found:
        words.cut(found.start(), found.end())
    return words.take(_TAG_GUARDRAIL) is not None or found is not None


def stages(words: Words) -> tuple[StageText, ...]:
    """`stages: design 30%, build 50% @bob by 12-01`, taken out of the words when they leave a title."""
    found = _STAGES.search(words.folded)
    if not found:
        return ()
    end = _STAGE_END.search(words.folded, found.end())
    until = end.start() if end else len(words.folded)
    opened = words.folded[: found.start()].rstrip()[-1:] in {"(", "（"}
    inner = words.raw[found.end() : until].rstrip()
    parts = _parts(inner[:-1] if opened and inner[-1:] in {")", "）"} else inner)
    if len(parts) < 2 and not any(p.weight is not None for p in parts):
        return ()
    begin = words.folded.rindex(words.folded[: found.start()].rstrip()[-1:], 0, found.start()) if opened else found.start()
    words.cut(begin, until)
    if not re.search(r"[^\W_]", words.title()):
        words.put("、".join(p.title for p in parts) if "、" in inner or "，" in inner else ", ".join(p.title for p in parts))
    return parts


def stages_of(text: str) -> tuple[StageText, ...]:
    """The stages in a field's line."""
    return _parts(text)


def _parts(text: str) -> tuple[StageText, ...]:
    return tuple(_stage(part) for part in _STAGE_COMMA.split(text)[:40] if tidy(part))


def _stage(text: str) -> StageText:
    words = Words(text)
    owner = people(words).owner
    when = due(words)
    found = words.take(_STAGE_WEIGHT)
    share = _share(found["number"], signed=True) if found else None
    return StageText(words.title(), share, owner, when)


# ---------------------------------------------------------------- values said by name


def named_values(words: Words) -> list[tuple[str, str]]:
    """`start: 30, target: 50, unit: users` inside a line, taken out of the words."""
    said = []
    while found := words.take(marks.INLINE_FIELD):
        name = next(n for n in ("start", "target", "unit", "metric", "direction") if found[n])
        said.append((name, words.typed(*found.span("value"))))
    return said


def number_of(text: str) -> Quantity | None:
    """The amount in a table's cell or a field's line."""
    whole = quantities.read(text)
    if whole or _PLAIN_NUMBER.fullmatch(fold(text).strip()):
        return whole or Quantity(text.strip(), (Decimal(fold(text).strip()),))  # 1000.1 is no date here
    found = quantities.find(text)
    return found[0][2] if len(found) == 1 else None
