"""Which cycle runs, and which comes next, by the cycles that are open and the way that the others are cut."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.rules.calendar import Span, span_of

AHEAD = timedelta(days=14)
_DAY = timedelta(days=1)


def running(today: date, opened: Sequence[Span], length: str) -> Span:
    """The open cycle that a day is in, of several the one that began last; where none is open, the one that would be cut there."""
    inside = [span for span in opened if span.start <= today <= span.end]
    if inside:
        return max(inside, key=lambda span: span.start)
    regular = span_of(today, length)
    named = next((span for span in opened if span.name == regular.name), None)
    return named or fitted(regular, opened, today) or regular


def following(now: Span, opened: Sequence[Span], length: str) -> Span:
    """The cycle behind the running one."""
    return running(now.end + _DAY, opened, length)


def fitted(span: Span, opened: Sequence[Span], today: date) -> Span | None:
    """A cycle to be opened, without the days that open ones have: it begins behind those that came before it, and ends before one
    that takes all the rest of it. None when nothing of it is left. One that lies inside it takes nothing away.
    """
    day = max(span.start, min(today, span.end))
    start = max([span.start, *(o.end + _DAY for o in opened if span.start <= o.end < day)])
    while any(o.start <= start <= o.end for o in opened):
        start = max(o.end for o in opened if o.start <= start <= o.end) + _DAY
    end = min([span.end, *(o.start - _DAY for o in opened if o.start > start and o.end >= span.end)])
    return Span(span.name, start, end) if start <= end else None
