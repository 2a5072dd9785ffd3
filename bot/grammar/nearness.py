"""The command that a mistyped text comes nearest to."""

import re

from rapidfuzz import fuzz, process

from bot.grammar.characters import fold
from bot.grammar.words import BUILT, OURS

LONGEST_NEAR = 60
_NEAR_ENOUGH = 78.0
_SPELLED = {word: name for name, words in reversed(BUILT.items()) for word in words if name not in OURS and word != "请"}


def nearest(text: str) -> str:
    """The built command whose word the text's beginning comes nearest to, "" when none is near or the text is a long one."""
    folded = fold(text).strip().lower()
    if not folded or len(folded) > LONGEST_NEAR:
        return ""
    first = re.split(r"[\s:,，。]", folded, maxsplit=1)[0]
    if first in _SPELLED:
        return _SPELLED[first]
    near = process.extractOne(first, list(_SPELLED), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH) if len(first) > 3 else None
    return _SPELLED[near[0]] if near else ""
