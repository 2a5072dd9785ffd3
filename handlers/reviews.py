"""The ten-day review: looked at, answered in parts by form or in words, closed and opened again."""

from bot.commands import CloseReview, ReopenReview, Review, ReviewOne, When
from bot.replies import Button, Copy, Part, Reply, Say
from handlers import acting, actions, answering, cards, labels, people, references
from handlers.asking import Asking
from handlers.examples import example
from handlers.forms import review as form
from handlers.pen import Pen
from handlers.refusals import Refusal
from handlers.reviewing import card, changes, spans, theirs, writing
from handlers.reviewing.card import named
from handlers.reviewing.facts import Looked, Picture, picture
from handlers.reviewing.spans import Period
from storage import reviews
from storage.actions import actions_of_review
from storage.pulse import asked_to_look_back

LONGEST = 3000


def review(asking: Asking, command: Review) -> Reply:
    """The asker's review of a period, or the last one that somebody closed."""
    if command.who is not None:
        _, member_id = references.owner(asking, command.who)
        if member_id != asking.me:
            return theirs.shown(asking, member_id)
    return card.shown(asking, _meant(asking, command.day, last=command.last))


def _meant(asking: Asking, day: When | None = None, *, last: bool = False, lock: bool = False) -> Picture:
    period, begun = spans.meant(asking, day, last=last)
    found = picture(asking, period, writing.held(asking, period, begun) if lock else begun)
    if not found.rows and not found.days:
        raise Refusal("review_nothing", start=period.start, end=period.end, copy=example(asking, "example_mine").text)
    return found


# ---------------------------------------------------------------- in parts


def one(asking: Asking, command: ReviewOne) -> Reply:
    """One key result: its form, or one step of it in words; without a key result the form of what is still to be filled in."""
    found = _meant(asking, command.day, lock=bool(command.what))
    if found.closed:
        raise closed_already(found.period, people.readable(asking, command.text))
    if command.ref is None:
        return _to_fill(asking, found, form.next_rows(found))
    row = _row(asking, command, found)
    if not command.what:
        return _to_fill(asking, found, [row])
    return _written(asking, command, found, row)


def _to_fill(asking: Asking, found: Picture, rows: list[Looked]) -> Reply:
    if not rows:
        raise Refusal("review_nothing", start=found.period.start, end=found.period.end, copy=example(asking, "example_mine").text)
    first = rows[0]
    ref = first.ref
    facts = {"ref": ref, "title": first.row.title}
    parts: tuple[Part, ...] = (Say("review_how_one", facts), card.question(first), example(asking, "copy_review", ref=ref))
    return Reply(parts, private=True, tone="question", form=form.form(asking, found, rows))


def _row(asking: Asking, command: ReviewOne, found: Picture) -> Looked:
    """The key result meant, when the asker looks back on it in this review."""
    assert command.ref is not None
    typed = people.readable(asking, command.text)
    try:
        kr, parent = references.key_result(asking, command.ref, dropped=True)
    except Refusal as no:
        raise Refusal(no.prompt, copy=acting.typed(asking) if typed else no.copy, buttons=no.buttons, **no.facts) from no
    row = next((r for r in found.rows if r.row.id == kr.id), None)
    ref = labels.key_result(asking, kr, parent)
    if kr.state == "dropped" or (row is not None and not row.counts):
        raise Refusal("review_of_dropped", ref=ref, title=kr.title, copy=typed)
    if kr.owner_id != asking.me:
        raise Refusal("review_of_others", ref=ref, owner=asking.person(kr.owner_id), copy=typed)
    if row is None:
        raise Refusal("review_without", ref=ref, start=found.period.start, end=found.period.end, copy=typed)
    return row


