"""A key result's title and its numbers: the words of a measure stay in the title, so a changed number changes them too. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.grammar import quantities
from bot.grammar.documents.metrics import measure

_DIGITS = re.compile(r"[0-9][0-9.,]*")


def renumbered(title: str, old: Decimal | None, typed: str, wanted: tuple[Decimal | None, Decimal | None]) -> str:
    """The title with `typed` where it says `old`; as it is when it does not say so, or would then measure anything but `wanted`.

    wanted: (start, target) once it is changed.
    """
    before = measure(title)
    for fresh in _candidates(title, old, typed):
        read = measure(fresh)
        if (read.start, read.target, read.metric, read.unit) == (*wanted, before.metric, before.unit) and not read.unclear:
            return fresh
    return title


def _candidates(title: str, old: Decimal | None, typed: str) -> Iterator[str]:
    """The title with each number that can be the old one replaced, the last one first: a bare number for its digits alone."""
    spans = [(begin, end) for begin, end, quantity in quantities.find(title) if old is not None and old in quantity.readings]
    for begin, end in reversed(spans):
        if _DIGITS.fullmatch(typed):
            yield title[:begin] + _DIGITS.sub(typed, title[begin:end], count=1) + title[end:]
        yield title[:begin] + typed + title[end:]
