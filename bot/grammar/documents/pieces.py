"""Makes one KeyResultText or ObjectiveText out of the words of one block and the fields around it."""

import re
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields

from bot.commands import Direction, KeyResultText, Kind, ObjectiveText, Quantity, StageText
from bot.grammar.characters import fold
from bot.grammar.documents import attributes, marks, metrics
from bot.grammar.documents.metrics import Measure, measure
from bot.grammar.documents.texts import Words, tidy

Fields = tuple[tuple[str, str], ...]
_METRICS = {
    "number": "number|数字|数值",
    "percent": "percent|percentage|%|百分比",
    "currency": "currency|money|金额|货币",
    "done": "done|完成",
    "stages": "stages|阶段",
}
_METRIC_OF = {word: metric for metric, words in _METRICS.items() for word in words.split("|")}
_MOST_PARTS = 50
_NOTHING = {"", "-", "–", "—", "/", "none", "n/a", "无", "暂无", "tbd", "待定"}


@dataclass
class _Said:
    """What the fields around a key result say of its measure."""

    start: Quantity | None = None
    target: Quantity | None = None
    target_words: str = ""
    no_start: bool = False
    unit: str | None = None
    metric: str = ""
    direction: str = ""


def key_result(text: str, fields: Fields = (), *, guardrail: bool = False, notes: tuple[str, ...] = ()) -> KeyResultText:
    """A key result from its words; fields: (name, text) of a table's cells or of lines below it; notes: what is unclear anyway."""
    words = Words(text)
    guardrail = attributes.is_guardrail(words) or guardrail
    tagged_done = attributes.is_tagged_done(words)
    named = tuple(attributes.named_values(words))
    stages = attributes.stages(words)
    share = attributes.weight(words)
    people = attributes.people(words)
    due = attributes.due(words)
    title = words.title()
    named_people = {"owner": people.owner, "collaborators": tuple(people.others)}
    bare = KeyResultText(title, guardrail=guardrail, weight=share, due=due, stages=stages, **named_people)  # type: ignore[arg-type]
    said, made, unread = _with_fields(bare, (*named, *fields))
    found = Measure() if tagged_done else _said_measure(said, measure(title, guardrail=guardrail), title)
    if made.stages:
        found = Measure("stages")
    if guardrail:
        made = replace(made, weight=None)
        unread += (f"weight {attributes.percent_of(share)}",) if share is not None else ()
    unclear = tuple(dict.fromkeys((*found.unclear, *unread, *notes)))
    return replace(made, **{f.name: getattr(found, f.name) for f in dataclass_fields(found)} | {"unclear": unclear})


def _with_fields(made: KeyResultText, fields: Fields) -> tuple[_Said, KeyResultText, tuple[str, ...]]:
    said, unread = _Said(), []
    for name, text in fields:
        if fold(text).strip().lower() in _NOTHING and not name.startswith("="):
            said.no_start = said.no_start or name == "start"
            said.unit = "" if name == "unit" else said.unit
            continue
        after = _with_field(made, said, name, text)
        if after is None:
            unread.append(f"{name.lstrip('=')}: {text}" if name.strip("=") else text)
        else:
            made = after
    return said, made, tuple(unread)


def _with_field(made: KeyResultText, said: _Said, name: str, text: str) -> KeyResultText | None:
    """The key result with one more field, None when the field could not be read."""
    if name in {"owner", "people"}:
        return _with_people(made, name, text)
    if name == "due":
        when = attributes.due_of(text)
        return replace(made, due=when) if when else None
    if name == "weight":
        share = attributes.weight_of(text)
        return None if share is None else replace(made, weight=share)
    if name == "stages":
        stages = attributes.stages_of(text)
        return replace(made, stages=stages) if stages else None
    return made if _say(said, name, text) else None


def _with_people(made: KeyResultText, name: str, text: str) -> KeyResultText:
    named = attributes.people_in(text)
    owner = made.owner if made.owner or name == "people" or not named else named.pop(0)
    others = [who for who in dict.fromkeys((*made.collaborators, *named)) if who != owner]
    return replace(made, owner=owner, collaborators=tuple(others))


def _say(said: _Said, name: str, text: str) -> bool:
    if name == "start":
        said.start = attributes.number_of(text)
        return said.start is not None
    if name == "target":
        said.target, said.target_words = attributes.number_of(text), text
        return said.target is not None
    if name == "unit":
        said.unit = text.strip()
    elif name == "metric":
        said.metric = _METRIC_OF.get(fold(text).strip().lower(), "")
        return bool(said.metric)
    elif name == "direction":
        said.direction = fold(text).strip().lower()
        return said.direction.split(" ")[0] in {"up", "down", "keep"}
    else:
        return False
    return True


