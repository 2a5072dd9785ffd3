"""Reads references: O1, KR1.2, #k12, and whose they are when an owner or a cycle stands before them; it knows no OKR."""

import json
import re
from dataclasses import replace

from bot.commands import Named, Ref, Who
from bot.grammar import cycles, numerals, people
from bot.grammar.characters import CJK
from bot.grammar.cursor import Cursor
from bot.grammar.words import COMPANY_WORDS, NOT_A_TEAM, TEAM_WORDS

_N = r"(?:[0-9]{1,2}(?![0-9])|[一二三四五六七八九十]{1,3})"
_O = r"(?:[Oo](?:bjective)?\s?|[Oo]bj\.?\s?|目标\s?)"
_KR = r"(?:[Kk][Rr]\s?|[Kk]ey\s[Rr]esult\s?|关键结果\s?)"
_LEFT = r"(?<![A-Za-z0-9_.#@/-])"
_RIGHT = r"(?![A-Za-z0-9_%]|\.[0-9]|/[0-9]|[-/][A-Za-z])"
CORE = (
    rf"{_LEFT}(?:#(?P<id>[ko][0-9][0-9a-z]{{0,19}})"
    rf"|{_O}(?P<o_of>{_N})\s?[.的-]?\s?{_KR}(?P<k_of>{_N})"
    rf"|{_KR}(?P<o_in>{_N})\s?\.\s?(?P<k_in>{_N})"
    rf"|{_KR}(?P<k>{_N})(?!-[0-9])"
    rf"|{_O}(?P<o>{_N})){_RIGHT}"
)
ANY = re.sub(r"\?P<\w+>", "?:", CORE)
_CORE = re.compile(CORE)
_BARE = re.compile(r"(?P<o_in>[1-9][0-9]?)\.(?P<k_in>[1-9][0-9]?)(?=\s*[:=]|\s+[^\s→%-]|\s+-[0-9])(?!\s*(?:->|=>|to\b|至|到|~))")

