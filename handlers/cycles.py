"""Which cycle is meant: the running one, or one by its name. A regular one is opened when it is first written in."""

from dataclasses import replace

from bot.commands import Named, Ref
from handlers.asking import Asking
from handlers.refusals import Refusal
from handlers.rules.calendar import Span, length_of, local_day, span_named
from handlers.rules.planning import fitted, following, running
from storage.base import alike
from storage.okrs import Cycle, cycle_named, open_cycles
from storage.people import team_named

FARTHEST = 400


def spans(asking: Asking) -> list[Span]:
    """Every open cycle's dates."""
    return [span_of_row(row) for row in open_cycles(asking.session)]


def span_of_row(row: Cycle) -> Span:
    """A stored cycle's dates."""
    return Span(row.name, row.start, row.end)


def now(asking: Asking, opened: list[Span] | None = None) -> Span:
    """The running cycle; it runs by the organisation's day, the same for everybody."""
    today = local_day(asking.now, asking.organisation.timezone)
    return running(today, spans(asking) if opened is None else opened, asking.organisation.cycle_length)


def span(asking: Asking, name: str) -> Span:
    """The dates of a cycle by name, "" for the running one."""
    opened = spans(asking)
    if not name:
        return now(asking, opened)
    row = named(asking, name)
    return span_of_row(row) if row else _regular(asking, name, opened)


def named(asking: Asking, name: str) -> Cycle | None:
    """The open cycle called so."""
    row = cycle_named(asking.session, regular.name if (regular := span_named(name)) else name)
    return row if row and row.state == "open" else None


def _regular(asking: Asking, name: str, opened: list[Span]) -> Span:
    """A cycle that is not open, cut as the organisation cuts them, in the days that the open ones leave."""
    found = span_named(name)
    if found is None or length_of(found) != asking.organisation.cycle_length:
        raise Refusal("no_such_cycle", name=name, names=there_are(asking, opened), copy=f"mine {now(asking, opened).name}")
    left = fitted(found, opened, asking.today)
    if left is None:
        there = next(o for o in opened if o.overlaps(found.start, found.end))
        raise Refusal("cycle_covered", name=found.name, there=there.name, start=there.start, end=there.end)
    return left


def there_are(asking: Asking, opened: list[Span]) -> list[str]:
    """The names of the cycles that one may mean: those that run or lie ahead, and the next one."""
    runs = now(asking, opened)
    ahead = [o for o in opened if o.end >= asking.today and o.name != runs.name]
    after = following(runs, opened, asking.organisation.cycle_length)
    return list(dict.fromkeys([runs.name, *(o.name for o in ahead), after.name]))


def find(asking: Asking, name: str = "") -> Cycle | None:
    """The cycle, or None when nothing was ever written in it."""
    open_ones = open_cycles(asking.session)
    wanted = now(asking, [span_of_row(row) for row in open_ones]).name if not name else span(asking, name).name
    return next((row for row in open_ones if alike(row.name) == alike(wanted)), None)


def opened(asking: Asking, name: str = "") -> Cycle:
    """The cycle to write in, made if need be; one that has ended or lies far ahead is refused."""
    found = span(asking, name)
    if found.end < asking.today and name:
        raise Refusal("cycle_over", name=found.name, end=found.end)
    row = cycle_named(asking.session, found.name)
    if row is None or row.state != "open":
        if (found.start - asking.today).days > FARTHEST:
            raise Refusal("cycle_too_far", name=found.name)
        row = row or Cycle(name=found.name, start=found.start, end=found.end)
        row.start, row.end, row.state = found.start, found.end, "open"
        asking.session.add(row)
        asking.session.flush()
    return row


def meant(asking: Asking, ref: Ref) -> Ref:
    """The reference with its cycle in its place: a name before `O1` may be a team's or a cycle's, and the grammar knows neither."""
    owner = ref.owner
    if ref.cycle or not isinstance(owner, Named) or not owner.name or team_named(asking.session, owner.name):
        return ref
    return replace(ref, owner=None, cycle=owner.name) if named(asking, owner.name) else ref
