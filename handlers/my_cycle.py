"""A cycle in one's own lines: what was aimed at and reached, the biggest steps, what was learnt, how often one looked back."""

from collections.abc import Sequence
from typing import Any

from bot.commands import MyCycle
from bot.replies import Part, Reply, Say
from handlers import cards, cycles, labels, my_week, pages, sending, spoken
from handlers.asking import Asking
from handlers.examples import example
from handlers.pages import Page, Section
from handlers.rules.calendar import Span
from handlers.views import KeyResultView, ObjectiveView, look
from storage.checkins import CheckIn, check_ins_between
from storage.okrs import objectives_by_id
from storage.oneself import learnt_on, objectives_touched, reviews_between

MOST_STEPS = 6


def my_cycle(asking: Asking, command: MyCycle) -> Reply:
    """The page, as text to copy, and where it may go."""
    page = page_of(asking, command, asking.me)
    if page.empty:
        facts = {"cycle": cycles.span(asking, command.cycle).name}
        return Reply((Say("nothing_of_yours", facts, role="title"), Say("how_to_write"), example(asking, "example_new")), private=True)
    parts = pages.parts_of(asking, page)
    ways = sending.ways(asking, command)
    shown: list[Part] = [*parts, pages.as_text(asking, parts), *([cards.row_of(*ways)] if ways else [])]
    return Reply(tuple(shown), card="my-cycle", private=True)


def page_of(asking: Asking, command: MyCycle, reader: int) -> Page:
    """The cycle as a reader may see it; what is private to others is left out, and counted."""
    span = cycles.span(asking, command.cycle)
    row = cycles.find(asking, command.cycle)
    ids = objectives_touched(asking.session, row.id, asking.me) if row and row.id else []
    own = spoken.visible_to(asking, objectives_by_id(asking.session, ids).values(), asking.me)
    seen = spoken.visible_to(asking, own, reader)
    views = look(asking.session, seen, min(asking.today, span.end), reader)
    mine = [(kr, view) for view in views for kr in view.key_results if _is_mine(asking, kr, view)]
    facts = {"who": asking.member.name, "cycle": span.name, "first": span.start, "last": span.end, "over": span.end < asking.today}
    sections = (
        Section(Say("page_objectives"), tuple(_objective(asking, v) for v in views if _aimed_at(asking, v)), "example_mine"),
        Section(Say("page_numbers"), tuple(_numbers(asking, kr, view) for kr, view in mine), "example_mine"),
        Section(Say("page_steps"), tuple(_steps(asking, mine, span)), "example_mine"),
        Section(Say("page_lessons"), tuple(_lessons(asking, views)), "example_mine"),
        Section(Say("page_reviews"), tuple(_reviews(asking, span) if views else ())),
    )
    return pages.page(Say("cycle_title", facts, role="title"), sections, hidden=len(own) - len(seen))


def _is_mine(asking: Asking, kr: KeyResultView, view: ObjectiveView) -> bool:
    return (
        kr.row.owner_id == asking.me or asking.me in kr.collaborators or (view.row.owner_kind, view.row.owner_id) == ("member", asking.me)
    )


def _aimed_at(asking: Asking, view: ObjectiveView) -> bool:
    return (view.row.owner_kind, view.row.owner_id) == ("member", asking.me) or any(_is_mine(asking, kr, view) for kr in view.key_results)


def _objective(asking: Asking, view: ObjectiveView) -> Say:
    facts = {
        "ref": labels.objective(asking, view.row),
        "title": spoken.cut(view.row.title, 120),
        "progress": view.progress,
        "score": view.row.score,
        "state": view.row.state,
    }
    return Say("cycle_objective", facts)


def _numbers(asking: Asking, kr: KeyResultView, view: ObjectiveView) -> Say:
    value = kr.progress if kr.row.metric == "stages" else kr.row.current
    change = my_week.change_of(kr.row, 0.0 if kr.row.metric == "stages" else kr.row.start, value)
    facts = {"ref": labels.key_result(asking, kr.row, view.row), "title": spoken.cut(kr.row.title, 80), "score": kr.row.score}
    return Say("cycle_number", facts | change | {"any": value is not None, "progress": kr.progress})


def _steps(asking: Asking, mine: Sequence[tuple[KeyResultView, ObjectiveView]], span: Span) -> list[Say]:
    """The check-ins that moved progress most, in order of time."""
    of = {kr.row.id or 0: (kr, view) for kr, view in mine if not kr.row.guardrail and kr.row.direction != "keep"}
    rows = check_ins_between(asking.session, span.start, span.end, key_results=of) if of else []
    last: dict[int, float] = {}
    moved: list[tuple[float, CheckIn, float | None]] = []
    for row in rows:
        if row.value is None or row.key_result_id is None:
            continue
        kr, _ = of[row.key_result_id]
        old = last.get(row.key_result_id, kr.row.start if kr.row.metric != "stages" else 0.0)
        moved.append((my_week.share_at(kr.row, row.value) - my_week.share_at(kr.row, old), row, old))
        last[row.key_result_id] = row.value
    biggest = sorted((m for m in moved if m[0] > 0), key=lambda m: (-m[0], m[1].id or 0))[:MOST_STEPS]
    return [_step(asking, row, old, of[row.key_result_id or 0]) for _, row, old in sorted(biggest, key=lambda m: (m[1].on, m[1].id or 0))]


def _step(asking: Asking, row: CheckIn, old: float | None, of: tuple[KeyResultView, ObjectiveView]) -> Say:
    kr, view = of
    facts: dict[str, Any] = {"ref": labels.key_result(asking, kr.row, view.row), "on": row.on, "note": spoken.cut(row.note, 120)}
    return Say("cycle_step", facts | my_week.change_of(kr.row, old, row.value))


def _lessons(asking: Asking, views: Sequence[ObjectiveView]) -> list[Say]:
    names = {f"o{view.row.id}": labels.objective(asking, view.row) for view in views}
    names |= {f"k{kr.row.id}": labels.key_result(asking, kr.row, view.row) for view in views for kr in view.key_results}
    lessons = learnt_on(asking.session, [view.row.id or 0 for view in views], asking.me)
    return [
        Say("page_line", {"ref": names.get(f"k{x.key_result_id}", names[f"o{x.objective_id}"]), "text": spoken.cut(x.text), "source": None})
        for x in lessons
    ]


def _reviews(asking: Asking, span: Span) -> list[Say]:
    rows = reviews_between(asking.session, asking.me, span.start, span.end)
    closed = [row for row in rows if row.state == "closed"]
    return [Say("cycle_reviews", {"closed": len(closed), "count": len(rows)})] if rows else []
