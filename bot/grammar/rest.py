"""What may stand behind a command word, in the pieces that its readers share: a reference, people, an id, a text, and the end."""

import re
from collections.abc import Callable
from typing import Any

from bot.commands import Command, Ref, Who
from bot.grammar import people, references
from bot.grammar.cursor import Cursor

Reader = Callable[[Cursor], Command | None]

_END = re.compile(r"[\s.。!！~]*$")
GAP = re.compile(r"[\s:]*")
SPACE = re.compile(r"\s*")
SPACES = re.compile(r"\s+")
_ACT = re.compile(r"\s*#(?P<letter>[crpnq])(?P<n>[0-9a-z]{1,20})(?![0-9A-Za-z])\s*")
_BEFORE_PERSON = re.compile(r"(?:[\s,，、:]|(?:and|with)(?=\s)|[和与及](?=\s?[@\ue000]))*(?=@|\ue000)", re.IGNORECASE)
_TEXT_FIELD = re.compile(r'\s*text=("(?:[^"\\\n]|\\.)*+")\s*$')
_CHANNEL = re.compile(
    r"(?:(?:in|to|with)\s+)?(?:#(?P<name>[^\s#@,，;；。、]{1,80})|(?P<here>here(?![A-Za-z])|这里|此处|本群|本频道|这个群))", re.IGNORECASE
)


def ended(cursor: Cursor) -> bool:
    """Nothing more is said."""
    return cursor.peek(_END) is not None


def apart(cursor: Cursor) -> bool:
    """Whether the free text that follows stands apart from the word: 回复 好的, not 回复了客户."""
    after = cursor.folded[cursor.position : cursor.position + 1]
    return not after or after.isspace() or after in ":#@"


def ref(cursor: Cursor) -> Ref | None:
    """The reference behind the word."""
    cursor.take(GAP)
    return references.take(cursor)


def on_ref(make: Callable[[Any], Command]) -> Reader:
    """A word with a reference behind it and nothing else."""

    def reader(cursor: Cursor) -> Command | None:
        found = ref(cursor)
        return make(found) if found and ended(cursor) else None

    return reader


def act(cursor: Cursor, letters: str = "crpn") -> str:
    """The id of an act, a request, a text, a comment or a prompt: `#c91`, `#r7`, `#p3`, `#n7`, `#q12`."""
    found = cursor.peek(_ACT)
    if found is None or found["letter"] not in letters:
        return ""
    cursor.position = found.end()
    return found["letter"] + found["n"]


def by_id(make: Callable[[str], Command], letters: str = "crpn") -> Reader:
    """A word alone, or with the id of what is meant."""

    def reader(cursor: Cursor) -> Command | None:
        found = act(cursor, letters)
        return make(found) if ended(cursor) else None

    return reader


def alone(make: Callable[[], Command]) -> Reader:
    """A word with nothing behind it."""
    return lambda cursor: make() if ended(cursor) else None


def text(cursor: Cursor) -> str:
    """The free text that is left: as typed, or as our own buttons quote it."""
    quoted = cursor.take(_TEXT_FIELD)
    if quoted:
        return people.unquote(cursor.typed(quoted, 1))
    cursor.take(GAP)
    return cursor.rest.strip()


def has_text_field(cursor: Cursor) -> bool:
    """Whether the rest is a text as our own buttons quote it."""
    return cursor.peek(_TEXT_FIELD) is not None


def without(lead: re.Pattern[str], said: str) -> str:
    """What is said behind a leading word, or all of it."""
    found = lead.match(said)
    return said[found.end() :] if found else said


def leading_people(cursor: Cursor) -> list[Who]:
    """Those named here, one after another."""
    named: list[Who] = []
    while True:
        cursor.take(_BEFORE_PERSON)
        found = people.match(cursor.text, cursor.position)
        if found is None:
            return named
        cursor.position = found[0]
        named.append(found[1])


def channel(cursor: Cursor) -> str:
    """`#growth` as "growth", `here` as "here", "" for no channel."""
    found = cursor.take(_CHANNEL)
    if found is None:
        return ""
    return cursor.typed(found, "name") if found["name"] else "here"


def say_channel(name: str) -> str:
    """The channel in the form that `channel` takes back."""
    return name if name in ("", "here") else f"#{name}"
