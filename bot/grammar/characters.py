"""Folds what an input method types into plain ASCII, one character for one, so that positions in the text stay true."""

import re
from functools import lru_cache

from bot.messages import MARK_CLOSE, MARK_OPEN

CJK = "\u3400-\u9fff"
MARK = f"{MARK_OPEN}([^{MARK_OPEN}{MARK_CLOSE}\n]{{1,80}}){MARK_CLOSE}"

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，"}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t"), " ")
_SIGNS = {ord("−"): "-", ord("﹣"): "-", ord("￥"): "¥", ord("﹪"): "%", ord("﹟"): "#", ord("∶"): ":"}
_FOLD = _WIDE | _SPACES | _SIGNS
_STOP_IN_NUMBER = re.compile(r"(?<=[0-9])。(?=[0-9])")
_COMMA_IN_NUMBER = re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")
_DASH_AS_MINUS = re.compile(r"(?<![0-9A-Za-z%])–(?=[0-9])")


@lru_cache(maxsize=16)  # one text is folded again by each reader that looks at it
def fold(text: str) -> str:
    """The text in plain characters, of the same length: １２％ → 12%, `3。5` → `3.5`, `３，４００` → `3,400`, `–3` → `-3`."""
    folded = text.translate(_FOLD)
    folded = _STOP_IN_NUMBER.sub(".", folded)
    folded = _COMMA_IN_NUMBER.sub(",", folded)
    return _DASH_AS_MINUS.sub("-", folded)
