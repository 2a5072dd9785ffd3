"""What happened to each of somebody's key results in a period, out of what was recorded: a few statements however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.replies import Amount, Say, Status
from bot.wording import words
from handlers import actions, cards, labels
from handlers.asking import Asking
from handlers.reviewing.spans import Period, counted_by
from handlers.rules import grai, progress
from handlers.rules.grai import Course, Note, Question
from handlers.views import KeyResultView, ObjectiveView, look, measure
from storage.checkins import CheckIn, check_ins_between
from storage.journal import Act, Change, changes_between
from storage.okrs import KeyResult, Objective, Request
from storage.reviews import Review, ReviewEntry, entries_of, last_values_before, looked_back_on

STEPS = ("goal", "result", "analysis")
_TOLD = ("title", "target", "start", "due", "metric", "unit", "direction", "bound", "guardrail", "owner_id")
MOST_CHANGES = 3


@dataclass(frozen=True)
class Drafted:
    """What a review says of a key result before anybody edits it."""

    goal: Say
    result: Say
    analysis: Say
    question: Question
    before: float
    progress: float
    expected: float
    status: Status
    unlinked: bool

    def text(self, step: str, locale: str) -> str:
        """A step in words, as it is stored and filled into a form."""
        say: Say = getattr(self, step)
        return words(locale).plain(Say(say.prompt, dict(say.facts) | {"labelled": False})).strip()


@dataclass(frozen=True)
class Looked:
    """One key result in a review.

    over: dropped or closed meanwhile, "" while it goes on. entry: what its owner said of it, if anything. cycle_end: its cycle's last day.
    """

    row: KeyResult
    parent: Objective
    ref: str
    over: str
    drafted: Drafted
    entry: ReviewEntry | None
    cycle_end: date

    @property
    def counts(self) -> bool:
        """Whether it takes an entry."""
        return self.over != "dropped"

    @property
    def confirmed(self) -> bool:
        """Whether its owner has looked at it."""
        return self.entry is not None and self.entry.state == "confirmed"

    def own(self, step: str) -> str:
        """The owner's words for a step, "" where the draft stands."""
        return getattr(self.entry, step) if self.entry is not None else ""

    def says(self, step: str, locale: str) -> str:
        """What the step says now: the owner's words, or the draft."""
        return self.own(step) or self.drafted.text(step, locale)


@dataclass(frozen=True)
class Picture:
    """A whole review: its period, what was begun of it, its key results, and the lines of the days that name none."""

    period: Period
    review: Review | None
    rows: tuple[Looked, ...]
    days: tuple[Note, ...] = ()

    @property
    def counted(self) -> tuple[Looked, ...]:
        """The key results that take an entry."""
        return tuple(row for row in self.rows if row.counts)

    @property
    def closed(self) -> bool:
        """Whether its owner closed it."""
        return self.review is not None and self.review.state == "closed"


