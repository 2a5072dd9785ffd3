"""A week in one's own lines: what was done, the numbers, what comes next, what is in the way. Its writer alone sees it until it is sent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.commands import MyWeek
from bot.grammar import phrase
from bot.replies import Amount, Button, Reply, Say
from handlers import cards, labels, pages, sending, spoken
from handlers.asking import Asking
from handlers.pages import Page, Section
from handlers.rules import progress as rules
from handlers.rules.calendar import Span, local_day
from handlers.spoken import Line
from handlers.views import measure
from storage.access import EVERYBODY
from storage.actions import Action, open_actions_of
from storage.checkins import check_ins_between
from storage.okrs import KeyResult, Objective, Request, key_results_by_id, objectives_by_id
from storage.oneself import asked_in, done_between, still_asked_by, values_before

NOON = 12


def my_week(asking: Asking, command: MyWeek) -> Reply:
    """The page, as text to copy, and where it may go."""
    shown = MyWeek(last=of_last_week(asking, command))
    page = page_of(asking, shown, asking.me)
    if page.empty:
        return Reply((Say("week_empty", _days(asking, shown), role="title"), cards.row_of(_other(shown))), card="my-week", private=True)
    parts = pages.parts_of(asking, page)
    ways = cards.row_of(*sending.ways(asking, shown), _other(shown))
    return Reply((*parts, pages.as_text(asking, parts), ways), card="my-week", private=True)


def _other(shown: MyWeek) -> Button:
    """The week beside the one that is shown."""
    return Button("button_this_week" if shown.last else "button_last_week", phrase(MyWeek(not shown.last)))


def of_last_week(asking: Asking, command: MyWeek) -> bool:
    """Whether the week before is meant: when it is named, or where none is, on a Monday morning, when this one has nothing to tell yet."""
    local = asking.now.astimezone(asking.clock)
    return (local.weekday() == 0 and local.hour < NOON) if command.last is None else command.last


def span_of(asking: Asking, command: MyWeek) -> Span:
    """The days of the week, up to today."""
    monday = asking.today - timedelta(days=asking.today.weekday() + (7 if of_last_week(asking, command) else 0))
    return Span("", monday, min(monday + timedelta(days=6), asking.today))


def _days(asking: Asking, command: MyWeek) -> dict[str, Any]:
    span = span_of(asking, command)
    return {"who": asking.member.name, "first": span.start, "last": span.end}


def page_of(asking: Asking, command: MyWeek, reader: int) -> Page:
    """The week as a reader may see it; what is private to others is left out, and counted."""
    span = span_of(asking, command)
    told = _told(asking, span, reader)
    sections = (
        Section(Say("page_done"), tuple(_done(asking, told.lines, own=reader == asking.me)), "example_history"),
        Section(Say("page_numbers"), tuple(_numbers(asking, told.lines, span)), "example_mine"),
        Section(Say("page_next"), tuple(_next(asking, told.lines)), "example_history"),
        Section(Say("page_blocked"), tuple(_blocked(asking, told, aloud=reader == EVERYBODY)), "example_mine"),
        Section(Say("page_actions"), tuple(_action(asking, action, told.objectives) for action in told.actions), "example_actions"),
    )
    return pages.page(Say("week_title", _days(asking, command), role="title"), sections, hidden=told.hidden)


@dataclass(frozen=True)
class _Told:
    """What a week holds and its reader may see. hidden: private objectives that they may not."""

    lines: list[Line]
    asked: dict[int, list[Request]]
    still: list[Request]
    actions: list[Action]
    objectives: dict[int, Objective]
    key_results: dict[int, KeyResult]
    hidden: int


def _told(asking: Asking, span: Span, reader: int) -> _Told:
    session, me = asking.session, asking.me
    rows = check_ins_between(session, span.start, span.end, members=[me])
    first, over = _moments(asking, span)
    actions = [*done_between(session, me, first, over), *(a for a in open_actions_of(session, me) if a.made_at < over)]
    still = [r for r in still_asked_by(session, me) if r.made_at < over]
    named = {row.key_result_id for row in rows} | {a.key_result_id for a in actions} | {r.key_result_id for r in still}
    key_results = key_results_by_id(session, [number for number in named if number])
    ids = {kr.objective_id for kr in key_results.values()} | {a.objective_id for a in actions if a.objective_id}
    ids |= {r.objective_id for r in still}
    objectives = objectives_by_id(session, ids)
    asking.meet([o.owner_id for o in objectives.values() if o.owner_kind == "member"])
    own = {o.id for o in spoken.visible_to(asking, objectives.values(), asking.me)}
    seen = {o.id for o in spoken.visible_to(asking, objectives.values(), reader)} & own
    lines = [Line(row, kr := key_results.get(row.key_result_id or 0), objectives[kr.objective_id] if kr else None) for row in rows]
    asked: dict[int, list[Request]] = defaultdict(list)
    for request in asked_in(session, [row.id or 0 for row in rows if row.blocker]):
        asked[request.check_in_id or 0].append(request)
    return _Told(
        lines=[line for line in lines if line.objective is None or line.objective.id in seen],
        asked=asked,
        still=[r for r in still if r.objective_id in seen],
        actions=[a for a in actions if (about := about_of(a, key_results)) is None or about in seen],
        objectives=objectives,
        key_results=key_results,
        hidden=len(own - seen),
    )


def about_of(action: Action, key_results: dict[int, KeyResult]) -> int | None:
    """The objective that an action is for."""
    kr = key_results.get(action.key_result_id or 0)
    return kr.objective_id if kr else action.objective_id


def _moments(asking: Asking, span: Span) -> tuple[datetime, datetime]:
    """A range of days as the moments between which it lies where the asker is."""
    first, last = (datetime.combine(day, time(), asking.clock) for day in (span.start, span.end + timedelta(days=1)))
    return first.astimezone(UTC), last.astimezone(UTC)


def _done(asking: Asking, lines: Sequence[Line], *, own: bool) -> list[Say]:
    """The notes, those of one key result together, none twice. own: with their messages, which are in a conversation of one's own."""
    said: list[Say] = []
    known: set[tuple[int, str]] = set()
    for line in _by_key_result(lines):
        note = spoken.cut(line.row.note)
        about = line.key_result.id or 0 if line.key_result else 0
        if note and (about, note) not in known:
            known.add((about, note))
            source = labels.source(asking, line.row) if own else None
            said.append(Say("page_line", {"ref": spoken.ref_of(asking, line), "text": note, "source": source}))
    return said


