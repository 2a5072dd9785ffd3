"""A cycle looked back on: its ten-day reviews, scores, lessons and actions, put together as they were written. Nothing is made up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import ReviewCycle
from bot.replies import Item, Meter, Part, Reply, Say
from handlers import cards, cycles, labels, scoring
from handlers.asking import Asking
from handlers.examples import example
from handlers.refusals import Refusal
from handlers.views import KeyResultView, ObjectiveView, look
from storage.actions import Action
from storage.lessons import Lesson
from storage.okrs import Cycle, key_results_owned, objectives_of
from storage.quarter import actions_of, entries_in, reviews_closed
from storage.reviews import Review, ReviewEntry
from storage.scoring import lessons_on

MOST_OBJECTIVES = 8
MOST_KEY_RESULTS = 6
MOST_ACTIONS = 8
MOST_ENTRIES = 12
LONGEST = 240

Entries = dict[int, list[tuple[ReviewEntry, Review]]]


@dataclass(frozen=True)
class Lookback:
    """Everything that was read for one cycle of one member."""

    views: list[ObjectiveView]
    reviews: Sequence[Review]
    entries: Entries
    lessons: Sequence[Lesson]
    actions: Sequence[Action]


def review_cycle(asking: Asking, command: ReviewCycle) -> Reply:
    """The asker's own cycle, looked back on."""
    cycle = cycles.find(asking, command.cycle)
    said = parts(asking, cycle) if cycle is not None else ()
    if not said:
        name = cycle.name if cycle is not None else cycles.span(asking, command.cycle).name
        raise Refusal("nothing_in_cycle", cycle=name, copy=example(asking, "example_mine").text)
    return Reply(said, private=True)


def parts(asking: Asking, cycle: Cycle) -> tuple[Part, ...]:
    """A cycle of the asker's as parts of an answer for them alone; () where they had nothing in it."""
    found = _read(asking, cycle)
    if not found.views:
        return ()
    facts = {"cycle": cycle.name, "start": cycle.start, "end": cycle.end, "reviews": len(found.reviews), "over": cycle.end < asking.today}
    said: list[Part] = [Say("quarter_title", facts, role="title")]
    if all_together := scoring.together([v for v in found.views if _own(asking, v)]):
        said.append(all_together)
    for view in found.views[:MOST_OBJECTIVES]:
        said += _of_objective(asking, view, found)
    if len(found.views) > MOST_OBJECTIVES:
        more = {"count": len(found.views) - MOST_OBJECTIVES, "cycle": cycle.name}
        said.append(Say("quarter_more", more, role="note"))
    return (*said, *_actions(asking, found.actions))


def _read(asking: Asking, cycle: Cycle) -> Lookback:
    """As many statements however much there is."""
    session, number = asking.session, cycle.id or 0
    own = objectives_of(session, number, "member", asking.me, ("published", "closed"))
    also = {o.id: o for o in own} | {o.id: o for k, o in key_results_owned(session, number, asking.me) if k.owner_id == asking.me}
    views = look(session, also.values(), asking.today, asking.me)
    cards.meet_all(asking, views)
    reviews = reviews_closed(session, asking.me, cycle.start, cycle.end)
    ids = {r.id for r in reviews if r.id is not None}
    entries: Entries = defaultdict(list)
    for entry, review in entries_in(session, ids) if ids else ():
        entries[entry.key_result_id].append((entry, review))
    objectives = {v.row.id or 0 for v in views}
    mine = {kr.row.id or 0 for v in views for kr in v.key_results}
    return Lookback(views, reviews, entries, lessons_on(session, objectives), actions_of(session, objectives, mine, ids))


def _own(asking: Asking, view: ObjectiveView) -> bool:
    return (view.row.owner_kind, view.row.owner_id) == ("member", asking.me)


def _of_objective(asking: Asking, view: ObjectiveView, found: Lookback) -> list[Part]:
    body = [cards.score_line(view.score)] if view.score is not None else []
    body += [_lesson(asking, row) for row in found.lessons if row.objective_id == view.row.id and row.key_result_id is None]
    rows = [kr for kr in view.key_results if _own(asking, view) or kr.row.owner_id == asking.me]
    head = cards.objective_head(asking, view)
    whose = labels.whose(asking, view.row)
    said: list[Part] = [
        Item(Say(head.prompt, {**head.facts, "ref": whose + view.ref}), Meter(view.progress, view.status, view.expected), tuple(body))
    ]
    said += [_of_key_result(asking, kr, found) for kr in rows[:MOST_KEY_RESULTS]]
    if len(rows) > MOST_KEY_RESULTS:
        said.append(Say("quarter_more_key_results", {"count": len(rows) - MOST_KEY_RESULTS, "ref": view.ref}, role="note"))
    return said


def _of_key_result(asking: Asking, kr: KeyResultView, found: Lookback) -> Item:
    """Its results period by period, and what was learnt, in order."""
    written = found.entries.get(kr.row.id or 0, [])[-MOST_ENTRIES:]
    results = [{"end": review.end, "text": short(entry.result)} for entry, review in written if entry.result.strip()]
    insights = [{"end": review.end, "text": short(entry.insight)} for entry, review in written if entry.insight.strip()]
    body = [cards.score_line(kr.row.score)] if kr.row.score is not None else []
    body += [Say("quarter_results", {"results": results}, role="note")] if results else []
    body += [Say("quarter_insights", {"insights": insights})] if insights else []
    told = {entry.insight.strip() for entry, _ in written}
    lessons = [row for row in found.lessons if row.key_result_id == kr.row.id and row.text.strip() not in told]
    body += [_lesson(asking, row) for row in lessons[:MOST_ENTRIES]]
    meter = None if kr.row.guardrail else Meter(kr.progress, kr.status, kr.expected)
    return Item(cards.key_result_head(kr), meter, tuple(body))


def _lesson(asking: Asking, row: Lesson) -> Say:
    by = None if row.by_id == asking.me else asking.person(row.by_id)
    return Say("quarter_lesson", {"text": short(row.text), "source": row.source, "by": by})


def _actions(asking: Asking, actions: Sequence[Action]) -> list[Part]:
    if not actions:
        return []
    open_ones = [a for a in actions if a.state == "open"]
    asking.meet(a.owner_id for a in open_ones)
    facts = {
        "done": len(actions) - len(open_ones),
        "open": len(open_ones),
        "left": [{"ref": f"A{a.number}", "text": short(a.text), "owner": asking.person(a.owner_id)} for a in open_ones[:MOST_ACTIONS]],
    }
    return [Say("quarter_actions", facts)]


def short(text: str) -> str:
    """A text's beginning, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