@dataclass
class _Found:
    """Everything that was loaded for one picture."""

    said: dict[int, list[CheckIn]] = field(default_factory=lambda: defaultdict(list))
    days: list[CheckIn] = field(default_factory=list)
    before: dict[int, CheckIn] = field(default_factory=dict)
    changes: dict[str, list[tuple[Change, Act]]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[int, ReviewEntry] = field(default_factory=dict)


def picture(asking: Asking, period: Period, review: Review | None) -> Picture:
    """The review of the asker's own key results in a period."""
    pairs = [(kr, o) for kr, o in looked_back_on(asking.session, asking.me, period.start, period.end) if counted_by(asking, o, period.end)]
    seen = {o.id for o in asking.sees({o.id: o for _, o in pairs}.values())}
    pairs = [(kr, o) for kr, o in pairs if o.id in seen]
    found = _found(asking, period, review, pairs)
    pairs = [(kr, o) for kr, o in pairs if _belongs(kr, o, found)]
    views = {v.row.id: v for v in look(asking.session, {o.id: o for _, o in pairs}.values(), min(period.end, asking.today), asking.me)}
    cards.meet_all(asking, list(views.values()))
    asking.meet({c.member_id for group in found.said.values() for c in group} | {r.to_id for v in views.values() for r in v.requests})
    rows = tuple(_looked(asking, period, found, kr, views[o.id]) for kr, o in pairs)
    days = tuple(Note(c.on, c.note, c.blocker, source=labels.source(asking, c)) for c in found.days if c.note or c.blocker)
    return Picture(period, review, rows, days)


def _found(asking: Asking, period: Period, review: Review | None, pairs: Sequence[tuple[KeyResult, Objective]]) -> _Found:
    ids = [kr.id or 0 for kr, _ in pairs]
    found = _Found(before=last_values_before(asking.session, ids, period.start))
    for row in check_ins_between(asking.session, period.start, period.end, key_results=ids, members=[asking.me]):
        if row.key_result_id in set(ids):
            found.said[row.key_result_id or 0].append(row)
        elif row.key_result_id is None:
            found.days.append(row)
    things = [f"k{kr.id}" for kr, _ in pairs] + [f"o{number}" for number in {o.id for _, o in pairs}]
    for change, act in changes_between(asking.session, things, *_moments(asking, period)) if things else ():
        found.changes[change.thing].append((change, act))
    if review is not None:
        found.entries = {e.key_result_id: e for e in entries_of(asking.session, review.id or 0) if e.state != "withdrawn"}
    return found


def _moments(asking: Asking, period: Period) -> tuple[datetime, datetime]:
    """From when until when a period lasts where the asker is."""
    return tuple(datetime.combine(day, time(), asking.clock) for day in (period.start, period.end + timedelta(days=1)))  # type: ignore[return-value]


def _belongs(row: KeyResult, parent: Objective, found: _Found) -> bool:
    """Whether it went on, or ended within the period."""
    over = _over(row, parent)
    if not over:
        return True
    thing = f"k{row.id}" if row.state == "dropped" else f"o{parent.id}"
    return row.id in found.entries or any(c.field == "state" for c, _ in found.changes[thing])


def _over(row: KeyResult, parent: Objective) -> str:
    if "dropped" in (row.state, parent.state):
        return "dropped"
    return "closed" if parent.state == "closed" else ""


def _looked(asking: Asking, period: Period, found: _Found, row: KeyResult, view: ObjectiveView) -> Looked:
    shown = next((kr for kr in view.key_results if kr.row.id == row.id), None)
    ref = actions.theirs(asking, view.row) + labels.key_result(asking, row, view.row)
    drafted = _drafted(asking, period, found, (row, shown), view)
    return Looked(row, view.row, ref, _over(row, view.row), drafted, found.entries.get(row.id or 0), view.cycle.end)


def _drafted(asking: Asking, period: Period, found: _Found, on: tuple[KeyResult, KeyResultView | None], view: ObjectiveView) -> Drafted:
    row, shown = on
    said = found.said[row.id or 0]
    values = [c for c in said if c.value is not None]
    first, last = found.before.get(row.id or 0), values[-1] if values else None
    begun = first.value if first else row.start if row.metric not in ("done", "stages") else None
    now = last or first
    before, after = _share(row, first), _share(row, now)
    since, end = _span(row, view)
    as_of = min(period.end, asking.today)
    held = row.guardrail or row.direction == "keep"
    pace = 1.0 if held else progress.expected(since, end, as_of)
    status = progress.status(progress.Standing(after, since, end, now.on if now else None, row.rhythm, "held" if held else "rising"), as_of)
    notes = _notes(asking, period, row, said, shown)
    course = Course(
        before,
        after,
        pace - progress.expected(since, end, max(since, period.start)) if not held else 0.0,
        len(values),
        len(said),
        blocked=_blocked(said, shown),
        held=held,
        behind=status in ("at_risk", "off_track"),
    )
    kept, left = grai.told(notes)
    result = {
        "start": _amount(row, begun),
        "end": _amount(row, now.value if now else None),
        "since": first.on if first else None,
        "on": last.on if last else None,
        "progress": after,
        "expected": None if held else pace,
        "status": status,
        "labelled": True,
    }
    return Drafted(
        goal=_goal(asking, row, found.changes[f"k{row.id}"]),
        result=Say("grai_result", result),
        analysis=Say("grai_analysis", {"lines": [_line(note) for note in kept], "left": left, "labelled": True}),
        question=grai.question(course),
        before=before,
        progress=after,
        expected=pace,
        status=status,
        unlinked=left > 0 or any(note.source is None for note in kept),
    )


def _share(row: KeyResult, said: CheckIn | None) -> float:
    """The progress that a value is; of a staged key result the value itself."""
    value = said.value if said else None
    return (value or 0.0) if row.metric == "stages" else progress.progress(replace(measure(row), current=value))


def _span(row: KeyResult, view: ObjectiveView) -> tuple[date, date]:
    """From when to when its pace is reckoned, as handlers/views.py has it."""
    begun = view.row.published_at
    return (max(view.cycle.start, begun.date()) if begun else view.cycle.start), row.due or view.row.due or view.cycle.end


def _amount(row: KeyResult, value: float | None) -> Amount:
    return Amount(value, row.metric, row.unit)


def _goal(asking: Asking, row: KeyResult, changes: Sequence[tuple[Change, Act]]) -> Say:
    told = [(change, act) for change, act in changes if change.field in _TOLD and change.old != change.new]
    kept = told[-MOST_CHANGES:]
    lines = [
        {
            "field": change.field,
            "old": _short(cards.field_fact(asking, row, change.field, change.old)),
            "new": _short(cards.field_fact(asking, row, change.field, change.new)),
            "reason": grai.cut(change.reason, 100),
            "on": act.at.astimezone(asking.clock).date(),
        }
        for change, act in kept
    ]
    facts = {
        "title": grai.cut(row.title, 120),
        "metric": row.metric,
        "bound": row.bound,
        "held": row.guardrail or row.direction == "keep",
        "start": _amount(row, row.start),
        "target": _amount(row, row.target),
        "due": row.due,
        "changes": lines,
        "left": len(told) - len(kept),
    }
    return Say("grai_goal", facts | {"labelled": True})


def _short(fact: Any) -> Any:
    return grai.cut(fact, 80) if isinstance(fact, str) else fact


def _notes(asking: Asking, period: Period, row: KeyResult, said: Sequence[CheckIn], shown: KeyResultView | None) -> list[Note]:
    """What was said in check-ins and asked of others, in order."""
    notes = [
        Note(
            c.on,
            c.note,
            c.blocker,
            who=asking.people[c.member_id].name if c.member_id != asking.me else "",
            source=labels.source(asking, c),
            value=_amount(row, c.value) if c.value is not None else None,
        )
        for c in said
        if c.note or c.blocker
    ]
    helped = [_asked(asking, r) for r in (shown.requests if shown else ()) if r.kind == "help" and r.by_id == asking.me]
    return sorted(notes + [note for note in helped if period.start <= note.on <= period.end], key=lambda note: note.on)


def _asked(asking: Asking, request: Request) -> Note:
    return Note(request.made_at.astimezone(asking.clock).date(), request.text, help=asking.people[request.to_id].name)


def _blocked(said: Sequence[CheckIn], shown: KeyResultView | None) -> bool:
    """Whether something is in the way: asked of somebody and open, or said last."""
    waits = any(r.kind == "blocker" and r.state == "open" for r in (shown.requests if shown else ()))
    return waits or bool(said and said[-1].blocker)


def _line(note: Note) -> dict[str, Any]:
    return {name: getattr(note, name) for name in ("on", "value", "text", "blocker", "help", "who", "source")}