_WORD = rf"[A-Za-z{CJK}][A-Za-z0-9&+_{CJK}-]{{0,29}}"
TEAM_NAME = rf"(?:(?P<quoted_team>{people.ANY_QUOTED})|(?P<team>{_WORD}))"
_TEAM = re.compile(TEAM_NAME)
_POSSESSIVE = re.compile(r"(?:'s|’s|的)?\s*")
_NAMED_THEIRS = re.compile(rf"@(?P<name>[A-Za-z{CJK}][A-Za-z0-9_.{CJK}-]{{0,39}}?)(?:'s\s+|’s\s+|\s*的\s*|\s+|(?<=[{CJK}]))(?={ANY})")
_TEAM_WORD = re.compile(rf"(?:{'|'.join(TEAM_WORDS)})\s+", re.IGNORECASE)
_COMPANY = re.compile(rf"(?:{'|'.join(COMPANY_WORDS)})(?:'s|的)?(?:\s+|(?=[Oo][0-9]|KR|目标|关键结果|20[0-9]{{2}}))", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_SPACES = re.compile(r"\s+")


# ---------------------------------------------------------------- reading


def read(text: str) -> Ref | None:
    """The reference that the whole text is, with its owner and its cycle before or behind it."""
    cursor = Cursor(text.strip())
    ref = take(cursor)
    if ref is None:
        return None
    if not cursor.over and not ref.cycle and cursor.take(_SPACES):
        ref = replace(ref, cycle=cycles.take(cursor, dated=False))
    return ref if cursor.over else None


def find(text: str, *, most: int = 100) -> list[tuple[int, int, Ref]]:
    """Every reference inside a text as (start, end, ref), without owners."""
    found: list[tuple[int, int, Ref]] = []
    for hit in _CORE.finditer(Cursor(text).folded):
        if len(found) < most:
            found.append((hit.start(), hit.end(), _ref(hit)))
    return found


def take(cursor: Cursor, *, bare: bool = False, loose_names: bool = True) -> Ref | None:
    """The reference here with an owner and a cycle before it. loose_names: a small word may be a team.

    bare: at the beginning of a check-in line, where `1.2` is one, and a month may be the day of the check-in.
    """
    start = cursor.position
    core = take_core(cursor, bare=bare)
    if core:
        return core
    cycle = cycles.take_before(cursor, dated=not bare)
    cursor.take(_SPACE)
    owner = _take_owner(cursor, loose_names=loose_names)
    if owner and not cycle:
        cycle = cycles.take_before(cursor, dated=not bare)
        cursor.take(_SPACE)
    core = take_core(cursor) if owner or cycle else None
    if core is None:
        cursor.position = start
        return None
    return replace(core, owner=owner, cycle=cycle)


def take_core(cursor: Cursor, *, bare: bool = False) -> Ref | None:
    """The reference here, of the speaker and the running cycle."""
    found = cursor.take(_CORE) or (cursor.take(_BARE) if bare else None)
    return _ref(found) if found else None


def take_team(cursor: Cursor) -> Named | None:
    """A team's name here: one word, or several in quotes."""
    found = cursor.take(_TEAM)
    if found is None:
        return None
    return Named(cursor.typed(found)) if found["team"] else _quoted(cursor.typed(found))


def _quoted(typed: str) -> Named | None:
    name = people.unquoted(typed)
    return Named(name) if name.strip() else None


def _take_owner(cursor: Cursor, *, loose_names: bool) -> Who | Named | None:
    """Whose it is; for a person the rest may follow directly, a team's name stands apart."""
    start = cursor.position
    if cursor.take(_COMPANY):
        return Named("")
    who = _take_person(cursor)
    if who:
        return who
    explicit = cursor.take(_TEAM_WORD) is not None
    found = cursor.take(_TEAM)
    if found and cursor.take(_SPACES) and (explicit or found["quoted_team"] or _a_name(found[0], loose=loose_names)):
        return Named(cursor.typed(found)) if found["team"] else _quoted(cursor.typed(found))
    cursor.position = start
    return None


def _a_name(word: str, *, loose: bool) -> bool:
    """False for the words that stand before a reference in ordinary sentences."""
    lower = word.lower()
    if lower in NOT_A_TEAM or lower.endswith("ed") or word.startswith(("我", "已", "把", "请", "在", "对", "将")):
        return False
    return loose or not (word.isascii() and word == lower)


def _take_person(cursor: Cursor) -> Who | None:
    theirs = cursor.take(_NAMED_THEIRS)
    if theirs:
        return Who("name", cursor.typed(theirs, "name"))
    found = people.match(cursor.text, cursor.position)
    if found is None:
        return None
    cursor.position, who = found
    cursor.take(_POSSESSIVE)
    return who


def _ref(found: re.Match[str]) -> Ref:
    groups = found.groupdict()
    if groups.get("id"):
        return Ref(id=groups["id"])
    objective = groups.get("o_of") or groups.get("o_in") or groups.get("o")
    key_result = groups.get("k_of") or groups.get("k_in") or groups.get("k")
    return Ref(_number(objective), _number(key_result))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else numerals.number(text)


def within(ref: Ref, thread: Ref | None) -> Ref:
    """A bare `KR2` said in the thread of an objective's card is that objective's."""
    if thread is None or thread.objective is None or ref.objective is not None or ref.id or ref.owner or ref.cycle:
        return ref
    return replace(thread, key_result=ref.key_result)


# ---------------------------------------------------------------- saying


def say(ref: Ref) -> str:
    """The reference in a form that `read` takes back."""
    return " ".join(part for part in (_say_owner(ref.owner), cycles.say(ref.cycle), _say_core(ref)) if part)


def say_team(team: Named) -> str:
    """A team's name between quotes, or the word for the company."""
    return json.dumps(team.name, ensure_ascii=False) if team.name else "company"


def _say_owner(owner: Who | Named | None) -> str:
    if owner is None:
        return ""
    return people.say(owner) if isinstance(owner, Who) else say_team(owner)


def _say_core(ref: Ref) -> str:
    if ref.id:
        return f"#{ref.id}"
    if ref.key_result is None:
        return f"O{ref.objective}"
    return f"KR{ref.key_result}" if ref.objective is None else f"KR{ref.objective}.{ref.key_result}"
