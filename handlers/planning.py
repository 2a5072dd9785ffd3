"""Planning: which cycles there are, how the coming ones are cut, and opening one of one's own or, ahead of time, the next."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.commands import CutCycles, Cycles, OpenCycle
from bot.grammar import dates
from bot.replies import Button, Item, Part, Reply, Say
from handlers import cards, cycles, names
from handlers.asking import Asking
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules.calendar import Span, local_day, span_named
from handlers.rules.planning import AHEAD, following, running
from storage.okrs import Cycle, cycle_named, holds_anything, open_cycles, published_in
from storage.people import Organisation, admins, hold_names
from storage.store import EVERYWHERE, Store

LONGEST = 400


def show(asking: Asking, command: Cycles) -> Reply:
    """The cycle that runs, those that are open ahead, and what comes next."""
    return Reply(_listed(asking), card="cycles")


def _listed(asking: Asking) -> tuple[Part, ...]:
    rows = open_cycles(asking.session)
    opened = [cycles.span_of_row(row) for row in rows]
    runs = cycles.now(asking, opened)
    after = following(runs, opened, asking.organisation.cycle_length)
    counts = published_in(asking.session, [row.id or 0 for row in rows])
    numbers = {row.name: counts.get(row.id or 0, 0) for row in rows}
    ahead = [span for span in opened if span.end >= asking.today and span.name != runs.name]
    lines = [_line(runs, "running", numbers), *(_line(span, _state(asking, span), numbers) for span in ahead)]
    if after.name not in numbers:
        lines.append(_line(after, "next", numbers))
    cut = Say("cycles_cut", {"length": asking.organisation.cycle_length}, role="note")
    return (Say("cycles_title", role="title"), *lines, cut)


def _state(asking: Asking, span: Span) -> str:
    return "planned" if span.start > asking.today else "beside"


def _line(span: Span, state: str, numbers: dict[str, int]) -> Item:
    """opens: of the next one, when it opens by itself."""
    facts = {
        "name": span.name,
        "start": span.start,
        "end": span.end,
        "state": state,
        "count": numbers.get(span.name, 0),
        "opens": span.start - AHEAD,
    }
    return Item(Say("cycle_name", facts), body=(Say("cycle_line", facts),))


def cut(asking: Asking, command: CutCycles) -> Reply:
    """Cuts the cycles that are not open yet in another length; those that are open stay as they are."""
    _admins_alone(asking)
    pen = Pen(asking, "cycles_cut")
    if not pen.set(asking.organisation, cycle_length=command.length):
        raise Refusal("already_cut", length=command.length)
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((*_listed(asking), undo), card="cycles")


def _admins_alone(asking: Asking) -> None:
    if not asking.member.admin:
        raise Refusal("admins_alone", admins=[asking.person(m.id or 0) for m in admins(asking.session)][:3])


def open_one(asking: Asking, command: OpenCycle) -> Reply:
    """Opens a cycle with a name and dates of its own. One that opened by itself and holds nothing yet makes room for it."""
    _admins_alone(asking)
    name = names.fitting(asking, command.name, "cycle")
    wanted = _dated(asking, name, command)
    there = cycle_named(asking.session, name)
    if there is not None and there.state == "open":
        raise Refusal("cycle_exists", name=there.name, start=there.start, end=there.end)
    pen = Pen(asking, "cycle_opened")
    moved = _make_room(asking, pen, wanted)
    if there is not None:
        pen.set(there, start=wanted.start, end=wanted.end, state="open")
    else:
        pen.add(Cycle(name=name, start=wanted.start, end=wanted.end), field="state", absent="away")
    said = [Say("cycle_made_room", {"names": moved}, role="note")] if moved else []
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return Reply((*_listed(asking), *said, undo), card="cycles")


def _dated(asking: Asking, name: str, command: OpenCycle) -> Span:
    start = dates.future(command.start, asking.today)
    end = dates.future(command.end, start or asking.today)
    if start is None or end is None:
        raise Refusal("cycle_undated", name=name)
    if end < start:
        raise Refusal("cycle_backwards", name=name, start=start, end=end)
    if end < asking.today:
        raise Refusal("cycle_over", name=name, end=end)
    days = (end - start).days + 1
    if days > LONGEST:
        raise Refusal("cycle_too_long", name=name, days=days, most=LONGEST)
    if (start - asking.today).days > cycles.FARTHEST:
        raise Refusal("cycle_too_far", name=name)
    return Span(name, start, end)


def _make_room(asking: Asking, pen: Pen, wanted: Span) -> list[str]:
    """Puts empty regular cycles that have not begun away; any other that shares a day with the new one refuses it."""
    moved = []
    for row in open_cycles(asking.session):
        if not wanted.overlaps(row.start, row.end):
            continue
        if row.start <= asking.today or span_named(row.name) is None or holds_anything(asking.session, row.id or 0):
            facts: dict[str, Any] = {"there": row.name, "there_start": row.start, "there_end": row.end}
            raise Refusal("cycle_overlaps", name=wanted.name, start=wanted.start, end=wanted.end, **facts)
        pen.set(row, state="away")
        moved.append(row.name)
    return moved


# ---------------------------------------------------------------- by itself


def open_ahead(store: Store, moment: datetime) -> int:
    """Opens every organisation's next cycle two weeks before the running one ends; how many were opened.

    Safe beside other processes: the organisation is held while it is done, and a second look finds the cycle there.
    """
    with store.read(EVERYWHERE) as session:
        opened: dict[int, list[Span]] = defaultdict(list)
        for row in open_cycles(session):
            opened[row.organisation_id].append(cycles.span_of_row(row))
        waiting = [o.id for o in session.exec(select(Organisation)).all() if o.id and _next_to_open(o, opened[o.id], moment)]
    return sum(_open_next(store, organisation, moment) for organisation in waiting)


def _open_next(store: Store, organisation_id: int, moment: datetime) -> int:
    with store.write(organisation_id) as session:
        hold_names(session, organisation_id)
        organisation = session.exec(select(Organisation).where(Organisation.id == organisation_id)).one()
        span = _next_to_open(organisation, [cycles.span_of_row(row) for row in open_cycles(session)], moment)
        if span is None:
            return 0
        row = cycle_named(session, span.name) or Cycle(name=span.name, start=span.start, end=span.end)
        row.start, row.end, row.state = span.start, span.end, "open"
        session.add(row)
        return 1


def _next_to_open(organisation: Organisation, opened: list[Span], moment: datetime) -> Span | None:
    """The next cycle, when it is time to open it; none where nobody has ever written in the running one."""
    today = local_day(moment, organisation.timezone)
    runs = running(today, opened, organisation.cycle_length)
    if runs not in opened or not _near(runs.end, today):
        return None
    after = following(runs, opened, organisation.cycle_length)
    return after if after not in opened else None


def _near(end: date, today: date) -> bool:
    return timedelta() <= end - today < AHEAD
