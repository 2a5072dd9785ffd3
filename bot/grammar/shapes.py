"""Recognises commands: a text is one only when the whole of it has that command's shape."""

import re
from dataclasses import replace
from typing import Any, cast

from bot.commands import AddKeyResult, Away, Back, CheckIn, Command, Correct, Line, Mine, Ref, Score, Weigh
from bot.grammar import actions, promised, pulse, references
from bot.grammar.behind import READERS, TOPICS, look
from bot.grammar.characters import fold
from bot.grammar.cursor import Cursor
from bot.grammar.nearness import LONGEST_NEAR, nearest
from bot.grammar.words import BUILT

__all__ = ["LONGEST_NEAR", "TOPICS", "in_thread", "nearest", "read"]


_LONGEST_WORD = 20
_I_AM = re.compile(r"(?:i\s?['’]?m|i am|i\s?['’]?ll be|i will be)\s+(?P<off>(?:off|out)\s+(?!sick)(?=\S))?", re.IGNORECASE)


def _by_first_letter() -> dict[str, list[tuple[str, str]]]:
    """The command words by the letter that they begin with, the longest first: they are looked for in every message."""
    words = sorted(((name, word) for name, words in BUILT.items() for word in words), key=lambda pair: -len(pair[1]))
    return {letter: [pair for pair in words if pair[1][0] == letter] for letter in {word[0] for _, word in words}}


_WORDS = _by_first_letter()


def read(text: str) -> Command | None:
    """The command that the whole text is, None when it is none."""
    typed = text.strip()
    if not typed:
        return Mine(due=True)
    return (
        look(typed)
        or _commanded(typed)
        or _of_me(typed)
        or actions.numbered(typed)
        or pulse.without_its_word_first(typed)
        or promised.read(typed)
    )


def _commanded(typed: str) -> Command | None:
    """The first command whose word the text begins with and whose shape the rest has."""
    folded = fold(typed)
    for name, word in _words_at(folded):
        command = READERS[name](Cursor(typed, folded, len(word)))
        if command:
            return command
    return None


def _of_me(typed: str) -> Command | None:
    """`I'm back`, `I am on leave until Friday`, `I'll be off on Monday`."""
    found = _I_AM.match(typed) if len(typed) < LONGEST_NEAR else None
    command = _commanded(("away " if found["off"] else "") + typed[found.end() :]) if found else None
    return command if isinstance(command, Away | Back) else None


def _words_at(folded: str) -> list[tuple[str, str]]:
    """The command words that the text begins with, the longest first; an English word ends where its letters end."""
    start = folded[:_LONGEST_WORD].lower()
    return [(name, word) for name, word in _WORDS.get(start[:1], ()) if start.startswith(word) and _word_ends(folded, word)]


def _word_ends(folded: str, word: str) -> bool:
    after = folded[len(word) : len(word) + 1]
    return not (word[-1].isascii() and after.isascii() and (after.isalnum() or (after in {"_", "-", "'"} and after)))


def in_thread(command: Command, thread: Ref | None) -> Command:
    """The command with a bare `KR2` in it made the key result of the thread's objective."""
    if isinstance(command, Weigh):
        return Weigh(tuple((references.within(ref, thread), weight) for ref, weight in command.weights))
    if isinstance(command, Score):
        return Score(tuple((references.within(ref, thread), typed) for ref, typed in command.scores))
    if isinstance(command, Correct):
        return Correct(_line_in(command.line, thread))
    if isinstance(command, CheckIn):
        return replace(command, lines=tuple(_line_in(line, thread) for line in command.lines))
    if isinstance(command, AddKeyResult) and command.ref is None:
        return replace(command, ref=_objective_of(thread))
    given: Any = command
    ref = getattr(given, "ref", None)
    return cast(Command, replace(given, ref=references.within(ref, thread))) if isinstance(ref, Ref) else command


def _line_in(line: Line, thread: Ref | None) -> Line:
    return replace(line, ref=references.within(line.ref, thread)) if line.ref else line


def _objective_of(thread: Ref | None) -> Ref | None:
    """What a thread is about, where that is an objective or names one."""
    if thread is None or (thread.objective is None and not thread.id.startswith("o")):
        return None
    return replace(thread, key_result=None)
