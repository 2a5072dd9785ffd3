"""Reads whole OKR documents: which key result belongs to which objective, and whose line an owner or a why is."""

import re
from dataclasses import dataclass, field, replace

from bot.commands import KeyResultText, ObjectiveText
from bot.grammar.characters import fold
from bot.grammar.documents import pieces, tables
from bot.grammar.documents.blocks import Block, blocks
from bot.grammar.documents.texts import tidy

_WRAPPED = 50
_ASIDE = re.compile(
    r"(?i:risks?|notes?|dependencies|initiatives|actions?|action items|next steps|tasks|comments?|milestones|background|context)\s*[:：]?"
    r"|(?:风险|备注|说明|依赖|举措|关键举措|行动|行动项|待办|任务|背景|下一步)\s*[:：]?"
)
_YES = {"", "yes", "y", "true", "是", "✓", "✔"}


@dataclass
class _KeyResult:
    text: str
    depth: int
    guardrail: bool = False
    numbered: bool = True
    listed: bool = False
    fields: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    width: int = 0


@dataclass
class _Objective:
    text: str = ""
    depth: int = 0
    width: int = 0
    waiting: bool = False
    why: list[str] = field(default_factory=list)
    kind: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    key_results: list[_KeyResult] = field(default_factory=list)


class _Reader:
    """Takes block after block and knows where it stands: in which objective, key result and section."""

    def __init__(self) -> None:
        self.objectives: list[_Objective] = []
        self.preamble: list[str] = []
        self.section = ""
        self.last = ""
        self.nested_depth: int | None = None
        self.begins_section = False
        self.aside = False

    def take(self, block: Block) -> None:
        """One more block."""
        self.aside = self.aside and block.kind in {"text", "field"}
        getattr(self, f"_{block.kind}")(block)
        self.begins_section = self.begins_section and block.kind == "section"
        self.last = block.kind

    def _current(self) -> _Objective:
        if not self.objectives:
            self.objectives.append(_Objective())
        return self.objectives[-1]

    def _key(self) -> _KeyResult | None:
        return self.objectives[-1].key_results[-1] if self.objectives and self.objectives[-1].key_results else None

    def _objective(self, block: Block) -> None:
        self.section = ""
        self.objectives.append(_Objective(block.text, block.depth, block.width, waiting=not tidy(block.text), fields=list(block.fields)))

    def _key_result(self, block: Block) -> None:
        current = self._current()
        current.waiting = False
        guardrail = block.kind == "guardrail" or self.section == "guardrails"
        texts = [block.text] if block.numbered and not block.fields else pieces.split_key_results(block.text, careful=block.kind == "text")
        for text in texts:
            made = _KeyResult(text, block.depth, guardrail, block.numbered, block.style != "", list(block.fields), width=block.width)
            current.key_results.append(made)

    _guardrail = _key_result

    def _why(self, block: Block) -> None:
        self._current().why.append(block.text)

    def _kind(self, block: Block) -> None:
        current = self.objectives[-1] if self.objectives else None
        if current and (fold(block.text).strip().lower() in _YES):
            current.kind = block.name
        elif current and current.waiting:
            current.text, current.kind, current.waiting = block.text, block.name, False
        else:
            self._objective(block)
            self.objectives[-1].kind = block.name

    def _field(self, block: Block) -> None:
        key = self._key()
        if block.name == "stages" and key is None:
            self._text(replace(block, kind="text"))
        elif key is not None and block.name != "kind":
            key.fields.append((block.name, block.text))
        elif self.objectives:
            self.objectives[-1].fields.append((block.name, block.text))
        else:
            self.preamble.append(f"{block.name}: {block.text}")

    def _section(self, block: Block) -> None:
        self.section = block.name
        self.nested_depth = None
        self.begins_section = True
        if block.name == "objectives" and not block.text.lower().rstrip(":： ").endswith("s"):
            self.objectives.append(_Objective(depth=block.depth, waiting=True))
        elif block.name == "key_results" and self.objectives:
            self.objectives[-1].waiting = False

    def _text(self, block: Block) -> None:
        if self.section == "objectives" and block.style and not (self.objectives and self.objectives[-1].waiting):
            return self._listed_objective(block)
        if not self.objectives and self.section not in {"key_results", "guardrails"}:
            self.preamble.append(block.text)
            return None
        current = self._current()
        if current.waiting:
            current.text, current.depth, current.waiting, current.width = block.text, block.depth, False, block.width
            return None
        if block.style == "heading" or self.aside or _ASIDE.fullmatch(block.text):
            self.aside = True
            current.unclear.append(block.text)
            return None
        return self._listed(block, current) if block.style or self._continues_section(block) else self._unlisted(block, current)

    def _continues_section(self, block: Block) -> bool:
        """Plain lines below a heading `Key results` are key results."""
        key = self._key()
        if self.section not in {"key_results", "guardrails"}:
            return False
        return key is None or self.begins_section or not (key.listed or self._wraps(key.width, block))

    def _listed_objective(self, block: Block) -> None:
        """Below a heading `Objectives`, the outer list are objectives and what is nested in it are key results."""
        if self.nested_depth is None or block.depth <= self.nested_depth:
            self.nested_depth = block.depth
            self.objectives.append(_Objective(block.text, block.depth, block.width))
        else:
            self._listed(block, self.objectives[-1])

    def _listed(self, block: Block, current: _Objective) -> None:
        key = self._key()
        nested = key is not None and (block.depth > key.depth or (key.numbered and not key.listed and self.section == ""))
        if key and nested and not self.begins_section:
            key.notes.append(block.text)
        else:
            self._key_result(replace(block, numbered=False))

    def _unlisted(self, block: Block, current: _Objective) -> None:
        key = self._key()
        if key is None and self.last == "why":
            current.why.append(block.text)
        elif key is None:
            wraps = self._wraps(current.width, block)
            current.text = _join(current.text, block.text)
            current.width = block.width
            current.unclear += [] if wraps else [block.text]
        elif self._wraps(key.width, block):
            key.text, key.width = _join(key.text, block.text), block.width
        else:
            (current.unclear if block.gap else key.notes).append(block.text)

    def _wraps(self, width: int, block: Block) -> bool:
        """Whether a line merely goes on with the one before it."""
        return (
            not block.gap
            and not block.style
            and self.last in {"text", "key_result", "guardrail", "objective"}
            and (width >= _WRAPPED or block.text[:1].islower())
        )


