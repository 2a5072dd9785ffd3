"""The command that a mistyped text comes nearest to."""

import re

from rapidfuzz import fuzz, process

from bot.grammar.characters import fold
from bot.grammar.words import BUILT, OURS

LONGEST_NEAR = 60
_NEAR_ENOUGH = 78.0
# Sentences begin with these, and with those that come near them, so neither tells that a command was meant.
_SENTENCES_TOO = (
    *("请", "later", "no change", "no changes", "no update", "no updates", "no news"),
    *("daily", "agenda", "decision", "decided", "coach", "周会", "议程", "决定", "决议", "教练"),
    *("done", "not mine", "action", "actions", "my actions", "action item", "action items", "todo", "todos", "to-do", "to-dos"),
)
_NO_SLIP = frozenset(("always", "awake", "black", "county", "late", "quit", "quite", "shame", "skim", "stick", "slack"))
_SPELLED = {word: name for name, words in reversed(BUILT.items()) for word in words if name not in OURS and word not in _SENTENCES_TOO}


def nearest(text: str) -> str:
    """The built command whose word the text's beginning comes nearest to, "" when none is near or the text is a long one."""
    folded = fold(text).strip().lower()
    if not folded or len(folded) > LONGEST_NEAR:
        return ""
    first = re.split(r"[\s:,，。]", folded, maxsplit=1)[0]
    if first in _SPELLED:
        return _SPELLED[first]
    if len(first) <= 3 or first in _NO_SLIP:
        return ""
    near = process.extractOne(first, list(_SPELLED), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return _SPELLED[near[0]] if near else ""
