"""The amounts in a key result's words that can be meant: no dates, no ordinals, no parts of names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bot.commands import Quantity
from bot.grammar import dates, quantities
from bot.grammar.documents import vocabulary as say

_OUT_OF = re.compile(r"(?<![0-9./-])([0-9]{1,2}\.[0-9]{1,2})\s?/\s?(?:5|10)(?![0-9./-])")


@dataclass(frozen=True)
class Number:
    """An amount in the words, with what stands before it (from the number before on) and behind it."""

    start: int
    end: int
    quantity: Quantity
    before: str
    after: str

    @property
    def value(self) -> Decimal:
        return self.quantity.value

    @property
    def unit(self) -> str:
        return self.quantity.unit

    @cached_property
    def is_aside(self) -> bool:
        return bool(say.ASIDE_BEFORE.search(self.before) or say.PART_AFTER.match(self.after))


def numbers_in(folded: str) -> Iterator[Number]:
    """The amounts of a text without dates, ordinals, parts of names, and the 5 of 4.5/5."""
    days = dates.find(folded)
    last = 0
    for begin, end, quantity in _amounts(folded):
        before, after = folded[max(last, begin - 60) : begin], folded[end : end + 30]
        if any(b < end and begin < e and not quantity.unit and not quantity.scaled for b, e, _ in days):
            continue
        if say.ORDINAL_BEFORE.search(before) or _is_year(folded, begin, end, quantity):
            continue
        yield Number(begin, end, quantity, before, after)
        last = end


def _amounts(folded: str) -> list[tuple[int, int, Quantity]]:
    """The quantities, and the 4.5 of 4.5/5."""
    marks = [(m.start(1), m.end(1), Quantity(m[1], (Decimal(m[1]),))) for m in _OUT_OF.finditer(folded)]
    # 目标50 is a reference to an objective elsewhere; in a key result it is the target
    return sorted([*quantities.find(folded.replace("目标", "，，")), *marks], key=lambda each: each[:2])


def _is_year(folded: str, begin: int, end: int, quantity: Quantity) -> bool:
    written = folded[begin:end]
    return not quantity.unit and len(written) == 4 and written.isdigit() and 2015 <= quantity.value <= 2050