def _join(text: str, more: str) -> str:
    """Two lines as one; Chinese needs no space."""
    return text + more if text and more and text[-1] > "\u2e80" and more[0] > "\u2e80" else f"{text} {more}".strip()


def read(text: str) -> tuple[ObjectiveText, ...]:
    """The objectives written in a text, with their key results; never raises, and keeps what it does not understand."""
    found, left_over = blocks(text)
    found = _promoted(found)
    reader = _Reader()
    for block in found:
        reader.take(block)
    made = [_objective_text(each) for each in reader.objectives]
    made = [each for each in made if each != ObjectiveText("")]
    if not made and (reader.preamble or left_over):
        made = [ObjectiveText("")]
    if reader.preamble:
        made[0] = replace(made[0], unclear=(*(tidy(p) or p for p in reader.preamble), *made[0].unclear))
    if left_over:
        made[-1] = replace(made[-1], unclear=(*made[-1].unclear, left_over))
    return tuple(made)


def read_key_result(text: str) -> KeyResultText:
    """One key result, with its KR mark or without."""
    for each in read(text):
        if each.key_results:
            return each.key_results[0]
    return pieces.key_result(text)


def is_document(text: str) -> bool:
    """Whether a text has an O or KR mark with words, or a table of OKRs."""
    found, _ = blocks(text)
    marked = any(b.kind in {"objective", "key_result", "guardrail"} and tidy(b.text) for b in found)
    headed = any(b.kind in {"section", "objective", "key_result"} for b in found) and any(b.kind in {"text", "field"} for b in found)
    return marked or headed or any(tables.is_header(line) for line in text.split("\n")[:50] if "|" in line or "\t" in line)


def _objective_text(draft: _Objective) -> ObjectiveText:
    made = pieces.objective(draft.text, tuple(draft.fields))
    keys = tuple(
        pieces.key_result(k.text, tuple(k.fields), guardrail=k.guardrail, notes=tuple(tidy(n) or n for n in k.notes))
        for k in draft.key_results
        if tidy(k.text) or k.fields or k.notes
    )
    why = " ".join(filter(None, (made.why, *(tidy(w) for w in draft.why))))
    kind = draft.kind or made.kind or None
    unclear = (*made.unclear, *(tidy(u) or u for u in draft.unclear))
    return replace(made, key_results=keys, why=why, kind=kind, unclear=tuple(dict.fromkeys(unclear)))  # type: ignore[arg-type]


# ---------------------------------------------------------------- objectives without a mark


def _promoted(found: list[Block]) -> list[Block]:
    """In a text without an O mark, the line above key results is their objective; a plain line is pointed out as well."""
    if any(b.kind in {"objective", "kind"} or (b.kind == "section" and b.name == "objectives") for b in found):
        return found
    return [_as_objective(b, found[n + 1] if n + 1 < len(found) else None) for n, b in enumerate(found)]


def _as_objective(block: Block, following: Block | None) -> Block:
    if block.kind != "text" or following is None:
        return block
    leads = following.kind in {"key_result", "guardrail", "why"} or (following.kind == "section" and following.name == "key_results")
    nests = following.kind == "text" and block.style in {"heading", "han"} and following.style in {"number", "bullet"}
    if not leads and not nests:
        return block
    if block.style == "bullet" and following.depth <= block.depth and following.style == "bullet":
        return block
    fields = () if block.style else (("=", block.text),)
    return replace(block, kind="objective", fields=fields)
