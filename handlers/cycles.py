"""Which cycle is meant: the running one, or one by its name. A quarter is opened when it is first written in."""

from handlers.asking import Asking
from handlers.refusals import Refusal
from handlers.rules.calendar import Span, local_day, quarter_named, quarter_of
from storage.okrs import Cycle, cycle_named


def span(asking: Asking, name: str) -> Span:
    """The dates of a cycle by name, "" for the running one."""
    if not name:
        return quarter_of(local_day(asking.now, asking.organisation.timezone))
    found = cycle_named(asking.session, name.upper())
    if found:
        return Span(found.name, found.start, found.end)
    quarter = quarter_named(name)
    if quarter is None:
        raise Refusal("no_such_cycle", name=name, copy=quarter_of(asking.today).name)
    return quarter


def find(asking: Asking, name: str = "") -> Cycle | None:
    """The cycle, or None when nothing was ever written in it."""
    return cycle_named(asking.session, span(asking, name).name)


def opened(asking: Asking, name: str = "") -> Cycle:
    """The cycle, made if need be; one that has ended or lies far ahead is refused."""
    found = span(asking, name)
    row = cycle_named(asking.session, found.name)
    if row is None:
        if found.end < asking.today:
            raise Refusal("cycle_over", name=found.name, end=found.end)
        if (found.start - asking.today).days > 400:
            raise Refusal("cycle_too_far", name=found.name)
        row = Cycle(name=found.name, start=found.start, end=found.end)
        asking.session.add(row)
        asking.session.flush()
    return row
