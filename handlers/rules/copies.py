"""Whether a key result of a new cycle is the old one again, word for word: it must say what is new this time (Q18). Pure."""

import re
import unicodedata

_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[0-9]+")

Result = tuple[str, float | None]  # a title and a target, None for what is done or not


def is_copy(old: Result, new: Result) -> bool:
    """Whether both say the same: the words, and the target where there is one. A start that moved makes no new result."""
    if old[1] is None or new[1] is None:
        return old[1] == new[1] and letters(old[0]) == letters(new[0])
    return old[1] == new[1] and same_words(old[0], new[0])


def same_words(old: str, new: str) -> bool:
    """Whether two titles are the same but for their numbers."""
    return _NUMBER.sub("", letters(old)) == _NUMBER.sub("", letters(new))


def letters(title: str) -> str:
    """A title's letters and digits: case, width, spaces and punctuation make no other words."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", title).casefold())
