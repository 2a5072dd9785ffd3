"""What was learnt from key results like the one that is being written: told once, with who to ask; and thanks to who learnt it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.commands import Helped
from bot.replies import Button, Part, Reply, Say
from handlers import cards, labels, references
from handlers.asking import Asking
from handlers.outbox import tell
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.rules import grai
from handlers.rules.likeness import Earlier, Written
from storage.access import visible
from storage.lessons import Lesson, LessonShown, lesson_by_id, newest_lessons, shown_by_id, shown_on
from storage.okrs import KeyResult, Objective, key_results_in
from storage.people import members_by_id

NEWEST = 2000  # nobody looks further back
MOST = 2
LONGEST = 400


_Known = tuple[Lesson, KeyResult | None, Objective]


@dataclass(frozen=True)
class _Like:
    """A lesson that goes with what is being written. row: the new key result, None for the objective itself."""

    lesson: Lesson
    of: KeyResult | None
    learnt_on: Objective
    row: KeyResult | None
    parent: Objective


def beside(asking: Asking, reply: Reply, written: Sequence[Objective], only: Iterable[int | None] = ()) -> Reply:
    """The answer to who wrote these objectives, with the lessons that go with them. only: of these key results alone."""
    found = _likely(asking, written, set(only))[:MOST]
    if not found:
        return reply
    authors = members_by_id(asking.session, {like.lesson.by_id for like in found})
    asking.meet(authors)
    parts = [part for like in found for part in _told(asking, like, here=authors[like.lesson.by_id].active)]
    return replace(reply, parts=(*reply.parts, *parts))


def _likely(asking: Asking, written: Sequence[Objective], only: set[int | None]) -> list[_Like]:
    """The lessons that are like what was written: of each key result the likest, unless it was told before on this objective."""
    ids = [o.id or 0 for o in written]
    known = _known(asking, ids) if ids else []
    if not known:
        return []
    before = shown_on(asking.session, ids)
    earlier = Earlier([_compared(kr, o) for _, kr, o in known])
    parents = {o.id: o for o in written}
    new = [(kr, parents[kr.objective_id]) for kr in key_results_in(asking.session, ids) if not only or kr.id in only]
    found: list[_Like] = []
    for row, parent in [*new, *((None, o) for o in written if not only)]:
        places = (place for place in earlier.like(_compared(row, parent)) if (known[place][1] is None) == (row is None))
        likest = next(places, None)
        if likest is None:
            continue
        lesson, kr, o = known[likest]
        if (lesson.id or 0, parent.id or 0) not in before and not any(like.lesson is lesson for like in found):
            found.append(_Like(lesson, kr, o, row, parent))
    return found


def _known(asking: Asking, written: Sequence[int]) -> list[_Known]:
    """What the reader may know of, out of other objectives than these: of each key result what it taught last."""
    rows = newest_lessons(asking.session, NEWEST)
    seen = {o.id for o in visible(asking.session, asking.reader, {o.id: o for _, _, o in rows}.values(), asking.here)}
    newest: dict[object, _Known] = {}
    for lesson, kr, o in rows:
        if o.id in seen and o.id not in written:
            newest.setdefault(kr.id if kr else f"o{o.id}", (lesson, kr, o))
    return list(newest.values())


def _compared(row: KeyResult | None, parent: Objective) -> Written:
    return Written(row.title, row.metric, row.unit) if row else Written(parent.title)


def _told(asking: Asking, like: _Like, *, here: bool) -> tuple[Part, Part]:
    """The lesson, noted as shown, with a button for thanks."""
    lesson = like.lesson
    shown = LessonShown(lesson_id=lesson.id or 0, objective_id=like.parent.id or 0, member_id=asking.me, made_at=asking.now)
    asking.session.add(shown)
    asking.session.flush()
    ref = labels.key_result(asking, like.row, like.parent) if like.row else labels.objective(asking, like.parent)
    facts = {
        "ref": ref,
        "title": grai.cut(like.of.title if like.of else like.learnt_on.title, 120),
        "text": grai.cut(lesson.text, LONGEST),
        "who": asking.person(lesson.by_id) if here and lesson.by_id != asking.me else None,
        "own": lesson.by_id == asking.me,
    }
    return Say("lesson_like", facts), cards.row_of(Button("button_helped", f"helped #h{shown.id}", shown.version))


def helped(asking: Asking, command: Helped) -> Reply:
    """Says to who learnt it that it helped; once."""
    shown = shown_by_id(asking.session, references.number_of(command.id, "h") or 0, lock=True)
    lesson = lesson_by_id(asking.session, shown.lesson_id) if shown else None
    if shown is None or lesson is None or shown.member_id != asking.me:
        raise Refusal("lesson_gone")
    pen = Pen(asking, "helped")
    told = pen.set(shown, state="helped") and _tell(asking, shown, lesson)
    facts = {"who": asking.person(lesson.by_id) if lesson.by_id != asking.me else None, "told": told}
    undo: tuple[Part, ...] = (cards.row_of(Button("button_undo", f"undo #c{pen.number}")),) if pen.act is not None else ()
    return Reply((Say("helped", facts), *undo), card=f"h{shown.id}", private=True)


def _tell(asking: Asking, shown: LessonShown, lesson: Lesson) -> bool:
    key = f"helped-{shown.id}"
    return lesson.by_id != asking.me and tell(asking, kind="lesson_helped", subject=f"h{shown.id}", member_id=lesson.by_id, key=key)


def thanks(asking: Asking, subject: str) -> Reply | None:
    """What the author hears; None when it was taken back."""
    shown = shown_by_id(asking.session, references.number_of(subject, "h") or 0)
    lesson = lesson_by_id(asking.session, shown.lesson_id) if shown else None
    if shown is None or lesson is None or shown.state != "helped":
        return None
    return Reply((Say("lesson_helped", {"who": asking.person(shown.member_id), "text": grai.cut(lesson.text, LONGEST)}),), private=True)