def _written(asking: Asking, command: ReviewOne, found: Picture, row: Looked) -> Reply:
    """One step said in words."""
    text = people.readable(asking, command.text).strip()
    if len(text) > LONGEST:
        raise Refusal("note_too_long", length=len(text), most=LONGEST, copy=text)
    pen = Pen(asking, "reviewed")
    stood = row.own(command.what) if command.what in ("result", "analysis", "insight") else ""
    review_ = writing.begun(asking, pen, found.period)
    entry = writing.entries(asking, pen, review_, [row])[row.row.id or 0]
    made: list[Part] = []
    if command.what == "change":
        promised = changes.promise(asking, pen, review_, row, command.text, there=actions_of_review(asking.session, review_.id or 0))
        made = list(actions.action_lines(asking, promised, named=True, buttons=False)) if promised else []
    elif command.what == "confidence":
        pen.set(entry, confidence=_level(asking, text), state="confirmed")
    else:
        pen.set(entry, **{command.what: text, "state": "confirmed"})
    facts = {"ref": row.ref, "title": row.row.title, "step": command.what, "text": text}
    if pen.act is None:
        return Reply((Say("review_said_already", facts), cards.row_of(Button("button_review", named(found.period)))), private=True)
    before: list[Part] = [Say("review_instead"), Copy(stood)] if stood and stood != text else []
    ways = cards.row_of(
        Button("button_undo", f"undo #c{pen.number}"),
        Button("button_review", named(found.period)),
    )
    return Reply((Say("review_said", facts), *made, *before, ways), card=f"c{pen.number}", private=True)


def _level(asking: Asking, text: str) -> int:
    digits = text.removesuffix("/10").strip()
    if not digits.isdecimal() or len(digits) > 2 or int(digits) > 10:
        raise Refusal("no_such_confidence", typed=text, copy=acting.typed(asking))
    return int(digits)


def closed_already(period: Period, typed: str = "") -> Refusal:
    """A closed review takes nothing more; what was typed comes back."""
    buttons = (Button("button_review_reopen", named(period, "reopen")), Button("button_review", named(period)))
    return Refusal("review_closed_already", start=period.start, end=period.end, typed=bool(typed), copy=typed, buttons=buttons)


# ---------------------------------------------------------------- the whole


def close(asking: Asking, command: CloseReview) -> Reply:
    """Closes a review as it stands; it asks once where something of it was never looked at."""
    found = _meant(asking, command.day, lock=True)
    if found.closed:
        return card.shown(asking, found, Say("review_was_closed"))
    if not found.counted:
        raise Refusal("review_nothing", start=found.period.start, end=found.period.end, copy=example(asking, "example_mine").text)
    if asking.pressed and asking.message.drawn != card.stands_as(found, asking.locale):
        return card.shown(asking, found, Say("review_changed_meanwhile", role="warning"), sure=command.sure)
    if not command.sure and not all(row.confirmed for row in found.counted):
        return card.shown(asking, found, sure=True)
    pen = Pen(asking, "review_closed")
    closed = writing.close(asking, pen, found)
    prompt = asked_to_look_back(asking.session, asking.me, closed.end, lock=True)
    if prompt is not None and prompt.state != "answered":
        pen.set(prompt, state="answered")
    asking.session.flush()
    if prompt is not None:
        answering.redraw(asking, prompt, pen)
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return card.shown(asking, picture(asking, found.period, closed), _told(found), buttons=(undo,))


def _told(found: Picture) -> Say:
    learnt = sum(bool(row.own("insight")) for row in found.counted)
    return Say("review_closed", {"count": len(found.counted), "learnt": learnt})


def reopen(asking: Asking, command: ReopenReview) -> Reply:
    """A closed review takes words again; without a day the last one that was closed."""
    begun = None if command.day else reviews.last_closed(asking.session, asking.me)
    if begun is None:
        found = _meant(asking, command.day, lock=True)
    else:
        period = Period(begun.start, begun.end, begun.kind, begun.end)
        found = picture(asking, period, writing.held(asking, period, begun))
    if not found.closed or found.review is None:
        return card.shown(asking, found, Say("review_is_open"))
    if asking.pressed and asking.message.drawn not in (0, found.review.version):
        return card.shown(asking, found, Say("review_changed_meanwhile", role="warning"))
    pen = Pen(asking, "review_reopened")
    writing.reopen(asking, pen, found.review)
    asking.session.flush()
    undo = cards.row_of(Button("button_undo", f"undo #c{pen.number}"))
    return card.shown(asking, picture(asking, found.period, found.review), Say("review_reopened"), buttons=(undo,))
