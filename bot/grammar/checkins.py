"""Reads a text of one or many check-in lines and keeps every word of it; a text without any line is not its affair."""

import re
from dataclasses import replace
from itertools import pairwise

from bot.commands import CheckIn, Line, Ref
from bot.grammar import lines, people, quantities, references
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor

MOST_LINES = 300
LONGEST = 20_000  # longer texts are documents or accidents: they are kept whole, and not searched for check-ins
_DAY_FORM = re.compile(r"day\s+(?=(?:on\s\S|(?:note|blocked|next)=\"|@|\ue000))")
_ON_DAY = re.compile(r"on\s+")
_BEGINS_WITH_REF = re.compile(rf"\s*(?:{references.ANY})")
_COLON = re.compile(rf"\s*(?:{references.ANY})\s*:")
_TITLE = re.compile(r"(?:O|Obj|Objective|目标)\s?:\s?\S", re.IGNORECASE)
_STOP = re.compile(r"[;；]")
_COMMA_AND_VALUE = re.compile(rf"[,，、]\s*(?=(?:{references.ANY})\s*[:=]?\s*(?:[+-]?[0-9¥$€£]|done\b|完成))")


def read(text: str, *, certain: bool = False, thread: Ref | None = None) -> CheckIn | None:
    """The check-in that a text is; None when no line of it is a check-in line. thread: gives a bare `KR2` its objective."""
    pieces = _pieces(text) if len(text) <= LONGEST else None
    if pieces is None or (not certain and looks_like_an_okr(pieces)):
        return None
    several = certain or sum(_BEGINS_WITH_REF.match(fold(p)) is not None for p in pieces) > 1
    gathered = _Gathered()
    for piece in pieces:
        line = _day_form(piece) or lines.read(piece, certain=several)
        if line is None and _unclear(piece):
            return None
        gathered.add(line, piece)
    found = [line for line in gathered.lines if line.ref or line.note or lines.strong(line)]
    if not _enough(found, pieces, certain=certain):
        return _of_thread(text, thread) if certain else None
    placed = tuple(replace(line, ref=references.within(line.ref, thread)) if line.ref else line for line in found)
    return CheckIn(placed, certain=certain, text=text.strip())


def read_one(text: str, *, thread: Ref | None = None) -> Line | None:
    """The one check-in line with a reference that the whole text is, its continuing lines included."""
    found = read(text, certain=True, thread=thread)
    return found.lines[0] if found and len(found.lines) == 1 and found.lines[0].ref else None


def _pieces(text: str) -> list[str] | None:
    """The lines, and the parts of a line that each begin with a reference; None for a text that is far too long."""
    typed = [line for line in text.split("\n") if line.strip()]
    if len(typed) > MOST_LINES:
        return None
    pieces = [piece for line in typed for piece in _split(line)]
    return None if len(pieces) > MOST_LINES else pieces


def _split(line: str) -> list[str]:
    """`KR1.1 45; KR1.2 50` is two; a `;` inside a note or a quoted field divides nothing."""
    folded = lines.FIELD.sub(lambda found: " " * len(found[0]), fold(line))
    bullet = lines.BULLET.match(folded)
    begin = bullet.end() if bullet else 0
    cuts = [m.end() for m in _STOP.finditer(folded, begin) if _BEGINS_WITH_REF.match(folded, m.end())]
    cuts += [m.end() for m in _COMMA_AND_VALUE.finditer(folded, begin)]
    if not cuts or not _BEGINS_WITH_REF.match(folded, begin):
        return [line]
    edges = [0, *sorted(cuts), len(line)]
    return [line[a:b].strip().rstrip(";；,，、") for a, b in pairwise(edges)]


def looks_like_an_okr(pieces: list[str]) -> bool:
    """An objective's title above its key results is OKR text that was sent without `new`, not a check-in."""
    whole = [fold(p) for p in pieces]
    objective = next((i for i, p in enumerate(whole) if _titled(p)), None)
    return objective is not None and any(_COLON.match(p) or _bare(p) for p in whole[objective + 1 :])


def _titled(piece: str) -> bool:
    cursor = Cursor(piece)
    cursor.take(lines.BULLET)
    ref = references.take_core(cursor)
    if ref is None:
        return cursor.take(_TITLE) is not None
    return not lines.names_key_result(ref) and lines.read(piece) is None


def _bare(piece: str) -> bool:
    cursor = Cursor(piece)
    cursor.take(lines.BULLET)
    ref = references.take_core(cursor)
    return ref is not None and ref.objective is None and not ref.id


def _unclear(piece: str) -> bool:
    """A piece that begins with a reference and holds a number, but is no line: to be asked, never kept as a mere note."""
    cursor = Cursor(piece)
    cursor.take(lines.BULLET)
    return references.take_core(cursor) is not None and bool(quantities.find(cursor.rest.lstrip("-+"), most=1))


def _day_form(piece: str) -> Line | None:
    """`day note="…"`: the day's own line as our buttons write it."""
    cursor = Cursor(piece.strip())
    if not cursor.take(_DAY_FORM):
        return None
    line = lines.read(f"#k0 {cursor.rest}", certain=True)
    return replace(line, ref=None, raw=piece.strip()) if line else None


def _of_thread(text: str, thread: Ref | None) -> CheckIn | None:
    """In the thread of a key result's card a line needs no reference when it begins with a value."""
    if thread is None or not lines.names_key_result(thread):
        return None
    line = lines.read(f"#k0 {text}", certain=True)
    if line is None or (line.value is None and line.confidence is None) or (line.value and line.value.kind == "stage"):
        return None
    return CheckIn((replace(line, ref=thread, raw=text.strip()),), text=text.strip())


def _enough(found: list[Line], pieces: list[str], *, certain: bool) -> bool:
    """Whether it is a check-in at all: some line has a reference, or the text begins as the day's line does."""
    if any(line.ref for line in found):
        return certain or len(found) == 1 or not found[0].note or bool(found[0].ref) or any(lines.strong(line) for line in found)
    if not pieces or not found:
        return False
    return lines.begins_with_part(pieces[0]) or _day_form(pieces[0]) is not None or (certain and lines.strong(found[0]))


class _Gathered:
    """The lines of a text so far; what is no line continues the one above it, or belongs to the day."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._day: int | None = None

    def add(self, line: Line | None, piece: str) -> None:
        """Takes the next piece of the text."""
        said = lines.parts(piece.strip())
        if line is not None:
            self._begin(line)
        elif said.plan or not self._above():
            self._for_the_day(said, piece)
        else:
            self.lines[-1] = _longer(self.lines[-1], said, piece)

    def _above(self) -> bool:
        return bool(self.lines) and self.lines[-1].ref is not None

    def _begin(self, line: Line) -> None:
        if line.ref is None:
            self._day = len(self.lines)
        self.lines.append(line)

    def _for_the_day(self, said: lines.Parts, piece: str) -> None:
        if self._day is None:
            self._begin(Line(None))
        at = self._day or 0
        self.lines[at] = _longer(self.lines[at], said, piece)


def _longer(line: Line, said: lines.Parts, piece: str) -> Line:
    def joined(before: str, more: str) -> str:
        return f"{before}\n{more}" if before and more else before or more

    return replace(
        line,
        note=joined(line.note, said.note),
        blocker=joined(line.blocker, said.blocker),
        plan=joined(line.plan, said.plan),
        people=tuple(dict.fromkeys([*line.people, *people.among(piece)])),
        raw=joined(line.raw, piece.strip()),
    )
