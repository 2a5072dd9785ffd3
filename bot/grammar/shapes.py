"""Recognises commands: a text is one only when the whole of it has that command's shape."""

from dataclasses import replace

from bot.commands import (
    AskHelp,
    Change,
    CheckIn,
    Close,
    Command,
    Correct,
    Drop,
    Edit,
    Hide,
    History,
    Mine,
    Ref,
    Reopen,
    Reveal,
    Rhythm,
    Show,
    Transfer,
    Weigh,
)
from bot.grammar import promised, references
from bot.grammar.behind import READERS, TOPICS, look
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.nearness import LONGEST_NEAR, nearest
from bot.grammar.words import BUILT

__all__ = ["LONGEST_NEAR", "TOPICS", "in_thread", "nearest", "read"]


_ON_ONE = Show | History | AskHelp | Edit | Change | Drop | Close | Reopen | Transfer | Rhythm | Hide | Reveal


def read(text: str) -> Command | None:
    """The command that the whole text is, None when it is none."""
    typed = text.strip()
    if not typed:
        return Mine(due=True)
    return look(typed) or _commanded(typed) or promised.read(typed)


def _commanded(typed: str) -> Command | None:
    """The first command whose word the text begins with and whose shape the rest has."""
    folded = fold(typed)
    for name, word in _words_at(folded):
        command = READERS[name](Cursor(typed, folded, len(word)))
        if command:
            return command
    return None


def _words_at(folded: str) -> list[tuple[str, str]]:
    """The command words that the text begins with, the longest first; an English word ends where its letters end."""
    start = folded[:20].lower()
    found = [(name, w) for name, words in BUILT.items() for w in words if start.startswith(w) and _word_ends(folded, w)]
    return sorted(found, key=lambda pair: -len(pair[1]))


def _word_ends(folded: str, word: str) -> bool:
    after = folded[len(word) : len(word) + 1]
    return not (word[-1].isascii() and after.isascii() and (after.isalnum() or (after in {"_", "-", "'"} and after)))


def in_thread(command: Command, thread: Ref | None) -> Command:
    """The command with a bare `KR2` in it made the key result of the thread's objective."""
    if isinstance(command, _ON_ONE):
        return replace(command, ref=references.within(command.ref, thread))
    if isinstance(command, Weigh):
        return Weigh(tuple((references.within(ref, thread), weight) for ref, weight in command.weights))
    if isinstance(command, Correct) and command.line.ref:
        return Correct(replace(command.line, ref=references.within(command.line.ref, thread)))
    if isinstance(command, CheckIn):
        return replace(command, lines=tuple(replace(x, ref=references.within(x.ref, thread)) if x.ref else x for x in command.lines))
    return command
