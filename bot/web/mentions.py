"""Finds whom a typed text or a form names: `@Name` becomes a mention mark. It knows names, and no grammar."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.messages import Mention, clean, mention_mark
from bot.web.backend import Resident

BOT = "Tenday"
# No letter before the sign (that is an e-mail address), none behind a Latin name (@Ann is not @Annabel); 中文 runs on.
_SIGN = r"(?<![A-Za-z0-9_.+-])[@＠]"
_END = r"(?![A-Za-z0-9_])"
_BOT = re.compile(_SIGN + BOT + _END, re.IGNORECASE)
_LEADING = re.compile(rf"\s*[@＠]{BOT}{_END}[\s,:，：、]*", re.IGNORECASE)


class Stranger(Exception):
    """A user who does not live here."""


def names_bot(text: str) -> bool:
    """Whether the text mentions Tenday."""
    return _BOT.search(text) is not None


def without_bot(text: str) -> str:
    """The text without Tenday's own leading mention."""
    return _LEADING.sub("", text, count=1) if _LEADING.match(text) else text


def marked(text: str, people: Sequence[Resident]) -> tuple[str, tuple[Mention, ...]]:
    """The text with every `@Name` of a resident as a mark, and the mentions in their order.

    The longest name wins. A name that two people share stays as it was typed: whom it means is asked, not guessed.
    """
    by_name = _by_name(people)
    if not by_name:
        return text, ()
    found: dict[str, Mention] = {}

    def mark(match: re.Match[str]) -> str:
        person = by_name[match[1].casefold()]
        found.setdefault(person.user, Mention(person.user, person.name))
        return mention_mark(person.user)

    return _pattern(tuple(by_name)).sub(mark, text), tuple(found.values())


def filled(fields: Mapping[str, str | tuple[str, ...]], people: Sequence[Resident]) -> tuple[dict[str, str], tuple[Mention, ...]]:
    """What stands in a form as the desk reads it, and who is named in it; Stranger for somebody who does not live here."""
    names = {person.user: person.name for person in people}
    named = dict.fromkeys(user for value in fields.values() if not isinstance(value, str) for user in value)
    if not named.keys() <= names.keys():
        raise Stranger
    texts = {name: clean(value) if isinstance(value, str) else "".join(map(mention_mark, value)) for name, value in fields.items()}
    return texts, tuple(Mention(user, names[user]) for user in named)


def _by_name(people: Sequence[Resident]) -> dict[str, Resident]:
    times = Counter(person.name.casefold() for person in people)
    return {person.name.casefold(): person for person in people if person.name and times[person.name.casefold()] == 1}


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    choices = "|".join(re.escape(name) + (_END if name[-1].isascii() else "") for name in longest_first)
    return re.compile(f"{_SIGN}({choices})", re.IGNORECASE)
