"""What may stand behind `share`, `comment`, `comments`, and in a form that was sent."""

import re

from bot.commands import Command, Comment, Comments, Share, Submit, Who
from bot.grammar import people, references, rest
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.words import FORMS

_TO = re.compile(r"[\s,，、]*(?:(?:with|to|and|in)(?=\s)|[给到和与至发]+)?\s*", re.IGNORECASE)
_LOOK = re.compile(r"\s*(?:帮忙|帮我)?\s*(?:看看|看一看|看一下|看下|过目|评论)(?:一下)?\s*(?:这个|我的)?\s*")
_ON = re.compile(r"\s+on(?=\s)|\s*on(?=[A-Z#])", re.IGNORECASE)
_COLON = re.compile(r"\s*:")
_APART = re.compile(r"(?!['’\w])|(?=[^\x00-\x7f])")
_BEFORE_TEXT = re.compile(r"[\s:,，：-]*")
_NAME = re.compile(r"[ ](?P<name>[a-z_]{1,30})(?=\s|$)")
_WORD = re.compile(rf"\s+(?:(?P<quoted>{people.QUOTED})(?=\s|$)|(?P<plain>[^\s\"]\S{{0,200}}))")


# ---------------------------------------------------------------- share


def share(cursor: Cursor) -> Command | None:
    """`share O1 @a @b`, `share O1 with @a`, `share O1 #growth`, `share O1 here`; `请 @a 看看 O1`."""
    if cursor.folded[: cursor.position] == "请":
        return _please(cursor)
    ref = rest.ref(cursor)
    if ref is None:
        return None
    named: list[Who] = []
    channel = ""
    while not rest.ended(cursor):
        cursor.take(_TO)
        found = people.match(cursor.text, cursor.position)
        if found:
            cursor.position = found[0]
            named.append(found[1])
        elif channel or not (channel := rest.channel(cursor)):
            return None
    return Share(ref, tuple(dict.fromkeys(named)), channel)


def _please(cursor: Cursor) -> Command | None:
    named = rest.leading_people(cursor)
    ref = references.take(cursor) if named and cursor.take(_LOOK) else None
    return Share(ref, tuple(dict.fromkeys(named))) if ref and rest.ended(cursor) else None


# ---------------------------------------------------------------- comments


def comment(cursor: Cursor) -> Command | None:
    """`comment KR1.2 TEXT`, `comment on O1: TEXT`; a reference alone asks for the text."""
    on = cursor.take(_ON) is not None
    ref = rest.ref(cursor)
    if ref is None:
        return None
    if rest.ended(cursor):
        return Comment(ref)
    if rest.has_text_field(cursor):
        return Comment(ref, rest.text(cursor))
    if (on and not cursor.peek(_COLON)) or not cursor.peek(_APART):
        return None
    cursor.take(_BEFORE_TEXT)
    return Comment(ref, cursor.rest.strip())


def comments(cursor: Cursor) -> Command | None:
    """`comments O1`, `comments on O1`."""
    cursor.take(_ON)
    return rest.on_ref(Comments)(cursor)


# ---------------------------------------------------------------- a form that was sent


def form(cursor: Cursor) -> Command | None:
    """`form objective #o5 "two words"`: one of our own forms and what it was drawn with."""
    name = cursor.take(_NAME)
    if name is None or name["name"] not in FORMS:
        return None
    words: list[str] = []
    while not cursor.over:
        found = cursor.take(_WORD)
        if found is None:
            return None
        words.append(people.unquote(cursor.typed(found, "quoted")) if found["quoted"] else cursor.typed(found, "plain"))
    return Submit(name["name"], tuple(words))


def say_form(command: Submit) -> str:
    """The form's name and its words, those with a space or a quote in them between quotes."""
    return " ".join(["form", command.form, *(_as_word(word) for word in command.words)])


def _as_word(word: str) -> str:
    plain = _WORD.fullmatch(f" {fold(word)}")
    return word if plain and plain["plain"] and word.isprintable() else people.quote(word)


def say_share(command: Share) -> str:
    """`share #o1 @a #growth`."""
    parts = (references.say(command.ref), *map(people.say, command.people), rest.say_channel(command.channel))
    return " ".join(["share", *(part for part in parts if part)])
