"""A key result's title and its numbers: the words of a measure stay in the title, so a changed number changes them too. Pure."""

from decimal import Decimal

from bot.grammar import quantities
from bot.grammar.documents.metrics import measure


def renumbered(title: str, old: Decimal | None, typed: str, wanted: tuple[Decimal | None, Decimal | None]) -> str:
    """The title with `typed` where it says `old`; as it is when it does not say so, or would then measure anything but `wanted`.

    wanted: (start, target) once it is changed.
    """
    spans = [(begin, end) for begin, end, quantity in quantities.find(title) if old is not None and old in quantity.readings]
    for begin, end in reversed(spans):
        fresh = title[:begin] + typed + title[end:]
        read = measure(fresh)
        if (read.start, read.target) == wanted and not read.unclear:
            return fresh
    return title
