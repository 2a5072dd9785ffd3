"""What is written into a review: it is begun by the first thing said in it, and each thing is part of one act."""

from collections.abc import Sequence
from typing import Any

from handlers.asking import Asking
from handlers.pen import Pen
from handlers.reviewing.facts import STEPS, Looked, Picture
from handlers.reviewing.spans import Period
from storage.journal import changes_of, changes_on
from storage.lessons import Lesson, lessons_of_review
from storage.okrs import key_results_held
from storage.people import hold_member
from storage.reviews import Review, ReviewEntry, entries_of, review_by_id, review_ending


def held(asking: Asking, period: Period, review: Review | None) -> Review | None:
    """The review as it is now, held against every other writer; where there is none yet, nobody else begins it meanwhile."""
    if review is None:
        hold_member(asking.session, asking.me)
        review = review_ending(asking.session, asking.me, period.end)
    found = review_by_id(asking.session, review.id or 0, lock=True) if review is not None else None
    return found if found is not None and found.state != "withdrawn" else None


def begun(asking: Asking, pen: Pen, period: Period) -> Review:
    """The asker's review of a period, made where there is none yet; held."""
    found = review_ending(asking.session, asking.me, period.end)
    review = review_by_id(asking.session, found.id or 0, lock=True) if found is not None else None
    if review is None:
        review = Review(member_id=asking.me, start=period.start, end=period.end, kind=period.kind, made_at=asking.now)
        pen.add(review, field="state", absent="withdrawn")
    elif review.state == "withdrawn":
        pen.set(review, state="open")
    return review


def entries(asking: Asking, pen: Pen, review: Review, rows: Sequence[Looked]) -> dict[int, ReviewEntry]:
    """The review's entries of these key results, made where there are none yet, by key result."""
    there = {entry.key_result_id: entry for entry in entries_of(asking.session, review.id or 0)}
    for row in rows:
        number = row.row.id or 0
        if number not in there:
            there[number] = ReviewEntry(review_id=review.id or 0, key_result_id=number)
            pen.add(there[number], field="state", absent="withdrawn")
        elif there[number].state == "withdrawn":
            pen.set(there[number], state="open")
    return there


# ---------------------------------------------------------------- closing, and opening again


def close(asking: Asking, pen: Pen, picture: Picture) -> Review:
    """Stores what stands in the review, in the words of its owner's language, hands confidence on and keeps what was learnt."""
    review = begun(asking, pen, picture.period)
    there = entries(asking, pen, review, picture.counted)
    for row in picture.counted:
        entry = there[row.row.id or 0]
        pen.set(entry, state="confirmed", score=row.row.score, **{step: row.says(step, asking.locale) for step in STEPS})
    _confide(asking, pen, there)
    _keep_lessons(asking, pen, review, picture.counted, there)
    pen.set(review, state="closed", closed_at=asking.now)
    return review


def _confide(asking: Asking, pen: Pen, there: dict[int, ReviewEntry]) -> None:
    """What they believe now is the key results' confidence."""
    said = {number: entry.confidence for number, entry in there.items() if entry.confidence is not None and entry.state != "withdrawn"}
    for row in key_results_held(asking.session, said):
        pen.set(row, confidence=said[row.id or 0])


def _keep_lessons(asking: Asking, pen: Pen, review: Review, rows: Sequence[Looked], there: dict[int, ReviewEntry]) -> None:
    """An insight is a lesson of its key result; a review that is closed again mends the one that it left."""
    kept = {lesson.key_result_id: lesson for lesson in lessons_of_review(asking.session, review.id or 0)}
    for row in rows:
        insight, lesson = there[row.row.id or 0].insight.strip(), kept.get(row.row.id)
        if lesson is not None:
            pen.set(lesson, state="live" if insight else "withdrawn", text=insight or lesson.text)
        elif insight:
            made = Lesson(
                objective_id=row.row.objective_id,
                key_result_id=row.row.id,
                review_id=review.id,
                by_id=asking.me,
                source="review",
                text=insight,
                made_at=asking.now,
            )
            pen.add(made, field="state", absent="withdrawn")


def reopen(asking: Asking, pen: Pen, review: Review) -> None:
    """Opens it again; what had been stored as drafted is drawn from what was recorded once more."""
    pen.set(review, state="open", closed_at=None)
    drafted = _as_drafted(asking, review)
    for entry in entries_of(asking.session, review.id or 0):
        fields: dict[str, Any] = dict.fromkeys(drafted.get(f"x{entry.id}", ()), "")
        if fields and entry.state != "withdrawn":
            pen.set(entry, **fields)


def _as_drafted(asking: Asking, review: Review) -> dict[str, list[str]]:
    """The steps that the last closing filled in, by entry ("x5"): they were as drafted."""
    told = changes_on(asking.session, [f"w{review.id}"], 40)
    closing = next((a for c, a in told if c.field == "state" and c.new == '"closed"' and a.undone_by is None), None)
    filled: dict[str, list[str]] = {}
    for change in changes_of(asking.session, closing.id or 0) if closing else ():
        if change.thing.startswith("x") and change.field in STEPS and change.old == '""':
            filled.setdefault(change.thing, []).append(change.field)
    return filled
