"""Finds tables in pasted lines (Markdown, or cells between tabs) and tells which column holds what."""

import re
from dataclasses import dataclass

from bot.grammar.characters import fold
from bot.grammar.documents import marks

_RULE = re.compile(r"[\s|:+=-]+")
_OBJECTIVE = re.compile(r"(?i:objectives?|o|goals?)|目标(?:名称|\s?\(?O\)?)?|目标描述")
_KEY_RESULT = re.compile(r"(?i:key\s?results?(?:\s?\(krs?\))?|krs?)|关键(?:结果|成果)(?:\s?\(?(?i:krs?)\)?)?")
_BREAK = re.compile(r"<br\s*/?>|\n")
_COUNTER = re.compile(r"(?i:#|no\.?|id)|序号|编号|")
_SHORT = re.compile(r"(?i:kr|o)?\s?#?[0-9.]{1,5}")


@dataclass(frozen=True)
class Row:
    """objective: None when the cell is empty (as above). fields: (field name or the header as typed, text)."""

    objective: str | None
    key_results: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """rows: in order; end: the first line behind the table."""

    rows: tuple[Row, ...]
    end: int


def table_at(lines: list[str], at: int) -> Table | None:
    """The table whose header is the line at `at`."""
    sign = "\t" if "\t" in lines[at].strip() else "|" if "|" in lines[at] else ""
    columns = _columns(_cells(lines[at], sign)) if sign else None
    if columns is None:
        return None
    rows: list[Row] = []
    above, end = "", at + 1
    while end < len(lines) and sign in lines[end]:
        if not _RULE.fullmatch(lines[end]):
            rows.append(_row(columns, _cells(lines[end], sign), above))
            above = rows[-1].objective or above
        end += 1
    return Table(tuple(rows), end) if rows else None


def is_header(line: str) -> bool:
    """Whether a line is the header of a table of OKRs."""
    sign = "\t" if "\t" in line.strip() else "|" if "|" in line else ""
    return bool(sign) and _columns(_cells(line, sign)) is not None


def _cells(line: str, sign: str) -> list[str]:
    if sign == "|":
        line = line.strip()
        line = line[1:] if line.startswith("|") else line
        line = line[:-1] if line.endswith("|") else line
    return [cell.strip().strip('"').strip() for cell in line.split(sign)]


def _columns(header: list[str]) -> list[str] | None:
    """What each column holds: `objective`, `key_result`, a field's name, or "=" and the header as typed."""
    names = [_name(cell) for cell in header[:40]]
    known = sum(not name.startswith("=") for name in names)
    if "key_result" not in names and "objective" not in names:
        return None
    return names if known > 1 and len(names) > 1 else None


def _name(cell: str) -> str:
    folded = fold(cell).strip(" *")
    if _OBJECTIVE.fullmatch(folded):
        return "objective"
    if _KEY_RESULT.fullmatch(folded):
        return "key_result"
    return marks.field_named(folded.lower()) or f"={cell}"


def _row(columns: list[str], cells: list[str], above: str) -> Row:
    objective, key_results, fields = "", [], []
    for column, cell in zip([*columns, *["="] * len(cells)], cells, strict=False):
        if not cell:
            continue
        if column == "objective" and not objective:
            objective = _BREAK.sub(" ", cell)
        elif column == "key_result":
            key_results += [part.strip() for part in _BREAK.split(cell) if part.strip()]
        elif not (column.startswith("=") and _COUNTER.fullmatch(column[1:]) and (_SHORT.fullmatch(cell))):
            fields.append((column, _BREAK.sub(" ", cell)))
    same = not objective or objective == above
    return Row(None if same else objective, tuple(key_results), tuple(fields))
