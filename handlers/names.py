"""What a team or a cycle may be called: nothing that a command, a reference, a cycle or another team is called."""

from typing import Literal

from bot.grammar import references
from bot.grammar.words import canonical
from handlers import cycles, people
from handlers.asking import Asking
from handlers.refusals import Refusal
from handlers.rules.calendar import span_named
from storage.base import alike
from storage.people import hold_names, team_named

LONGEST = 60
_QUOTES = "\"'“”‘’「」『』 "
# Words of the commands about teams and cycles themselves.
_OURS = "add remove lead rename channel dissolve members member here all me 加 移除 负责人 改名 频道 解散 成员 全部 我"
_RESERVED = frozenset(_OURS.split())
_COMPANY = ("company", "公司", "the company")

What = Literal["team", "cycle"]


def fitting(asking: Asking, typed: str, what: What, *, but: int | None = None) -> str:
    """The name as it is stored, or a refusal that says why not. but: the team that is being renamed."""
    name = " ".join(people.readable(asking, typed).strip(_QUOTES).split())
    if not name:
        raise Refusal("name_missing", what=what)
    if len(name) > LONGEST:
        raise Refusal("name_too_long", name=name[:LONGEST], length=len(name), most=LONGEST)
    if why := _reserved(asking, name, what):
        raise Refusal("name_reserved", name=name, what=what, why=why)
    hold_names(asking.session, asking.organisation.id or 0)
    there = team_named(asking.session, name) if what == "team" else None
    if there is not None and there.id != but:
        raise Refusal("team_exists", name=there.name, copy=f"team {quoted(there.name)}")
    return name


def _reserved(asking: Asking, name: str, what: What) -> str:
    """What else the name is: command, reference, number, mark, company, cycle or team; "" for nothing else."""
    if why := word_taken(name):
        return why
    if what == "team" and cycles.named(asking, name):
        return "cycle"
    return "team" if what == "cycle" and team_named(asking.session, name) else ""


def word_taken(name: str) -> str:
    """What a name means to the grammar, whatever there is: company, command, number, mark, reference or cycle; "" for nothing."""
    key = alike(name)
    if key in _COMPANY:
        return "company"
    if canonical(key) or key in _RESERVED:
        return "command"
    if not any(c.isalpha() for c in name):
        return "number"
    if name[0] in "@#/＠＃":
        return "mark"
    if references.read(name) is not None:
        return "reference"
    return "cycle" if span_named(key) else ""


def quoted(name: str) -> str:
    """A name as it can be typed: between quotes where it is more than one word."""
    return name if name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit() else f'"{name}"'