def _by_key_result(lines: Sequence[Line]) -> list[Line]:
    """The lines by what they are about; those on the day itself last, each group in order."""
    return sorted(lines, key=lambda line: (line.objective is None, _number(line)))


def _number(line: Line) -> tuple[int, int]:
    return (line.objective.id or 0, line.key_result.number) if line.objective and line.key_result else (0, 0)


def _numbers(asking: Asking, lines: Sequence[Line], span: Span) -> list[Say]:
    """Each key result whose value was said: what it was before the week, what it came to, and by how much progress moved."""
    valued = [line for line in _by_key_result(lines) if line.row.value is not None and line.key_result is not None]
    last = {line.key_result.id or 0: line for line in valued if line.key_result}
    before = values_before(asking.session, last, span.start) if last else {}
    return [_moved(asking, line, before.get(number)) for number, line in last.items()]


def _moved(asking: Asking, line: Line, before: float | None) -> Say:
    row = line.key_result
    assert row is not None
    old = before if before is not None else row.start
    return Say(
        "page_moved", {"ref": spoken.ref_of(asking, line), "title": spoken.cut(row.title, 80), **change_of(row, old, line.row.value)}
    )


def change_of(row: KeyResult, old: float | None, new: float | None) -> dict[str, Any]:
    """From what to what a value went, and what that is in progress; progress None where it has no part in it."""
    counts = not row.guardrail and row.direction != "keep"
    moved = share_at(row, new) - share_at(row, old) if counts else None
    return {
        "old": Amount(old, row.metric, row.unit),
        "new": Amount(new, row.metric, row.unit),
        "same": old == new,
        "known": old is not None and row.metric != "done",
        "points": round(moved * 100) if moved is not None else None,
    }


def share_at(row: KeyResult, value: float | None) -> float:
    """What progress was at a value; a staged one's value is its progress."""
    if row.metric == "stages":
        return value or 0.0
    return rules.progress(replace(measure(row), current=value))


def _next(asking: Asking, lines: Sequence[Line]) -> list[Say]:
    """What was planned last: for each key result, and for the day."""
    last: dict[int, Line] = {}
    for line in lines:
        if line.row.plan:
            last[line.key_result.id or 0 if line.key_result else 0] = line
    return [
        Say("page_line", {"ref": spoken.ref_of(asking, line), "text": spoken.cut(line.row.plan), "source": None}) for line in last.values()
    ]


def _blocked(asking: Asking, told: _Told, *, aloud: bool) -> list[Say]:
    """What is in the way and was not answered, with whom it was asked of; also what waits from before. aloud: where nobody is called."""
    asking.meet([r.to_id for rs in told.asked.values() for r in rs] + [r.to_id for r in told.still])

    def blocker(ref: str, text: str, requests: Sequence[Request], since: date) -> Say:
        asked = [asking.called(r.to_id, aloud=aloud) for r in requests]
        return Say("page_blocker", {"ref": ref, "text": spoken.cut(text), "people": asked, "since": since})

    lines: list[Say] = []
    for line in told.lines:
        requests = told.asked.get(line.row.id or 0, [])
        waiting = [r for r in requests if r.state in ("open", "accepted")]
        if line.row.blocker and (waiting or not requests):
            lines.append(blocker(spoken.ref_of(asking, line), line.row.blocker, waiting, line.row.on))
    listed = {r.id for rs in told.asked.values() for r in rs}
    before = [r for r in told.still if r.id not in listed]
    return lines + [blocker(_ref_of(asking, r, told), r.text, [r], local_day(r.made_at, asking.zone)) for r in before]


def _ref_of(asking: Asking, row: Request | Action, told: _Told) -> str:
    kr = told.key_results.get(row.key_result_id or 0)
    parent = told.objectives.get(kr.objective_id if kr else row.objective_id or 0)
    if parent is None:
        return ""
    return labels.key_result(asking, kr, parent) if kr else labels.objective(asking, parent)


def _action(asking: Asking, action: Action, objectives: dict[int, Objective]) -> Say:
    facts = {"ref": f"A{action.number}", "text": spoken.cut(action.text), "done": action.state == "done", "due": action.due}
    return Say("page_action", facts | {"late": action.state == "open" and action.due is not None and action.due < asking.today})
