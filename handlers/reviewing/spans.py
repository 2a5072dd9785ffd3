"""Which period a member looks back on: the one named, or the last one that is not closed yet, else the one that runs."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands import When
from bot.grammar import dates
from handlers import cycles
from handlers.asking import Asking
from handlers.examples import example
from handlers.refusals import Refusal
from handlers.rings import calendar_for, review_of
from handlers.rules.calendar import local_day
from handlers.rules.periods import Works, next_review, review_on
from storage.okrs import Objective
from storage.pulse import Prompt
from storage.reviews import Review, looked_back_on, review_ending, review_over

_DAY = timedelta(days=1)
_BACK = 62  # days within which a review was asked, however few somebody works
_WITHIN = 14  # days from a period's last workday to its end, at most


@dataclass(frozen=True)
class Period:
    """What a review looks back on, both ends included. kind: xun, week or fortnight; on: the day on which it is asked."""

    start: date
    end: date
    kind: str
    on: date


def meant(asking: Asking, day: When | None = None, *, last: bool = False) -> tuple[Period, Review | None]:
    """The period meant and its review, if one was begun; a refusal for one that has not begun."""
    if day is not None:
        return _with_review(asking, _holding(asking, _named(asking, day)))
    before, running = _asked_before(asking), _running(asking)
    if last:
        return _with_review(asking, before)
    if before is None or (running is not None and before.on == running.on):
        return _with_review(asking, running)
    review = standing(asking, before.end)
    waits = (review is None or review.state == "open") and _was_there(asking, before)
    return (before, review) if waits or running is None else _with_review(asking, running)


def _was_there(asking: Asking, period: Period) -> bool:
    """Whether anything of theirs counted before the period was over."""
    rows = looked_back_on(asking.session, asking.me, period.start, period.end)
    return any(counted_by(asking, o, period.end) and kr.state == "open" and o.state == "published" for kr, o in rows)


def counted_by(asking: Asking, row: Objective, day: date) -> bool:
    """Whether an objective was published by the end of a day."""
    return row.published_at is not None and local_day(row.published_at, asking.zone) <= day


def standing(asking: Asking, end: date) -> Review | None:
    """The asker's review of the period that ends on a day, unless it was taken back."""
    review = review_ending(asking.session, asking.me, end)
    return review if review is not None and review.state != "withdrawn" else None


def looks_back(asking: Asking, prompt: Prompt) -> bool:
    """Whether a prompt asks for a review; one that was closed before it was asked for leaves the day's question."""
    if prompt.kind != "xun":
        return False
    review = standing(asking, prompt.end or prompt.on)
    return review is None or review.state == "open"


def _with_review(asking: Asking, period: Period | None) -> tuple[Period, Review | None]:
    if period is None:
        raise Refusal("review_none", copy=example(asking, "example_mine").text)
    return period, standing(asking, period.end)


def _named(asking: Asking, day: When) -> date:
    on = date(day.year or 1, day.month or 1, day.day or 1) if day.kind == "date" else None
    found = on or dates.past(day, asking.today) or dates.future(day, asking.today, cycles.now(asking).end)
    if found is None:
        raise Refusal("review_none", copy=example(asking, "example_review").text)
    return found


def _holding(asking: Asking, day: date) -> Period | None:
    """The period that a day is in: as it was reviewed, or as it is asked for."""
    begun = review_over(asking.session, asking.me, day)
    if begun is not None:
        return Period(begun.start, begun.end, begun.kind, begun.end)
    kind, works = rhythm(asking)
    for back in range(_WITHIN):
        found = next_review(day - back * _DAY, kind, works)
        if found and found[1] <= day <= found[2]:
            if found[1] > asking.today:
                raise Refusal("review_to_come", day=day, copy=example(asking, "example_review").text)
            return Period(found[1], found[2], kind, found[0])
    return None


def _asked_before(asking: Asking) -> Period | None:
    """The last period whose review was asked by now."""
    kind, works = rhythm(asking)
    for back in range(_BACK):
        day = asking.today - back * _DAY
        if span := review_on(day, kind, works):
            return Period(*span, kind, day)
    return None


def _running(asking: Asking) -> Period | None:
    """The period that has begun and is asked for next; None on a period's days off behind its last workday."""
    kind, works = rhythm(asking)
    found = next_review(asking.today, kind, works)
    return Period(found[1], found[2], kind, found[0]) if found and found[1] <= asking.today else None


def rhythm(asking: Asking) -> tuple[str, Works]:
    """How often the asker looks back, and on which days they work."""
    return review_of(asking.session, asking.member), calendar_for(asking.member, asking.organisation).works
