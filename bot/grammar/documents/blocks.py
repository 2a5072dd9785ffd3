"""Lays a pasted text out as blocks: what each line is and how deep it stands. Knows no metric and no person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.grammar.characters import fold
from bot.grammar.documents import marks, tables
from bot.grammar.documents.marks import BlockKind, ListStyle, Mark

MOST_BLOCKS, MOST_LINES = 400, 2000
_QUOTE = re.compile(r"[ \t\u3000]*(?:>[ \t]?)+")
_INDENT = re.compile(r"\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?P<in>[^*_\n]{1,300})(?<=\S)\1")
_SLACK_BOLD = re.compile(r"^(\s*(?:[-•]\s+)?)\*(?=\S)([^*\n]{1,200})(?<=\S)\*")
_WORD = re.compile(r"[^\W_]|[\ue000-\uf8ff]")
_BREAK = re.compile(r"<br\s*/?>|[\v\f\u2028\u2029]")


@dataclass(frozen=True)
class Block:
    """A piece of the text with one role.

    depth: columns of indentation, a list item one column deeper than plain text. gap: a blank line stands before it.
    name: of a field, section or kind. fields: cells of a table's row as (field name, or the header as typed; text).
    """

    kind: BlockKind
    text: str
    depth: int = 0
    style: ListStyle = ""
    name: str = ""
    numbered: bool = False
    gap: bool = False
    width: int = 0
    fields: tuple[tuple[str, str], ...] = ()


def blocks(text: str) -> tuple[list[Block], str]:
    """The text's blocks in order, and what is left over when there are more than anybody writes."""
    head, left_over = _first_lines(text)
    lines = [_plain(line) for line in _BREAK.sub("\n", head).split("\n")] if "|" not in head else _lines_with_tables(head)
    found: list[Block] = []
    gap, at = False, 0
    while at < len(lines):
        if len(found) >= MOST_BLOCKS:
            return found, "\n".join([*lines[at:], left_over]).strip()
        table = tables.table_at(lines, at)
        if table:
            found += _rows(table)
            at = table.end
            continue
        made = list(_blocks_of_line(lines[at], gap))
        gap = not made if lines[at].strip() else True
        found += made
        at += 1
    return found, left_over.strip()


def _first_lines(text: str) -> tuple[str, str]:
    """The lines that are looked at, and those that are only kept."""
    parts = text.split("\n", MOST_LINES)
    return (text, "") if len(parts) <= MOST_LINES else ("\n".join(parts[:-1]), parts[-1])


def _lines_with_tables(text: str) -> list[str]:
    """A <br> inside a row of a Markdown table does not end the row."""
    lines = []
    for line in text.split("\n"):
        cells = line.count("|") > 1
        lines += [_plain(line)] if cells else [_plain(part) for part in _BREAK.sub("\n", line).split("\n")]
    return lines


def _plain(line: str) -> str:
    """The line without quote signs and bold markers."""
    line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
    return _SLACK_BOLD.sub(r"\1\2", _BOLD.sub(r"\g<in>", line))


def _rows(table: tables.Table) -> Iterator[Block]:
    for row in table.rows:
        if row.objective is not None:
            yield Block("objective", _unmarked(row.objective, "objective"), fields=() if row.key_results else row.fields, numbered=True)
        for n, key_result in enumerate(row.key_results):
            mark = marks.mark_at(fold(key_result), 0)
            kind: BlockKind = "guardrail" if mark and mark.kind == "guardrail" else "key_result"
            yield Block(kind, _unmarked(key_result, kind), fields=row.fields if n == 0 else (), numbered=True)


def _unmarked(cell: str, kind: str) -> str:
    """A cell's words without its own O1 or KR1.1 and without its number."""
    folded = fold(cell)
    mark = marks.mark_at(folded, 0)
    if mark and mark.kind == kind:
        return cell[mark.end :].strip()
    item = marks.list_mark_at(folded, 0)
    return cell[item.end :].strip() if item and item.style != "heading" else cell.strip()


def _blocks_of_line(line: str, gap: bool) -> Iterator[Block]:
    if not _WORD.search(line):
        return
    folded = fold(line)
    start, style, mark = _opening(line, folded)
    indent = len(line[: _end_of_indent(line)].expandtabs(4))
    depth = indent + (1 if style in {"bullet", "number"} else 0)
    section = marks.section_of(folded[start:])
    if section:
        yield Block("section", line[start:].strip(), depth, style, section, gap=gap)
        return
    inner = marks.marks_within(folded, mark.end if mark else start, mark.number if mark else ())
    bounds = [(start, mark), *inner]
    for n, (begin, each) in enumerate(bounds):
        until = bounds[n + 1][0] if n + 1 < len(bounds) else len(line)
        words = line[each.end if each else begin : until]
        if n and not words.strip() and each and not each.number:
            continue
        if each is None and not _WORD.search(words):
            continue
        yield _block(each, words, depth, style if n == 0 else "", gap=gap and n == 0, width=len(line))


def _block(mark: Mark | None, words: str, depth: int, style: ListStyle, *, gap: bool, width: int) -> Block:
    if mark is None:
        return Block("text", words.strip(), depth, style, gap=gap, width=width)
    return Block(mark.kind, words.strip(), depth, style, mark.name, mark.numbered, gap, width)


def _end_of_indent(line: str) -> int:
    found = _INDENT.match(line)
    return found.end() if found else 0


def _opening(line: str, folded: str) -> tuple[int, ListStyle, Mark | None]:
    """Where the line's words begin, how it is listed, and the mark before the words."""
    at, style = _end_of_indent(line), ""
    first: ListStyle = ""
    for _ in range(4):
        mark = marks.mark_at(folded, at)
        if mark:
            return at, first, mark
        item = marks.list_mark_at(folded, at)
        if item is None:
            break
        style = item.style
        at = _end_of_indent(line[item.end :]) + item.end
        first = first if first in {"number", "han", "heading"} else style  # "- 1. x" is numbered
    bare = marks.decoration_at(folded, at)
    mark = marks.mark_at(folded, bare) if bare != at else None
    return (bare, first, mark) if mark else (at, first, None)
