"""A place in a text while it is read: patterns are matched on the plain characters, pieces are kept as they were typed."""

import re

from bot.grammar.characters import fold


class Cursor:
    """A text, its folded twin of the same length, and how far it has been read."""

    def __init__(self, text: str, folded: str | None = None, position: int = 0) -> None:
        self.text = text
        self.folded = fold(text) if folded is None else folded
        self.position = position

    def peek(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What matches here, without reading on."""
        return pattern.match(self.folded, self.position)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What matches here; reads past it."""
        found = pattern.match(self.folded, self.position)
        if found:
            self.position = found.end()
        return found

    def typed(self, found: re.Match[str], group: str | int = 0) -> str:
        """A matched piece as it was typed."""
        return self.text[found.start(group) : found.end(group)]

    @property
    def rest(self) -> str:
        """What is still unread, as typed."""
        return self.text[self.position :]

    @property
    def over(self) -> bool:
        """True when nothing but space is left."""
        return not self.folded[self.position :].strip()