def _said_measure(said: _Said, read: Measure, title: str) -> Measure:
    """The measure that the title gives, corrected by what the fields say."""
    if said.metric == "done" or not (said.target or said.start or said.metric or said.unit is not None or said.direction):
        return Measure() if said.metric == "done" else read
    if said.target is not None:
        read = _from_fields(said, title)
    elif said.start is not None:
        read = replace(read, start=said.start.value)
        if read.target is not None and not said.direction:
            read = replace(read, direction="down" if read.target < said.start.value else "up")
    if said.no_start:
        read = replace(read, start=None)
    if said.unit is not None:
        read = replace(read, unit=said.unit, metric=metrics.metric_of(said.unit) if read.target is not None or said.unit else read.metric)
    if said.metric:
        read = replace(read, metric=said.metric, unclear=())  # type: ignore[arg-type]
    return _directed(read, said.direction)


def _from_fields(said: _Said, title: str) -> Measure:
    assert said.target is not None
    unit = said.target.unit or (said.start.unit if said.start else "")
    start = said.start.value if said.start else None
    worded = measure(f"{title} {said.target_words}")
    direction: Direction = worded.direction if worded.target is not None else "up"
    if start is not None:
        direction = "down" if said.target.value < start else "up"
    return Measure(metrics.metric_of(unit), unit, start, said.target.value, direction, worded.bound)


def _directed(read: Measure, direction: str) -> Measure:
    if not direction:
        return read
    way, _, bound = direction.partition(" ")
    return replace(read, direction=way, bound="max" if bound == "max" else "min")  # type: ignore[arg-type]


def objective(text: str, fields: Fields = ()) -> ObjectiveText:
    """An objective's own words: its title, kind, why, weight, due day and those who help; no key results."""
    words = Words(text)
    kind = attributes.kind(words)
    why = attributes.why(words)
    share = attributes.weight(words)
    people = attributes.people(words, owned=False)
    due = attributes.due(words)
    made = ObjectiveText(words.title(), why=why, kind=kind, weight=share, due=due, collaborators=tuple(people.others))
    for name, value in fields:
        made = objective_with(made, name, value)
    return made


def objective_with(made: ObjectiveText, name: str, text: str) -> ObjectiveText:
    """The objective with one more field; what cannot be read is kept as unclear."""
    when, share = attributes.due_of(text), attributes.weight_of(text)
    if name in {"owner", "people"}:
        return replace(made, collaborators=tuple(dict.fromkeys((*made.collaborators, *attributes.people_in(text)))))
    if name == "due" and when:
        return replace(made, due=when)
    if name == "weight" and share is not None:
        return replace(made, weight=share)
    kind = kind_in(text) if name == "kind" else None
    if kind:
        return replace(made, kind=kind)
    label = name.lstrip("=")
    return replace(made, unclear=(*made.unclear, f"{label}: {text}" if label else text))


def kind_in(text: str) -> Kind | None:
    """The kind that a short text names."""
    folded = fold(text).lower()
    if re.search(r"commit|承诺", folded):
        return "committed"
    return "aspirational" if re.search(r"aspir|stretch|挑战|愿景|野心", folded) else None


# ---------------------------------------------------------------- several key results in one


def split_key_results(text: str, *, careful: bool) -> list[str]:
    """The key results of one unnumbered piece: parted by semicolons or counted 1) 2) 3).

    careful: only where every part holds a number, as the piece is a mere bullet.
    """
    counted = _counted(text)
    if len(counted) > 1:
        return counted
    parts = _outside_brackets(text)
    if len(parts) > 1 and careful and not all(re.search(r"[0-9]", fold(p)) for p in parts):
        return [text]
    joined: list[str] = []
    for part in parts:
        if joined and (_only_attributes(part) or "阶段" in joined[-1] or "tages" in joined[-1]):
            joined[-1] += f"; {part}"
        elif tidy(part):
            joined.append(part)
    return joined or [text]


def _outside_brackets(text: str) -> list[str]:
    parts: list[str] = []
    depth = begin = 0
    for at, c in enumerate(text):
        depth += (c in "(（[【") - (c in ")）]】")
        if c in ";；" and depth <= 0 and len(parts) < _MOST_PARTS:
            parts.append(text[begin:at])
            begin = at + 1
    return [*parts, text[begin:]]


def _only_attributes(part: str) -> bool:
    if len(part) > 200:
        return False
    words = Words(part)
    attributes.named_values(words)
    attributes.weight(words)
    attributes.people(words)
    attributes.due(words)
    return not re.search(r"[^\W_]", words.title().removeprefix("KPI")) and bool(part.strip())


def _counted(text: str) -> list[str]:
    folded = fold(text)
    bounds: list[tuple[int, int]] = []
    for found in marks.NUMBERED_ITEM.finditer(folded):
        number = int(found["a"] or found["b"] or "①②③④⑤⑥⑦⑧⑨".index(found["c"]) + 1)
        if number == len(bounds) + 1 <= _MOST_PARTS and (bounds or not tidy(folded[: found.start()])):
            bounds.append((found.start(), found.end()))
    ends = [begin for begin, _ in bounds[1:]] + [len(text)] if bounds else []
    return [text[after:end].strip() for (_, after), end in zip(bounds, ends, strict=True) if tidy(text[after:end])]


def stage_words(stage: StageText) -> str:
    """A stage's title and weight as people write them."""
    return f"{stage.title} {attributes.percent_of(stage.weight)}" if stage.weight is not None else stage.title
